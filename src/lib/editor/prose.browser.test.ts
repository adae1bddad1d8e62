import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import { proseText } from '#lib/docs/prose-text.ts';
import { blockIdOf } from '#lib/docs/touched.ts';
import { Random } from '#lib/util/random.ts';
import Desks from './testing/Desks.svelte';
import { Desk, DeskLink, editorOf, line } from './testing/desk.ts';

const open: Desk[] = [];

/** Ana and Ben on one text. */
function two(...texts: readonly string[]): { desks: [Desk, Desk]; link: DeskLink } {
	const desks: [Desk, Desk] = [new Desk(texts.map(line)), new Desk()];
	open.push(...desks);
	return { desks, link: new DeskLink(...desks) };
}

afterEach(() => {
	for (const desk of open.splice(0)) desk.close();
});

const notes = (name: 'Ana' | 'Ben') => page.getByRole('textbox', { name: `Notes of ${name}`, exact: true });
const wordsOf = (name: 'Ana' | 'Ben') => notes(name).element().textContent;

test('two people type into one paragraph and both see all of it', async () => {
	const { desks } = two('Attainment held.');
	await render(Desks, { desks });
	await notes('Ana').click();
	await userEvent.keyboard('{Control>}{End}{/Control} It fell.');
	await notes('Ben').click();
	await userEvent.keyboard('{Control>}{Home}{/Control}Our ');
	expect(wordsOf('Ana')).toBe('Our Attainment held. It fell.');
	expect(wordsOf('Ben')).toBe('Our Attainment held. It fell.');
});

test('opening a text writes nothing', async () => {
	const { desks } = two('One', 'Two');
	const before = desks.map(({ doc }) => Y.encodeStateVector(doc));
	await render(Desks, { desks });
	await notes('Ana').click();
	await notes('Ben').click();
	expect(desks.map(({ doc }) => Y.encodeStateVector(doc))).toEqual(before);
});

test('apart, both go on; together again, nothing that was typed is missing', async () => {
	const { desks, link } = two('Shared. ');
	await render(Desks, { desks });
	link.cut();
	await notes('Ana').click();
	await userEvent.keyboard('{Control>}{End}{/Control}Ana alone.{Enter}Ana below.');
	await notes('Ben').click();
	await userEvent.keyboard('{Control>}{End}{/Control}Ben alone.{Enter}Ben below.');
	expect(wordsOf('Ana')).not.toContain('Ben');
	link.join();
	await expect.poll(() => wordsOf('Ana')).toContain('Ben below.');
	for (const words of ['Shared.', 'Ana alone.', 'Ana below.', 'Ben alone.', 'Ben below.']) {
		expect(wordsOf('Ana').split(words)).toHaveLength(2);
		expect(wordsOf('Ben').split(words)).toHaveLength(2);
	}
});

test('a caret of somebody else carries their name and colour, never shifts a letter, and is not read out', async () => {
	const { desks } = two('The canary window is 15 minutes and the breach took');
	await render(Desks, { desks });
	const paragraph = notes('Ana').element().querySelector('p') as HTMLElement;
	const widthBefore = rangeWidth(paragraph);
	await notes('Ben').click();
	await userEvent.keyboard(
		'{Control>}{Home}{/Control}{ArrowRight}{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}'
	);
	const caret = () => document.querySelector<HTMLElement>('[data-testid="box-0"] .remote-caret');
	await expect.poll(() => caret()?.textContent).toBe('Ben');
	expect(caret()?.style.getPropertyValue('--c')).toBe('var(--p2)');
	expect(caret()?.closest('[aria-hidden="true"]')).not.toBeNull();
	const boxes = () => document.querySelectorAll('[data-testid="box-0"] .remote-box[data-kind="selection"]');
	await expect.poll(() => boxes().length).toBe(1);
	expect(rangeWidth(paragraph)).toBe(widthBefore);
	expect(paragraph.childNodes, 'nothing is put into the text').toHaveLength(1);
	expect(document.querySelector('[data-testid="box-1"] .remote-caret'), 'one’s own is not drawn').toBeNull();
});

function rangeWidth(element: HTMLElement): number {
	const range = document.createRange();
	range.selectNodeContents(element);
	return range.getBoundingClientRect().width;
}

