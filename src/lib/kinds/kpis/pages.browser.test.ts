import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import type { KpiId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { kpisKind } from './kind.ts';
import type { Kpis } from './schema.ts';
import PageTrial from './specimens/PageTrial.svelte';
import { MemoryShelf, NOW_MS, surroundingsOf } from './specimens/shelf.svelte.ts';

const DAY = 86_400;
const mttr = 'mttr' as KpiId;
const MTTR = [41, 44, 40, 38, 42, 45, 41, 41, 44, 39, 47, 43, 40, 46, 49, 44, 51, 52, 74];

let doc: Y.Doc;
let shelf: MemoryShelf;

beforeEach(() => {
	doc = new Y.Doc();
	kpisKind.doc.seed(doc, kpisKind.fixtures.typical);
	shelf = new MemoryShelf();
	shelf.put(
		'mttr',
		MTTR.map((value, index) => ({ at: NOW_MS / 1000 - (MTTR.length - 1 - index) * 7 * DAY, value }))
	);
	shelf.put('slo-attainment', [
		{ at: NOW_MS / 1000 - 8 * DAY, value: 99.95 },
		{ at: NOW_MS / 1000 - DAY, value: 99.95 }
	]);
	shelf.put('latency-p95', [{ at: NOW_MS / 1000, value: 310 }]);
});

/** Nothing was measured and nothing agreed yet: a contract is then simply edited. */
function beforeAnyPoint() {
	doc = new Y.Doc();
	kpisKind.doc.seed(doc, { ...kpisKind.fixtures.typical, terms: [], changes: [] });
	shelf = new MemoryShelf();
}

afterEach(() => {
	location.hash = '';
});

const value = (): Kpis => kpisKind.doc.read(doc).value;
const contract = () => value().kpis.find(({ id }) => id === mttr);
const show = (row?: string, isReadOnly = false) =>
	render(PageTrial, { doc, surroundings: surroundingsOf(shelf, { row: row as KpiId }), isReadOnly });

test('the list groups KPIs by how they stand, red first', async () => {
	await show();
	const groups = page
		.getByRole('region')
		.elements()
		.map((region) => region.getAttribute('aria-label'));
	expect(groups.slice(0, 4)).toEqual(['Outside target', 'On target', 'No data', 'Without a contract']);
	const red = page.getByRole('link', { name: /^Off target MTTR, Sev 1\/2 median.* 74.min/ });
	await expect.element(red).toHaveAttribute('href', '#mttr');
	await expect.element(page.getByText(/has 1 point and no contract yet\./)).toBeVisible();
});

test('the contracts are saved as a file', async () => {
	const saveAs = vi.fn();
	await render(PageTrial, { doc, surroundings: surroundingsOf(shelf, { saveAs }), isReadOnly: true });
	for (const [entry, format] of [
		['Save as CSV', 'csv'],
		['Save as Markdown', 'markdown']
	] as const) {
		await page.getByRole('button', { name: 'More about the KPIs' }).click();
		await page.getByRole('menuitem', { name: entry }).click();
		expect(saveAs).toHaveBeenLastCalledWith(format);
	}
});

test('a KPI is added under an id made of its name, and its page is opened', async () => {
	await show();
	await page.getByRole('button', { name: 'Add a KPI' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Change failure rate, Tier 0/1');
	await page.getByRole('spinbutton', { name: 'Target' }).fill('10');
	await page.getByRole('button', { name: 'Add the KPI' }).click();
	await expect.poll(() => location.hash).toBe('#change-failure-rate-tier-0-1');
	expect(value().kpis.at(-1)).toMatchObject({
		id: 'change-failure-rate-tier-0-1',
		target: 10,
		owner: 'p-priya',
		unit: '%'
	});
});

test('a KPI without a name, or with an id that is taken, is not added', async () => {
	await show();
	await page.getByRole('button', { name: 'Add a KPI' }).click();
	await page.getByRole('button', { name: 'Add the KPI' }).click();
	await expect.element(page.getByText('Give it the name people say in the meeting.')).toBeVisible();
	await page.getByRole('textbox', { name: 'Name' }).fill('MTTR');
	await page.getByRole('button', { name: 'Add the KPI' }).click();
	await expect.element(page.getByText('This id is taken. Choose another.')).toBeVisible();
	expect(value().kpis.length).toBe(4);
});

test('an empty space says what a KPI is and offers the first', async () => {
	doc = new Y.Doc();
	shelf = new MemoryShelf();
	await show();
	await expect.element(page.getByRole('heading', { name: 'No KPIs yet' })).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Add a KPI' })).toBeVisible();
});

test('the page of one KPI says its value, target and change', async () => {
	await show('mttr');
	await expect.element(page.getByText(/by 29.min/)).toBeVisible();
	await expect.element(page.getByRole('img', { name: 'Off target' }).first()).toBeVisible();
	await expect.element(page.getByRole('heading', { name: '26 weeks' })).toBeVisible();
	await page.getByText('12 w', { exact: true }).click();
	await expect.element(page.getByRole('heading', { name: '12 weeks' })).toBeVisible();
});

test('the contract is edited where it stands', async () => {
	beforeAnyPoint();
	await show('mttr');
	await page.getByRole('textbox', { name: 'Name' }).fill('Time to restore');
	await userEvent.tab();
	await page.getByRole('textbox', { name: 'Target, min' }).fill('40');
	await userEvent.keyboard('{Enter}');
	await page.getByRole('textbox', { name: 'Off target above, min' }).fill('90');
	await userEvent.keyboard('{Enter}');
	await page.getByRole('combobox', { name: 'Cadence' }).selectOptions('monthly');
	await page.getByRole('textbox', { name: 'Definition' }).fill('');
	await userEvent.tab();
	expect(contract()).toMatchObject({ name: 'Time to restore', target: 40, redAbove: 90, cadence: 'monthly' });
	expect(contract()).not.toHaveProperty('description');
	await expect.element(page.getByText(/over 90.min/)).toBeVisible();
});

test('what is no number is not taken, and Escape takes back what was typed', async () => {
	beforeAnyPoint();
	await show('mttr');
	const target = page.getByRole('textbox', { name: 'Target, min' });
	await target.fill('soon');
	await expect.element(page.getByText('Use digits, such as 12.5.')).toBeVisible();
	await userEvent.keyboard('{Escape}');
	await expect.element(target).toHaveValue('45');
	await target.fill('');
	await userEvent.tab();
	expect(contract()).not.toHaveProperty('target');
	await expect.element(page.getByText(/MTTR, Sev 1\/2 median has no target\./)).toBeVisible();
});

test('a change by somebody else shows, and does not take the words of who is typing', async () => {
	await show('mttr');
	const name = page.getByRole('textbox', { name: 'Name' });
	await name.click();
	await userEvent.keyboard('!');
	kpisKind.doc.commands(doc, 'p-mei' as never).patchKpi(mttr, { target: 30 });
	await expect.element(page.getByRole('textbox', { name: 'Target, min' })).toHaveValue('30');
	await expect.element(name).toHaveFocus();
});

test('a marker is pinned, changed, removed and brought back', async () => {
	await show('mttr');
	await page.getByRole('button', { name: 'Pin one' }).click();
	await page.getByRole('textbox', { name: 'What happened' }).fill('INC-2188 Sev 1');
	await page.getByRole('combobox', { name: 'Kind', exact: true }).selectOptions('incident');
	await page.getByRole('button', { name: 'Pin it' }).click();
	expect(value().markers.at(-1)).toMatchObject({ label: 'INC-2188 Sev 1', kind: 'incident' });
	await page.getByRole('combobox', { name: 'Charts that show INC-2188 Sev 1' }).selectOptions('one');
	expect(value().markers.at(-1)).toMatchObject({ kpi: 'mttr' });
	await page.getByRole('button', { name: 'Remove INC-2188 Sev 1' }).click();
	expect(value().markers.length).toBe(2);
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(value().markers.length).toBe(3);
});

test('a KPI that is removed leaves its points, and can be brought back', async () => {
	await show('mttr');
	await page.getByRole('button', { name: 'Remove this KPI' }).click();
	expect(contract()).toBeUndefined();
	await expect.element(page.getByText('MTTR, Sev 1/2 median removed. Its points stay.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(contract()).toBeDefined();
});

test('points without a contract have a page, and are set up from there', async () => {
	await show('latency-p95');
	await expect.element(page.getByText('Points without a contract.')).toBeVisible();
	await page.getByRole('button', { name: 'Set it up' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Latency, p95');
	await page.getByRole('combobox', { name: 'Unit' }).selectOptions('ms');
	await page.getByRole('button', { name: 'Set it up' }).last().click();
	expect(value().kpis.at(-1)).toMatchObject({ id: 'latency-p95', unit: 'ms' });
	await expect.element(page.getByText(/^310/)).toBeVisible();
});

test('who may only read finds no way to change anything', async () => {
	await show('mttr', true);
	await expect.element(page.getByRole('heading', { name: '26 weeks' })).toBeVisible();
	const buttons = page
		.getByRole('button')
		.elements()
		.map((button) => button.textContent?.trim());
	expect(buttons).not.toContain('Remove this KPI');
	expect(buttons).not.toContain('Upload a CSV file');
	await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('readonly');
});

test('tokens are made in the settings', async () => {
	const openSettings = vi.fn();
	await render(PageTrial, { doc, surroundings: surroundingsOf(shelf, { row: mttr, openSettings }) });
	await page.getByRole('button', { name: 'Make a token' }).click();
	expect(openSettings).toHaveBeenCalledOnce();
});

test.each(['light', 'dark'])('the pages have no finding of axe in the %s theme', async (theme) => {
	document.documentElement.dataset['theme'] = theme;
	for (const row of [undefined, 'mttr', 'latency-p95']) {
		const screen = await show(row);
		await expect.element(page.getByRole('heading').first()).toBeVisible();
		expect(await axeFindings()).toEqual([]);
		await screen.unmount();
	}
	delete document.documentElement.dataset['theme'];
});

test('what the contract says about backup, formula, runbook and its place among others is edited on its page', async () => {
	beforeAnyPoint();
	await show('mttr');
	await page.getByLabelText('Formula', { exact: true }).fill('median(resolved - started)');
	await page.getByLabelText('Freshness in hours').fill('36');
	await page.getByLabelText('Aggregation').selectOptions('90th percentile');
	await page.getByLabelText('Level').selectOptions('Company');
	await page.getByLabelText('Classification').selectOptions('Restricted');
	await page.getByLabelText('Runbook').fill('javascript:alert(1)');
	await userEvent.keyboard('{Tab}');
	expect(contract()).toMatchObject({
		formula: 'median(resolved - started)',
		freshnessHours: 36,
		aggregation: 'p90',
		level: 'company',
		classification: 'restricted',
		runbook: 'javascript:alert(1)'
	});
	await expect.element(page.getByText('Not a web address, so it does not open.')).toBeVisible();
	await page.getByLabelText('Runbook').fill('runbooks.tarn.example/mttr');
	await userEvent.keyboard('{Tab}');
	await expect
		.element(page.getByRole('link', { name: 'Open the runbook' }))
		.toHaveAttribute('href', 'https://runbooks.tarn.example/mttr');
	expect(await axeFindings()).toEqual([]);
});

test('a KPI is made a part of another, weighed, and taken out again', async () => {
	await show('mttr');
	await page.getByRole('button', { name: 'Add a parent' }).click();
	await page.getByRole('menuitem', { name: 'Vendor status delay' }).click();
	await page.getByLabelText('Share of Vendor status delay').selectOptions('by revenue');
	await page.getByLabelText('Weight in Vendor status delay').fill('2.5');
	await userEvent.keyboard('{Tab}');
	const added = () => value().parents.find(({ parent }) => parent === 'vendor-status-delay');
	expect(added()).toMatchObject({ kpi: 'mttr', basis: 'revenue', weight: 2.5 });
	await page.getByRole('button', { name: 'Take it out of Vendor status delay' }).click();
	expect(added()).toBeUndefined();
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(added()).toMatchObject({ weight: 2.5 });
});

test('the checklist says what is missing, and leads to where it is typed', async () => {
	await show('slo-attainment');
	await expect.element(page.getByText('4 of 9')).toBeVisible();
	for (const [words, field] of [
		['Needs a formula', 'Formula'],
		['Needs a level', 'Level'],
		['Needs a class', 'Classification'],
		['Needs a runbook', 'Runbook'],
		['Needs a backup', 'Backup']
	] as const) {
		await page.getByRole('button', { name: words }).click();
		await expect.element(page.getByLabelText(field, { exact: true }).first()).toHaveFocus();
	}
	expect(await axeFindings()).toEqual([]);
});

test('a red period without a commentary leads to where it is written', async () => {
	await show('mttr', true);
	const link = page.getByRole('link', { name: 'Week 24 has no complete commentary' });
	await expect.element(link).toHaveAttribute('href', '#commentary-2026-W24');
});

test('segments are typed with commas between them', async () => {
	await show('mttr');
	await page.getByLabelText('Segments').fill('EMEA, APAC,, EMEA ');
	await userEvent.keyboard('{Enter}');
	expect(contract()).toMatchObject({ segments: ['EMEA', 'APAC'] });
});
