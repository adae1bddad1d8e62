import type { BrowserContext, Page } from '@playwright/test';
import * as z from 'zod';
import { findings } from './axe.ts';
import { expect, kept, SETUP_TOKEN, test, Visitor, type Downbeat } from './downbeat.ts';
import { MeetingScreen, planMeeting, StockClient } from './meeting.ts';

const PASSWORD = 'slow hiking boots';

interface Place {
	readonly url: string;
	readonly space: string;
	/** The invite. */
	readonly token: string;
}

const emailOf = (name: string): string => `${name.split(' ')[0]?.toLowerCase() ?? ''}@example.com`;

/** Makes an account with an invite, in a browser where nobody is signed in. */
async function signUp(page: Page, at: Place, name: string): Promise<void> {
	await page.goto(`${at.url}/${at.space}/join#${at.token}`);
	await page.getByRole('button', { name: 'Use an account' }).click();
	await page.getByLabel('Your name').fill(name);
	await page.getByLabel('Work email').fill(emailOf(name));
	await page.getByLabel('New password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Make an account and join' }).click();
	await page.waitForURL(`${at.url}/${at.space}`);
}

async function signIn(page: Page, name: string): Promise<void> {
	await page.getByLabel('Work email').fill(emailOf(name));
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page, how: 'Keep on this laptop' | 'Erase this laptop’s copy'): Promise<void> {
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: how }).click();
	await page.waitForURL(/\/sign-in/);
}

/** What lies in the databases of a page, by name: everything of them that has letters. */
function written(page: Page): Promise<Record<string, string>> {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
		const found: Record<string, string> = {};
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await done(indexedDB.open(name));
			const rows = await Promise.all(
				[...database.objectStoreNames].map((store) =>
					done(database.transaction(store).objectStore(store).getAll())
				)
			);
			const letters = (_key: string, value: unknown) =>
				value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value;
			found[name] = JSON.stringify(rows, letters);
			database.close();
		}
		return found;
	});
}

const currentDatabase = (page: Page): Promise<string> =>
	page.evaluate(
		() => (JSON.parse(localStorage.getItem('downbeat.shelves') ?? '{}') as { current?: string }).current ?? ''
	);

/** A space without the sample, an invite into it, and its owner's own key. */
async function newSpace({ url }: Downbeat): Promise<{ space: string; token: string; key: string }> {
	const answer = await fetch(`${url}/api/v1/setup`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			token: SETUP_TOKEN,
			name: 'Mei Lin',
			space: { title: 'Tarn Systems', timeZone: 'Europe/Berlin' },
			series: [],
			sample: false
		})
	});
	const answered = z.object({ space: z.string(), invite: z.string(), token: z.string() });
	const { space, invite, token: key } = answered.parse(await answer.json());
	return { space, token: invite, key };
}

/** Who is in the space, as the server has it. */
async function membersOf(
	{ url }: Downbeat,
	{ space, key }: { space: string; key: string }
): Promise<readonly { readonly person: string; readonly name: string }[]> {
	const answer = await fetch(`${url}/api/v1/spaces/${space}/members`, {
		headers: { authorization: `Bearer ${key}` }
	});
	const members = z.object({ members: z.array(z.object({ person: z.string(), name: z.string() })) });
	return members.parse(await answer.json()).members;
}

const visitorIn = async (context: BrowserContext, name: string): Promise<Visitor> =>
	new Visitor(name, context, await context.newPage());

test('what somebody kept and signed out of is there for them alone, on a browser that others use', async ({
	downbeat,
	browser
}) => {
	const at = { ...(await newSpace(downbeat)), url: downbeat.url };
	const context = await browser.newContext();
	const nadia = await visitorIn(context, 'Nadia');
	const { page } = nadia;
	await signUp(page, at, 'Nadia Okafor');
	const screen = await planMeeting(nadia, 'Ops Review', ['Availability']);
	const address = page.url();
	await expect(nadia.pill).toContainText('Synced');
	await kept(page);

	await context.setOffline(true);
	await screen.notes.click();
	await page.keyboard.insertText('heliotrope');
	await expect(nadia.pill).toContainText('1 kept here');
	await page.goto(`${at.url}/${at.space}/settings`);
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await expect(page.getByRole('dialog')).toContainText('1 change is kept here and not synced yet.');
	await page.getByRole('button', { name: 'Close' }).click();
	await signOut(page, 'Keep on this laptop');
	await expect(page.getByRole('heading', { name: 'Sign in to Downbeat' })).toBeVisible();
	await page.goto(address);
	await page.waitForURL(/\/sign-in/);
	await expect(page.locator('body')).not.toContainText(/Tarn|Nadia|kept|Open offline/);

	await context.setOffline(false);
	await signUp(page, at, 'Jonas Weber');
	await expect(nadia.pill).toContainText('Synced');
	const database = await currentDatabase(page);
	const found = await written(page);
	expect(Object.keys(found).toSorted()).toEqual(['downbeat', database].toSorted());
	const [nadias = '', jonas = ''] = [found['downbeat'], found[database]];
	expect(nadias.includes('heliotrope') && jonas.includes('Jonas Weber')).toBe(true);
	expect(/heliotrope|nadia@example/.exec(jonas)).toBeNull();
	await page.goto(address);
	await expect(new MeetingScreen(page).agenda).toBeVisible();
	await expect(page.locator('body')).not.toContainText('heliotrope');

	await page.goto(`${at.url}/${at.space}/settings`);
	await signOut(page, 'Keep on this laptop');
	await signIn(page, 'Nadia Okafor');
	await page.waitForURL(`${at.url}/${at.space}`);
	await page.goto(address);
	await expect(new MeetingScreen(page).notes).toContainText('heliotrope');
	await expect(nadia.pill).toContainText('Synced');
	const witness = await StockClient.enter(downbeat, { space: at.space, token: at.key }, screen);
	const [item = ''] = await screen.itemIds();
	await expect.poll(() => witness.textOf(item)).toContain('heliotrope');
	witness.leave();
	await context.close();
	expect(nadia.complaints).toEqual([]);
});

