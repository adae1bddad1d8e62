import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { KpiId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { recordBlock } from './block.ts';
import { typical } from './fixtures.ts';
import Blocks from './specimens/Blocks.svelte';
import { Desk } from './specimens/desk.svelte.ts';
import { standingOf } from './state.ts';
import { writtenOn } from './written.ts';

afterEach(() => {
	delete document.documentElement.dataset['theme'];
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const mttr = { kpi: 'mttr' as KpiId };

test('under a chart it says what changed, what is done, the drivers and who completed it', async () => {
	await render(Blocks, { desk: new Desk(typical), row: 'slo-attainment', width: 720, isUnderChart: true });
	await expect.element(page.getByText(/p95 regression in search-api/)).toBeVisible();
	await expect.element(page.getByText(/Rolled back on 4 Jun/)).toBeVisible();
	await expect.element(page.getByText('Latency', { exact: true })).toBeVisible();
	await expect.element(page.getByText('Complete · Priya Raman, 09:41')).toBeVisible();
});

test('under the chart of a KPI that nobody has to explain there is nothing', async () => {
	await render(Blocks, { desk: new Desk(typical), row: 'deploys', width: 720, isUnderChart: true });
	expect(document.querySelector('main')?.textContent?.trim()).toBe('');
});

test('a red one without words says what is missing, and is written and completed in its place', async () => {
	const desk = new Desk();
	await render(Blocks, { desk, row: 'mttr', width: 720 });
	await expect
		.element(
			page.getByText('MTTR, Sev 1/2 is red. Add what changed, one driver and one action to complete it.')
		)
		.toBeVisible();
	await button('Write it').click();
	await expect.element(page.getByRole('textbox', { name: 'What changed' })).toHaveFocus();
	await userEvent.keyboard('The runbook was wrong.');
	await button('Runbook').click();
	await button('Add an action').click();
	await userEvent.keyboard('Correct it{Enter}');
	await expect.element(page.getByRole('link', { name: 'Correct it' })).toBeVisible();
	await button('Mark complete').click();
	await expect.element(page.getByText('Complete · Priya Raman, 09:46')).toBeVisible();
	expect(standingOf(writtenOn(desk.value, mttr), 'red').state).toBe('complete');
});

test('a block that was just made is open for writing, and has written nothing', async () => {
	const desk = new Desk();
	let updates = 0;
	desk.doc.on('update', () => updates++);
	await render(Blocks, { desk, row: 'mttr', width: 720, isNew: true });
	await expect.element(page.getByRole('textbox', { name: 'What changed' })).toHaveFocus();
	expect(updates).toBe(0);
	await button('Close').click();
	await expect.element(button('Write it')).toBeVisible();
});

test('a block of a KPI that is gone says so', async () => {
	await render(Blocks, { desk: new Desk(typical), row: 'spend', width: 720 });
	await expect.element(page.getByText(/There is no number behind this commentary/)).toBeVisible();
});

test('from the notes one begins by choosing a KPI, whose cadence says the period', async () => {
	const create = (kpi: string | undefined, cadence: string) =>
		recordBlock.create({
			askKpi: () => Promise.resolve(kpi as KpiId | undefined),
			cadenceOf: () => cadence,
			today: '2026-06-08'
		} as unknown as Parameters<typeof recordBlock.create>[0]);
	expect(await create('mttr', 'weekly')).toEqual({ kind: 'commentary', document: 'c-2026-W24', row: 'mttr' });
	expect(await create('spend', 'monthly')).toMatchObject({ document: 'c-2026-06' });
	expect(await create('ndr', 'quarterly')).toMatchObject({ document: 'c-2026-Q2' });
	expect(await create(undefined, 'weekly')).toBeUndefined();
});

test.each([
	['light', 720],
	['dark', 720],
	['light', 300],
	['dark', 300]
] as const)('blocks have no finding of axe in the %s theme at %i px, and fit', async (theme, width) => {
	document.documentElement.dataset['theme'] = theme;
	for (const options of [{ row: 'slo-attainment' }, { row: 'mttr' }, { row: 'mttr', isNew: true }]) {
		const screen = await render(Blocks, { desk: new Desk(typical), width, ...options });
		await expect.element(page.getByRole('region').first()).toBeVisible();
		if (options.isNew)
			await expect.element(page.getByRole('textbox', { name: 'What changed' })).toBeVisible();
		expect(await axeFindings()).toEqual([]);
		const main = document.querySelector('main');
		expect(main?.scrollWidth).toBeLessThanOrEqual(width);
		await screen.unmount();
	}
});
