import type { Page } from '@playwright/test';
import { findingsInBoth } from './axe.ts';
import { expect, kept, test } from './downbeat.ts';
import { sendPoints } from './points.ts';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const health = (page: Page) => page.getByRole('button', { name: /^Health/ });

test('all KPIs stand against their targets; a filter is in the address, a point changes a row, and offline it stays', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSample();
	const { page, pill } = await visit('Ada', at, { isKept: true });
	await page.getByRole('link', { name: 'Scoreboard' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Scoreboard' })).toBeVisible();
	await expect(page.getByRole('row')).toHaveCount(21);
	await expect(page.getByText(/^as of \d\d:\d\d$/)).toBeVisible();

	// The page scrolls, not the window.
	const height = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
	expect(await height()).toBeLessThanOrEqual(1);

	await page.getByRole('combobox', { name: 'Dimension' }).selectOption('Efficiency');
	await expect(page).toHaveURL(/\/scoreboard\?dimension=efficiency$/);
	const runbooks = row(page, 'Runbook automation');
	await expect(runbooks).toBeVisible();
	await expect(row(page, 'MTTR')).toHaveCount(0);
	const send = (value: number) =>
		sendPoints(downbeat, { ...at, kpi: 'runbook-automation' }, [{ at: new Date().toISOString(), value }]);
	await send(58);
	await expect(runbooks).toContainText('58%');
	await expect(runbooks).toContainText('Off target');
	await expect(runbooks).toContainText('0 min old');
	await expect(runbooks.getByRole('link', { name: 'Commentary on Runbook automation: Due' })).toBeVisible();
	await health(page).click();
	await expect(page.getByRole('region', { name: 'How Health is worked out' })).toContainText(
		/Health \d+\.\d ÷ 5 = \d+\.\d/
	);
	const score = await health(page).innerText();
	await send(95);
	await expect(runbooks).toContainText('On target');
	await expect(health(page)).not.toHaveText(score);

	expect(await findingsInBoth(page)).toEqual([]);

	await expect(pill).toContainText('Synced');
	await kept(page);
	await downbeat.kill9();
	await page.reload();
	await expect(pill).toContainText('Offline');
	await expect(page).toHaveURL(/dimension=efficiency/);
	await expect(runbooks).toContainText('95%');
	await expect(row(page, 'MTTR')).toHaveCount(0);
	await expect(page.getByText(/^as of (\d+ \w+, )?\d\d:\d\d, paused$/)).toBeVisible();
	await page.getByRole('combobox', { name: 'Dimension' }).selectOption('All');
	await expect(row(page, 'MTTR')).toBeVisible();
	await runbooks.getByRole('link', { name: 'Runbook automation', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Runbook automation' })).toBeVisible();
});
