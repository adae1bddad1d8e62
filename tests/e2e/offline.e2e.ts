import type { Page } from '@playwright/test';
import { expect, kept, test } from './downbeat.ts';
import { MeetingScreen, PillLog, planMeeting, StockClient, wordsOf } from './meeting.ts';

/** Until a lost connection is noticed whatever happens to the socket: the answer that does not come. */
const NOTICED_MS = 5_000;

const SYNCED = /Synced/;
const OFFLINE_WITH_CHANGES = /Offline\s+\d+ kept here/;

/** Asks, as a person does, to close the tab; gives whether the browser asked back. */
async function closeAsking(page: Page): Promise<boolean> {
	let wasAsked = false;
	page.on('dialog', (dialog) => {
		wasAsked = true;
		void dialog.accept();
	});
	const closed = page.waitForEvent('close');
	await page.close({ runBeforeUnload: true });
	await closed;
	return wasAsked;
}

/** How often a word stands in a text. */
const countIn = (text: string, word: string): number => text.split(word).length - 1;

async function expectAllOnce(text: () => Promise<string>, words: readonly string[]): Promise<void> {
	await expect
		.poll(async () => {
			const all = await text();
			return words.filter((word) => countIn(all, word) !== 1);
		})
		.toEqual([]);
}

test('two people write through a cut, a killed server and a closed tab, and nothing is lost or claimed', async ({
	downbeat,
	visit
}) => {
	test.slow();
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at, { isKept: true });
	const bob = await visit('Bob', at, { isKept: true });
	const [adaSaid, bobSaid] = [await PillLog.of(ada), await PillLog.of(bob)];
	const adaFirst = await planMeeting(ada, 'Ops Review', ['Availability', 'Cost deltas 10 min']);
	const bobs = await adaFirst.openFor(bob.page);
	await ada.page.reload();
	await Promise.all([kept(ada.page), kept(bob.page)]);
	await adaFirst.notes.click();
	await adaFirst.type(['together']);
	await expect(bobs.notes).toHaveText(/together/);
	await expect(ada.pill).toHaveText(SYNCED);
	await expect(bob.pill).toHaveText(SYNCED);

	await ada.context.setOffline(true);
	const cutAtMs = Date.now();
	const adaWords = [...wordsOf('ada', 25)];
	const bobWords = [...wordsOf('bob', 18)];
	await adaFirst.writeAt('End');
	await bobs.writeAt('End');
	await Promise.all([
		adaFirst.type(adaWords.slice(0, 15), 60),
		bobs.type(bobWords.slice(0, 9), 60).then(() => expect(bob.pill).toHaveText(SYNCED))
	]);
	await adaFirst.addItems('From the train 15 min');
	await expect(ada.pill).toHaveText(OFFLINE_WITH_CHANGES);

	await downbeat.kill9();
	const killedAtMs = Date.now();
	await bobs.writeAt('End');
	await Promise.all([adaFirst.writeAt('Home'), bobs.type(bobWords.slice(9), 60)]);
	await bobs.rename('Cost deltas', 'Costs');
	await bobs.addItems('From the office 20 min');
	await adaFirst.type(adaWords.slice(15, 20));
	await expect(bob.pill).toHaveText(OFFLINE_WITH_CHANGES);
	await expect(ada.pill).toHaveText(OFFLINE_WITH_CHANGES);
	for (const { page } of [ada, bob]) await expect(page.getByText('Safe on this laptop.')).toBeVisible();

	const { page: closing } = ada;
	const address = closing.url();
	expect(await closeAsking(closing)).toBe(false);
	const page = await ada.tab();
	await page.goto(address);
	const adas = new MeetingScreen(page);
	await expect(adas.titles).toHaveText(['Availability', 'Cost deltas', 'From the train']);
	await expectAllOnce(() => adas.text(), adaWords.slice(0, 20));
	await adas.writeAt('End');
	await adas.type(adaWords.slice(20));
	await expect(adas.pill).toHaveText(OFFLINE_WITH_CHANGES);

	const adaBackAtMs = Date.now();
	await downbeat.startAgain();
	await ada.context.setOffline(false);
	await expect(adas.strip).toContainText('Back online.', { timeout: 30_000 });
	await expect(bobs.strip).toContainText('Back online.', { timeout: 30_000 });
	await expect.poll(() => adaSaid.said.at(-1)?.words, { timeout: 30_000 }).toMatch(SYNCED);
	await expect.poll(() => bobSaid.said.at(-1)?.words, { timeout: 30_000 }).toMatch(SYNCED);

	const witness = await StockClient.enter(downbeat, at, adas);
	const [first = ''] = await adas.itemIds();
	await expectAllOnce(() => Promise.resolve(witness.textOf(first)), [...adaWords, ...bobWords]);
	await expectAllOnce(() => adas.text(), [...adaWords, ...bobWords]);
	await expect.poll(() => bobs.text()).toBe(await adas.text());
	const agenda = await adas.titles.allTextContents();
	expect(agenda.toSorted()).toEqual(['Availability', 'Costs', 'From the office', 'From the train']);
	await expect(bobs.titles).toHaveText(agenda);
	witness.leave();

	expect(adaSaid.between(cutAtMs + NOTICED_MS, adaBackAtMs).filter((words) => SYNCED.test(words))).toEqual(
		[]
	);
	expect(bobSaid.between(killedAtMs + 1_000, adaBackAtMs).filter((words) => SYNCED.test(words))).toEqual([]);
});

