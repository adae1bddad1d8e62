import '#lib/ui/styles/app.css';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import type { KpiId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { kpisKind } from './kind.ts';
import PageTrial from './specimens/PageTrial.svelte';
import { MemoryShelf, NOW_MS, surroundingsOf } from './specimens/shelf.svelte.ts';

const WEEK = 7 * 86_400;
let doc: Y.Doc;
let shelf: MemoryShelf;

beforeEach(() => {
	doc = new Y.Doc();
	kpisKind.doc.seed(doc, kpisKind.fixtures.typical);
	shelf = new MemoryShelf();
	for (const kpi of ['mttr', 'slo-attainment']) {
		shelf.put(
			kpi,
			[41, 44, 52, 52].map((value, index) => ({ at: NOW_MS / 1000 - (3 - index) * WEEK, value }))
		);
	}
});

const value = () => kpisKind.doc.read(doc).value;
const show = (row: string) =>
	render(PageTrial, { doc, surroundings: surroundingsOf(shelf, { row: row as KpiId }) });
const answer = async (approver: string) => {
	await page.getByLabelText('Reason').fill('Three quarters at 52 min');
	await page.getByRole('combobox', { name: 'Approver' }).fill(approver);
	await page.getByRole('option', { name: new RegExp(approver) }).click();
};

test('a target with points behind it is asked for, and approved by its approver at once', async () => {
	await show('mttr');
	await page.getByLabelText('Target, min').fill('50');
	await page.getByLabelText('Off target above, min').click();
	const dialog = page.getByRole('dialog');
	await expect.element(dialog).toBeVisible();
	await expect.element(dialog.getByText('Target 45 min to 50 min.')).toBeVisible();
	expect(await axeFindings()).toEqual([]);
	await page.getByRole('button', { name: 'Ask for it' }).click();
	await expect.element(page.getByText('Say why.')).toBeVisible();
	await answer('Priya Raman');
	await page.getByRole('button', { name: 'Approve and change it' }).click();
	await expect.element(dialog).not.toBeInTheDocument();
	expect(value().kpis.find(({ id }) => id === 'mttr')).toMatchObject({
		target: 45,
		terms: [{ from: '2026-06-08', target: 50, redAbove: 60 }, { from: '2026-07-01' }]
	});
	await expect.element(page.getByText('Target 45 min to 50 min')).toBeVisible();
	await expect.element(page.getByText(/Contract v2, in force since 8 Jun 2026/)).toBeVisible();
	expect(await axeFindings()).toEqual([]);
});

test('what another has to approve waits, and can be withdrawn', async () => {
	await show('slo-attainment');
	await page.getByLabelText('Direction').selectOptions('Down is good');
	await expect.element(page.getByRole('dialog')).toBeVisible();
	await expect.element(page.getByLabelText('Direction')).toHaveValue('up');
	await answer('Mei Lin');
	await page.getByRole('button', { name: 'Ask for it' }).click();
	await expect.element(page.getByText(/Asked by Priya Raman, waits for Mei Lin\./)).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
	await page.getByRole('button', { name: 'Withdraw' }).click();
	await expect.element(page.getByText(/Withdrawn by Priya Raman\./)).toBeVisible();
	expect(value().kpis.find(({ id }) => id === 'slo-attainment')).not.toHaveProperty('terms');
});

test('without points a target is simply typed', async () => {
	shelf = new MemoryShelf();
	await show('slo-attainment');
	await page.getByLabelText('Target, %').fill('99.5');
	await page.getByLabelText('Formula', { exact: true }).click();
	expect(value().kpis[0]).toMatchObject({ target: 99.5 });
});

test('terms that should not hold are taken back, and set again', async () => {
	await show('mttr');
	await expect.element(page.getByText(/^From 1 Jul 2026: target ≤ 40/)).toBeVisible();
	await page.getByRole('button', { name: /^Take back/ }).click();
	await expect.element(page.getByText(/^From 1 Jul 2026\. Taken back\./)).toBeVisible();
	expect(value().kpis.find(({ id }) => id === 'mttr')).not.toHaveProperty('terms');
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(value().kpis.find(({ id }) => id === 'mttr')?.terms?.length).toBe(1);
});
