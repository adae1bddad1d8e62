import { chromium, type BrowserContext, type Page } from '@playwright/test';
import type * as Y from 'yjs';
import type { PersonId, RowId } from '#lib/domain/id.ts';
import { actionsDoc } from '#lib/kinds/actions/doc.ts';
import type { Actions } from '#lib/kinds/actions/schema.ts';
import { decisionsDoc } from '#lib/kinds/decisions/doc.ts';
import { empty as noDecisions } from '#lib/kinds/decisions/fixtures.ts';
import type { Decisions } from '#lib/kinds/decisions/schema.ts';
import { raciDoc } from '#lib/kinds/raci/doc.ts';
import { cellKey, type Raci } from '#lib/kinds/raci/schema.ts';
import { Downbeat } from '../e2e/downbeat.ts';
import { stock, synced, until } from '../sync/harness.ts';
import { median, row } from './report.ts';

const MANY = 2_000;
const FEW = 20;
const LARGE = { activities: 100, roles: 20 };
const SMALL = { activities: 10, roles: 5 };
const ROUNDS = 7;
const KEYS = 40;
const KEY_EVERY_MS = 150;
const AT = '2026-06-08T10:00:00.000Z';
/** When a list is there. */
const FIRST = {
	actions: '[aria-label="Actions"] [data-row]',
	decisions: '[aria-label="Decisions"] li a',
	raci: '[role="gridcell"]'
} as const;
type Which = keyof typeof FIRST;

/** How long registers of 2,000 records take to open from the device with no server, and an edit in them to be seen. */
export async function registers(): Promise<readonly string[]> {
	const server = await Downbeat.start();
	const browser = await chromium.launch({
		...(process.env['PLAYWRIGHT_CHROMIUM_PATH']
			? { executablePath: process.env['PLAYWRIGHT_CHROMIUM_PATH'] }
			: {}),
		args: ['--no-sandbox', '--disable-background-networking']
	});
	try {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		const spaces = [
			await spaceWith(server, context, { records: MANY, matrix: LARGE }),
			await spaceWith(server, context, { records: FEW, matrix: SMALL })
		] as const;
		await server.kill9();
		const lines: string[] = [];
		for (const [which, what] of [
			['actions', `${MANY} actions`],
			['decisions', `${MANY} decisions`],
			['raci', `a RACI of ${LARGE.activities} × ${LARGE.roles}`]
		] as const) {
			const [many, few] = [
				await measured(context, spaces[0], which),
				await measured(context, spaces[1], which)
			];
			lines.push(
				row(`open ${what} offline`, `${Math.round(many.openMs)} ms to the list`),
				row('  beside a small one', `${(many.openMs / few.openMs).toFixed(2)} ×`),
				row('  an edit, until it is painted', `${many.editMs.toFixed(1)} ms`),
				row('  beside a small one', `${(many.editMs / few.editMs).toFixed(2)} ×`)
			);
		}
		return lines;
	} finally {
		await browser.close();
		await server.stop();
	}
}

/** A space whose registers this browser has on its device. */
async function spaceWith(
	server: Downbeat,
	context: BrowserContext,
	{ records, matrix }: { records: number; matrix: typeof LARGE }
): Promise<string> {
	const { space, token } = await server.createSpace();
	const fill = async (document: string, seed: (doc: Y.Doc) => void, isThere: (doc: Y.Doc) => boolean) => {
		const [tool, reader] = [0, 1].map(() =>
			stock(`${server.url.replace('http', 'ws')}/sync`, `${space}/${document}`, { token })
		) as [ReturnType<typeof stock>, ReturnType<typeof stock>];
		await synced(tool);
		seed(tool.doc);
		await until([reader.doc], () => isThere(reader.doc));
		for (const client of [tool, reader]) client.stop();
	};
	const count = (root: string) => (doc: Y.Doc) => doc.getMap(root).size >= Math.min(records, 20);
	await fill('r-actions', (doc) => actionsDoc.seed(doc, actionsOf(records)), count('actions'));
	await fill('r-decisions', (doc) => decisionsDoc.seed(doc, decisionsOf(records)), count('decisions'));
	await fill(
		'raci-rhythm',
		(doc) => raciDoc.seed(doc, raciOf(matrix)),
		(doc) => doc.getMap('roles').size > 0
	);

	const page = await context.newPage();
	await page.goto(`${server.url}/${space}/join#${token}`);
	await page.getByLabel('Your name').fill('Bench');
	await page.getByRole('button', { name: 'Join' }).click();
	await page.waitForURL(`${server.url}/${space}`);
	await page.evaluate(() => navigator.serviceWorker.ready);
	for (const which of Object.keys(FIRST) as Which[]) {
		await page.goto(hrefOf(`${server.url}/${space}`, which));
		await page.locator(FIRST[which]).first().waitFor();
		await page.getByRole('button', { name: /^Synced/ }).waitFor();
		// What comes from the server is shown before it is on the disk.
		await page.waitForTimeout(1_000);
	}
	await page.close();
	return `${server.url}/${space}`;
}

const hrefOf = (space: string, which: Which) => `${space}/${which}${which === 'raci' ? '/raci-rhythm' : ''}`;

/** Medians, in milliseconds: of opening from the start of the navigation, of an edit from the key that makes it. */
async function measured(context: BrowserContext, space: string, which: Which) {
	const opened: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const page = await context.newPage();
		await page.addInitScript(watch, FIRST[which]);
		await page.goto(hrefOf(space, which), { waitUntil: 'commit' });
		await page.waitForFunction(() => (window as unknown as { seenMs: number }).seenMs > 0);
		opened.push(await page.evaluate(() => (window as unknown as { seenMs: number }).seenMs));
		await page.close();
	}
	return { openMs: median(opened), editMs: await edited(context, space, which) };
}

