import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findingsInBoth } from './axe.ts';
import { expect, test } from './downbeat.ts';

test('an owner adds a source, tries it, runs it, and a value changed there shows on the open chart', async ({
	downbeat,
	visit
}) => {
	const minute = (back: number) => new Date(Date.now() - back * 60_000).toISOString();
	const rows = [
		{ day: minute(10), count: 41 },
		{ day: minute(5), count: 43 },
		{ day: 'soon', count: 1 }
	];
	const server = createServer((_, response) => {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ rows }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	const { space, key } = await downbeat.createSample();
	const invited = await fetch(`${downbeat.url}/api/v1/spaces/${space}/invitations`, {
		method: 'POST',
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		body: JSON.stringify({ address: 'ingrid@tarn.example', role: 'owner' })
	});
	const { invite } = (await invited.json()) as { invite: string };
	const { page } = await visit('Ingrid Solberg', { space, token: invite });
	await page.goto(`${downbeat.url}/${space}/settings`);
	await page.getByRole('link', { name: 'Data sources' }).click();
	await page.getByRole('button', { name: 'Add a source' }).click();
	const dialog = page.getByRole('dialog', { name: 'Fetch a KPI’s points' });
	await dialog.getByLabel('KPI').selectOption({ index: 0 });
	await dialog.getByRole('button', { name: 'Add the source' }).click();
	await expect(dialog.getByText('Give the source a name.')).toBeVisible();
	await dialog.getByLabel('Name', { exact: true }).fill('The gateway');
	await dialog.getByLabel('From', { exact: true }).selectOption('JSON over HTTP');
	await dialog.getByLabel('Address').fill(`http://127.0.0.2:${port}/`);
	await dialog.getByLabel('Rows (JSONPath)').fill('$.rows[*]');
	await dialog.getByLabel('Value in a row').fill('$.count');
	await dialog.getByLabel('Time in a row').fill('$.day');
	await dialog.getByRole('button', { name: 'Test' }).click();
	await expect(dialog.getByText(/DOWNBEAT_SOURCES_ALLOW/)).toBeVisible();

	await dialog.getByLabel('Address').fill(`http://127.0.0.1:${port}/`);
	await dialog.getByRole('button', { name: 'Test' }).click();
	await expect(dialog.getByText(/3 rows in .* ms/)).toBeVisible();
	await expect(dialog.getByText(/Row 3: /)).toBeVisible();
	expect(await findingsInBoth(page)).toEqual([]);
	await dialog.getByRole('button', { name: 'Add the source' }).click();

	const source = page.getByRole('list', { name: 'Sources' }).getByRole('listitem');
	await expect(source).toContainText('Not read yet');
	const run = async () => {
		await source.getByRole('button').click();
		await page.getByRole('menuitem', { name: 'Run now' }).click();
	};
	await run();
	await expect(source).toContainText('2 new of 3 rows, 1 row not taken');
	expect(await findingsInBoth(page)).toEqual([]);

	const chart = await page.context().newPage();
	await chart.goto(new URL(String(await source.getByRole('link').getAttribute('href')), downbeat.url).href);
	await expect(chart.getByText(/\b43\b/).first()).toBeVisible();
	rows[1] = { day: rows[1]?.day ?? '', count: 57 };
	await run();
	await expect(source).toContainText('1 new of 3 rows');
	await expect(chart.getByText(/\b57\b/).first()).toBeVisible();
	server.close();
});
