import { expect, kept, test } from './downbeat.ts';

test('after one visit the app opens, reads and writes with no server at all', async ({ downbeat, visit }) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at, { isKept: true });
	await kept(ada.page);
	await expect(ada.pill).toContainText('Synced');
	await downbeat.kill9();

	await ada.page.reload();
	await expect(ada.page.getByRole('heading', { name: 'No meetings yet' })).toBeVisible();
	await expect(ada.pill).toContainText('Offline');
	await ada.page.getByRole('button', { name: 'New meeting' }).first().click();
	await ada.page.getByLabel('Title').fill('Made in the train');
	await ada.page.getByRole('button', { name: 'Make meeting' }).click();
	await expect(ada.page).toHaveURL(/\/meeting\/m-/);
	await ada.page.goto(`${downbeat.url}/${at.space}/meeting`);
	await expect(ada.page.getByText('Made in the train')).toBeVisible();
	await expect(ada.pill).toContainText(/Offline.*kept here/);

	await downbeat.startAgain();
	await expect(ada.pill).toContainText('Synced', { timeout: 20_000 });
	const bob = await visit('Bob', at);
	await bob.page.goto(`${downbeat.url}/${at.space}/meeting`);
	await expect(bob.page.getByText('Made in the train')).toBeVisible();
});

test('a browser that does not keep the app says so, and works', async ({ downbeat, visit }) => {
	const ada = await visit('Ada', await downbeat.createSpace());
	await expect(ada.pill).toContainText('Synced');
	await ada.pill.click();
	await expect(ada.page.getByText('This browser does not keep the app itself')).toBeVisible();
});

test('the app can be installed', async ({ downbeat, page, request }) => {
	await page.goto(downbeat.url);
	const href = await page.locator('link[rel=manifest]').getAttribute('href');
	const manifest = (await (await request.get(`${downbeat.url}${href}`)).json()) as {
		icons: { src: string; purpose: string; sizes: string }[];
		start_url: string;
		display: string;
	};
	expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
	expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
	for (const { src } of manifest.icons)
		expect((await request.get(`${downbeat.url}${src}`)).status()).toBe(200);
});
