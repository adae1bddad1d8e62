import type { Locator, Page } from '@playwright/test';
import { expect, kept, test } from './downbeat.ts';
import { MeetingScreen, planMeeting } from './meeting.ts';
import { ActionFields, ActionRegister, DecisionPage, dueShown, inDays, savedText } from './records.ts';

const decisionBlock = ({ notes }: MeetingScreen): Locator =>
	notes
		.locator('.block:not([data-action-block])')
		.filter({ has: notes.page().getByLabel('Decision', { exact: true }) });
const actionBlock = ({ notes }: MeetingScreen): ActionFields =>
	new ActionFields(notes.locator('[data-action-block]'));

/** Out of the text, so that single letters are keys. */
async function leaveText(page: Page): Promise<void> {
	await page.getByRole('region', { name: 'Agenda', exact: true }).locator('[data-open]').first().focus();
}

test('a decision and an action are made in a meeting by their keys, and both people work on them', async ({
	downbeat,
	visit
}) => {
	test.slow();
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at);
	const bob = await visit('Bob', at);
	const screen = await planMeeting(ada, 'Ops Review', ['Availability', 'Cost deltas 10 min']);
	await ada.page.getByRole('button', { name: 'Start meeting' }).click();
	const bobs = await screen.openFor(bob.page);

	await leaveText(ada.page);
	await ada.page.keyboard.press('d');
	const decision = decisionBlock(screen);
	await expect(decision.getByLabel('Decision', { exact: true })).toBeFocused();
	await ada.page.keyboard.type('Hold search-api releases @bob');
	await ada.page.keyboard.press('Enter');
	await expect(decision).toContainText('Bob decides');
	await expect(decision).toContainText('DEC-0001');
	await expect(decisionBlock(bobs)).toContainText('Bob decides');
	await expect(decisionBlock(bobs).getByLabel('Decision', { exact: true })).toHaveValue(
		'Hold search-api releases'
	);

	await leaveText(ada.page);
	await ada.page.keyboard.press('t');
	const action = actionBlock(screen);
	await expect(action.title).toBeFocused();
	await ada.page.keyboard.type('Extend the canary');
	await ada.page.keyboard.press('Tab');
	await ada.page.keyboard.type('ada');
	await ada.page.keyboard.press('Tab');
	await ada.page.keyboard.type('fri');
	await ada.page.keyboard.press('Tab');
	await ada.page.keyboard.type('The canary dashboard is green for a day');
	await ada.page.keyboard.press('Tab');
	const theirs = actionBlock(bobs);
	await expect(theirs.title).toHaveValue('Extend the canary');
	await expect(theirs.owner).toHaveValue('Ada');
	await expect(theirs.due).toHaveValue(dueShown('fri'));
	await expect(theirs.check).toHaveValue('The canary dashboard is green for a day');

	const register = await ActionRegister.open(bob.page, downbeat, at);
	const row = register.row('Extend the canary');
	await row.retype(row.due, 'in 2 weeks');
	await expect(action.due).toHaveValue(dueShown('in 2 weeks'));

	await bob.page.getByRole('link', { name: 'Open Extend the canary' }).focus();
	await bob.page.keyboard.press('Control+z');
	for (const field of [row.due, action.due]) await expect(field).toHaveValue(dueShown('fri'));
	await bob.page.keyboard.press('Control+Shift+z');
	for (const field of [row.due, action.due]) await expect(field).toHaveValue(dueShown('in 2 weeks'));
	await expect(row.title).toHaveValue('Extend the canary');
	await bob.page.getByRole('link', { name: 'Open Extend the canary' }).click();
	await expect(bob.page.getByRole('article', { name: 'Action' })).toContainText('ACT-0001');
});

