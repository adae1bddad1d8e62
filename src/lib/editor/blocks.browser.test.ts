import '#lib/ui/styles/app.css';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { proseOf, type ProseBlock } from '#lib/docs/prose.ts';
import type { BlockKind } from './blocks.ts';
import type { ProseApi } from './prose-types.ts';
import Desks from './testing/Desks.svelte';
import { Desk, DeskLink, editorOf, line } from './testing/desk.ts';
import TestBlock from './testing/TestBlock.svelte';

const open: Desk[] = [];

afterEach(() => {
	for (const desk of open.splice(0)) desk.close();
});

const chart: BlockKind = {
	type: 'chart',
	title: 'Chart',
	slash: { title: 'KPI chart', keywords: ['graph'] },
	create: () => ({ title: 'New' }),
	component: TestBlock
};

const block = (key: string, title = key): ProseBlock => ({
	is: 'block',
	type: 'chart',
	key,
	data: { title }
});

async function desks(
	blocks: readonly ProseBlock[],
	extra: Record<string, unknown> = {}
): Promise<[Desk, Desk]> {
	const made: [Desk, Desk] = [new Desk(blocks), new Desk()];
	open.push(...made);
	new DeskLink(...made);
	await render(Desks, { desks: made, extra: { blocks: [chart], ...extra } });
	return made;
}

const notes = page.getByRole('textbox', { name: 'Notes of Ana' });
const ana = page.getByTestId('box-0');
const order = (desk: Desk) =>
	proseOf(desk.fragment).map((one) =>
		one.is === 'block'
			? one.key
			: one.is === 'paragraph'
				? one.text.map((run) => (run.is === 'text' ? run.text : '')).join('')
				: one.is
	);

test('a block is drawn by its component on every screen, and what one changes the others see', async () => {
	const [first] = await desks([line('Above'), block('c1', 'SLO'), line('Below')]);
	await ana.getByLabelText('Title of c1').fill('Latency');
	await userEvent.keyboard('{Enter}');
	(document.activeElement as HTMLElement).blur();
	await expect.element(page.getByTestId('box-1').getByText('Latency')).toBeVisible();
	expect(proseOf(first.fragment)[1]).toMatchObject({ data: { title: 'Latency' } });
	await page.getByTestId('box-1').getByRole('button', { name: 'Clear c1' }).click();
	expect(proseOf(first.fragment)[1]).toMatchObject({ data: {} });
	expect(proseOf(first.fragment)[1]).not.toMatchObject({ data: { title: 'Latency' } });
});

test('a component is mounted once and goes with its block, however much is written around it', async () => {
	const log: string[] = [];
	const listen = (event: Event) => log.push(String((event as CustomEvent).detail));
	document.addEventListener('test-block', listen);
	await desks([line('Above'), block('c1')]);
	await ana.getByText('Above').click();
	await userEvent.keyboard('{Home}typed {Enter}');
	editorOf(page.getByRole('textbox', { name: 'Notes of Ben' }).element()).commands.insertContentAt(
		0,
		'<p>From Ben</p>'
	);
	await expect.poll(() => notes.element().textContent).toContain('From Ben');
	expect(log).toEqual(['mount c1', 'mount c1']);
	await ana.getByRole('button', { name: 'Remove c1' }).click();
	await expect.poll(() => log).toEqual(['mount c1', 'mount c1', 'unmount c1', 'unmount c1']);
	document.removeEventListener('test-block', listen);
});

test('keys and clicks inside a block stay there; Esc comes back to the text', async () => {
	await desks([line('Above'), block('c1', 'SLO')]);
	const field = ana.getByLabelText('Title of c1');
	await field.click();
	await userEvent.keyboard('{Control>}a{/Control}/x{Backspace}');
	expect((field.element() as HTMLInputElement).value).toBe('/');
	expect(page.getByRole('listbox').elements()).toHaveLength(0);
	expect(notes.element().querySelector('p')?.textContent).toBe('Above');
	await userEvent.keyboard('{Escape}');
	await expect.element(notes).toHaveFocus();
	await expect.element(ana.getByTestId('block-c1')).toHaveAttribute('data-selected', 'true');
});

