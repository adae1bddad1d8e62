import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import type { RowId } from '#lib/domain/id.ts';
import { empty, typical } from './fixtures.ts';
import type { Decisions } from './schema.ts';
import { button, choose, closeAll, list, show, told } from './specimens/trial.ts';

afterEach(closeAll);

const groups = () =>
	list
		.getByRole('heading', { level: 2 })
		.elements()
		.map((heading) => heading.textContent);
const lines = () => list.getByRole('link').elements().length;

test('the list has what waits first, each line with who decides and by when', async () => {
	await show();
	expect(groups()).toEqual(['Waiting for input1', 'Decided in June1', 'Superseded1']);
	await expect
		.element(list.getByRole('link', { name: /^Keep the 15-minute .* Waiting Rafael Costa by Wed 17:00$/ }))
		.toBeVisible();
	await expect
		.element(list.getByRole('link', { name: /^Hold search-api .* Decided Samuel Adeyemi 8 Jun$/ }))
		.toBeVisible();
	await expect.element(list.getByRole('link', { name: /^Canary window .* By DEC-0148$/ })).toBeVisible();
});

test('the filter finds by title, number, tag and context; the chips count and narrow', async () => {
	await show();
	const filter = page.getByRole('searchbox', { name: 'Filter decisions' });
	for (const [query, count] of [
		['canary', 2],
		['dec-0148', 1],
		['release p95', 1],
		['nothing like it', 0]
	] as const) {
		await filter.fill(query);
		await expect.poll(lines).toBe(count);
	}
	await expect.element(page.getByText('Nothing here says “nothing like it”.')).toBeVisible();
	await button('Show all').click();
	expect(lines()).toBe(3);
	for (const [chip, count] of [
		['Waiting 1', 1],
		['Mine 1', 1],
		['Hard to undo 0', 0],
		['All 3', 3]
	] as const) {
		await button(chip).click();
		await expect.poll(lines).toBe(count);
	}
});

test('with keys alone: J and K step, / filters, Enter opens', async () => {
	const desk = await show();
	await userEvent.keyboard('j');
	expect(desk.row).toBe('keep');
	await userEvent.keyboard('j');
	expect(desk.row).toBe('hold');
	await userEvent.keyboard('k');
	expect(desk.row).toBe('keep');
	await userEvent.keyboard('/canary window{Enter}');
	await expect.poll(() => desk.row).toBe('hold');
	await userEvent.keyboard('jk');
	expect(desk.row).toBe('hold'); // In the field they are letters.
});

test('single letters do nothing for those who turned them off', async () => {
	const desk = await show(undefined, { prepare: (one) => (one.hasLetterKeys = false) });
	await userEvent.keyboard('j');
	expect(desk.row).toBeUndefined();
});

test('a decision is added from the bar and its title takes the caret', async () => {
	const desk = await show();
	await button('Decision').click();
	await expect.element(page.getByRole('textbox', { name: 'The decision in one sentence' })).toHaveFocus();
	await userEvent.keyboard('Move trace sampling to 8%{Enter}');
	expect(told(desk, desk.row ?? '').decision).toMatchObject({
		title: 'Move trace sampling to 8%',
		status: 'proposed',
		proposedAt: '2026-06-08T12:20:00.000Z'
	});
	await expect.element(page.getByText('Numbered when synced')).toBeVisible();
	await button('Copy link').click();
	expect(desk.asked).toContain(`copy #${desk.row}`);
});

test('an empty log says what a decision is and offers the first', async () => {
	await show(undefined, { value: empty });
	await expect.element(page.getByRole('heading', { name: 'No decisions yet' })).toBeVisible();
	await expect.element(button('Add a decision')).toBeVisible();
	await expect.element(button('Import')).toBeVisible();
});

test('who may only read sees everything and is offered nothing', async () => {
	await show('keep', { prepare: (desk) => (desk.isReadOnly = true) });
	await expect.element(page.getByRole('heading', { level: 1, name: /^Keep the 15-minute/ })).toBeVisible();
	expect(button(/Decide|Add|Reply|Decision$/).elements()).toEqual([]);
});

test('a record is pasted, looked at and imported; undo takes it out again', async () => {
	const desk = await show();
	await choose('More about the log', 'Import');
	await page
		.getByRole('textbox', { name: 'Or paste a text' })
		.fill(
			'# 9. Use queues\n\n## Status\n\nAccepted\n\n## Context\n\nBursts.\n\n## Decision\n\nA queue.\n\n## Risks\n\nLag.\n'
		);
	await button('Read it').click();
	const understood = page.getByRole('list', { name: 'What was understood' });
	await expect.element(understood.getByText('Use queues')).toBeVisible();
	await expect.element(understood.getByText('Kept as sections: Risks')).toBeVisible();
	await button('Import 1 decision').click();
	await expect.poll(() => desk.value.decisions.length).toBe(4);
	await expect.element(page.getByRole('heading', { name: 'Risks' })).toBeVisible();
	await button('Undo').click();
	await expect.poll(() => desk.value.decisions.length).toBe(3);
});

test('the log leaves as CSV, as Markdown and as a plain log', async () => {
	const desk = await show();
	await choose('More about the log', 'Save as CSV');
	await choose('More about the log', 'Save as Markdown');
	expect(desk.asked.slice(-2)).toEqual(['csv', 'markdown']);
	await choose('More about the log', 'Save as a plain log');
	expect(desk.saved[0]?.text).toContain('Owner: Samuel Adeyemi');
});

test('of 2,000 decisions the first are drawn, more as one scrolls, and a search looks through all', async () => {
	const [first] = typical.decisions;
	const many: Decisions = {
		...empty,
		decisions: Array.from({ length: 2000 }, (_, index) => ({
			...(first as Decisions['decisions'][number]),
			id: `row-${index}` as RowId,
			order: `a${String(index).padStart(5, '0')}`,
			title: `Decision number ${index}`,
			number: index + 1,
			madeOn: `20${20 + (index % 6)}-0${1 + (index % 9)}-10`
		}))
	};
	const desk = await show(undefined, { value: many });
	await expect.element(page.getByRole('button', { name: 'All 2000' })).toBeVisible();
	const drawn = lines();
	expect(drawn).toBeLessThan(200);
	list.element().scrollTop = list.element().scrollHeight;
	await expect.poll(lines).toBeGreaterThan(drawn);
	await page.getByRole('searchbox').fill('number 1999');
	await expect.poll(lines).toBe(2); // By its title, and by its number.
	expect(desk.value.decisions.length).toBe(2000);
});

test.each(['light', 'dark'])('axe finds nothing in the list and the import, %s', async (theme) => {
	document.documentElement.dataset['theme'] = theme;
	await show();
	expect(await axeFindings()).toEqual([]);
	await choose('More about the log', 'Import');
	await expect.element(button('Read it')).toBeVisible();
	expect(await axeFindings()).toEqual([]);
});
