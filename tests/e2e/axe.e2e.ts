import { findingsInBoth } from './axe.ts';
import { expect, test } from './downbeat.ts';

test('axe finds nothing on any page, in both themes', async ({ downbeat, visit }) => {
	const at = await downbeat.createSample();
	const { page, pill } = await visit('Ada', at);
	const clean = async (where: string) => expect.soft(await findingsInBoth(page), where).toEqual([]);
	const go = (path: string) => page.goto(`${downbeat.url}/${at.space}${path}`);

	await expect(page.getByRole('grid', { name: 'Rhythm' })).toBeVisible();
	await expect(pill).toContainText('Synced');
	await clean('Home');
	await page.keyboard.press('Control+k');
	await expect(page.getByRole('option').first()).toBeVisible();
	await clean('palette');
	await go('/kpis');
	await expect(page.getByRole('link', { name: /MTTR/ })).toBeVisible();
	await clean('KPIs');
	await go('/kpis/mttr');
	await expect(page.getByRole('slider')).toBeVisible();
	await clean('KPI');
	await go('/decisions');
	await expect(page.getByRole('link', { name: /Move trace sampling/ })).toBeVisible();
	await clean('decisions');
	await page.getByRole('link', { name: /Move trace sampling/ }).click();
	await expect(page.getByRole('list', { name: 'Roles' })).toBeVisible();
	await clean('a decision');
	await page.getByRole('link', { name: /Keep the 15-minute page threshold/ }).click();
	await expect(page.getByRole('region', { name: 'Input asked for' })).toBeVisible();
	await clean('a request');
	await go('/actions');
	await page.getByRole('link', { name: /^Open Rotate the paging/ }).click();
	await expect(page.getByRole('region', { name: 'Evidence' })).toBeVisible();
	await clean('actions');
	await page
		.getByRole('checkbox', { name: /^Close Rotate the paging/ })
		.first()
		.click();
	await expect(page.getByRole('dialog', { name: 'Close this action' })).toBeVisible();
	await clean('closing an action');
	await go('/settings');
	await expect(page.getByText('Nadia Okafor').first()).toBeVisible();
	await clean('settings');
	await go('/meeting');
	const opsReview = page
		.getByRole('main')
		.getByRole('link', { name: /Ops Review/ })
		.first();
	await expect(opsReview).toBeVisible();
	await clean('meetings');
	await opsReview.click();
	await expect(page.getByRole('textbox', { name: 'Notes' })).toBeVisible();
	await clean('a meeting before it begins');
	await page.getByRole('button', { name: 'Start meeting' }).click();
	await expect(page.getByRole('timer')).toBeVisible();
	await expect(page.getByRole('figure').first()).toBeVisible();
	await clean('a meeting that is on');
	await page.getByRole('button', { name: /^SLO/ }).first().click();
	await expect(page.locator('[data-action-block]').first()).toBeVisible();
	await clean('a meeting with records');
	await downbeat.kill9();
	await expect(pill).toContainText('Offline');
	await page.getByRole('textbox', { name: 'Notes' }).click();
	await page.keyboard.type('Kept here.');
	await expect(pill).toContainText('1 kept here');
	await clean('a meeting offline');
});

test('axe finds nothing in a matrix, a commentary and a history, in both themes', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSample();
	const { page } = await visit('Ada', at);
	const clean = async (where: string) => expect.soft(await findingsInBoth(page), where).toEqual([]);
	const go = (path: string) => page.goto(`${downbeat.url}/${at.space}${path}`);

	await go('/raci');
	const matrix = page.getByRole('link', { name: /Operating rhythm/ });
	await expect(matrix).toBeVisible();
	await clean('matrices');
	await matrix.click();
	await page.getByRole('gridcell', { name: /^QBR, CEO:/ }).click({ position: { x: 8, y: 8 } });
	await expect(page.getByRole('group', { name: 'Set CEO' })).toBeVisible();
	await clean('a matrix');
	await page.getByRole('banner').getByRole('link', { name: 'History' }).click();
	await expect(page.getByText('Activity added').first()).toBeVisible();
	await clean('history');
	await go('/commentary');
	await expect(page.getByRole('textbox', { name: 'What changed' })).toBeVisible();
	await clean('commentary');
	await page.getByRole('button', { name: /^Add an(other)? action$/ }).click();
	await expect(page.getByRole('textbox', { name: 'Action', exact: true })).toBeFocused();
	await clean('a commentary with a new action');
	await go('/more');
	await expect(page.getByRole('navigation', { name: 'All places' })).toBeVisible();
	await clean('more');
});

test('axe finds nothing on Home, in a matrix, a commentary and a history on a phone, in both themes', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSample();
	const { page } = await visit('Ada', at, { isPhone: true });
	const clean = async (where: string) => expect.soft(await findingsInBoth(page), where).toEqual([]);
	const more = async (place: string) => {
		await page.getByRole('link', { name: 'More' }).tap();
		await page.getByRole('navigation', { name: 'All places' }).getByRole('link', { name: place }).tap();
	};

	await expect(page.getByRole('region', { name: 'Needs you' }).getByRole('link').first()).toBeVisible();
	await clean('Home');
	await page.getByRole('link', { name: 'More' }).tap();
	await expect(page.getByRole('navigation', { name: 'All places' })).toBeVisible();
	await clean('more');
	await more('RACI');
	await page.getByRole('link', { name: /Operating rhythm/ }).tap();
	await expect(page.getByRole('list', { name: 'Activities' })).toBeVisible();
	await clean('a matrix');
	await page.getByRole('button', { name: 'Matrix, menu' }).tap();
	await page.getByRole('menuitem', { name: 'History' }).tap();
	await page.getByRole('navigation', { name: 'Versions' }).getByRole('listitem').getByRole('link').tap();
	await expect(page.getByText('Activity added').first()).toBeVisible();
	await clean('history');
	await more('Commentary');
	await expect(page.getByRole('heading', { name: /^Week/ })).toBeVisible();
	await clean('commentary');
	await page.locator('li > a').first().tap();
	await expect(page.getByRole('textbox', { name: 'What changed' })).toBeVisible();
	await clean('a commentary');
});

test('axe finds nothing in a meeting on a phone, in both themes', async ({ downbeat, visit }) => {
	const at = await downbeat.createSample();
	const { page } = await visit('Ada', at, { isPhone: true });
	await page.goto(`${downbeat.url}/${at.space}/meeting`);
	await page
		.getByRole('link', { name: /Ops Review/ })
		.first()
		.tap();
	await expect(page.getByRole('textbox', { name: 'Notes' })).toBeVisible();
	await page.getByRole('banner').getByRole('button', { name: 'Start' }).tap();
	await expect(page.getByRole('banner').getByRole('button', { name: /^Run the meeting,/ })).toBeVisible();
	expect.soft(await findingsInBoth(page), 'meeting').toEqual([]);
	await page.getByRole('banner').getByRole('button', { name: 'Agenda' }).tap();
	await expect(page.getByRole('dialog', { name: 'Agenda' })).toBeVisible();
	expect.soft(await findingsInBoth(page), 'agenda').toEqual([]);
});