test('arrows select a block as a whole, Enter writes below it, Backspace takes it away', async () => {
	const [desk] = await desks([line('Above'), block('c1'), block('c2')]);
	await ana.getByText('Above').click();
	await userEvent.keyboard('{End}{ArrowDown}');
	await expect.element(ana.getByTestId('block-c1')).toHaveAttribute('data-selected', 'true');
	await userEvent.keyboard('{Enter}between');
	expect(order(desk)).toEqual(['Above', 'c1', 'between', 'c2']);
	await userEvent.keyboard('{ArrowDown}{Backspace}');
	expect(order(desk)).toEqual(['Above', 'c1', 'between']);
	await userEvent.keyboard('{Control>}z{/Control}');
	await expect.poll(() => order(desk)).toEqual(['Above', 'c1', 'between', 'c2']);
});

test('a block moves by Alt and arrows, and by its menu', async () => {
	const [desk] = await desks([line('One'), block('c1'), line('Two')]);
	await ana.getByText('One').click();
	await userEvent.keyboard('{End}{ArrowDown}{Alt>}{ArrowDown}{/Alt}');
	expect(order(desk)).toEqual(['One', 'Two', 'c1']);
	await ana.getByRole('button', { name: 'Chart: move or remove' }).click({ force: true });
	await page.getByRole('menuitem', { name: 'Move up' }).click();
	await expect.poll(() => order(desk)).toEqual(['One', 'c1', 'Two']);
	await ana.getByRole('button', { name: 'Chart: move or remove' }).click({ force: true });
	await page.getByRole('menuitem', { name: 'Remove' }).click();
	await expect.poll(() => order(desk)).toEqual(['One', 'Two']);
});

test('a block is dragged by its handle', async () => {
	const [desk] = await desks([line('One'), block('c1'), line('Two'), line('Three')]);
	await ana.getByTestId('block-c1').hover();
	await userEvent.dragAndDrop(
		ana.getByRole('button', { name: 'Chart: move or remove' }),
		ana.getByText('Three'),
		{
			targetPosition: { x: 300, y: 12 }
		}
	);
	await expect.poll(() => order(desk)).toEqual(['One', 'Two', 'Three', 'c1']);
});

test('“/” inserts a block where one writes, and waits for what the block has to ask', async () => {
	let answer: (data: Record<string, unknown> | undefined) => void = () => undefined;
	const asking: BlockKind = {
		...chart,
		type: 'asking',
		slash: { title: 'Asking', keywords: [] },
		create: () => new Promise((resolve) => (answer = resolve))
	};
	const [desk] = await desks([line('One'), line('Two')], { blocks: [chart, asking] });
	await ana.getByText('One').click();
	await userEvent.keyboard('{End}{Enter}/kpi{Enter}after');
	expect(order(desk).filter((key) => key !== 'Two')).toEqual([
		'One',
		expect.stringMatching(/^[a-z0-9]{16}$/),
		'after'
	]);
	await userEvent.keyboard('{Enter}/asking{Enter}');
	editorOf(page.getByRole('textbox', { name: 'Notes of Ben' }).element()).commands.insertContentAt(
		0,
		'<p>Before it all</p>'
	);
	answer({ title: 'Answered' });
	await expect
		.poll(() =>
			proseOf(desk.fragment).findIndex((one) => one.is === 'block' && one.data['title'] === 'Answered')
		)
		.toBe(4);
});

test('a block of a type nobody here has is a quiet card, and stays what it is', async () => {
	const future: ProseBlock = { is: 'block', type: 'future', key: 'f1', data: { deep: { list: [1] } } };
	const [desk] = await desks([line('Above'), future]);
	await expect.element(ana.getByText('This block needs a newer Downbeat')).toBeVisible();
	await ana.getByText('Above').click();
	await userEvent.keyboard('{End} typed');
	expect(proseOf(desk.fragment)[1]).toMatchObject(future);
});

