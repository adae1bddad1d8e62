import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { ProseBlock } from '#lib/docs/prose.ts';
import ProseView from './ProseView.svelte';
import Desks from './testing/Desks.svelte';
import { Desk, editorOf, line } from './testing/desk.ts';

const open: Desk[] = [];

function desk(...blocks: readonly ProseBlock[]): Desk {
	const made = new Desk(blocks);
	open.push(made);
	return made;
}

afterEach(() => {
	for (const made of open.splice(0)) made.close();
});

const rows = [true, false].map((isHeader) => ({
	cells: ['one', 'two'].map((text) => ({ isHeader, blocks: [line(text)] }))
}));

/** Everything a text can hold, several times over. */
const everything: readonly ProseBlock[] = [
	{ is: 'heading', level: 1, text: [{ is: 'text', text: 'What changed', marks: {} }] },
	line('A paragraph that is long enough to wrap on a narrow page, and then goes on for another line or so.'),
	{ is: 'heading', level: 2, text: [{ is: 'text', text: 'Second', marks: {} }] },
	{
		is: 'paragraph',
		text: [
			{ is: 'text', text: 'Bold', marks: { bold: true } },
			{ is: 'text', text: ' italic ', marks: { italic: true } },
			{ is: 'text', text: 'code', marks: { code: true } },
			{ is: 'break' },
			{ is: 'mention', person: 'p-mei', label: 'Mei Lin' },
			{ is: 'text', text: ' and a ', marks: {} },
			{ is: 'text', text: 'link', marks: { link: 'https://a.example/', bold: true } }
		]
	},
	{
		is: 'list',
		items: [
			{ blocks: [line('one'), { is: 'list', from: 1, items: [{ blocks: [line('deep')] }] }] },
			{ blocks: [line('two')] }
		]
	},
	{
		is: 'tasks',
		items: [
			{ isDone: true, blocks: [line('done')] },
			{ isDone: false, blocks: [line('open')] }
		]
	},
	{ is: 'table', rows },
	{ is: 'code', language: '', text: 'select 1\nfrom x' },
	{ is: 'quote', blocks: [line('Hold it.')] },
	{ is: 'divider' },
	{ is: 'unknown', value: { name: 'callout', attributes: {}, children: [[{ insert: 'Newer words' }]] } },
	line(''),
	line('The end.')
];

test('reading and writing look the same: nothing moves when the editor comes', async () => {
	const made = desk(...everything);
	const plain = await render(ProseView, { fragment: made.fragment, label: 'Notes', blocks: [] });
	const tops = () =>
		[...document.querySelectorAll('.prose-text > *')].map(
			(child) => Math.round(child.getBoundingClientRect().top * 2) / 2
		);
	const height = () => document.querySelector('.prose-text')?.getBoundingClientRect().height;
	const before = {
		tops: tops(),
		height: height(),
		words: document.querySelector('.prose-text')?.textContent
	};
	expect(before.tops.length).toBe(everything.length);
	await plain.unmount();

	await render(Desks, { desks: [made] });
	const box = document.querySelector('main');
	box?.removeAttribute('style');
	const shift = (tops()[0] ?? 0) - (before.tops[0] ?? 0);
	expect(tops().map((top) => top - shift)).toEqual(before.tops);
	expect(height()).toBe(before.height);
});

test('the text can be read at once, and a click before the editor is there puts the caret where it was meant', async () => {
	const made = desk(line('First line'), line('Second line'));
	await render(Desks, { desks: [made], isLazy: true });
	const second = page.getByText('Second line').element().getBoundingClientRect();
	const target = document.elementFromPoint(second.left + 2, second.top + 10);
	target?.dispatchEvent(
		new PointerEvent('pointerdown', { bubbles: true, clientX: second.left + 2, clientY: second.top + 10 })
	);
	const notes = page.getByRole('textbox', { name: 'Notes of Ana' });
	await expect.element(notes).toBeVisible();
	await expect
		.poll(() => editorOf(notes.element()).state.selection.$head.parent.textContent)
		.toBe('Second line');
});

test('a text that is only read follows what others write', async () => {
	const made = desk(line('Before'));
	await render(ProseView, { fragment: made.fragment, label: 'Notes', blocks: [] });
	const other = desk();
	await render(Desks, { desks: [made] });
	expect(other.fragment.length).toBe(0);
	await page.getByRole('textbox', { name: 'Notes of Ana' }).click();
	await userEvent.keyboard('{Control>}{End}{/Control} and after');
	await expect.element(page.getByRole('document', { name: 'Notes' })).toHaveTextContent('Before and after');
});
