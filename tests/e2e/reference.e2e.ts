import { findingsInBoth } from './axe.ts';
import { expect, test } from './downbeat.ts';

test('whoever has no account yet reads what the API offers, and finds a call by its words', async ({
	downbeat,
	page
}) => {
	await page.goto(`${downbeat.url}/reference`);
	await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible();
	await page.getByLabel('Find a call').fill('pin release');
	await expect(page.locator('summary')).toHaveCount(1);
	await page.locator('summary').focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Owners and Editors; tokens for points')).toBeVisible();
	await expect(page.getByRole('group', { name: 'What is sent' })).toContainText('label: string');
	expect(await findingsInBoth(page)).toEqual([]);
	await page.getByLabel('Find a call').fill('xylophone');
	await expect(page.getByText('No call holds “xylophone”.')).toBeVisible();
});
