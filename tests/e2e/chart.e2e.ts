import type { Locator, Page } from '@playwright/test';
import { expect, kept, test, type Downbeat } from './downbeat.ts';
import { planMeeting, type At } from './meeting.ts';

const KPI = 'checkout-latency';
const DAY_MS = 24 * 60 * 60_000;

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** Sends points as a system would. */
async function send(downbeat: Downbeat, at: At, body: unknown): Promise<{ status: number; said: string }> {
	const answer = await fetch(`${downbeat.url}/api/v1/spaces/${at.space}/kpis/${KPI}/points`, {
		method: 'POST',
		headers: { authorization: `Bearer ${at.token}`, 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	return { status: answer.status, said: await answer.text() };
}

const TEN_DAYS = {
	points: Array.from({ length: 10 }, (_, day) => ({ at: daysAgo(10 - day), value: 400 + day }))
};

const chartOn = (page: Page): Locator => page.getByRole('figure', { name: KPI });

test('“/chart” puts a chart into the notes, and a point sent over HTTP shows on every open chart', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	await send(downbeat, at, TEN_DAYS);
	const [ada, bob] = [await visit('Ada', at), await visit('Bob', at)];
	const adas = await planMeeting(ada, 'Ops Review', ['Availability']);
	const bobs = await adas.openFor(bob.page);
	await adas.notes.click();
	await ada.page.keyboard.type('/chart');
	await expect(ada.page.getByRole('option', { name: 'KPI chart' })).toBeVisible();
	await ada.page.keyboard.press('Enter');
	await expect(ada.page.getByRole('dialog', { name: 'Insert a chart' })).toBeVisible();
	await ada.page.keyboard.type('checkout');
	await expect(ada.page.getByRole('option', { name: KPI })).toBeVisible();
	await ada.page.keyboard.press('Enter');
	const charts = [chartOn(ada.page), chartOn(bobs.page)];
	for (const chart of charts) {
		await expect(chart).toContainText('409');
		await expect(chart.getByRole('slider')).toBeVisible();
	}

	const sentAtMs = Date.now();
	expect(
		await send(downbeat, at, { points: [{ at: new Date().toISOString(), value: 733.5 }] })
	).toMatchObject({
		status: 200
	});
	const delaysMs = await Promise.all(
		charts.map(async (chart) => {
			await expect(chart).toContainText('733.5', { timeout: 15_000 });
			return Date.now() - sentAtMs;
		})
	);
	process.stdout.write(`A point showed after ${delaysMs.join(' and ')} ms.\n`);

	const [chart] = charts as [Locator, Locator];
	await chart.getByRole('button', { name: 'Show as a table' }).click();
	await expect(chart.getByRole('row').nth(1)).toContainText('733.5');
	await expect(chart.getByRole('row')).toHaveCount(12);
	await chart.getByRole('button', { name: 'Show the chart' }).click();
	await expect(chart.getByRole('slider')).toBeVisible();
});

test('offline a chart says “paused” and keeps its points through a reload', async ({ downbeat, visit }) => {
	const at = await downbeat.createSpace();
	await send(downbeat, at, TEN_DAYS);
	const ada = await visit('Ada', at, { isKept: true });
	await kept(ada.page);
	const screen = await planMeeting(ada, 'Ops Review', ['Availability']);
	await screen.notes.click();
	await ada.page.keyboard.type('/chart');
	await ada.page.keyboard.press('Enter');
	await ada.page.getByRole('option', { name: KPI }).click();
	const chart = chartOn(ada.page);
	await expect(chart).toContainText('409');
	await expect(chart).toContainText(/as of \d\d:\d\d/);
	await expect(ada.pill).toContainText('Synced');

	await downbeat.kill9();
	await expect(chart).toContainText(/as of \d\d:\d\d, paused/);
	await ada.page.reload();
	await expect(chart).toContainText('409');
	await expect(chart).toContainText(/as of \d\d:\d\d, paused/);
	await downbeat.startAgain();
	await send(downbeat, at, { points: [{ at: new Date().toISOString(), value: 733.5 }] });
	await expect(chart).toContainText('733.5', { timeout: 20_000 });
	await expect(chart).not.toContainText('paused');
});

const csv = (name: string, lines: readonly string[]) => ({
	name,
	mimeType: 'text/csv',
	buffer: Buffer.from(lines.join('\n'))
});

test('a CSV file is mapped, previewed and sent; a bad row is named, and twice is once', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const { page } = await visit('Ada', at);
	await page.goto(`${downbeat.url}/${at.space}/kpis/${KPI}`);
	const dialog = page.getByRole('dialog', { name: 'Upload a CSV file' });
	const upload = async (name: string, lines: readonly string[]) => {
		await page.getByRole('button', { name: 'Upload a CSV file' }).click();
		await dialog.locator('input[type=file]').setInputFiles(csv(name, lines));
	};

	await upload('notes.csv', ['who,what', 'Ada,one thing', 'Bob,another thing']);
	await expect(dialog.getByRole('alert')).toHaveText(
		/^Found 2 columns: who, what\. Needed: a column of times, .* and a column of numbers\. Nothing was sent\.$/
	);
	await dialog.getByRole('button', { name: 'Cancel' }).click();

	const days = Array.from({ length: 10 }, (_, day) => daysAgo(12 - day).slice(0, 10));
	const rows = days.map((day, index) => `${day},${100 + index},${index === 3 ? 'many' : 700 + index}`);
	const ahead = `${daysAgo(-40).slice(0, 10)},1,1`;
	const file = ['day,value,errors', ...rows, ahead];
	await upload('latency.csv', file);
	await expect(dialog.getByText('latency.csv, 11 rows')).toBeVisible();
	await expect(dialog.getByRole('status')).toHaveText('10 points, 1 row cannot be used.');
	await dialog.getByLabel('Value', { exact: true }).selectOption('errors');
	await expect(dialog.getByRole('status')).toHaveText('9 points, 2 rows cannot be used.');
	await expect(dialog.getByRole('row').nth(1)).toContainText('700');
	await dialog.getByText('Rows that cannot be used').click();
	await expect(dialog.getByText('Line 5 The value “many” is not a number.')).toBeVisible();
	await expect(dialog.getByText(/Line 12 The time .* lies more than 24 hours ahead\./)).toBeVisible();
	await dialog.getByRole('button', { name: 'Send 9 points' }).click();
	await expect(dialog.getByRole('status')).toHaveText('9 added, 2 not used.');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByRole('slider')).toBeVisible();
	await expect(page.getByText('709').first()).toBeVisible();

	await upload('latency.csv', file);
	await dialog.getByLabel('Value', { exact: true }).selectOption('errors');
	await dialog.getByRole('button', { name: 'Send 9 points' }).click();
	await expect(dialog.getByRole('status')).toHaveText('0 added, 9 were there already, 2 not used.');
});

test('what cannot be taken over HTTP is refused in words', async ({ downbeat }) => {
	const at = await downbeat.createSpace();
	const point = { at: daysAgo(0), value: 1 };
	expect(await send(downbeat, { ...at, token: 'not-a-token' }, { points: [point] })).toMatchObject({
		status: 401,
		said: expect.stringContaining('The token was withdrawn or mistyped.')
	});
	expect(await send(downbeat, at, { rows: [point] })).toMatchObject({
		status: 400,
		said: expect.stringContaining('Nothing was stored.')
	});
	const mixed = { points: [point, { at: daysAgo(-2), value: 1 }, { at: daysAgo(1), value: 'much' }] };
	const { status, said } = await send(downbeat, at, mixed);
	expect(status).toBe(200);
	expect(JSON.parse(said)).toEqual({
		added: 1,
		duplicates: 0,
		rejected: [
			{ index: 1, reason: 'at lies more than 24 hours ahead of the server’s clock.' },
			{ index: 2, reason: 'value must be a finite number.' }
		]
	});
	expect(JSON.parse((await send(downbeat, at, { points: [point] })).said)).toMatchObject({
		added: 0,
		duplicates: 1
	});
});
