import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import type { TextMark } from '#lib/docs/anchor.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import type { ProseComments } from './prose-types.ts';
import Desks from './testing/Desks.svelte';
import { Desk, DeskLink, editorOf, line } from './testing/desk.ts';

const open: Desk[] = [];

afterEach(() => {
	for (const desk of open.splice(0)) desk.close();
});

/** Ana and Ben on one text with comments, and what the page is told of them. */
async function texts(...lines: readonly string[]) {
	const desks: [Desk, Desk] = [new Desk(lines.map(line)), new Desk()];
	open.push(...desks);
	const link = new DeskLink(...desks);
	const added: TextMark[] = [];
	const opened: string[] = [];
	const comments = (threads: ProseComments['threads'] = [], activeId?: string): ProseComments => ({
		threads,
		activeId,
		onadd: (mark) => added.push(mark),
		onopen: (id, by) => opened.push(`${id} by ${by}`)
	});
	const screen = await render(Desks, { desks, extra: { comments: comments() } });
	const show = (threads: ProseComments['threads'], activeId?: string) =>
		screen.rerender({ desks, extra: { comments: comments(threads, activeId) } });
	return { desks, link, added, opened, show };
}

const notes = (name: 'Ana' | 'Ben') => page.getByRole('textbox', { name: `Notes of ${name}`, exact: true });
const marks = (box: 0 | 1) =>
	[...document.querySelectorAll<HTMLElement>(`[data-testid="box-${box}"] .comment-mark`)].map((mark) =>
		mark.getBoundingClientRect()
	);
const threadsShown = (box: 0 | 1) =>
	[...document.querySelectorAll<HTMLElement>(`[data-testid="box-${box}"] .comment-mark`)].map(
		({ dataset }) => dataset['thread']
	);

function select(name: 'Ana' | 'Ben', words: string): void {
	const editor = editorOf(notes(name).element());
	let from = -1;
	editor.state.doc.descendants((node, pos) => {
		const at = node.isTextblock ? node.textContent.indexOf(words) : -1;
		if (at >= 0) from = pos + 1 + at;
	});
	editor.commands.focus();
	editor.commands.setTextSelection({ from, to: from + words.length });
}

/** The box that letters take on the screen. */
function boxOf(name: 'Ana' | 'Ben', words: string): DOMRect {
	const walker = document.createTreeWalker(notes(name).element(), NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const at = walker.currentNode.nodeValue?.indexOf(words) ?? -1;
		if (at < 0) continue;
		const range = document.createRange();
		range.setStart(walker.currentNode, at);
		range.setEnd(walker.currentNode, at + words.length);
		return range.getBoundingClientRect();
	}
	throw new Error(`“${words}” is not on the screen`);
}

async function marked(words: string, ...lines: readonly string[]) {
	const all = await texts(...lines);
	await notes('Ana').click();
	select('Ana', words);
	await userEvent.keyboard('{Control>}{Alt>}m{/Alt}{/Control}');
	const [mark] = all.added;
	if (!mark) throw new Error('nothing was marked');
	await all.show([{ id: 't1', mark }]);
	return { ...all, mark };
}

test('the bar over selected words comments on them, and writes nothing into the text', async () => {
	const { desks, added } = await texts('The canary window is 15 minutes');
	await notes('Ana').click();
	select('Ana', 'canary window');
	const before = Y.encodeStateAsUpdate(desks[0].doc);
	const button = page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name: 'Comment' });
	await expect.element(button).toHaveAttribute('aria-keyshortcuts', 'Alt+Control+M');
	await button.click();
	expect(added).toMatchObject([{ quote: 'canary window', before: 'The ', after: ' is 15 minutes' }]);
	expect(Y.encodeStateAsUpdate(desks[0].doc)).toEqual(before);
});

test('where there are no comments the bar offers none', async () => {
	const desks = [new Desk([line('Words')])];
	open.push(...desks);
	await render(Desks, { desks });
	await notes('Ana').click();
	select('Ana', 'Words');
	await expect.element(page.getByRole('button', { name: 'Bold' })).toBeVisible();
	expect(page.getByRole('button', { name: 'Comment' }).query()).toBeNull();
});

