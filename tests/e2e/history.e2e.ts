import type { Locator, Page } from '@playwright/test';
import { expect, kept, test, type Visit } from './downbeat.ts';
import { planMeeting, type At } from './meeting.ts';

/** The history of a document on a wide screen. */
class HistoryScreen {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** By the button of the document's page. */
	static async openFrom(page: Page): Promise<HistoryScreen> {
		await page.getByRole('banner').getByRole('link', { name: 'History' }).click();
		const screen = new HistoryScreen(page);
		await expect(screen.versions.first()).toBeVisible();
		return screen;
	}

	get list(): Locator {
		return this.page.getByRole('navigation', { name: 'Versions' });
	}

	/** Newest first. */
	get versions(): Locator {
		return this.list.getByRole('listitem').getByRole('link');
	}

	get detail(): Locator {
		return this.page.getByRole('region', { name: 'What changed in this version' });
	}

	/** What happened to one record or text. */
	card(name: string): Locator {
		return this.detail.getByRole('article', { name, exact: true });
	}

	button(name: string | RegExp): Locator {
		return this.detail.getByRole('button', { name });
	}
}

/** Ada has planned a meeting and written, then Bob renamed an item and wrote on. Ada looks at what came of it. */
async function twoWrote(visit: Visit, at: At) {
	const [ada, bob] = [await visit('Ada', at, { isKept: true }), await visit('Bob', at)];
	const adas = await planMeeting(ada, 'Ops Review', ['Availability', 'Incidents 10 min']);
	await adas.notes.click();
	await adas.type(['Uptime held.']);
	await expect(ada.pill).toContainText('Synced');
	const bobs = await adas.openFor(bob.page);
	await expect(bobs.notes).toHaveText(/Uptime held\./);
	await bobs.rename('Incidents', 'Outages');
	await bobs.writeAt('End');
	await bobs.type(['Except on Sunday.']);
	await expect(adas.notes).toHaveText(/Except on Sunday\./);
	await expect(bob.pill).toContainText('Synced');
	return { ada, bob, bobs, history: await HistoryScreen.openFrom(ada.page) };
}

test('what two people wrote stands as versions, with who wrote it and what changed in words', async ({
	downbeat,
	visit
}) => {
	const { ada, history } = await twoWrote(visit, await downbeat.createSample());
	await expect(history.versions).toHaveCount(2);
	const [bobs, adas] = [history.versions.first(), history.versions.last()];
	await expect(bobs.getByRole('img', { name: 'Bob' })).toBeVisible();
	await expect(bobs).toContainText('as it is now');
	await expect(adas.getByRole('img', { name: /Ada/ })).toBeVisible();
	await expect(history.detail).toContainText('By Bob');
	await expect(history.card('Outages')).toContainText('Item renamed');
	await expect(history.card('Outages').getByRole('definition')).toHaveText(/was\s+Incidents.*now\s+Outages/s);
	await expect(history.card('Availability').locator('ins')).toContainText('Except on Sunday.');

	await adas.click();
	await expect(history.detail).toContainText('By Ada (you)');
	await expect(history.detail.getByText('Item added')).toHaveCount(2);
	await expect(history.card('Incidents')).toContainText('10');
	await ada.page.goBack();
	await expect(history.card('Outages')).toBeVisible();
});

test('one record and one passage come back as a new change, and that is taken back again', async ({
	downbeat,
	visit
}) => {
	const { ada, bobs, history } = await twoWrote(visit, await downbeat.createSample());
	await history.button('Put back as before: Outages').click();
	await expect(bobs.titles).toHaveText(['Availability', 'Incidents']);
	await expect(bobs.notes).toHaveText(/Except on Sunday\./);
	await ada.page.getByRole('button', { name: 'Undo' }).click();
	await expect(bobs.titles).toHaveText(['Availability', 'Outages']);

	await history.button(/^Put back as before: Availability/).click();
	await expect(bobs.notes).not.toHaveText(/Except on Sunday\./);
	await expect(bobs.notes).toHaveText(/Uptime held\./);
	await expect(bobs.titles).toHaveText(['Availability', 'Outages']);
	await history.button(/^Restore this passage: Availability/).click();
	await expect(bobs.notes).toHaveText(/Uptime held\. Except on Sunday\./);

	await history.versions.last().click();
	await history.button('Restore everything').click();
	await expect(bobs.titles).toHaveText(['Availability', 'Incidents']);
	await expect(bobs.notes).not.toHaveText(/Except on Sunday\./);
	await ada.page.getByRole('button', { name: 'Undo' }).click();
	await expect(bobs.titles).toHaveText(['Availability', 'Outages']);
	await expect(bobs.notes).toHaveText(/Uptime held\. Except on Sunday\./);
});

test('a version is named for everybody, and without a connection the history says where it is', async ({
	downbeat,
	visit
}) => {
	const { ada, bob, history } = await twoWrote(visit, await downbeat.createSample());
	await history.button('Name this version').click();
	const dialog = ada.page.getByRole('dialog', { name: 'Name this version' });
	await dialog.getByLabel('Name').fill('Agreed with finance');
	await ada.page.keyboard.press('Enter');
	await expect(dialog).toHaveCount(0);
	await expect(history.versions.first()).toContainText('Agreed with finance');
	const bobs = await HistoryScreen.openFrom(bob.page);
	await expect(bobs.versions.first()).toContainText('Agreed with finance');
	await expect(bobs.detail.getByRole('heading', { level: 2 })).toHaveText('Agreed with finance');

	await kept(ada.page);
	await expect(ada.pill).toContainText('Synced');
	await downbeat.kill9();
	await expect(ada.pill).toContainText('Offline');
	await history.versions.last().click();
	await expect(history.detail).toContainText('This version is with the team');
	await ada.page.reload();
	await expect(history.list).toContainText('History is with the team');
	await expect(history.list).toContainText('The document itself is on this device.');
	await downbeat.startAgain();
	await expect(history.versions).toHaveCount(2, { timeout: 30_000 });
	await expect(history.versions.first()).toContainText('Agreed with finance');
});

test('on a phone the versions come first, and each opens in its place', async ({ downbeat, visit }) => {
	const at = await downbeat.createSample();
	const { page } = await visit('Ada', at, { isPhone: true });
	await page.goto(`${downbeat.url}/${at.space}/raci`);
	await page.getByRole('link', { name: /Operating rhythm/ }).tap();
	await page.getByRole('button', { name: 'Matrix, menu' }).tap();
	await page.getByRole('menuitem', { name: 'History' }).tap();
	const history = new HistoryScreen(page);
	await expect(history.versions).toHaveCount(1);
	await expect(history.detail).toBeHidden();
	await history.versions.first().tap();
	await expect(history.detail.getByRole('heading', { level: 2 })).toBeFocused();
	await expect(history.card('Board pack')).toContainText('Activity added');
	await page.getByRole('link', { name: 'Back to the versions' }).tap();
	await expect(history.versions).toHaveCount(1);
	await page.getByRole('link', { name: 'Back to Operating rhythm' }).tap();
	await expect(page.getByRole('list', { name: 'Activities' })).toBeVisible();
});
