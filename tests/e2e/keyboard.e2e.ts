import type { Locator, Page } from '@playwright/test';
import { expect, test } from './downbeat.ts';
import { MeetingScreen } from './meeting.ts';

/** Opens the palette by its keys, finds something and runs it. */
async function run(page: Page, words: string, title: RegExp, key = 'Enter'): Promise<void> {
	await page.keyboard.press('Control+k');
	await expect(page.getByRole('combobox', { name: 'Find or run' })).toBeFocused();
	await page.keyboard.type(words);
	await expect(page.getByRole('option', { name: title }).first()).toHaveAttribute('aria-selected', 'true');
	await page.keyboard.press(key);
	await expect(page.getByRole('combobox', { name: 'Find or run' })).toHaveCount(0);
}

/** Presses Tab, or Shift and Tab, until it is reached. */
async function reach(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
	const isThere = () => target.evaluate((element) => element === document.activeElement);
	for (let presses = 0; presses < 80 && !(await isThere()); presses++)
		await target.page().keyboard.press(key);
	await expect(target).toBeFocused();
}

test('a meeting is made, written and run with the keyboard alone', async ({ downbeat, visit }) => {
	const { page } = await visit('Ada', await downbeat.createSample());
	await expect(page.getByRole('grid', { name: 'Rhythm' })).toBeVisible();
	await run(page, 'new meeting', /^New meeting/);
	await expect(page.getByLabel('Title')).toBeFocused();
	await page.keyboard.type('By hand');
	await page.keyboard.press('Enter');
	const screen = new MeetingScreen(page);
	await expect(page.getByRole('heading', { name: 'No agenda yet' })).toBeVisible();

	await run(page, 'add an agenda', /^Add an agenda item/);
	await expect(page.getByLabel('New item')).toBeFocused();
	for (const line of ['Availability', 'Cost deltas 10 min']) {
		await page.keyboard.type(line);
		await page.keyboard.press('Enter');
	}
	await page.keyboard.press('Enter');
	await expect(screen.titles).toHaveText(['Availability', 'Cost deltas']);
	await expect(screen.agenda.getByRole('button', { name: 'Add item', exact: true })).toBeFocused();

	await run(page, 'write a note', /^Write a note/);
	await expect(screen.notes).toBeFocused();
	await page.keyboard.type('# What we saw\nUptime held.\n[ ] Tell the others');
	await expect(screen.notes.getByRole('heading', { name: 'What we saw' })).toBeVisible();
	await expect(screen.notes.getByRole('checkbox')).not.toBeChecked();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Enter');
	await page.keyboard.type('/chart');
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('Find a KPI')).toBeFocused();
	await page.keyboard.type('slo att');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('figure', { name: 'SLO attainment, Tier-0' })).toBeVisible();
	await run(page, 'mttr', /MTTR, Sev/, 'Control+Enter');
	await expect(page.getByRole('figure', { name: 'MTTR, Sev 1/2 median' })).toBeVisible();

	await run(page, 'start the', /^Start the meeting/);
	await page.keyboard.press('Escape');
	await reach(page.getByRole('region', { name: 'Availability' }), 'Shift+Tab');
	await page.keyboard.press('+');
	await expect(screen.dock).toContainText('left of 7:00');
	await page.keyboard.press('Space');
	await expect(screen.dock.getByRole('button', { name: 'Resume timer' })).toBeVisible();
	await page.keyboard.press('Space');
	await expect(screen.dock.getByRole('button', { name: 'Pause timer' })).toBeVisible();
	await page.keyboard.press('n');
	await expect(page.getByRole('heading', { name: 'Cost deltas', level: 1 })).toBeVisible();
	await run(page, 'end the', /^End the meeting/);
	await expect(screen.dock).toContainText(/ended \d\d:\d\d/);

	await run(page, 'this week', /^This week/);
	await expect(page.getByRole('grid', { name: 'Rhythm' })).toBeVisible();
	const next = page.getByRole('button', { name: 'Open meeting' });
	await reach(next);
	await page.keyboard.press('Enter');
	await expect(screen.notes).toBeVisible();
	await reach(screen.agenda.locator('[data-open][tabindex="0"]'));
	await page.keyboard.press('Home');
	await expect(screen.titles.first()).toBeFocused();
	await page.keyboard.press('ArrowDown');
	const second = screen.titles.nth(1);
	await expect(second).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText((await second.textContent()) ?? '');
});
