import '#lib/ui/styles/app.css';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { proseOf, type ProseBlock } from '#lib/docs/prose.ts';
import Desks from './testing/Desks.svelte';
import { Desk, editorOf, line } from './testing/desk.ts';

const open: Desk[] = [];

async function one(blocks: readonly ProseBlock[] = [], extra: Record<string, unknown> = {}): Promise<Desk> {
	const desk = new Desk(blocks);
	open.push(desk);
	await render(Desks, { desks: [desk], extra });
	return desk;
}

afterEach(async () => {
	for (const desk of open.splice(0)) desk.close();
	await page.viewport(1024, 768);
});

const notes = page.getByRole('textbox', { name: 'Notes of Ana' });
const option = (name: string) => page.getByRole('option', { name, exact: true });
const shape = (desk: Desk) =>
	proseOf(desk.fragment).map((block) => (block.is === 'heading' ? `heading ${block.level}` : block.is));

test('“/” opens a list that typing filters, and Enter takes the first', async () => {
	const desk = await one();
	await notes.click();
	await userEvent.keyboard('/');
	await expect.element(page.getByRole('listbox', { name: 'Insert' })).toBeVisible();
	expect(page.getByRole('option').elements().length).toBeGreaterThan(8);
	await userEvent.keyboard('head');
	await expect
		.poll(() =>
			page
				.getByRole('option')
				.elements()
				.map((element) => element.textContent.trim())
		)
		.toEqual(['Heading 1', 'Heading 2', 'Heading 3']);
	await userEvent.keyboard('{ArrowDown}{Enter}Title');
	expect(shape(desk)).toEqual(['heading 2']);
	expect(notes.element().textContent).toBe('Title');
	await expect.poll(() => page.getByRole('listbox').elements().length).toBe(0);
});

test('the list says which choice the keys are on, and the text keeps the focus', async () => {
	await one();
	await notes.click();
	await userEvent.keyboard('/');
	const active = () =>
		document.getElementById(notes.element().getAttribute('aria-activedescendant') ?? '')?.textContent.trim();
	await expect.poll(active).toBe('Text');
	await userEvent.keyboard('{ArrowUp}');
	await expect.poll(active).toBe('Divider');
	await expect.element(option('Divider')).toHaveAttribute('aria-selected', 'true');
	await expect.element(notes).toHaveFocus();
	await userEvent.keyboard('{Escape}');
	await expect.poll(() => page.getByRole('listbox').elements().length).toBe(0);
	expect(notes.element().hasAttribute('aria-activedescendant')).toBe(false);
	await userEvent.keyboard('x');
	expect(notes.element().textContent, 'Esc leaves what was typed').toBe('/x');
	expect(page.getByRole('listbox').elements()).toHaveLength(0);
});

test('a slash within a word or a date opens nothing', async () => {
	await one();
	await notes.click();
	await userEvent.keyboard('and/or 10/12 ');
	expect(page.getByRole('listbox').elements()).toHaveLength(0);
});

test('the list stays on the screen at its bottom, and on a phone', async () => {
	await page.viewport(390, 500);
	await one(Array.from({ length: 30 }, (_, index) => line(`Line ${index}`)));
	await notes.click();
	await userEvent.keyboard('{Control>}{End}{/Control}{Enter}/');
	const list = page.getByRole('listbox', { name: 'Insert' });
	await expect.element(list).toBeVisible();
	await expect
		.poll(() => {
			const box = list.element().parentElement?.getBoundingClientRect();
			return (
				box &&
				box.top >= 0 &&
				box.bottom <= window.innerHeight &&
				box.left >= 0 &&
				box.right <= window.innerWidth
			);
		})
		.toBe(true);
});

test('everything in the list does what it says', async () => {
	const desk = await one();
	await notes.click();
	for (const [query, is] of [
		['bullet', 'list'],
		['tasks', 'tasks'],
		['quote', 'quote'],
		['code', 'code'],
		['table', 'table'],
		['divider', 'divider']
	]) {
		await userEvent.keyboard(`/${query}{Enter}`);
		await expect.poll(() => shape(desk)).toContain(is);
		editorOf(notes.element()).commands.writeAtEnd();
	}
});