test('a block copied and pasted is a block again', async () => {
	const [desk] = await desks([line('One'), block('c1', 'SLO'), line('Two')]);
	await ana.getByText('One').click();
	await userEvent.keyboard('{Control>}a{/Control}');
	const clipboardData = new DataTransfer();
	const event = { clipboardData, bubbles: true, cancelable: true };
	notes.element().dispatchEvent(new ClipboardEvent('copy', event));
	await userEvent.keyboard('{ArrowRight}');
	notes.element().dispatchEvent(new ClipboardEvent('paste', event));
	await expect.poll(() => order(desk).filter((key) => key === 'c1')).toHaveLength(2);
});

test('the page writes through the verbs of the text', async () => {
	let api: ProseApi | undefined;
	const desk = new Desk([line('First')]);
	open.push(desk);
	const onactive = vi.fn();
	const { unmount } = await render(Desks, {
		desks: [desk],
		extra: { blocks: [chart], onactive, onready: (given: ProseApi | undefined) => (api = given) }
	});
	await expect.poll(() => api).toBeDefined();
	api?.appendTask('Ask Jonas');
	api?.appendTask('Ask Mei');
	api?.insertBlock('chart', { title: 'SLO' });
	api?.insertText('Two\nlines');
	expect(proseOf(desk.fragment).map(({ is }) => is)).toEqual([
		'paragraph',
		'tasks',
		'block',
		'paragraph',
		'paragraph'
	]);
	expect(onactive).toHaveBeenCalledWith('typing');
	api?.startLine();
	api?.startLine();
	await userEvent.keyboard('Three');
	expect(order(desk).slice(-2)).toEqual(['lines', 'Three']);
	api?.focus('start');
	await expect.element(notes).toHaveFocus();
	const [first] = proseOf(desk.fragment);
	expect(api?.scrollToBlock(first?.id ?? '')).toBe(true);
	expect(api?.scrollToBlock('9:9')).toBe(false);
	await unmount();
	expect(api).toBeUndefined();
});

test('axe finds nothing, in both themes, with everything a text can hold', async () => {
	const rows = [true, false].map((isHeader) => ({
		cells: ['a', 'b'].map((text) => ({ isHeader, blocks: [line(text)] }))
	}));
	const desk = new Desk([
		{ is: 'heading', level: 1, text: [{ is: 'text', text: 'Title', marks: {} }] },
		{
			is: 'paragraph',
			text: [
				{ is: 'text', text: 'A link', marks: { link: 'https://a.example/' } },
				{ is: 'mention', person: 'p-mei', label: 'Mei Lin' },
				{ is: 'text', text: 'code', marks: { code: true } }
			]
		},
		{
			is: 'tasks',
			items: [
				{ isDone: true, blocks: [line('Done')] },
				{ isDone: false, blocks: [line('')] }
			]
		},
		{ is: 'list', items: [{ blocks: [line('Item')] }] },
		{ is: 'table', rows },
		{ is: 'code', language: '', text: 'x' },
		{ is: 'quote', blocks: [line('Said')] },
		block('c1'),
		{ is: 'unknown', value: { name: 'callout', attributes: {}, children: [[{ insert: 'Newer words' }]] } },
		line('Last')
	]);
	open.push(desk);
	await render(Desks, { desks: [desk], extra: { blocks: [chart], placeholder: 'Write' } });
	await ana.getByText('Last').click();
	await userEvent.keyboard('{Control>}a{/Control}');
	for (const theme of ['light', 'dark']) {
		document.documentElement.dataset['theme'] = theme;
		expect(await axeFindings(), theme).toEqual([]);
	}
	await ana.getByText('Last').click();
	await userEvent.keyboard('{End} /');
	expect(await axeFindings()).toEqual([]);
	delete document.documentElement.dataset['theme'];
});
