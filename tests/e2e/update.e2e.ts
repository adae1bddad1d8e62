import { expect, kept, test } from './downbeat.ts';
import { nextRelease } from './release.ts';

test('a new version is offered and never taken by itself, and the files of the one before stay served', async ({
	downbeat,
	visit,
	request
}) => {
	const release = nextRelease();
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at, { isKept: true });
	const { page } = ada;
	await page.getByRole('button', { name: 'New meeting' }).first().click();
	await page.getByLabel('Title').fill('Release review');
	await page.getByRole('button', { name: 'Make meeting' }).click();
	await page.getByRole('button', { name: 'Add the first item' }).click();
	await page.keyboard.type('What changed 10 min');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Escape');
	const notes = page.getByRole('textbox', { name: 'Notes' });
	await notes.click();
	await page.keyboard.type('Before the upgrade');
	await kept(page);

	await downbeat.kill9();
	await downbeat.startAgain(release.folder);
	expect((await request.get(`${downbeat.url}${release.dropped}`)).status()).toBe(200);
	await page.keyboard.type(', while it runs');
	await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
	await expect(page.getByText('A new version is ready.')).toBeVisible({ timeout: 30_000 });
	await page.keyboard.type(', and after it came.');
	await expect(notes).toHaveText('Before the upgrade, while it runs, and after it came.');
	const releases = () => page.evaluate(() => caches.keys());
	expect(await releases()).toHaveLength(2);

	const reloaded = page.waitForEvent('load');
	await page.getByRole('button', { name: 'Use it now' }).click();
	await reloaded;
	await expect(notes).toHaveText('Before the upgrade, while it runs, and after it came.');
	await expect(page.getByText('A new version is ready.')).toBeHidden();
	expect(await releases()).toContain(`app-${release.version}`);
	await expect(ada.pill).toContainText('Synced', { timeout: 30_000 });
	release.remove();
});