test('the page’s own commands and nothing-found are in the list too', async () => {
	const oncommand = vi.fn();
	await one([], { commands: [{ id: 'park', title: 'Park something', keywords: ['later'] }], oncommand });
	await notes.click();
	await userEvent.keyboard('/later{Enter}');
	expect(oncommand).toHaveBeenCalledWith('park');
	expect(notes.element().textContent).toBe('');
	await userEvent.keyboard('/zzz');
	await expect.element(page.getByText('Nothing here is called “zzz”.')).toBeVisible();
});

test('“@” names a person, by id and by name', async () => {
	const desk = await one();
	await notes.click();
	await userEvent.keyboard('Ask @mei l{Enter}today');
	expect(proseOf(desk.fragment)[0]).toMatchObject({
		text: [{ text: 'Ask ' }, { is: 'mention', person: 'p-mei', label: 'Mei Lin' }, { text: ' today' }]
	});
	await userEvent.keyboard('{Backspace>6/}{Backspace}');
	expect(notes.element().textContent).toBe('Ask ');
});

test('selected words get a bar; its buttons mark them and say what is on', async () => {
	const desk = await one([line('Hello world')]);
	await notes.click();
	await userEvent.keyboard('{Control>}{Home}{/Control}{Shift>}{ArrowRight>5/}{/Shift}');
	const bold = page.getByRole('button', { name: 'Bold' });
	await expect.element(bold).toHaveAttribute('aria-pressed', 'false');
	await bold.click();
	await expect.element(bold).toHaveAttribute('aria-pressed', 'true');
	await expect.element(notes).toHaveFocus();
	expect(proseOf(desk.fragment)[0]).toMatchObject({
		text: [{ text: 'Hello', marks: { bold: true } }, { text: ' world' }]
	});
});

test('the bar is reached by Alt and F10, walked by arrows and left by Esc', async () => {
	await one([line('Hello world')]);
	await notes.click();
	await userEvent.keyboard('{Control>}a{/Control}{Alt>}{F10}{/Alt}');
	await expect.element(page.getByRole('button', { name: 'Bold' })).toHaveFocus();
	await userEvent.keyboard('{ArrowRight}');
	await expect.element(page.getByRole('button', { name: 'Italic' })).toHaveFocus();
	await userEvent.keyboard('{End}');
	await expect.element(page.getByRole('button', { name: 'Link' })).toHaveFocus();
	await userEvent.keyboard('{Escape}');
	await expect.element(notes).toHaveFocus();
	await expect.poll(() => page.getByRole('toolbar').elements().length).toBe(0);
});

test('a link is made by the keyboard, refused when it goes where none may, and shown at the caret', async () => {
	const desk = await one([line('Status page')]);
	await notes.click();
	await userEvent.keyboard('{Control>}a{/Control}{Control>}k{/Control}');
	const address = page.getByRole('textbox', { name: 'Link address' });
	await expect.element(address).toHaveFocus();
	await address.fill('javascript:alert(1)');
	await userEvent.keyboard('{Enter}');
	await expect
		.element(page.getByRole('alert'))
		.toHaveTextContent('Links go to web pages (https) and mail addresses. Check the address.');
	await address.fill('status.example/today');
	await userEvent.keyboard('{Enter}');
	await expect.element(notes).toHaveFocus();
	expect(proseOf(desk.fragment)[0]).toMatchObject({
		text: [{ text: 'Status page', marks: { link: 'https://status.example/today' } }]
	});
	await userEvent.keyboard('{ArrowRight}{ArrowLeft}');
	await expect.element(page.getByRole('button', { name: 'Remove link' })).toBeVisible();
	await page.getByRole('button', { name: 'Remove link' }).click();
	expect(proseOf(desk.fragment)[0]).toMatchObject({ text: [{ text: 'Status page', marks: {} }] });
});

test('an address becomes a link when its word ends; a file name does not', async () => {
	const desk = await one();
	await notes.click();
	await userEvent.keyboard('See https://a.example/x, or server.ts now');
	expect(proseOf(desk.fragment)[0]).toMatchObject({
		text: [
			{ text: 'See ', marks: {} },
			{ text: 'https://a.example/x', marks: { link: 'https://a.example/x' } },
			{ text: ', or server.ts now', marks: {} }
		]
	});
});

