import { expect, test } from './downbeat.ts';
import { ActionRegister, DecisionPage, dueShown, savedText } from './records.ts';

/** Our own words in the form that MADR gives. */
const MADR = `---
status: "accepted"
date: 2026-03-04
decision-makers: Ada, Bob
---

# Keep search results for a day

## Context and Problem Statement

Search is asked for the same words all day. Should the answers be kept?

## Decision Drivers

* Cost of the index
* Age of an answer

## Considered Options

* Keep nothing
* Keep for a day
* Keep for a week

## Decision Outcome

Chosen option: "Keep for a day", because an older answer misleads.

### Consequences

* Good, because the index has half the load
* Bad, because a correction shows a day later

## More Information

To be looked at again in June.
`;

test('a record in MADR form goes in by paste and by file, and comes out as it was', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at);
	const { page } = ada;
	await page.goto(`${downbeat.url}/${at.space}/decisions`);
	await page.getByRole('button', { name: 'Import' }).click();
	const dialog = page.getByRole('dialog', { name: 'Import decisions' });
	await dialog.getByLabel('Or paste a text').fill(MADR);
	await dialog.getByRole('button', { name: 'Read it' }).click();
	await expect(dialog.getByRole('list', { name: 'What was understood' })).toContainText(
		'chosen: Keep for a day'
	);
	await dialog.getByRole('button', { name: 'Import 1 decision' }).click();
	const decision = new DecisionPage(page);
	await expect(decision.title).toHaveValue('Keep search results for a day');
	await expect(decision.article).toContainText('DEC-0001');
	await expect(decision.article).toContainText('Search is asked for the same words all day.');
	await expect(decision.article.getByRole('row', { name: /Keep for a day/ })).toContainText('Chosen');
	const text = await savedText(page, () => decision.choose('Save as it was imported'));
	expect(text).toBe(MADR);

	await page.getByRole('button', { name: 'More about the log' }).click();
	await page.getByRole('menuitem', { name: /^Import/ }).click();
	const file = {
		name: '0002-keep.md',
		mimeType: 'text/markdown',
		buffer: Buffer.from(MADR.replace('Keep search results for a day', 'Drop old drafts'))
	};
	await dialog.locator('input[type="file"]').setInputFiles(file);
	await dialog.getByRole('button', { name: 'Import 1 decision' }).click();
	await expect(decision.article).toContainText('DEC-0002');
	await page.getByLabel('Filter decisions').fill('search results');
	await expect(page.getByRole('region', { name: 'Decisions' }).getByRole('listitem')).toHaveCount(1);
	await page.getByLabel('Filter decisions').press('Enter');
	await expect(decision.article).toContainText('DEC-0001');
	await expect(page.getByLabel('Filter decisions')).toHaveValue('search results');
});

test('actions go out as CSV and come in again', async ({ downbeat, visit }) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at);
	const register = await ActionRegister.open(ada.page, downbeat, at);
	await register.add({ title: 'Extend the canary', owner: 'Ada', due: 'fri', check: 'The lock fires' });
	await register.add({ title: 'Write “the runbook”, all of it' });
	await expect(register.titles).toHaveCount(2);
	const csv = await savedText(ada.page, () => register.choose('Save as CSV'));
	expect(csv).toContain('Extend the canary');

	const other = await downbeat.createSpace('Platform');
	await ada.page.goto(`${downbeat.url}/${other.space}/join#${other.token}`);
	await ada.page.getByLabel('Your name').fill('Ada');
	await ada.page.getByRole('button', { name: 'Join' }).click();
	await ada.page.waitForURL(`${downbeat.url}/${other.space}`);
	const there = await ActionRegister.open(ada.page, downbeat, other);
	await ada.page.getByRole('button', { name: 'Bring some from a CSV file' }).click();
	const dialog = ada.page.getByRole('dialog', { name: 'Bring in actions' });
	const file = { name: 'actions.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
	await dialog.locator('input[type="file"]').setInputFiles(file);
	await expect(dialog.getByRole('status')).toContainText('2 new actions');
	await dialog.getByRole('button', { name: 'Bring them in' }).click();
	const action = there.row('Extend the canary');
	await expect(action.owner).toHaveValue('Ada');
	await expect(action.due).toHaveValue(dueShown('fri'));
	await expect(action.check).toHaveValue('The lock fires');
	await expect(there.row('Write “the runbook”, all of it').root).toBeVisible();
});
