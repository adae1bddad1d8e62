import type { BrowserContext, Locator } from '@playwright/test';
import type * as Y from 'yjs';
import { expect, test, type Visit } from './downbeat.ts';
import { planMeeting, StockClient, wordsOf, type At, type MeetingScreen } from './meeting.ts';

const AGENDA = ['Availability', 'Incidents 10 min'];

/** Ada has planned a meeting, and Bob has it open too. */
async function twoInAMeeting(visit: Visit, at: At, prepare?: (bob: BrowserContext) => Promise<void>) {
	const [ada, bob] = [await visit('Ada', at), await visit('Bob', at)];
	await prepare?.(bob.context);
	const adas = await planMeeting(ada, 'Ops Review', AGENDA);
	const bobs = await adas.openFor(bob.page);
	await expect(bobs.titles).toHaveText(['Availability', 'Incidents']);
	await expect(bobs.notes).toBeVisible();
	return { adas, bobs };
}

const countIn = (text: string, word: string): number => text.split(word).length - 1;

/** What of `words` does not stand in both notes, once. */
async function missingIn(screens: readonly MeetingScreen[], words: readonly string[]) {
	const texts = await Promise.all(screens.map((screen) => screen.text()));
	return words.filter((word) => texts.some((text) => countIn(text, word) !== 1));
}

test('two people write in one paragraph at once, and each sees the other’s caret with its name', async ({
	downbeat,
	visit
}) => {
	const { adas, bobs } = await twoInAMeeting(visit, await downbeat.createSpace());
	await adas.notes.click();
	await adas.type(['Together.']);
	await expect(bobs.notes).toHaveText(/Together\./);
	await adas.writeAt('Home');
	await bobs.writeAt('End');
	await expect(bobs.caretOf('Ada')).toBeVisible();
	await expect(adas.caretOf('Bob')).toBeVisible();

	const [adaWords, bobWords] = [wordsOf('ada', 16), wordsOf('bob', 16)];
	await Promise.all([adas.type(adaWords.slice(0, 10)), bobs.type(bobWords.slice(0, 10))]);
	await expect.poll(() => bobs.text()).toMatch(/^ada0x .*ada9x Together\. bob0x .*bob9x/);

	// At the very same spot no word is torn either.
	await adas.writeAt('End');
	await bobs.writeAt('End');
	await Promise.all([adas.type(adaWords.slice(10)), bobs.type(bobWords.slice(10))]);
	await expect.poll(() => missingIn([adas, bobs], [...adaWords, ...bobWords])).toEqual([]);
	await expect.poll(async () => (await bobs.text()) === (await adas.text())).toBe(true);
	await expect(adas.notes.locator('p')).toHaveCount(1);
});

test('what one does to the agenda the other sees, also that it was taken back', async ({
	downbeat,
	visit
}) => {
	const { adas, bobs } = await twoInAMeeting(visit, await downbeat.createSpace());
	await bobs.addItems('Cost deltas 10 min');
	await expect(adas.titles).toHaveText(['Availability', 'Incidents', 'Cost deltas']);
	await expect(adas.agenda.locator('[data-row]').last()).toContainText('10 min');

	await adas.rename('Cost deltas', 'Costs');
	await expect(bobs.titles).toHaveText(['Availability', 'Incidents', 'Costs']);
	await bobs.row('Costs').focus();
	await bobs.page.keyboard.press('Alt+ArrowUp');
	await bobs.page.keyboard.press('Alt+ArrowUp');
	await expect(adas.titles).toHaveText(['Costs', 'Availability', 'Incidents']);

	await adas.choose('Availability', 'Delete');
	await expect(bobs.titles).toHaveText(['Costs', 'Incidents']);
	await adas.page.getByRole('button', { name: 'Undo' }).click();
	await expect(bobs.titles).toHaveText(['Costs', 'Availability', 'Incidents']);
	await expect(adas.titles).toHaveText(['Costs', 'Availability', 'Incidents']);
});

test('undo takes back what I did, never what the other did since', async ({ downbeat, visit }) => {
	const { adas, bobs } = await twoInAMeeting(visit, await downbeat.createSpace());
	await adas.notes.click();
	await adas.type(['adawords']);
	await expect(bobs.notes).toHaveText(/adawords/);
	await bobs.writeAt('End');
	await bobs.type(['bobwords']);
	await expect(adas.notes).toHaveText(/bobwords/);
	await adas.page.keyboard.press('Control+z');
	await expect(bobs.notes).not.toHaveText(/adawords/);
	await expect(bobs.notes).toHaveText(/bobwords/);
	await adas.page.keyboard.press('Control+Shift+z');
	await expect(bobs.notes).toHaveText(/adawords/);

	await adas.rename('Incidents', 'Outages');
	await expect(bobs.titles).toHaveText(['Availability', 'Outages']);
	await bobs.addItems('Costs 10 min');
	await expect(adas.titles).toHaveText(['Availability', 'Outages', 'Costs']);
	await adas.row('Outages').focus();
	await adas.page.keyboard.press('Control+z');
	await expect(bobs.titles).toHaveText(['Availability', 'Incidents', 'Costs']);
});