test('a session that ended pauses the sync and nothing else; signing in again sends what was kept', async ({
	downbeat,
	browser,
	playwright
}) => {
	const at = { ...(await newSpace(downbeat)), url: downbeat.url };
	const context = await browser.newContext();
	const nadia = await visitorIn(context, 'Nadia');
	const { page } = nadia;
	await signUp(page, at, 'Nadia Okafor');
	const screen = await planMeeting(nadia, 'Ops Review', ['Availability']);
	await expect(nadia.pill).toContainText('Synced');
	await kept(page);

	const elsewhere = await playwright.request.newContext({
		baseURL: at.url,
		extraHTTPHeaders: { origin: at.url }
	});
	const entered = await elsewhere.post('/api/auth/sign-in/email', {
		data: { email: emailOf('Nadia'), password: PASSWORD }
	});
	expect(entered.status()).toBe(200);
	expect((await elsewhere.post('/api/auth/revoke-other-sessions', { data: {} })).status()).toBe(200);
	await elsewhere.dispose();
	await expect(nadia.pill).toContainText('Sync paused');
	await screen.notes.click();
	await page.keyboard.insertText('heliotrope');
	await expect(page.getByText('Sign in again.')).toBeVisible();
	await expect(page.getByText('1 change is kept on this device.')).toBeVisible();
	await context.setOffline(true);
	await page.reload();
	await expect(screen.notes).toContainText('heliotrope');
	await context.setOffline(false);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page.getByText('1 change is kept on this laptop. It syncs after you sign in.')).toBeVisible();
	await page.getByLabel('Work email').fill(emailOf('Nadia'));
	await page.getByLabel('Password').fill('not my password');
	await page.keyboard.press('Enter');
	await expect(page.getByText('This address and password do not go together.')).toBeVisible();
	await signIn(page, 'Nadia Okafor');
	await expect(screen.notes).toContainText('heliotrope');
	await expect(nadia.pill).toContainText('Synced');
	const witness = await StockClient.enter(downbeat, { space: at.space, token: at.key }, screen);
	const [item = ''] = await screen.itemIds();
	await expect.poll(() => witness.textOf(item)).toContain('heliotrope');
	witness.leave();
	await context.close();
});

test('a device that joined by name gets an account and stays who it is; erasing leaves nothing of it', async ({
	downbeat,
	visit
}) => {
	const at = await newSpace(downbeat);
	const ada = await visit('Ada', at);
	const { page } = ada;
	await page.goto(`${downbeat.url}/${at.space}/settings`);
	const members = () => membersOf(downbeat, at);
	const before = await members();
	expect(before.filter(({ name }) => name === 'Ada')).toHaveLength(1);
	await page.getByRole('button', { name: 'Make an account' }).click();
	await page.getByLabel('Work email').fill('ada@example.com');
	await page.getByLabel('New password').fill(PASSWORD);
	await page.keyboard.press('Enter');
	const card = page.getByRole('region', { name: 'Your account' });
	await expect(card).toContainText('ada@example.com');
	await expect(card.getByText('This one.')).toBeVisible();
	await page.reload();
	await expect(card).toContainText('ada@example.com');
	expect(await members()).toEqual(before);

	const tab = await ada.tab();
	await tab.goto(`${downbeat.url}/${at.space}`);
	await expect(tab.getByRole('button', { name: /^Synced/ })).toBeVisible();
	await signOut(page, 'Erase this laptop’s copy');
	await tab.waitForURL(/\/sign-in/);
	await tab.close();
	await expect
		.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
		.toEqual([]);
	expect(await page.evaluate(() => localStorage.getItem('downbeat.shelves'))).not.toContain('ada');
	await signIn(page, 'Ada');
	await page.waitForURL(`${downbeat.url}/${at.space}`);
	await page.goto(`${downbeat.url}/${at.space}/settings`);
	await expect(page.getByLabel('Your name')).toHaveValue('Ada');
	expect(await members()).toEqual(before);
});

test('a passkey is added and signs in, by keyboard alone; axe finds nothing on the way', async ({
	downbeat,
	browser
}) => {
	const at = { ...(await newSpace(downbeat)), url: `http://localhost:${downbeat.port}` };
	const context = await browser.newContext();
	const { page, complaints, pill } = await visitorIn(context, 'Nadia');
	const devtools = await context.newCDPSession(page);
	await devtools.send('WebAuthn.enable');
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	const clean = async (where: string) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect.soft(await findings(page), `${where}, ${colorScheme}`).toEqual([]);
		}
	};
	const press = async (name: string) => {
		await page.getByRole('button', { name, exact: true }).focus();
		await page.keyboard.press('Enter');
	};

	await signUp(page, at, 'Nadia Okafor');
	await page.goto(`${at.url}/${at.space}/settings`);
	await press('Add a passkey');
	await expect(page.getByLabel('Name of the passkey')).toHaveValue(/^Chrome on/);
	await clean('settings');
	await press('Sign out');
	await expect(page.getByRole('dialog')).toBeVisible();
	await clean('signing out');
	await press('Keep on this laptop');
	await page.waitForURL(/\/sign-in/);
	await expect(page.getByLabel('Password')).toBeVisible();
	await clean('sign-in');
	await press('Use a passkey');
	await page.waitForURL(`${at.url}/${at.space}`);
	await expect(pill).toContainText('Synced');
	await context.close();
	expect(complaints).toEqual([]);
});
