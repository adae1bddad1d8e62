import { chromium, type BrowserContext } from '@playwright/test';
import { proseFromMarkdown } from '#lib/docs/prose-from-markdown.ts';
import type { ProseBlock } from '#lib/docs/prose.ts';
import type { RowId } from '#lib/domain/id.ts';
import { empty } from '#lib/kinds/meeting/fixtures.ts';
import { meetingDoc } from '#lib/kinds/meeting/doc.ts';
import type { Meeting } from '#lib/kinds/meeting/schema.ts';
import { Downbeat } from '../e2e/downbeat.ts';
import { scriptsOf } from '../e2e/scripts.ts';
import { stock, synced, until } from '../sync/harness.ts';
import { median, row } from './report.ts';

const ITEMS = 12;
const WORDS = 2_000;
const CHARTS = 6;
const POINTS = 180;
const ROUNDS = 9;
const DAY_MS = 86_400_000;
const KEYS = 120;
/** As a fast typist does. */
const KEY_EVERY_MS = 60;

/** How long a full meeting takes to open from the device with no server, and what a first visit loads. */
export async function openMeeting(): Promise<readonly string[]> {
	const server = await Downbeat.start();
	const browser = await chromium.launch({
		...(process.env['PLAYWRIGHT_CHROMIUM_PATH']
			? { executablePath: process.env['PLAYWRIGHT_CHROMIUM_PATH'] }
			: {}),
		args: ['--no-sandbox', '--disable-background-networking']
	});
	try {
		const at = await server.createSpace();
		await sendPoints(server, at);
		await fill(server, at, 'm-full', fullMeeting());
		await fill(server, at, 'm-empty', { ...empty, agenda: fullMeeting().agenda.slice(0, 1) });
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		const page = await context.newPage();
		const loaded = scriptsOf(page);
		await page.goto(`${server.url}/${at.space}/join#${at.token}`);
		await page.getByLabel('Your name').fill('Bench');
		const firstLoad = await loaded.gzippedBytes();
		await page.getByRole('button', { name: 'Join' }).click();
		await page.waitForURL(`${server.url}/${at.space}`);
		await page.getByRole('heading', { name: 'No meetings yet' }).waitFor();
		const withHome = await loaded.gzippedBytes();

		const href = (document: string) => `${server.url}/${at.space}/meeting/${document}`;
		await page.evaluate(() => navigator.serviceWorker.ready);
		for (const document of ['m-full', 'm-empty']) {
			await page.goto(href(document));
			await page.locator('[contenteditable=true]').waitFor();
			await page.getByRole('button', { name: /^Synced/ }).waitFor();
			if (document === 'm-full')
				await page
					.locator('canvas')
					.nth(CHARTS - 1)
					.waitFor();
		}
		await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
		await server.kill9();
		const [full, bare] = [await opened(context, href('m-full')), await opened(context, href('m-empty'))];
		const [typing, bareTyping] = [
			await typed(context, href('m-full')),
			await typed(context, href('m-empty'))
		];
		return [
			row('first load, the join page, JavaScript', `${(firstLoad / 1000).toFixed(1)} kB gzipped`),
			row('  with storage, sync and Home, after joining', `${(withHome / 1000).toFixed(1)} kB gzipped`),
			row(
				`open a meeting offline: ${WORDS} words, ${ITEMS} items, ${CHARTS} charts`,
				`${full.text} ms to its text`
			),
			row('  the same, until it can be written in', `${full.editor} ms`),
			row('  the same, until its charts are drawn', `${full.charts} ms`),
			row(
				'  beside an empty meeting, until it can be written in',
				`${(full.editor / bare.editor).toFixed(2)} ×`
			),
			row('a keystroke in it, until it is painted', `${typing.toFixed(1)} ms`),
			row('  beside an empty meeting', `${(typing / bareTyping).toFixed(2)} ×`)
		];
	} finally {
		await browser.close();
		await server.stop();
	}
}

/** Medians over some rounds, in milliseconds from the start of the navigation. */
async function opened(context: BrowserContext, href: string) {
	const rounds: { text: number; editor: number; charts: number }[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const page = await context.newPage();
		await page.addInitScript(watch);
		await page.goto(href, { waitUntil: 'commit' });
		await page.locator('[contenteditable=true]').waitFor();
		const isFull = href.endsWith('m-full');
		if (isFull) await page.waitForFunction(() => document.querySelectorAll('canvas').length >= 6);
		rounds.push(await page.evaluate(() => (window as unknown as { seen: (typeof rounds)[number] }).seen));
		await page.close();
	}
	return {
		text: Math.round(median(rounds.map(({ text }) => text))),
		editor: Math.round(median(rounds.map(({ editor }) => editor))),
		charts: Math.round(median(rounds.map(({ charts }) => charts)))
	};
}