test('a reload right after typing keeps the last word', async ({ downbeat, visit }) => {
	const ada = await visit('Ada', await downbeat.createSpace(), { isKept: true });
	const screen = await planMeeting(ada, 'Ops Review', ['Availability']);
	await kept(ada.page);
	await expect(ada.pill).toContainText('Synced');
	await downbeat.kill9();
	const words = wordsOf('word', 12);
	await screen.notes.click();
	await screen.type(words, 15);
	await ada.page.reload();
	await expectAllOnce(() => screen.text(), words);
	await expect(ada.pill).toHaveText(/Offline\s+1 kept here/);
});

test('two tabs of one person stay in step with no network', async ({ downbeat, visit }) => {
	const ada = await visit('Ada', await downbeat.createSpace(), { isKept: true });
	const screen = await planMeeting(ada, 'Ops Review', ['Availability', 'Cost deltas 10 min']);
	await kept(ada.page);
	await downbeat.kill9();
	const other = await screen.openFor(await ada.tab());
	await screen.notes.click();
	await screen.type(['here']);
	await expect(other.notes).toHaveText(/here/);
	await other.writeAt('End');
	await other.type(['and there']);
	await expect(screen.notes).toHaveText(/here and there/);
	await other.rename('Cost deltas', 'Costs');
	await expect(screen.titles).toHaveText(['Availability', 'Costs']);
	await expect(screen.row('Availability')).toBeVisible();
	await expect(ada.pill).toHaveText(OFFLINE_WITH_CHANGES);

	await screen.page.close();
	await other.page.reload();
	await expect(other.notes).toHaveText(/here and there/);
	await expect(other.titles).toHaveText(['Availability', 'Costs']);
});

test('what was written with no network is there when one leaves the page and comes back to it, and arrives', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at, { isKept: true });
	const screen = await planMeeting(ada, 'Ops Review', ['Availability']);
	await kept(ada.page);
	await expect(ada.pill).toContainText('Synced');
	await downbeat.kill9();
	await expect(ada.pill).toContainText('Offline');
	const [meeting, words] = [ada.page.url(), wordsOf('train', 8)];
	await screen.notes.click();
	await screen.type(words, 15);
	const main = ada.page.getByRole('navigation', { name: 'Main' });
	for (let round = 0; round < 2; round++) {
		await main.getByRole('link', { name: 'Meetings' }).click();
		await ada.page
			.getByRole('main')
			.getByRole('link', { name: /Ops Review/ })
			.first()
			.click();
		await expectAllOnce(() => screen.text(), words);
	}
	await expect(ada.pill).toHaveText(/Offline\s+1 kept here/);

	await main.getByRole('link', { name: 'Meetings' }).click();
	await downbeat.startAgain();
	await expect(ada.pill).toContainText('Synced', { timeout: 30_000 });
	const bob = await visit('Bob', at);
	await bob.page.goto(meeting);
	await expectAllOnce(() => new MeetingScreen(bob.page).text(), words);
});
