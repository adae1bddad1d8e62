import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { RowId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { typical } from './fixtures.ts';
import BlockTrial from './specimens/BlockTrial.svelte';
import { Desk } from './specimens/desk.svelte.ts';
import { told } from './specimens/trial.ts';

let desk: Desk;
afterEach(() => {
	desk.close();
	delete document.documentElement.dataset['theme'];
});

async function show(row: string, rest: { isNew?: boolean; onremove?: () => void } = {}) {
	desk = new Desk(typical);
	await render(BlockTrial, { desk, row: row as RowId, ...rest });
}

test('a decision among notes says who decides, how hard it is to undo, when it is reviewed, and its number', async () => {
	await show('hold');
	await expect.element(page.getByText('Samuel Adeyemi decides')).toBeVisible();
	await expect.element(page.getByText('Reversible', { exact: true })).toBeVisible();
	await expect.element(page.getByText('Review 22 Jun')).toBeVisible();
	await expect.element(page.getByText('DEC-0148')).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'Open' })).toHaveAttribute('href', '#hold');
});

test('a new one takes the caret; @ at the end of the sentence names who decides', async () => {
	await show('keep', { isNew: true });
	desk.commands.setDecider('keep' as RowId, undefined, '2026-06-08T10:00:00.000Z');
	const field = page.getByRole('textbox', { name: 'Decision' });
	await expect.element(field).toHaveFocus();
	await field.fill('Page after 25 minutes @mei');
	await userEvent.keyboard('{Enter}');
	expect(told(desk, 'keep')).toMatchObject({
		decision: { title: 'Page after 25 minutes' },
		members: [{ role: 'decide', person: 'p-mei' }]
	});
});

test('a name that nobody or several have stays in the sentence', async () => {
	await show('hold');
	const field = page.getByRole('textbox', { name: 'Decision' });
	await field.fill('Ask @nobody');
	await userEvent.keyboard('{Enter}');
	expect(told(desk, 'hold').decision.title).toBe('Ask @nobody');
	expect(told(desk, 'hold').members.filter(({ role }) => role === 'decide')).toMatchObject([
		{ person: 'p-samuel' }
	]);
});

test('who decides is chosen from a list where nobody is named', async () => {
	await show('keep');
	desk.commands.setDecider('keep' as RowId, undefined, '2026-06-08T10:00:00.000Z');
	await page.getByRole('button', { name: 'Who decides?' }).click();
	await page.getByRole('menuitem', { name: 'Priya Raman' }).click();
	await expect.element(page.getByText('Priya Raman decides')).toBeVisible();
});

test('a decision that is gone says so, and can be taken out of the text', async () => {
	let removed = 0;
	await show('nowhere', { onremove: () => (removed += 1) });
	await expect
		.element(page.getByText('This decision was deleted, or has not come to this device yet.'))
		.toBeVisible();
	await page.getByRole('button', { name: 'Take it out of the text' }).click();
	expect(removed).toBe(1);
});

test.each(['light', 'dark'])('at 300 px nothing is cut off, and axe finds nothing, %s', async (theme) => {
	document.documentElement.dataset['theme'] = theme;
	await show('hold');
	const block = document.querySelector('.trial');
	expect(block?.scrollWidth).toBe(block?.clientWidth);
	expect(await axeFindings()).toEqual([]);
});
