import { expect, test, type Downbeat, type Visit, type Visitor } from './downbeat.ts';
import { planMeeting, type MeetingScreen } from './meeting.ts';

interface Team {
	readonly ada: Visitor;
	readonly mei: Visitor;
	readonly adas: MeetingScreen;
	readonly meis: MeetingScreen;
	/** Of Mei, as the server knows her. */
	readonly person: string;
	readonly ask: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** Ada owns the space and has planned a meeting; Mei is an editor and has written in it. */
async function team(downbeat: Downbeat, visit: Visit): Promise<Team> {
	const { space, token, key } = await downbeat.createSample();
	const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const answer = await fetch(`${downbeat.url}/api/v1/spaces/${space}${path}`, {
			method,
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
			...(body !== undefined && { body: JSON.stringify(body) })
		});
		expect(answer.ok).toBe(true);
		return answer.status === 204 ? undefined : await answer.json();
	};
	const ada = await visit('Ada', { space, token: key });
	const adas = await planMeeting(ada, 'Ops Review', ['Availability']);
	const mei = await visit('Mei', { space, token }, { isKept: true });
	const meis = await adas.openFor(mei.page);
	await meis.notes.click();
	await meis.type(['Together.']);
	await expect(adas.notes).toHaveText(/Together\./);
	const { members } = (await ask('GET', '/members')) as { members: { person: string; name: string }[] };
	return { ada, mei, adas, meis, ask, person: members.find(({ name }) => name === 'Mei')?.person ?? '' };
}

const decide = async (page: Visitor['page'], space: string, verb: 'Accept' | 'Decline') => {
	await page.goto(`${space}/settings`);
	const card = page.getByRole('article', { name: /Mei/ });
	await card.getByRole('button', { name: 'See the changes' }).click();
	await expect(card).toContainText('Written in the tunnel');
	await card.getByRole('button', { name: verb }).click();
	await expect(card).toBeHidden();
};

test('who lost the right to write while offline keeps the work, hands it in, and an owner lets it stand', async ({
	downbeat,
	visit
}) => {
	const { ada, mei, adas, meis, ask, person } = await team(downbeat, visit);
	const space = new URL(ada.page.url()).pathname.split('/')[1] ?? '';
	await mei.context.setOffline(true);
	await meis.writeAt('End');
	await meis.type([' Written in the tunnel.']);
	await ask('PATCH', `/members/${person}`, { role: 'viewer' });
	await mei.context.setOffline(false);

	const strip = mei.page.getByRole('status').filter({ hasText: 'not change it' });
	await expect(strip).toContainText('kept on this device');
	await expect(mei.page.getByRole('button', { name: /change needs you|changes need you/ })).toBeVisible();
	await expect(adas.notes).not.toContainText('tunnel');
	await strip.getByRole('button', { name: 'See what to do' }).click();
	await mei.page.getByRole('button', { name: 'Hand in to an owner' }).click();
	await mei.page.getByLabel('A word to go with it').fill('From the train.');
	await mei.page.getByRole('button', { name: 'Hand in', exact: true }).click();
	await expect(mei.pill).toHaveAccessibleName(/^Synced/);
	await expect(meis.notes).toHaveText(/Together\./);
	await expect(meis.notes).not.toContainText('tunnel');
	await expect(adas.notes).not.toContainText('tunnel');

	await decide(await ada.tab(), `${downbeat.url}/${space}`, 'Accept');
	await expect(adas.notes).toContainText('Together. Written in the tunnel.');
	await expect(meis.notes).toContainText('Together. Written in the tunnel.');
});

test('who was removed while offline keeps the work too, and what is declined stands nowhere', async ({
	downbeat,
	visit
}) => {
	const { ada, mei, adas, meis, ask, person } = await team(downbeat, visit);
	const space = new URL(ada.page.url()).pathname.split('/')[1] ?? '';
	await mei.context.setOffline(true);
	await meis.writeAt('End');
	await meis.type([' Written in the tunnel.']);
	await ask('DELETE', `/members/${person}`);
	await mei.context.setOffline(false);

	const strip = mei.page.getByRole('status').filter({ hasText: 'no longer in this space' });
	await strip.getByRole('button', { name: 'See what to do' }).click();
	const [file] = await Promise.all([
		mei.page.waitForEvent('download'),
		mei.page.getByRole('button', { name: 'Save as a file' }).click()
	]);
	expect(file.suggestedFilename()).toMatch(/changes .*\.json$/);
	await mei.page.getByRole('button', { name: 'Hand in to an owner' }).click();
	await mei.page.getByRole('button', { name: 'Hand in', exact: true }).click();
	await expect(mei.page.getByRole('button', { name: 'Hand in to an owner' })).toBeHidden();
	await decide(await ada.tab(), `${downbeat.url}/${space}`, 'Decline');
	await expect(adas.notes).not.toContainText('tunnel');
});