async function edited(context: BrowserContext, space: string, which: Which): Promise<number> {
	const page = await context.newPage();
	await page.goto(hrefOf(space, which));
	await page.locator(FIRST[which]).first().waitFor();
	if (which === 'decisions') await page.locator(FIRST.decisions).first().click();
	await page.waitForTimeout(1_000);
	await page.evaluate(watchKeys, which === 'raci' ? '' : 'Enter');
	for (let key = 0; key < KEYS; key++) {
		await EDITS[which](page, key);
		await page.waitForTimeout(KEY_EVERY_MS);
	}
	const taken = await page.evaluate(() => (window as unknown as { painted: number[] }).painted);
	await page.close();
	return median(taken);
}

const EDITS: Record<Which, (page: Page, key: number) => Promise<void>> = {
	actions: async (page, key) => {
		const title = page.locator(FIRST.actions).first().getByLabel('Action', { exact: true });
		await title.fill(`Extend the canary, ${key}`);
		await title.press('Enter');
	},
	decisions: async (page, key) => {
		const title = page.locator('[data-title] textarea').first();
		await title.fill(`Hold releases, ${key}`);
		await title.press('Enter');
	},
	raci: async (page, key) => {
		if (key === 0) await page.locator(FIRST.raci).first().focus();
		await page.keyboard.press('raci'.charAt(key % 4));
	}
};

/** Runs in the page: what is posted in a frame's callback comes after that frame was painted. */
function watchKeys(only: string): void {
	const painted: number[] = [];
	(window as unknown as { painted: typeof painted }).painted = painted;
	const onKey = (event: KeyboardEvent) => {
		if (only && event.key !== only) return;
		const downMs = performance.now();
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => painted.push(performance.now() - downMs);
			port2.postMessage(undefined);
		});
	};
	window.addEventListener('keydown', onKey, { capture: true });
}

/** Runs in the page: notes when the list was first painted. */
function watch(first: string): void {
	const seen = window as unknown as { seenMs: number };
	seen.seenMs = 0;
	const look = () => {
		if (!document.querySelector(first)) return void requestAnimationFrame(look);
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => (seen.seenMs = performance.now());
		port2.postMessage(undefined);
	};
	requestAnimationFrame(look);
}

const orderOf = (index: number) => `b${index.toString(36).padStart(3, '0')}`.replace(/0$/, 'V');
const dayOf = (index: number) =>
	`2026-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
const personOf = (index: number) => `p-${index % 12}` as PersonId;
const rows = <Row>(count: number, make: (index: number) => Row): readonly Row[] =>
	Array.from({ length: count }, (_, index) => make(index));

const actionsOf = (count: number): Actions => ({
	actions: rows(count, (index) => ({
		id: `a${index}` as RowId,
		order: orderOf(index),
		title: `Extend the canary of service ${index} to 60 minutes`,
		owner: personOf(index),
		due: dayOf(index),
		status: (['open', 'in-progress', 'blocked'] as const)[index % 3] ?? 'open',
		closedWhen: `The p95 lock of service ${index} fires in a drill`,
		createdAt: AT,
		createdBy: personOf(index + 1),
		number: index + 1
	})),
	evidence: rows(count / 2, (index) => ({
		id: `e${index}` as RowId,
		order: orderOf(index),
		action: `a${index}` as RowId,
		text: `Drill report ${index}`,
		at: AT
	})),
	reschedules: rows(count / 2, (index) => ({
		id: `r${index}` as RowId,
		order: orderOf(index),
		action: `a${index * 2}` as RowId,
		to: dayOf(index + 7),
		after: [],
		at: AT
	})),
	carried: [],
	notes: {}
});

const decisionsOf = (count: number): Decisions => ({
	...noDecisions,
	decisions: rows(count, (index) => ({
		id: `d${index}` as RowId,
		order: orderOf(index),
		title: `Hold releases of service ${index} until the canary window is 60 minutes`,
		status: (['proposed', 'in-review', 'decided'] as const)[index % 3] ?? 'proposed',
		madeOn: dayOf(index),
		number: index + 1
	})),
	options: rows(count * 2, (index) => ({
		id: `o${index}` as RowId,
		order: orderOf(index),
		decision: `d${index >> 1}` as RowId,
		title: `Option ${index}`,
		pros: 'Nothing changes'
	})),
	members: rows(count * 2, (index) => ({
		id: `m${index}` as RowId,
		order: orderOf(index),
		decision: `d${index >> 1}` as RowId,
		role: index % 2 ? 'decide' : 'recommend',
		person: personOf(index)
	})),
	evidence: rows(count, (index) => ({
		id: `e${index}` as RowId,
		order: orderOf(index),
		decision: `d${index}` as RowId,
		title: `Canary replay ${index}`
	}))
});

const raciOf = ({ activities, roles }: typeof LARGE): Raci => ({
	fields: {},
	activities: rows(activities, (index) => ({
		id: `a${index}` as RowId,
		order: orderOf(index),
		title: `Activity ${index}`
	})),
	roles: rows(roles, (index) => ({
		id: `r${index}` as RowId,
		order: orderOf(index),
		title: `Role ${index}`
	})),
	cells: Object.fromEntries(
		rows(activities * roles, (index) => {
			const [activity, role] = [Math.floor(index / roles), index % roles];
			return [cellKey(`a${activity}`, `r${role}`), role === activity % roles ? 'RA' : 'CI'.charAt(index % 2)];
		})
	),
	notes: {}
});