/** From a key going down to the frame that shows it, in milliseconds: the median over many. */
async function typed(context: BrowserContext, href: string): Promise<number> {
	const page = await context.newPage();
	await page.goto(href);
	await page.locator('[contenteditable=true]').click();
	await page.evaluate(watchKeys);
	for (let key = 0; key < KEYS; key++) {
		await page.keyboard.press('abcdefgh '.charAt(key % 9));
		await page.waitForTimeout(KEY_EVERY_MS);
	}
	const taken = await page.evaluate(() => (window as unknown as { painted: number[] }).painted);
	await page.close();
	return median(taken);
}

/** Runs in the page: what is posted in a frame's callback comes after that frame was painted. */
function watchKeys(): void {
	const painted: number[] = [];
	(window as unknown as { painted: typeof painted }).painted = painted;
	const onKey = () => {
		const downMs = performance.now();
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => painted.push(performance.now() - downMs);
			port2.postMessage(undefined);
		});
	};
	window.addEventListener('keydown', onKey, { capture: true });
}

/** Runs in the page: notes when each part is first there. */
function watch(): void {
	const seen = { text: 0, editor: 0, charts: 0 };
	(window as unknown as { seen: typeof seen }).seen = seen;
	const look = () => {
		seen.text ||= document.querySelector('.prose-text')?.textContent ? performance.now() : 0;
		seen.editor ||= document.querySelector('[contenteditable=true]') ? performance.now() : 0;
		seen.charts ||= document.querySelectorAll('canvas').length >= 6 ? performance.now() : 0;
		if (performance.now() < 20_000) requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}

/** Puts a meeting onto the server, as any tool could. */
async function fill(
	server: Downbeat,
	{ space, token }: { space: string; token: string },
	document: string,
	meeting: Meeting
): Promise<void> {
	const tool = stock(`${server.url.replace('http', 'ws')}/sync`, `${space}/${document}`, { token });
	await synced(tool);
	meetingDoc.seed(tool.doc, meeting);
	const reader = stock(`${server.url.replace('http', 'ws')}/sync`, `${space}/${document}`, { token });
	await until([reader.doc], () => meetingDoc.read(reader.doc).value.agenda.length === meeting.agenda.length);
	for (const client of [tool, reader]) client.stop();
}

/** Half a year of days for each chart. */
async function sendPoints(
	server: Downbeat,
	{ space, token }: { space: string; token: string }
): Promise<void> {
	const points = Array.from({ length: POINTS }, (_, index) => ({
		at: new Date(Date.now() - index * DAY_MS).toISOString(),
		value: 100 + Math.sin(index / 9) * 20
	}));
	for (let index = 0; index < CHARTS; index++) {
		const answer = await fetch(`${server.url}/api/v1/spaces/${space}/kpis/kpi-${index}/points`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify({ points })
		});
		if (!answer.ok) throw new Error(`points were refused: ${await answer.text()}`);
	}
}

function fullMeeting(): Meeting {
	const agenda = Array.from({ length: ITEMS }, (_, index) => ({
		id: `i${index}` as RowId,
		order: `a${index.toString(36)}`,
		title: `Item ${index + 1} of a full meeting`,
		minutes: 5
	}));
	const paragraph = (words: number, from: number) =>
		Array.from({ length: words }, (_, index) => `word${from + index}`).join(' ');
	const perItem = Math.ceil(WORDS / ITEMS);
	const notes = Object.fromEntries(
		agenda.map(({ id }, index) => {
			const half = Math.ceil(perItem / 2);
			const text = `## Heading ${index}\n\n${paragraph(half, index * perItem)}\n\n- ${paragraph(half, index * perItem + half)}\n`;
			return [id, [...proseFromMarkdown(text), ...(index === 0 ? charts() : [])]];
		})
	);
	return { ...empty, agenda, notes };
}

const charts = (): readonly ProseBlock[] =>
	Array.from({ length: CHARTS }, (_, index) => ({
		is: 'block',
		type: 'chart',
		key: `chart-${index}`,
		data: { kpi: `kpi-${index}` }
	}));