test('a flag stands above the caret within a line, beside it at a line end', async () => {
	const { desks } = two('Short');
	await render(Desks, { desks });
	await notes('Ben').click();
	const caret = () => document.querySelector<HTMLElement>('[data-testid="box-0"] .remote-caret');
	await userEvent.keyboard('{Control>}{End}{/Control}');
	await expect.poll(() => caret()?.dataset['flag']).toBe('beside');
	await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
	await expect.poll(() => caret()?.dataset['flag']).toBe('above');
});

test('one’s own other tab is “You, other tab”', async () => {
	const { desks } = two('Text');
	const other = new Desk();
	open.push(other);
	new DeskLink(desks[0], other);
	await render(Desks, { desks: [...desks, other] });
	await page.getByRole('textbox', { name: 'Notes of Ana, other tab' }).click();
	await expect
		.poll(() => document.querySelector('[data-testid="box-0"] .remote-caret')?.textContent)
		.toBe('You, other tab');
});

test('a caret goes when its person leaves the text', async () => {
	const { desks } = two('Text');
	await render(Desks, { desks });
	await notes('Ben').click();
	await expect.poll(() => document.querySelector('[data-testid="box-0"] .remote-caret')).not.toBeNull();
	(document.activeElement as HTMLElement).blur();
	await expect.poll(() => document.querySelector('[data-testid="box-0"] .remote-caret')).toBeNull();
});

test('junk in the awareness is no caret, and breaks nothing', async () => {
	const { desks } = two('Text');
	await render(Desks, { desks });
	for (const cursor of [
		'x',
		{ anchor: 1 },
		{ anchor: { tname: 'notes.i1', type: { client: -1 } }, head: null },
		{ anchor: { item: { client: 5, clock: 9e15 } }, head: { item: {} } }
	]) {
		desks[1].awareness.setLocalState({ user: { name: 5, color: [] }, cursor });
	}
	await notes('Ana').click();
	await userEvent.keyboard('{Control>}{End}{/Control}!');
	expect(wordsOf('Ana')).toBe('Text!');
	expect(document.querySelector('[data-testid="box-0"] .remote-caret')).toBeNull();
});

test('an edit of somebody else moves neither focus nor scroll nor caret', async () => {
	const { desks } = two(...Array.from({ length: 40 }, (_, index) => `Line ${index}`));
	await render(Desks, { desks, height: '200px' });
	const box = page.getByTestId('box-0').element();
	await page.getByTestId('box-0').getByText('Line 20', { exact: true }).click();
	await userEvent.keyboard('{End}');
	const editor = editorOf(notes('Ana').element());
	const top = () =>
		(editor.view.nodeDOM(editor.state.selection.$head.before()) as HTMLElement).getBoundingClientRect().top;
	const [at, before] = [box.scrollTop, top()];
	expect(at).toBeGreaterThan(100);
	editorOf(notes('Ben').element()).commands.insertContentAt(0, '<p>Above</p><p>Above too</p>');
	await expect.poll(() => wordsOf('Ana')).toContain('Above too');
	await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
	expect(document.activeElement).toBe(notes('Ana').element());
	expect(editor.state.selection.$head.parent.textContent).toBe('Line 20');
	expect(Math.abs(top() - before), 'the line one writes in stays where it is').toBeLessThan(2);
	await userEvent.keyboard('!');
	expect(wordsOf('Ana')).toContain('Line 20!');
});

test('undo takes back one’s own words, and leaves what others wrote meanwhile', async () => {
	const { desks } = two('Base. ');
	await render(Desks, { desks });
	await notes('Ana').click();
	await userEvent.keyboard('{Control>}{End}{/Control}Mine.');
	await notes('Ben').click();
	await userEvent.keyboard('{Control>}{Home}{/Control}Theirs. ');
	await notes('Ana').click();
	await userEvent.keyboard('{Control>}z{/Control}');
	expect(wordsOf('Ben')).toBe('Theirs. Base. ');
	await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
	expect(wordsOf('Ben')).toBe('Theirs. Base. Mine.');
});

