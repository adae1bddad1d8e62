import { expect, test } from './downbeat.ts';

test('what one meeting sent on is in the next one of its series, once, and stays closed when it was closed', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSample();
	const sentOn = 'Do we still need the weekly spend e-mail, now that the movers report is out?';
	const ada = await visit('Ada', at);
	const { page } = ada;
	const parked = page.getByRole('region', { name: 'Parking lot' });
	const openComing = async (of = page) => {
		await of.goto(`${downbeat.url}/${at.space}/meeting`);
		await of
			.getByRole('main')
			.getByRole('link', { name: /Ops Review/ })
			.first()
			.click();
		await expect(of.getByRole('textbox', { name: 'Notes' })).toBeVisible();
	};
	await openComing();
	await expect(parked.getByText(sentOn)).toHaveCount(1);
	const bob = await visit('Bob', at);
	await openComing(bob.page);
	await expect(bob.page.getByRole('region', { name: 'Parking lot' }).getByText(sentOn)).toHaveCount(1);

	await parked.getByRole('listitem').filter({ hasText: sentOn }).hover();
	await parked.getByRole('button', { name: `More about “${sentOn}”` }).click();
	await page.getByRole('menuitem', { name: /^Close/ }).click();
	await expect(parked.getByText(sentOn)).toBeHidden();
	await expect(ada.pill).toContainText('Synced');
	await openComing();
	await expect(parked.getByRole('listitem')).not.toHaveCount(0);
	await expect(parked.getByText(sentOn)).toBeHidden();

	await page.goto(`${downbeat.url}/${at.space}`);
	const home = page.getByRole('region', { name: 'Parking lot' });
	await expect(home.getByText('Vendor status page was 40 minutes late')).toBeVisible();
	await expect(home.getByText(sentOn)).toBeHidden();
});
