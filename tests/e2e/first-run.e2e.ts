import { expect, SETUP_TOKEN, test } from './downbeat.ts';

test('the setup link makes a space with a sample, and an invite link lets the next one in', async ({
	downbeat,
	page,
	browser
}) => {
	await page.goto(`${downbeat.url}/setup#${SETUP_TOKEN}`);
	await expect(page.getByRole('heading', { name: 'Set your rhythm' })).toBeVisible();
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('Say what the others call you.')).toBeVisible();
	await page.getByLabel('Your name').fill('Nadia Okafor');
	await page.getByLabel('Name of the space').fill('Tarn Systems');
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Fill it with a sample' }).click();
	await expect(page.getByRole('heading', { name: 'Commentary due' })).toBeVisible();
	await expect(page.getByText('Everything is synced.')).toBeVisible();

	await page.getByRole('button', { name: 'Tarn Systems' }).first().click();
	await page.getByRole('menuitem', { name: 'Invite people' }).click();
	const link = await page.getByLabel('Invite link').inputValue();
	expect(link).toMatch(/\/join#\S{30,}/);

	const other = await browser.newPage();
	await other.goto(link);
	await other.getByLabel('Your name').fill('Priya Raman the Second');
	await other.getByRole('button', { name: 'Join' }).click();
	await expect(other.getByRole('heading', { name: 'Commentary due' })).toBeVisible();
	await page.keyboard.press('Escape');
	await page.goto(`${page.url().replace(/\?.*/, '')}/settings`);
	await expect(page.getByText('Priya Raman the Second')).toBeVisible();

	await page.getByRole('link', { name: 'Look after this server' }).click();
	const priya = page.getByRole('listitem').filter({ hasText: 'Priya Raman the Second' });
	await expect(priya).toContainText('Tarn Systems (editor)');
	const menu = page.getByRole('button', { name: /Change Nadia Okafor/ });
	await menu.click();
	const lastOne = page.getByRole('menuitem', { name: /^No longer an administrator/ });
	await expect(lastOne).toContainText('Somebody has to look after this server');
	await page.keyboard.press('Escape');
	await priya.getByRole('button').click();
	await page.getByRole('menuitem', { name: 'Make an administrator' }).click();
	await expect(page.getByRole('status')).toHaveText('Priya Raman the Second looks after this server now.');
	await priya.getByRole('button').click();
	await page.getByRole('menuitem', { name: 'Remove from every space…' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(priya).toHaveCount(0);
	await expect(other.getByText(/no longer in this space/).first()).toBeVisible();
	await page.getByRole('link', { name: 'Audit log of this server' }).click();
	await expect(
		page
			.getByRole('row')
			.filter({ hasText: /dministrator/ })
			.first()
	).toBeVisible();
	await other.close();
});

test('what was typed in the setup is kept when the tab is closed in the middle', async ({
	downbeat,
	context
}) => {
	const first = await context.newPage();
	await first.goto(`${downbeat.url}/setup#${SETUP_TOKEN}`);
	await first.getByLabel('QBR').uncheck();
	await first.getByRole('button', { name: 'Continue' }).click();
	await first.getByLabel('Your name').fill('Nadia');
	await first.close();
	const second = await context.newPage();
	await second.goto(`${downbeat.url}/setup#${SETUP_TOKEN}`);
	await expect(second.getByLabel('QBR')).not.toBeChecked();
	await second.getByRole('button', { name: 'Continue' }).click();
	await expect(second.getByLabel('Your name')).toHaveValue('Nadia');
});

test('a wrong setup link, a used one and a wrong invite are each told what they are', async ({
	downbeat,
	page
}) => {
	await page.goto(`${downbeat.url}/setup`);
	await expect(page.getByText('This is not the whole setup link')).toBeVisible();

	await page.goto(`${downbeat.url}/setup#not-the-token`);
	await page.reload();
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByLabel('Your name').fill('Nadia');
	await page.getByLabel('Name of the space').fill('Ops');
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Begin with my rhythm' }).click();
	await expect(page.getByRole('alert')).toContainText('not the setup link of this server');

	const { space } = await downbeat.createSpace();
	await page.goto(`${downbeat.url}/${space}`);
	await expect(page.getByText('This space is not on this device')).toBeVisible();
	await page.goto(`${downbeat.url}/${space}/join#wrong`);
	await page.getByLabel('Your name').fill('Nadia');
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(page.getByRole('alert')).toContainText('invite link was replaced or is incomplete');
});

test('without a sample the chosen rhythm is there, and a planned meeting opens with its agenda', async ({
	downbeat,
	page
}) => {
	await page.goto(`${downbeat.url}/setup#${SETUP_TOKEN}`);
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByLabel('Your name').fill('Nadia');
	await page.getByLabel('Name of the space').fill('Engineering Ops');
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Begin with my rhythm' }).click();
	await page.getByRole('link', { name: 'Meetings' }).click();
	await expect(page.getByText('Weekly Ops Review')).toBeVisible();
	await page
		.getByRole('button', { name: /^Ops Review/ })
		.first()
		.click();
	await expect(page).toHaveURL(/\/meeting\/m-/);
});