test('offline a record waits for its number, its link keeps working, and its block may go without it', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at, { isKept: true });
	const { page } = ada;
	const screen = await planMeeting(ada, 'Ops Review', ['Availability']);
	const meeting = page.url();
	await kept(page);
	await ada.context.setOffline(true);
	await expect(ada.pill).toContainText('Offline');
	await leaveText(page);
	await page.keyboard.press('d');
	await page.keyboard.type('Hold down search-api, no releases', { delay: 60 });
	await page.keyboard.press('Enter');
	const decision = decisionBlock(screen);
	await expect(decision.getByLabel('Decision', { exact: true })).toHaveValue(
		'Hold down search-api, no releases'
	);
	await expect(decision).toContainText('Numbered when synced');
	const link = (await decision.getByRole('link', { name: 'Open' }).getAttribute('href')) ?? '';
	await decision.getByRole('link', { name: 'Open' }).click();
	const detail = page.getByRole('article', { name: 'Decision', exact: true });
	await expect(detail).toContainText('Numbered when synced');

	await ada.context.setOffline(false);
	await expect(detail).toContainText('DEC-0001', { timeout: 30_000 });
	await page.goto(new URL(link, page.url()).href);
	await expect(detail).toContainText('DEC-0001');

	await page.goto(meeting);
	await expect(decision).toContainText('DEC-0001');
	await decision.getByRole('button', { name: 'Take it out of the text' }).click();
	await expect(decision).toHaveCount(0);
	await page.keyboard.press('Control+z');
	await expect(decision).toContainText('DEC-0001');
	await decision.getByRole('button', { name: 'Take it out of the text' }).click();
	await page.goto(`${downbeat.url}/${at.space}/decisions`);
	await expect(page.getByRole('link', { name: /Hold down search-api, no releases/ })).toBeVisible();
});

test('the slash menu makes every kind of record, and the minutes name them', async ({ downbeat, visit }) => {
	test.slow();
	const at = await downbeat.createSample();
	const ada = await visit('Ada', at);
	const { page } = ada;
	await page.goto(`${downbeat.url}/${at.space}/meeting`);
	await page.getByRole('button', { name: 'Meeting', exact: true }).click();
	await page.getByLabel('Title').fill('Ops Review');
	await page.getByRole('button', { name: 'Make meeting' }).click();
	const screen = new MeetingScreen(page);
	await screen.addItems('Availability');
	const line = async (command: string) => {
		await screen.notes.locator(':scope > p').last().click();
		await page.keyboard.type(command);
		await expect(page.getByRole('option').first()).toBeVisible();
		await page.keyboard.press('Enter');
	};
	await screen.notes.click();
	await page.keyboard.type('Uptime held.');
	await page.keyboard.press('Enter');
	await line('/decision');
	await expect(decisionBlock(screen).getByLabel('Decision', { exact: true })).toBeFocused();
	await page.keyboard.type('Hold search-api releases');
	await page.keyboard.press('Enter');
	await line('/action');
	const action = actionBlock(screen);
	await expect(action.title).toBeFocused();
	await page.keyboard.type('Extend the canary');
	await page.keyboard.press('Tab');
	await page.keyboard.type('nadia');
	await page.keyboard.press('Tab');
	await page.keyboard.type('fri');
	await page.keyboard.press('Tab');
	await line('/raci');
	const matrix = page.getByRole('dialog', { name: 'Insert RACI' });
	await matrix.getByRole('option').nth(1).click();
	await expect(matrix).toHaveCount(0);
	await line('/commentary');
	await page.getByLabel('Find a KPI').fill('mttr');
	await page.getByLabel('Find a KPI').press('Enter');
	await expect(screen.notes.locator('[contenteditable="false"]')).toHaveCount(4);

	const minutes = await savedText(page, async () => {
		await screen.agenda.getByRole('button', { name: 'More about the agenda' }).click();
		await page.getByRole('menuitem', { name: 'Save as Markdown' }).click();
	});
	expect(minutes).toMatch(/\*\*Decision DEC-\d{4}:\*\* Hold search-api releases \(Proposed\)/);
	expect(minutes).toMatch(
		/\*\*Action ACT-\d{4}:\*\* Extend the canary \(Nadia Okafor, due [\d-]{10}, Open\)/
	);
	expect(minutes).toContain('**RACI:** Operating rhythm');
	expect(minutes).toContain('**Commentary:** MTTR');
});

