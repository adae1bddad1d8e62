import { expect, test } from './downbeat.ts';
import { findings } from './axe.ts';
import { MeetingScreen, planMeeting } from './meeting.ts';
import { HttpProxy } from '../sync/proxy-http.ts';

test('where a proxy lets no websocket through two people still write together, and the app says so', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const proxy = await new HttpProxy(downbeat.port).start();
	try {
		const bob = await visit('Bob', at);
		const ada = await visit('Ada', at, { from: `http://127.0.0.1:${proxy.port}` });
		const { page } = ada;
		const adas = await planMeeting(ada, 'Ops Review', ['Availability']);
		await bob.page.goto(page.url().replace(String(proxy.port), String(downbeat.port)));
		const bobs = new MeetingScreen(bob.page);
		await expect(bobs.notes).toBeVisible();

		await adas.notes.click();
		await adas.type(['from', 'behind', 'the', 'proxy']);
		await expect(bobs.notes).toHaveText(/from behind the proxy/);
		await bobs.writeAt('End');
		await bobs.type(['and', 'back']);
		await expect(adas.notes).toHaveText(/from behind the proxy and back/);
		await expect(bobs.caretOf('Ada')).toBeVisible();
		await expect(ada.pill).toContainText('Synced');

		await page.keyboard.press('Control+Shift+s');
		const details = page.getByRole('dialog', { name: 'Where your work is' });
		await expect(details).toContainText('does not let live connections through');
		await details.getByRole('button', { name: 'Check the connection' }).focus();
		await page.keyboard.press('Enter');
		const parts = details.getByRole('list', { name: 'The connection, part by part' });
		await expect(parts.getByRole('listitem')).toHaveCount(4);
		await expect(parts).toContainText('The server answers in');
		await expect(parts).toContainText(`let websockets through to 127.0.0.1:${proxy.port}`);
		expect(await findings(page)).toEqual([]);
		await page.keyboard.press('Escape');
		await expect(details).toBeHidden();
		expect(proxy.upgradesTried).toBeGreaterThan(1);
	} finally {
		await proxy.stop();
	}
});
