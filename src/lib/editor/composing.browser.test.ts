import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Desks from './testing/Desks.svelte';
import { Desk, DeskLink, editorOf, line } from './testing/desk.ts';

// A word that an input method composes, as the browser itself makes it, while somebody else writes into its line.

const open: Desk[] = [];

afterEach(() => {
	for (const desk of open.splice(0)) desk.close();
});

const notes = (name: 'Ana' | 'Ben') => page.getByRole('textbox', { name: `Notes of ${name}` });
const wordsOf = (name: 'Ana' | 'Ben') => notes(name).element().textContent;
const compose = (text: string) =>
	cdp().send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
const commit = (text: string) => cdp().send('Input.insertText', { text });

async function two(...texts: readonly string[]): Promise<void> {
	const desks = [new Desk(texts.map(line)), new Desk()] as const;
	open.push(...desks);
	new DeskLink(...desks);
	await render(Desks, { desks });
	await notes('Ana').click();
}

test('a letter of somebody else in the middle of the line does not break the word', async () => {
	await two('Hello world');
	await userEvent.keyboard('{Control>}{End}{/Control} ');
	await compose('に');
	await compose('にほ');
	expect(editorOf(notes('Ana').element()).view.composing).toBe(true);
	const node = document.getSelection()?.anchorNode;
	editorOf(notes('Ben').element()).commands.insertContentAt(4, 'XY');
	expect(wordsOf('Ana'), 'the line waits').toBe('Hello world にほ');
	expect(document.getSelection()?.anchorNode, 'the word keeps its piece of the page').toBe(node);
	await compose('にほん');
	await commit('日本');
	await expect.poll(() => wordsOf('Ana')).toBe('HelXYlo world 日本');
	await expect.poll(() => wordsOf('Ben')).toBe('HelXYlo world 日本');
	await userEvent.keyboard('!');
	expect(wordsOf('Ben')).toBe('HelXYlo world 日本!');
});

test('what somebody writes in another line is drawn while the word goes on', async () => {
	await two('First', 'Second');
	await page.getByTestId('box-0').getByText('First').click();
	await userEvent.keyboard('{End}');
	await compose('か');
	const ben = editorOf(notes('Ben').element());
	ben.commands.insertContentAt(ben.state.doc.content.size - 1, '!');
	expect(wordsOf('Ana')).toContain('Second!');
	await compose('かん');
	await commit('漢');
	await expect.poll(() => wordsOf('Ben')).toBe('First漢Second!');
});