test('a table grows by its bar and by Tab, and goes', async () => {
	const desk = await one();
	await notes.click();
	await userEvent.keyboard('/table{Enter}');
	const rows = () => page.getByRole('row').elements().length;
	await expect.poll(rows).toBe(3);
	await page.getByRole('button', { name: 'Add row below' }).click();
	await expect.poll(rows).toBe(4);
	await page.getByRole('button', { name: 'Add column after' }).click();
	await expect.poll(() => notes.element().querySelectorAll('th').length).toBe(4);
	await page.getByRole('button', { name: 'Header row' }).click();
	await expect.poll(() => notes.element().querySelectorAll('th').length).toBe(0);
	await page.getByRole('cell').last().click();
	await userEvent.keyboard('{Tab}next');
	await expect.poll(rows).toBe(5);
	await page.getByRole('button', { name: 'Delete row' }).click();
	await expect.poll(rows).toBe(4);
	await page.getByRole('button', { name: 'Delete table' }).click();
	await expect.poll(() => shape(desk)).not.toContain('table');
});

test.each([
	['# Title', 'heading 1'],
	['### Small', 'heading 3'],
	['- item', 'list'],
	['1. item', 'list'],
	['[ ] task', 'tasks'],
	['> said', 'quote'],
	['``` code', 'code'],
	['---', 'divider']
])('typed Markdown “%s” becomes what it means', async (typed, is) => {
	const desk = await one();
	await notes.click();
	await userEvent.keyboard(typed.replaceAll('[', '[['));
	expect(shape(desk)[0]).toBe(is);
});

test('marks typed as Markdown are marks', async () => {
	const desk = await one();
	await notes.click();
	await userEvent.keyboard('a **b** *c* `d` ~~e~~ f');
	expect(proseOf(desk.fragment)[0]).toMatchObject({
		text: [
			{ text: 'a ' },
			{ text: 'b', marks: { bold: true } },
			{},
			{ text: 'c', marks: { italic: true } },
			{},
			{ text: 'd', marks: { code: true } },
			{},
			{ text: 'e', marks: { strike: true } },
			{}
		]
	});
});

test('a task is a real checkbox with a name, ticked by pointer and by keyboard', async () => {
	const desk = await one([{ is: 'tasks', items: [{ isDone: false, blocks: [line('Extend the canary')] }] }]);
	const box = page.getByRole('checkbox', { name: 'Extend the canary' });
	await box.click();
	await expect.element(box).toBeChecked();
	expect(proseOf(desk.fragment)[0]).toMatchObject({ items: [{ isDone: true }] });
	(box.element() as HTMLElement).focus();
	await userEvent.keyboard(' ');
	expect(proseOf(desk.fragment)[0]).toMatchObject({ items: [{ isDone: false }] });
});

test('Tab leaves a text, belongs to a list, and leaves it after Esc', async () => {
	await one([line('Plain'), { is: 'list', items: [{ blocks: [line('One')] }, { blocks: [line('Two')] }] }]);
	await page.getByText('Two').click();
	await userEvent.keyboard('{Tab}');
	await expect.element(notes).toHaveFocus();
	expect(notes.element().querySelector('li li')?.textContent).toBe('Two');
	await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
	expect(notes.element().querySelector('li li')).toBeNull();
	await userEvent.keyboard('{Escape}{Tab}');
	await expect.element(notes).not.toHaveFocus();
	await page.getByText('Plain').click();
	await userEvent.keyboard('{Tab}');
	await expect.element(notes).not.toHaveFocus();
});

test('a code block is left by Enter on its second empty line', async () => {
	const desk = await one();
	await notes.click();
	await userEvent.keyboard('``` one{Enter}two{Enter}{Enter}{Enter}after');
	expect(shape(desk)).toEqual(['code', 'paragraph']);
	expect(proseOf(desk.fragment)[0]).toMatchObject({ text: 'one\ntwo' });
});
