import '#lib/ui/styles/app.css';
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { KpiId } from '#lib/domain/id.ts';
import ImportDialog from './ImportDialog.svelte';
import { POINTS_PER_CALL_MAX } from '#lib/protocol/limits.ts';
import { MemoryShelf, surroundingsOf } from './specimens/shelf.svelte.ts';

const kpi = 'mttr' as KpiId;
let shelf: MemoryShelf;
let onclose: () => void;

beforeEach(() => {
	shelf = new MemoryShelf();
	onclose = vi.fn();
});

const open = () => render(ImportDialog, { kpi, surroundings: surroundingsOf(shelf), onclose });

async function choose(text: string, name = 'values.csv') {
	const input = page.getByLabelText(/Choose a CSV file/);
	await userEvent.upload(input, new File([text], name, { type: 'text/csv' }));
}

const total = () => shelf.known().reduce((sum, { count }) => sum + count, 0);

test('a file is read, shown, sent, and told in one sentence', async () => {
	await open();
	await choose(
		'timestamp,value\n2026-06-01 10:00,41\n2026-06-01 10:00,42\nsoon,43\n2026-06-03 10:00,\n2026-06-04 10:00,44\n'
	);
	await expect
		.element(page.getByText('2 points, 1 row shares a time with a later row, 2 rows cannot be used.'))
		.toBeVisible();
	await page.getByText(/Rows that cannot be used/).click();
	await expect.element(page.getByText(/The time “soon” cannot be read\./).first()).toBeVisible();
	await page.getByRole('button', { name: 'Send 2 points' }).click();
	await expect
		.element(page.getByText('2 added, 1 shared a time with a later row, 2 not used.'))
		.toBeVisible();
	expect(total()).toBe(2);
	await page.getByRole('button', { name: 'Done' }).click();
	expect(onclose).toHaveBeenCalledOnce();
});

test('the same file twice adds nothing twice', async () => {
	for (const sentence of ['2 added.', '0 added, 2 were there already.']) {
		const screen = await open();
		await choose('at,value\n2026-06-01,1\n2026-06-02,2\n');
		await page.getByRole('button', { name: 'Send 2 points' }).click();
		await expect.element(page.getByText(sentence)).toBeVisible();
		await screen.unmount();
	}
	expect(total()).toBe(2);
});

test('another column, sign or zone is followed at once', async () => {
	await open();
	await choose('when,errors,rate\n2026-06-01 10:00,3,"99,5"\n2026-06-02 10:00,4,"99,7"\n');
	await page.getByRole('combobox', { name: 'Value' }).selectOptions('rate');
	await expect.element(page.getByRole('cell', { name: '99.5' })).toBeVisible();
	await page.getByRole('combobox', { name: 'Time zone' }).selectOptions('UTC');
	await page.getByRole('button', { name: 'Send 2 points' }).click();
	await expect.element(page.getByText('2 added.')).toBeVisible();
	expect(shelf.calls[0]?.[0]).toEqual({ at: '2026-06-01T10:00:00.000Z', value: 99.5 });
});

test('parts are sent as segments', async () => {
	await open();
	await choose('pushes,iso2_code,year,quarter\n5,US,2020,1\n3,EU,2020,1\n');
	await page.getByRole('button', { name: 'Send 2 points' }).click();
	await expect.element(page.getByText('2 added.')).toBeVisible();
	expect(shelf.calls[0]?.map(({ segment }) => segment)).toEqual(['US', 'EU']);
});

test('wrong columns are told and nothing is sent', async () => {
	await open();
	await choose('name,city\nAda,Paris\n');
	await expect.element(page.getByText(/Found 2 columns: name, city\. Needed:/)).toBeVisible();
	await choose('at,value\n2026-06-01,1\n');
	await expect.element(page.getByText('1 point.')).toBeVisible();
	expect(shelf.calls).toEqual([]);
});

test('without a connection nothing is sent, and the columns stay chosen until it is back', async () => {
	shelf.isOffline = true;
	await open();
	await choose('when,errors,rate\n2026-06-01 10:00,3,99.5\n2026-06-02 10:00,4,99.7\n');
	await page.getByRole('combobox', { name: 'Value' }).selectOptions('rate');
	const send = page.getByRole('button', { name: 'Send when online' });
	await expect.element(send).toHaveAttribute('aria-disabled', 'true');
	await expect.element(page.getByText(/Sending needs a connection\. The columns stay chosen/)).toBeVisible();
	shelf.isOffline = false;
	await page.getByRole('button', { name: 'Send 2 points' }).click();
	await expect.element(page.getByText('2 added.')).toBeVisible();
	expect(shelf.calls[0]?.[0]?.value).toBe(99.5);
});

test('a connection that goes on the way is told, and trying again goes on', async () => {
	await open();
	const rows = Array.from(
		{ length: POINTS_PER_CALL_MAX + 5 },
		(_, index) => `${new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString()},${index}`
	);
	await choose(`at,value\n${rows.join('\n')}\n`);
	const send = shelf.send.bind(shelf);
	let calls = 0;
	shelf.send = (...told) => {
		if (++calls === 2) shelf.isOffline = true;
		return send(...told);
	};
	await page.getByRole('button', { name: 'Send 10,005 points' }).click();
	await expect.element(page.getByText('10,000 added.')).toBeVisible();
	await expect.element(page.getByText(/There is no connection\. What is stored stays/)).toBeVisible();
	shelf.isOffline = false;
	await page.getByRole('button', { name: 'Try again' }).click();
	await page.getByRole('button', { name: 'Send 10,005 points' }).click();
	await expect.element(page.getByText('5 added, 10,000 were there already.')).toBeVisible();
});
