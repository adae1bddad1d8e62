import { expect, test } from './downbeat.ts';

test('an app that is older than what the device keeps leaves it as it is, and says so', async ({
	downbeat,
	visit
}) => {
	const ada = await visit('Ada', await downbeat.createSpace());
	await expect(ada.pill).toHaveAccessibleName(/^Synced/);
	await ada.page.goto(`${downbeat.url}/healthz`);
	const version = await ada.page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const opening = indexedDB.open('downbeat', 20);
				opening.onsuccess = () => {
					resolve(opening.result.version);
					opening.result.close();
				};
				opening.onerror = () => reject(new Error(opening.error?.message));
			})
	);
	expect(version).toBe(20);
	await ada.page.goto(downbeat.url);
	await expect(ada.page.getByRole('heading', { name: 'A newer Downbeat was here' })).toBeVisible();
	const found = await ada.page.evaluate(async () => (await indexedDB.databases())[0]?.version);
	expect(found).toBe(20);
});