test('a ring stands by every block that only this device has, and goes with its id', async () => {
	const { desks } = two('First', 'Second');
	const ids = desks[0].fragment.toArray().map((child) => blockIdOf(child as Y.XmlElement) ?? '');
	const { rerender } = await render(Desks, {
		desks: [desks[0]],
		extra: { pending: new Set([ids[1] ?? '']) }
	});
	const rings = () => [...document.querySelectorAll<HTMLElement>('.prose-ring')];
	await expect.poll(() => rings().length).toBe(1);
	const second = page.getByText('Second').element();
	expect(second.classList.contains('is-pending')).toBe(true);
	expect(getComputedStyle(second, '::after').content).toContain('not yet synced');
	const [ring, block] = [rings()[0]?.getBoundingClientRect(), second.getBoundingClientRect()];
	expect(ring?.right).toBeLessThan(block.left);
	expect(ring && ring.top >= block.top && ring.bottom <= block.bottom).toBe(true);
	await rerender({ desks: [desks[0]], extra: { pending: new Set() } });
	await expect.poll(() => rings().length).toBe(0);
});

test('what somebody changed meanwhile is tinted in their colour', async () => {
	const { desks } = two('First', 'Second');
	const id = blockIdOf(desks[0].fragment.get(0)) ?? '';
	const merged = new Map([[id, { slot: 3 as const, name: 'Mei Lin' }]]);
	const { rerender } = await render(Desks, { desks: [desks[0]], extra: { merged } });
	await expect
		.poll(() => document.querySelector<HTMLElement>('.prose-band')?.style.getPropertyValue('--c'))
		.toBe('var(--p3)');
	expect(page.getByText('First').element().getAttribute('data-by')).toBe('changed by Mei Lin');
	await rerender({ desks: [desks[0]], extra: { merged: new Map() } });
	await expect.poll(() => document.querySelector('.prose-band:not([data-leaving])')).toBeNull();
});

test('a reader sees the text, cannot change it, and is told so', async () => {
	const { desks } = two('Read only');
	await render(Desks, { desks: [desks[0]], extra: { editable: false } });
	await expect.element(notes('Ana')).toHaveAttribute('aria-readonly', 'true');
	await expect.element(notes('Ana')).toHaveAttribute('contenteditable', 'false');
});

test('the text is there before the editor is, and looks the same', async () => {
	const { desks } = two('At once', 'and twice');
	await render(Desks, { desks: [desks[0]], isLazy: true });
	await expect.element(notes('Ana')).toBeVisible();
	expect(notes('Ana').element().querySelectorAll('p')).toHaveLength(2);
});

test.each([1, 2, 3, 4, 5, 6])(
	'two real editors under random edits agree, and every word is there once (seed %i)',
	async (seed) => {
		const random = new Random(seed);
		const { desks, link } = two('Start here.', 'And here.');
		for (const [index, { doc }] of desks.entries()) doc.clientID = index + 1;
		await render(Desks, { desks });
		const editors = [editorOf(notes('Ana').element()), editorOf(notes('Ben').element())];
		const words: string[] = [];
		for (let step = 0; step < 60; step += 1) {
			if (random.chance(0.08)) link.cut();
			if (random.chance(0.08)) link.join();
			// What was typed into a line that somebody made another is put back right after.
			await Promise.resolve();
			const editor = random.pick(editors);
			const ends: number[] = [];
			editor.state.doc.descendants((node, pos) => {
				if (node.isTextblock) ends.push(pos + 1 + node.content.size);
			});
			editor.commands.setTextSelection(random.pick(ends));
			const act = random.below(10);
			if (act === 0) editor.commands.splitBlock();
			else if (act === 1) editor.commands.toggleList('bulletList', 'listItem');
			else if (act === 2) editor.commands.toggleNode('heading', 'paragraph', { level: 2 });
			else words.push(`[${step}]`);
			if (act > 2) editor.commands.insertContent(`[${step}]`);
		}
		for (let round = 0; round < 3; round += 1) {
			link.join();
			await Promise.resolve();
		}
		const text = proseText(desks[0].fragment);
		expect(words.length).toBeGreaterThan(20);
		for (const word of words) expect(text.split(word), `${word} in ${text}`).toHaveLength(2);
		expect(proseText(desks[1].fragment)).toBe(text);
		expect(editors[0]?.state.doc.toJSON()).toEqual(editors[1]?.state.doc.toJSON());
	}
);