test('without evidence nothing is decided, and without a check nothing is closed, by keyboard', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at);
	const { page } = ada;
	await page.goto(`${downbeat.url}/${at.space}/decisions`);
	await page.getByRole('button', { name: 'Add a decision' }).focus();
	await page.keyboard.press('Enter');
	const decision = new DecisionPage(page);
	await expect(decision.title).toBeFocused();
	await page.keyboard.type('Hold search-api releases');
	await page.keyboard.press('Enter');

	await decision.decide.focus();
	await page.keyboard.press('Enter');
	await expect(decision.article).toContainText(
		'To be decided, it needs one person who decides and at least one piece of evidence.'
	);
	await expect(page.getByRole('button', { name: 'Who decides?' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('combobox', { name: 'Person' })).toBeFocused();
	await page.keyboard.type('Ada');
	await page.keyboard.press('Enter');
	await expect(decision.role('Decide')).toContainText('Ada');

	await decision.decide.focus();
	await page.keyboard.press('Enter');
	await expect(decision.article.locator('[data-add-evidence]')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('What it rests on')).toBeFocused();
	await page.keyboard.type('INC-2291 timeline');
	await page.keyboard.press('Enter');
	await expect(decision.article).toContainText('INC-2291 timeline');
	await decision.decide.focus();
	await page.keyboard.press('Enter');
	await expect(decision.decide).toHaveCount(0);
	await expect(decision.article).toContainText(/Decided/);
	await expect(decision.role('Decide')).toContainText(/Decided \d\d:\d\d/);

	const register = await ActionRegister.open(page, downbeat, at);
	await register.add({ title: 'Extend the canary', owner: 'Ada', due: 'fri' });
	const action = register.row('Extend the canary');
	await action.done.focus();
	await page.keyboard.press('Space');
	const panel = page.getByRole('dialog', { name: 'Close this action' });
	await expect(panel).toBeVisible();
	await panel.getByRole('button', { name: 'Close the action' }).focus();
	await page.keyboard.press('Enter');
	await expect(panel).toContainText('Say how we’ll know it worked.');
	await expect(panel).toContainText('Add a link or a note that shows it worked.');
	await expect(action.done).not.toBeChecked();
	await panel.getByLabel('Closed when').focus();
	await page.keyboard.type('The canary runs for an hour');
	await page.keyboard.press('Tab');
	await expect(panel.getByLabel('What shows it worked')).toBeFocused();
	await page.keyboard.type('https://ci.example/runs/12');
	await page.keyboard.press('Enter');
	await expect(panel).toHaveCount(0);
	await expect(action.done).toBeChecked();
	await expect(page.getByRole('region', { name: 'Done lately' })).toContainText('1');
});

test('two people reply to a request, one of them while offline', async ({ downbeat, visit }) => {
	test.slow();
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at);
	const bob = await visit('Bob', at);
	const cem = await visit('Cem', at, { isKept: true });
	await ada.page.goto(`${downbeat.url}/${at.space}/decisions`);
	await ada.page.getByRole('button', { name: 'Add a decision' }).click();
	const adas = new DecisionPage(ada.page);
	await adas.title.fill('Keep the 15-minute page threshold?');
	await adas.title.press('Enter');
	await adas.addOption('Keep 15 minutes');
	await adas.addOption('Page after 25 minutes');
	await adas.nameDecider('Ada');
	const ask = ada.page.getByRole('dialog', { name: 'Ask for input' });
	const fillIn = async () => {
		await adas.article.getByRole('button', { name: 'Ask for input' }).click();
		await ask.getByLabel('Bob').check();
		await ask.getByLabel('Cem').check();
		await ask.getByLabel('Decide by').fill(inDays(3));
		await ask.getByRole('radio', { name: 'B' }).check({ force: true });
	};
	await fillIn();
	await ask.getByRole('button', { name: 'Ask for input' }).click();
	await expect(ask.getByRole('alert')).toContainText('Name one person who decides, and what it rests on');
	await ask.getByRole('button', { name: 'Cancel' }).click();
	await adas.addEvidence('Page log, weeks 20–23');
	await fillIn();
	await ask.getByRole('button', { name: 'Ask for input' }).click();
	await expect(adas.asked).toContainText('Option B goes ahead');
	await expect(adas.asked).toContainText('0 of 2');
	await expect(adas.article).toContainText('DEC-0001');

	for (const { page } of [bob, cem]) {
		await page.goto(ada.page.url());
		await expect(new DecisionPage(page).reply).toBeVisible();
	}
	await kept(cem.page);
	await new DecisionPage(bob.page).sendReply('B', 'No security signal rides on it');
	await expect(adas.asked).toContainText('1 of 2');
	await expect(adas.article).toContainText('No security signal rides on it');

	await cem.context.setOffline(true);
	await expect(cem.pill).toContainText('Offline');
	await new DecisionPage(cem.page).sendReply('Talk first', 'Two contracts promise 20 minutes');
	await expect(cem.pill).toContainText('kept here');
	await cem.page.reload();
	await expect(new DecisionPage(cem.page).article).toContainText('Two contracts promise 20 minutes');
	await expect(adas.asked).toContainText('1 of 2');
	await cem.context.setOffline(false);
	await expect(adas.asked).toContainText('2 of 2', { timeout: 30_000 });
	await expect(adas.article).toContainText('Two contracts promise 20 minutes');
});
