import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, kept, test, type Visit } from './downbeat.ts';
import { planMeeting, type At } from './meeting.ts';

const WORDS = 'The canary window is 15 minutes';

/** The comments of a document as somebody has them before them. */
class CommentsScreen {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	get button(): Locator {
		return this.page.getByRole('button', { name: /^Comments/ });
	}

	get panel(): Locator {
		return this.page.getByRole('group', { name: 'Comments', exact: true });
	}

	get field(): Locator {
		return this.page.getByRole('textbox', { name: 'Comment', exact: true });
	}

	/** What threads are about, underlined in the text. */
	get marks(): Locator {
		return this.page.locator('.comment-mark');
	}

	thread(about: RegExp): Locator {
		return this.page.getByRole('article', { name: about });
	}

	async comment(text: string): Promise<void> {
		await this.field.fill(text);
		await this.field.press('ControlOrMeta+Enter');
	}

	async reply(about: RegExp, text: string): Promise<void> {
		const field = this.thread(about).getByRole('textbox', { name: 'Reply' });
		await field.fill(text);
		await field.press('ControlOrMeta+Enter');
	}
}

/** Ada has planned a meeting and written a line; Bob has it open too. */
async function twoInAMeeting(visit: Visit, at: At) {
	const [ada, bob] = [await visit('Ada', at, { isKept: true }), await visit('Bob', at)];
	const adas = await planMeeting(ada, 'Ops Review', ['Availability', 'Incidents 10 min']);
	const bobs = await adas.openFor(bob.page);
	await adas.notes.click();
	await adas.page.keyboard.type(WORDS);
	await expect(bobs.notes).toHaveText(WORDS);
	return { ada, bob, adas, bobs };
}

/** Selects from the beginning of the line over so many letters. */
async function selectFirst(notes: Locator, letters: number): Promise<void> {
	await notes.locator('p').first().click();
	await notes.press('Home');
	for (let letter = 0; letter < letters; letter += 1) await notes.press('Shift+ArrowRight');
	// The page hears of a selection a moment after it is made.
	await notes.evaluate(async () => {
		for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
	});
}

/** What axe finds on the page as it stands. */
async function findings(page: Page): Promise<readonly string[]> {
	await page.evaluate(axe.source);
	const { violations } = await page.evaluate(() => {
		const here = (window as unknown as { axe: typeof axe }).axe;
		return here.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa', 'best-practice'] });
	});
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 140)}`));
}

test('one comments on words, the other sees the mark, answers and settles it; deleted words leave their quote', async ({
	downbeat,
	visit
}) => {
	const { ada, bob, adas, bobs } = await twoInAMeeting(visit, await downbeat.createSpace());
	const [adaSays, bobSays] = [new CommentsScreen(ada.page), new CommentsScreen(bob.page)];
	await selectFirst(adas.notes, 'The canary window'.length);
	await ada.page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name: 'Comment' }).click();
	await expect(adaSays.panel).toContainText('The canary window');
	await adaSays.comment('Is that still so, @Bob?');
	await expect(adaSays.marks).toHaveCount(1);

	await expect(bobSays.marks).toHaveCount(1);
	await expect(bobSays.button).toHaveAccessibleName('Comments, 1 open thread');
	await bobs.notes
		.locator('p')
		.first()
		.click({ position: { x: 40, y: 8 } });
	await expect(bobSays.thread(/The canary window/)).toContainText('Is that still so, @Bob?');
	await expect(bobs.notes).toBeFocused();
	await bobSays.reply(/The canary window/, 'Sixty since Monday.');
	await expect(adaSays.thread(/The canary window/)).toContainText('Sixty since Monday.');
	expect(await findings(bob.page)).toEqual([]);

	await selectFirst(bobs.notes, 'The canary window'.length);
	await bob.page.keyboard.press('Backspace');
	await expect(adas.notes).toHaveText(/^is 15 minutes|^ is 15 minutes/);
	await expect(adaSays.marks).toHaveCount(0);
	for (const screen of [adaSays, bobSays]) {
		await expect(screen.thread(/The canary window/)).toContainText('Detached');
		await expect(screen.thread(/The canary window/).locator('blockquote')).toHaveText('The canary window');
	}

	await bobSays
		.thread(/The canary window/)
		.getByRole('button', { name: 'Resolve' })
		.click();
	await expect(adaSays.thread(/The canary window/)).toContainText('Resolved by Bob');
	await expect(adaSays.button).toHaveAccessibleName('Comments');
	await adaSays
		.thread(/The canary window/)
		.getByRole('button', { name: 'Reopen' })
		.click();
	await expect(bobSays.button).toHaveAccessibleName('Comments, 1 open thread');
});

test('a comment written with no connection is kept with a ring, and arrives when it is back', async ({
	downbeat,
	visit
}) => {
	const { ada, bob, adas, bobs } = await twoInAMeeting(visit, await downbeat.createSpace());
	const [adaSays, bobSays] = [new CommentsScreen(ada.page), new CommentsScreen(bob.page)];
	await kept(ada.page);
	await expect(adas.pill).toHaveText(/Synced/);
	await ada.context.setOffline(true);
	await expect(adas.pill).toHaveText(/Offline/);
	await selectFirst(adas.notes, 'The canary'.length);
	await ada.page.keyboard.press('ControlOrMeta+Alt+m');
	await adaSays.comment('Which one?');
	const thread = adaSays.thread(/The canary/);
	await expect(thread.getByRole('img', { name: /not yet synced/ }).first()).toBeVisible();
	await bobs.writeAt('Home');
	await bob.page.keyboard.type('Note: ');
	await expect(bobSays.marks).toHaveCount(0);

	await ada.context.setOffline(false);
	await expect(bobSays.marks).toHaveCount(1);
	await expect(thread.getByRole('img', { name: /not yet synced/ })).toHaveCount(0);
	await bobSays.button.click();
	await expect(bobSays.thread(/The canary/)).toContainText('Which one?');
	await expect(adas.notes).toHaveText(`Note: ${WORDS}`);
});

test('an item is commented on from its menu, and the comment leads back to it', async ({
	downbeat,
	visit
}) => {
	const { bob, adas, ada } = await twoInAMeeting(visit, await downbeat.createSpace());
	const [adaSays, bobSays] = [new CommentsScreen(ada.page), new CommentsScreen(bob.page)];
	await adas.choose('Incidents', 'Comment');
	await adaSays.comment('Ten minutes are not enough.');
	await bobSays.button.click();
	await bobSays
		.thread(/Incidents/)
		.getByRole('button', { name: /^Show/ })
		.click();
	await expect(bob.page.getByRole('heading', { name: 'Incidents', level: 1 })).toBeVisible();
	await ada.page.reload();
	await expect(adaSays.button).toHaveAccessibleName('Comments, 1 open thread');
});
