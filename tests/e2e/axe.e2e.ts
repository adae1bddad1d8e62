import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test } from './downbeat.ts';

/** Everything axe knows of WCAG 2.2 AA, and its good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands, one line for each element. */
async function findings(page: Page): Promise<readonly string[]> {
	// Half faded in, a text has half its contrast.
	await page.evaluate(() =>
		Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))
	);
	await page.evaluate(axe.source);
	const violations = await page.evaluate(async (runOnly) => {
		const here = (window as unknown as { axe: typeof axe }).axe;
		return (await here.run(document, { runOnly, resultTypes: ['violations'] })).violations;
	}, TAGS);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 140)} ${failureSummary ?? ''}`)
	);
}

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing on any page, ${colorScheme}`, async ({ downbeat, visit }) => {
		const at = await downbeat.createSample();
		const { page, pill } = await visit('Ada', at, { colorScheme });
		const clean = async (where: string) => expect.soft(await findings(page), where).toEqual([]);
		const go = (path: string) => page.goto(`${downbeat.url}/${at.space}${path}`);

		await expect(page.getByRole('grid', { name: 'Rhythm' })).toBeVisible();
		await expect(pill).toContainText('Synced');
		await clean('Home');
		await page.keyboard.press('Control+k');
		await expect(page.getByRole('option').first()).toBeVisible();
		await clean('palette');
		await go('/kpis');
		await expect(page.getByRole('link', { name: /MTTR/ })).toBeVisible();
		await clean('KPIs');
		await go('/kpis/mttr');
		await expect(page.getByRole('slider')).toBeVisible();
		await clean('KPI');
		await go('/settings');
		await expect(page.getByText('Nadia Okafor').first()).toBeVisible();
		await clean('settings');
		await go('/meeting');
		const opsReview = page
			.getByRole('main')
			.getByRole('link', { name: /Ops Review/ })
			.first();
		await expect(opsReview).toBeVisible();
		await clean('meetings');
		await opsReview.click();
		await expect(page.getByRole('textbox', { name: 'Notes' })).toBeVisible();
		await clean('a meeting before it begins');
		await page.getByRole('button', { name: 'Start meeting' }).click();
		await expect(page.getByRole('timer')).toBeVisible();
		await expect(page.getByRole('figure').first()).toBeVisible();
		await clean('a meeting that is on');
		await downbeat.kill9();
		await expect(pill).toContainText('Offline');
		await page.getByRole('textbox', { name: 'Notes' }).click();
		await page.keyboard.type('Kept here.');
		await expect(pill).toContainText('1 kept here');
		await clean('a meeting offline');
	});

	test(`axe finds nothing in a meeting on a phone, ${colorScheme}`, async ({ downbeat, visit }) => {
		const at = await downbeat.createSample();
		const { page } = await visit('Ada', at, { colorScheme, isPhone: true });
		await page.goto(`${downbeat.url}/${at.space}/meeting`);
		await page
			.getByRole('link', { name: /Ops Review/ })
			.first()
			.tap();
		await expect(page.getByRole('textbox', { name: 'Notes' })).toBeVisible();
		await page.getByRole('banner').getByRole('button', { name: 'Start' }).tap();
		await expect(page.getByRole('banner').getByRole('button', { name: /^Run the meeting,/ })).toBeVisible();
		expect.soft(await findings(page), 'meeting').toEqual([]);
		await page.getByRole('banner').getByRole('button', { name: 'Agenda' }).tap();
		await expect(page.getByRole('dialog', { name: 'Agenda' })).toBeVisible();
		expect.soft(await findings(page), 'agenda').toEqual([]);
	});
}
