import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import Trial from './specimens/Trial.svelte';

const address = () => document.querySelector('output')?.textContent;
const names = () => [...document.querySelectorAll('tbody th')].map(({ textContent }) => textContent.trim());
const header = (name: string) => page.getByRole('columnheader', { name });

const says = (where: Locator, words: string) =>
	expect.poll(() => where.element().textContent).toContain(words);

beforeEach(async () => {
	await page.viewport(1440, 900);
});

afterEach(() => {
	delete document.documentElement.dataset['theme'];
});

test('every KPI is a row: status, value and period, target, variance, freshness, commentary, owner', async () => {
	await render(Trial);
	const row = page.getByRole('row', { name: /MTTR/ });
	await expect
		.element(row.getByRole('link', { name: 'MTTR, Sev 1/2 median', exact: true }))
		.toHaveAttribute('href', '#mttr');
	for (const said of ['At risk', '54', 'W24, 8–14 Jun', '≤ 45', '9', '+20%', '3 h old', 'Due', 'Priya Raman'])
		await says(row, said);
	await expect
		.element(row.getByRole('link', { name: 'Commentary on MTTR, Sev 1/2 median: Due' }))
		.toHaveAttribute('href', '#mttr-due');
	await expect.element(page.getByText('as of 12:05', { exact: true })).toBeVisible();
});

test('the order is chosen by the column heads with the keyboard, and stands in the address', async () => {
	await render(Trial);
	expect(names()[0]).toBe('SLO attainment, Tier-0');
	header('KPI').getByRole('button').element().focus();
	await userEvent.keyboard('{Enter}');
	await expect.element(header('KPI')).toHaveAttribute('aria-sort', 'ascending');
	expect(names()[0]).toBe('Accounts lost');
	await userEvent.keyboard(' ');
	await expect.element(header('KPI')).toHaveAttribute('aria-sort', 'descending');
	expect(names()[0]).toBe('Vendor status delay');
	expect(address()).toBe('?sort=name&order=down');
});

test('filters leave out rows and never change the scores', async () => {
	await render(Trial);
	await page.getByRole('combobox', { name: 'Owner' }).selectOptions('Mei Lin');
	await page.getByRole('combobox', { name: 'Status' }).selectOptions('On target');
	await expect.poll(names).toEqual(['Critical findings fixed in time', 'Vendor status delay']);
	expect(address()).toBe('?status=green&owner=p-mei');
	await expect.element(page.getByText('2 of 6', { exact: true })).toBeVisible();
	await says(page.getByRole('button', { name: /^Health/ }), '73.3');
	await page.getByRole('combobox', { name: 'Dimension' }).selectOptions('Product');
	await expect.element(page.getByText('No KPI fits')).toBeVisible();
	await page.getByRole('button', { name: 'Show all KPIs' }).click();
	await expect.poll(() => names().length).toBe(6);
});

test('another base changes what values are held against', async () => {
	await render(Trial, { search: 'sort=name' });
	await page.getByRole('combobox', { name: 'Against' }).selectOptions('Previous period');
	await says(page.getByRole('row', { name: /MTTR/ }), '+3.8%');
	expect(address()).toBe('?against=previous&sort=name');
});

test('a score opens its arithmetic, down to each KPI', async () => {
	await render(Trial);
	const card = page.getByRole('button', { name: /^Reliability/ });
	await expect.element(card).toHaveAttribute('aria-expanded', 'false');
	card.element().focus();
	await userEvent.keyboard('{Enter}');
	const sum = page.getByRole('region', { name: 'How Reliability is worked out' });
	await says(sum, '40.0 ÷ 2 = 20.0');
	const mttr = sum.getByRole('row', { name: /MTTR/ });
	for (const said of ['54', '60', '45', '40.0']) await says(mttr, said);
	expect(card.element().getAttribute('aria-controls')).toBe(sum.element().id);
	await page.getByRole('button', { name: /^Health/ }).click();
	const whole = page.getByRole('region', { name: 'How Health is worked out' });
	await says(whole, '220.0 ÷ 3 = 73.3');
	await says(whole, 'Without a score: Product and Financial.');
	await says(whole, '1 KPI without a dimension is in no score: Accounts lost.');
	await page.getByRole('button', { name: /^Health/ }).click();
	await expect.poll(() => whole.elements().length).toBe(0);
});

test('what waits for a value is named', async () => {
	await render(Trial);
	const banner = page.getByRole('region', { name: 'Freshness' });
	await says(banner, '2 KPIs wait for a value.');
	await says(banner, 'Vendor status delay (40 d) and SLO attainment, Tier-0 (30 h).');
	await expect
		.element(banner.getByRole('link', { name: 'Order by age' }))
		.toHaveAttribute('href', '#?sort=freshness');
});

test('without a connection it says so beside its age', async () => {
	await render(Trial, { isPaused: true });
	await expect.element(page.getByText('as of 12:05, paused', { exact: true })).toBeVisible();
});

test('on a phone each KPI is a card, with an order to choose, and nothing is wider than the window', async () => {
	await page.viewport(360, 740);
	await render(Trial);
	expect(page.getByRole('table').elements()).toEqual([]);
	await expect
		.element(page.getByRole('link', { name: /^At risk MTTR, Sev 1\/2 median W24, 8–14 Jun/ }))
		.toHaveAttribute('href', '#mttr');
	await page.getByRole('combobox', { name: 'Order' }).selectOptions('Freshness');
	const first = page.getByRole('list', { name: 'All KPIs' }).getByRole('listitem').first();
	await says(first, 'Vendor status delay');
	await says(first, 'Very late, 40 d old');
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});

test.each([
	[1440, 900],
	[390, 844]
])('nothing is wrong for assistive technology or eyes at %i × %i', async (width, height) => {
	await page.viewport(width, height);
	await render(Trial, { search: 'sum=reliability&owner=p-priya' });
	await expect.element(page.getByRole('region', { name: /Reliability/ })).toBeVisible();
	expect(await axeFindings()).toEqual([]);
	document.documentElement.dataset['theme'] = 'dark';
	expect(await axeFindings('colours')).toEqual([]);
});
