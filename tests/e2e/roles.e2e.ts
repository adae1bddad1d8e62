import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test, type Downbeat, type Visit, type Visitor } from './downbeat.ts';

/** Violations of WCAG 2.2 AA on the page as it stands, one line each. */
async function findings(page: Page): Promise<readonly string[]> {
	await page.evaluate(() =>
		Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))
	);
	await page.evaluate(axe.source);
	return page.evaluate(async () => {
		const here = (window as unknown as { axe: typeof axe }).axe;
		const { violations } = await here.run(document, { resultTypes: ['violations'] });
		return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 140)}`));
	});
}

/** A space with the sample in it, and Ingrid who owns it too. */
async function owned(
	downbeat: Downbeat,
	visit: Visit
): Promise<{ space: string; key: string; ingrid: Visitor }> {
	const { space, key } = await downbeat.createSample();
	const { invite } = (await ask(downbeat, { space, key }, 'POST', '/invitations', {
		address: 'ingrid@tarn.example',
		role: 'owner'
	})) as { invite: string };
	return { space, key, ingrid: await visit('Ingrid Solberg', { space, token: invite }) };
}

async function ask(
	{ url }: Downbeat,
	{ space, key }: { space: string; key: string },
	...[method, path, body]: [string, string, unknown?]
): Promise<unknown> {
	const answer = await fetch(`${url}/api/v1/spaces/${space}${path}`, {
		method,
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) })
	});
	return answer.json();
}

/** Decisions and actions in the notes of the sample’s Ops Review, where it opens. */
const BLOCKS = 4;

/** The secret in the link that a field shows. */
const secretIn = async (field: Locator): Promise<string> => (await field.inputValue()).split('#')[1] ?? '';

async function inviteLink(page: Page, role: 'Commenter' | 'Viewer'): Promise<string> {
	const dialog = page.getByRole('dialog', { name: 'Invite people' });
	await dialog.getByRole('radio', { name: role }).check({ force: true });
	await dialog.getByRole('button', { name: 'Make a link' }).click();
	return secretIn(dialog.getByRole('textbox', { name: 'Invite link' }));
}

const openOpsReview = async (page: Page, url: string): Promise<void> => {
	await page.goto(`${url}/meeting`);
	const meetings = page.getByRole('main').getByRole('link', { name: /Weekly Ops Review/ });
	await meetings.first().click();
	await expect(page.getByRole('heading', { name: 'Agenda', exact: true })).toBeVisible();
};

test('a viewer reads and a commenter comments; made an editor one writes without reload, removed one is told', async ({
	downbeat,
	visit
}) => {
	const { space, ingrid } = await owned(downbeat, visit);
	const at = `${downbeat.url}/${space}`;
	await ingrid.page.goto(`${at}/settings`);
	await ingrid.page.getByRole('button', { name: 'Invite people' }).click();
	const viewerToken = await inviteLink(ingrid.page, 'Viewer');
	const commenterToken = await inviteLink(ingrid.page, 'Commenter');
	await ingrid.page.keyboard.press('Escape');
	const rafael = await visit('Rafael Costa', { space, token: viewerToken });
	const mei = await visit('Mei Lin', { space, token: commenterToken }, { colorScheme: 'dark' });

	await expect(rafael.page.getByRole('button', { name: 'New', exact: true })).toHaveCount(0);
	await openOpsReview(rafael.page, at);
	await expect(rafael.page.getByText(/^Read-only/)).toBeVisible();
	await expect(rafael.page.locator('[contenteditable="true"]')).toHaveCount(0);
	await expect(
		rafael.page.getByRole('button', { name: /Start meeting|Add item|Invite|Park|Share/ })
	).toHaveCount(0);
	const blocks = rafael.page.locator('[data-decision-block], [data-action-block]');
	// They are drawn one after the other.
	await expect(blocks).toHaveCount(BLOCKS);
	for (const key of ['d', 't', 'p']) await rafael.page.keyboard.press(key);
	await expect(rafael.page.getByRole('dialog')).toHaveCount(0);
	await expect(blocks).toHaveCount(BLOCKS);

	await mei.page.goto(`${at}/decisions`);
	await mei.page.getByRole('link', { name: /Move trace sampling/ }).click();
	await mei.page
		.getByRole('banner')
		.getByRole('button', { name: /^Comments/ })
		.click();
	await mei.page.getByRole('button', { name: 'Comment on this decision' }).click();
	await mei.page.keyboard.type('Who checks it in a quarter?');
	await mei.page.keyboard.press('Control+Enter');
	await expect(mei.page.getByRole('article').getByText('Who checks it in a quarter?')).toBeVisible();
	await expect(mei.pill).toContainText('Synced');

	const people = ingrid.page.getByRole('list', { name: 'People' });
	await people.getByRole('button', { name: 'Rafael Costa: Viewer' }).click();
	await ingrid.page.getByRole('menuitemcheckbox', { name: /^Editor/ }).click();
	await expect(rafael.page.getByRole('textbox', { name: 'Notes' })).toHaveAttribute(
		'contenteditable',
		'true',
		{
			timeout: 3_000
		}
	);
	await expect(rafael.page.getByText(/^Read-only/)).toHaveCount(0);
	await rafael.page.getByRole('textbox', { name: 'Notes' }).locator('p').first().click();
	await rafael.page.keyboard.type('Written as an editor. ');
	await openOpsReview(ingrid.page, at);
	await expect(ingrid.page.getByRole('textbox', { name: 'Notes' })).toContainText('Written as an editor.');

	await ingrid.page.goto(`${at}/settings`);
	await people.getByRole('button', { name: 'Mei Lin: Commenter' }).click();
	await ingrid.page.getByRole('menuitem', { name: /^Remove from the space/ }).click();
	await ingrid.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(people.getByText('Mei Lin')).toHaveCount(0);
	await expect(mei.page.getByText(/no longer in this space/).first()).toBeVisible();
	expect(await findings(ingrid.page)).toEqual([]);
});

test('a guest link shows one document live, and nothing once it is withdrawn', async ({
	downbeat,
	visit,
	browser
}) => {
	const { space, ingrid } = await owned(downbeat, visit);
	const at = `${downbeat.url}/${space}`;
	await openOpsReview(ingrid.page, at);
	await ingrid.page.getByRole('button', { name: 'Share' }).click();
	const dialog = ingrid.page.getByRole('dialog', { name: 'Link for guests' });
	await dialog.getByLabel('Who it is for').fill('The auditors');
	await dialog.getByRole('button', { name: 'Make a link' }).click();
	const href = await dialog.getByRole('textbox', { name: 'Guest link' }).inputValue();
	await ingrid.page.keyboard.press('Escape');

	const context = await browser.newContext({ colorScheme: 'dark' });
	const guest = await context.newPage();
	await guest.goto(href);
	await expect(guest.getByRole('heading', { name: 'Weekly Ops Review', level: 1 })).toBeVisible();
	await expect(guest.getByText(/^Read-only, until /)).toBeVisible();
	const text = guest.getByRole('document', { name: 'Weekly Ops Review' });
	await expect(text).toContainText('SLO & reliability signals');
	await ingrid.page.getByRole('textbox', { name: 'Notes' }).locator('p').first().click();
	await ingrid.page.keyboard.type('Seen by the auditors. ');
	await expect(text).toContainText('Seen by the auditors.');
	await expect(text).not.toContainText('Nadia');
	expect(await findings(guest)).toEqual([]);
	const kept = await guest.evaluate(async () => {
		const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
		const open = (name: string) =>
			new Promise<IDBDatabase>((resolve, reject) => {
				const asked = indexedDB.open(name);
				asked.onsuccess = () => resolve(asked.result);
				asked.onerror = () => reject(new Error('not opened'));
			});
		const rowsIn = (db: IDBDatabase, store: string) =>
			new Promise<number>((resolve) => {
				const asked = db.transaction(store).objectStore(store).count();
				asked.onsuccess = () => resolve(asked.result);
			});
		const databases = await Promise.all(names.map(open));
		const counts = databases.flatMap((db) =>
			['spaces', 'updates', 'documents', 'rows']
				.filter((store) => db.objectStoreNames.contains(store))
				.map((store) => rowsIn(db, store))
		);
		return {
			stores: counts.length,
			rows: (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
		};
	});
	expect(kept.stores).toBeGreaterThan(0);
	expect(kept.rows).toBe(0);

	await ingrid.page.goto(`${at}/settings`);
	await ingrid.page.getByRole('button', { name: 'Withdraw The auditors' }).click();
	await expect(guest.getByRole('heading', { name: 'This link opens nothing any more' })).toBeVisible();
	await expect(text).toHaveCount(0);
	await guest.reload();
	await expect(guest.getByRole('heading', { name: 'This link opens nothing any more' })).toBeVisible();
	await context.close();
});

test('tokens have a scope and an end, and the audit log shows who made them and is saved', async ({
	downbeat,
	visit
}) => {
	const { space, ingrid } = await owned(downbeat, visit);
	const { page } = ingrid;
	await page.goto(`${downbeat.url}/${space}/settings`);
	await page.getByLabel('What it is for').fill('Nightly export');
	await page.getByLabel('What it may do').selectOption('Reads everything');
	await page.getByLabel('How long').selectOption('30 days');
	await page.getByRole('button', { name: 'Make a token' }).click();
	const token = await page.getByRole('textbox', { name: 'Token' }).inputValue();
	const asked = { space, key: token };
	expect(await ask(downbeat, asked, 'GET', '')).toMatchObject({ role: 'viewer' });
	await expect(page.getByRole('list', { name: 'Tokens' })).toContainText('Reads everything, until');
	await page.getByRole('button', { name: 'Withdraw Nightly export' }).click();
	await expect(page.getByRole('list', { name: 'Tokens' })).toHaveCount(0);
	expect(await ask(downbeat, asked, 'GET', '')).toMatchObject({ type: 'access.unknown-token' });

	await page.getByRole('link', { name: 'Audit log' }).click();
	const made = page.getByRole('row').filter({ hasText: 'Token made' });
	await expect(made).toContainText('Ingrid Solberg');
	await expect(made).toContainText('30 days, reads everything');
	expect(await findings(page)).toEqual([]);
	await page.getByLabel('What', { exact: true }).selectOption('Token withdrawn');
	await expect(page.getByRole('row')).toHaveCount(2);
	await expect(made).toHaveCount(0);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save as JSONL' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^audit-.*\.jsonl$/);
	const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
	expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(['token.revoked']);
	await page.getByLabel('What', { exact: true }).selectOption('Everything');
	await expect(page.getByRole('row').filter({ hasText: 'Audit log exported' })).toHaveCount(1);
});