test('marked words are underlined where they stand for both, and nothing is put into the text', async () => {
	await marked('canary window', 'The canary window is 15 minutes');
	for (const [box, name] of [
		[0, 'Ana'],
		[1, 'Ben']
	] as const) {
		await expect.poll(() => marks(box).length).toBe(1);
		const words = boxOf(name, 'canary window');
		expect(Math.abs((marks(box)[0]?.left ?? 0) - words.left)).toBeLessThan(1.5);
		expect(Math.abs((marks(box)[0]?.width ?? 0) - words.width)).toBeLessThan(1.5);
		expect(notes(name).element().querySelector('p')?.childNodes).toHaveLength(1);
	}
	expect(await axeFindings()).toEqual([]);
});

test('the mark goes along while both write around it and in it', async () => {
	await marked('canary window', 'The canary window is 15 minutes');
	await notes('Ben').click();
	await userEvent.keyboard('{Control>}{Home}{/Control}Note: ');
	await notes('Ana').click();
	editorOf(notes('Ana').element()).commands.setTextSelection('Note: The canary'.length + 1);
	await userEvent.keyboard('s');
	for (const [box, name] of [
		[0, 'Ana'],
		[1, 'Ben']
	] as const) {
		await expect.element(notes(name)).toHaveTextContent('Note: The canarys window is 15 minutes');
		const words = boxOf(name, 'canarys window');
		await expect.poll(() => Math.abs((marks(box)[0]?.left ?? 0) - words.left)).toBeLessThan(1.5);
		expect(Math.abs((marks(box)[0]?.width ?? 0) - words.width)).toBeLessThan(1.5);
	}
});

test('when its words are deleted the mark goes, for both; undo brings it back', async () => {
	await marked('canary window', 'The canary window is 15 minutes');
	select('Ana', 'canary window');
	await userEvent.keyboard('{Backspace}');
	await expect.poll(() => [marks(0).length, marks(1).length]).toEqual([0, 0]);
	await userEvent.keyboard('{Control>}z{/Control}');
	await expect.poll(() => [marks(0).length, marks(1).length]).toEqual([1, 1]);
});

test('a click on marked words opens their thread, elsewhere none; the key opens the one at the caret', async () => {
	const { opened, show, added } = await marked('canary window is', 'The canary window is 15 minutes');
	select('Ana', 'window');
	await userEvent.keyboard('{Control>}{Alt>}m{/Alt}{/Control}');
	await show(added.map((mark, index) => ({ id: `t${index + 1}`, mark })));
	await expect.poll(() => threadsShown(0)).toEqual(['t1', 't2']);
	const clickOn = (words: string) => {
		const [word, text] = [boxOf('Ana', words), notes('Ana').element().getBoundingClientRect()];
		const position = { x: word.left + word.width / 2 - text.left, y: word.top + 8 - text.top };
		return notes('Ana').click({ position });
	};
	await clickOn('minutes');
	expect(opened).toEqual([]);
	await clickOn('canary');
	await clickOn('window');
	expect(opened).toEqual(['t1 by click', 't2 by click']);
	await userEvent.keyboard('{Control>}{Alt>}m{/Alt}{/Control}');
	expect(opened.at(-1)).toBe('t2 by key');
});

test('the thread one looks at is drawn stronger and brought into sight', async () => {
	const lines = Array.from({ length: 80 }, (_, index) => `Line ${index}`);
	const { show, mark } = await marked('Line 70', ...lines);
	window.scrollTo(0, 0);
	const box = () => document.querySelector<HTMLElement>('[data-testid="box-0"] .comment-mark');
	await expect.poll(() => box()).not.toBeNull();
	expect((box()?.getBoundingClientRect().top ?? 0) > innerHeight).toBe(true);
	await show([{ id: 't1', mark }], 't1');
	await expect.poll(() => (box()?.getBoundingClientRect().top ?? Infinity) < innerHeight).toBe(true);
	expect(box()?.hasAttribute('data-active')).toBe(true);
});

test('words over two lines are underlined on both; a thread that is settled is not drawn', async () => {
	const { added, show } = await texts('First line', 'Second line');
	await notes('Ana').click();
	editorOf(notes('Ana').element()).commands.setTextSelection({ from: 7, to: 19 });
	await userEvent.keyboard('{Control>}{Alt>}m{/Alt}{/Control}');
	expect(added.map(({ quote }) => quote)).toEqual(['line\nSecond']);
	await show(added.map((mark) => ({ id: 't1', mark })));
	await expect.poll(() => marks(0).length).toBe(2);
	await show([]);
	await expect.poll(() => marks(0).length).toBe(0);
});