/** Sets the clock of a browser five minutes ahead, from the next page load on. */
async function fiveMinutesAhead(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		const aheadMs = 5 * 60_000;
		const Real = Date;
		const nowMs = () => Real.now() + aheadMs;
		globalThis.Date = new Proxy(Real, {
			construct: (_target, args: unknown[]) =>
				Reflect.construct(Real, args.length === 0 ? [nowMs()] : args) as Date,
			get: (target, name): unknown => (name === 'now' ? nowMs : Reflect.get(target, name))
		});
	});
}

async function secondsOn(digits: Locator): Promise<number> {
	const [minutes = NaN, seconds = NaN] = (await digits.innerText()).split(':').map(Number);
	return minutes * 60 + seconds;
}

/** The largest difference that shows while both clocks turn a few times. */
async function apart(one: MeetingScreen, other: MeetingScreen): Promise<number> {
	const differences: number[] = [];
	for (const _ of Array.from({ length: 20 })) {
		const [mine, theirs] = await Promise.all([secondsOn(one.digits), secondsOn(other.digits)]);
		differences.push(Math.abs(mine - theirs));
	}
	return Math.max(...differences);
}

test('the clock is one clock for everybody, also on a device that is five minutes ahead', async ({
	downbeat,
	visit
}) => {
	const { adas, bobs } = await twoInAMeeting(visit, await downbeat.createSpace(), fiveMinutesAhead);
	expect(await bobs.page.evaluate(() => Date.now())).toBeGreaterThan(Date.now() + 4 * 60_000);

	await adas.dock.getByRole('button', { name: 'Start meeting' }).click();
	await expect(bobs.dock).toContainText('left of 5:00');
	await expect.poll(() => secondsOn(adas.digits)).toBeLessThan(299);
	await expect.poll(() => apart(adas, bobs)).toBeLessThanOrEqual(1);

	await bobs.dock.getByRole('button', { name: '+2 min' }).click();
	await expect(adas.dock).toContainText('left of 7:00');
	await bobs.dock.getByRole('button', { name: 'Pause timer' }).click();
	await expect(adas.dock.getByRole('button', { name: 'Resume timer' })).toBeVisible();
	await expect(bobs.digits).toHaveText(await adas.digits.innerText());
	await adas.dock.getByRole('button', { name: 'Resume timer' }).click();
	await expect(bobs.dock.getByRole('button', { name: 'Pause timer' })).toBeVisible();

	await adas.dock.getByRole('button', { name: 'Next item' }).click();
	await expect(bobs.page.getByRole('heading', { name: 'Incidents', level: 1 })).toBeVisible();
	await expect(bobs.dock).toContainText('left of 10:00');
	await expect.poll(() => apart(adas, bobs)).toBeLessThanOrEqual(1);
	await bobs.dock.getByRole('button', { name: 'End meeting' }).first().click();
	await expect(adas.dock).toContainText(/ended \d\d:\d\d/);
	await adas.dock.getByRole('button', { name: 'Reopen' }).click();
	await expect(bobs.dock.getByRole('timer')).toBeVisible();
});

test('what is parked is parked for both, and comes back onto the agenda of both', async ({
	downbeat,
	visit
}) => {
	const { adas, bobs } = await twoInAMeeting(visit, await downbeat.createSpace());
	await adas.parkingLot.getByRole('button', { name: 'Park something' }).click();
	await adas.page.keyboard.type('Who pays for the second region?');
	await adas.page.keyboard.press('Enter');
	await expect(bobs.parkingLot).toContainText('Who pays for the second region?');
	await expect(bobs.parkingLot).toContainText('Ada');
	await bobs.parkingLot.getByRole('button', { name: /^More about/ }).click();
	await bobs.page.getByRole('menuitem', { name: 'Bring back' }).click();
	await expect(adas.titles.last()).toHaveText('Who pays for the second region?');
	await expect(adas.parkingLot.getByRole('listitem')).toHaveCount(0);
});

test('a stock y-websocket client edits the same notes and agenda', async ({ downbeat, visit }) => {
	const at = await downbeat.createSpace();
	const screen = await planMeeting(await visit('Ada', at), 'Ops Review', AGENDA);
	await screen.notes.click();
	await screen.type(['from the page']);
	const tool = await StockClient.enter(downbeat, at, screen);
	const [first = ''] = await screen.itemIds();
	await expect.poll(() => tool.textOf(first)).toContain('from the page');

	const paragraph = tool.notes(first).get(0) as Y.XmlElement;
	(paragraph.get(0) as Y.XmlText).insert(0, 'from a tool and ');
	await expect(screen.notes).toHaveText(/from a tool and from the page/);
	await screen.type(['and back']);
	await expect.poll(() => tool.textOf(first)).toContain('from a tool and from the page and back');

	tool.agendaItem(first).set('title', 'Uptime');
	await expect(screen.titles).toHaveText(['Uptime', 'Incidents']);
	await expect(screen.page.getByRole('heading', { name: 'Uptime', level: 1 })).toBeVisible();
	await screen.rename('Uptime', 'Availability');
	await expect.poll(() => tool.agendaItem(first).get('title')).toBe('Availability');
	tool.leave();
});
