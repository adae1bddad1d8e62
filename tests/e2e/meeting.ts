import type { Locator, Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { expect, type Downbeat, type Visitor } from './downbeat.ts';

export interface At {
	readonly space: string;
	readonly token: string;
}

/** A meeting as somebody has it before them on a wide screen. */
export class MeetingScreen {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** The same meeting, before somebody else or in another tab. */
	async openFor(page: Page): Promise<MeetingScreen> {
		await page.goto(this.page.url().replace(/\?.*/, ''));
		const other = new MeetingScreen(page);
		await expect(other.agenda).toBeVisible();
		return other;
	}

	get agenda(): Locator {
		return this.page.getByRole('region', { name: 'Agenda', exact: true });
	}

	/** The titles of the items, in order. */
	get titles(): Locator {
		return this.agenda.locator('[data-row] [data-open]');
	}

	row(title: string): Locator {
		return this.agenda.getByRole('button', { name: title, exact: true });
	}

	get notes(): Locator {
		return this.page.getByRole('textbox', { name: 'Notes' });
	}

	get dock(): Locator {
		return this.page.getByRole('region', { name: 'Meeting controls' });
	}

	/** “3:12”, “+0:12”, as shown. */
	get digits(): Locator {
		return this.dock.getByRole('timer').locator('b');
	}

	get parkingLot(): Locator {
		return this.page.getByRole('region', { name: 'Parking lot', exact: true });
	}

	get pill(): Locator {
		return this.page.getByRole('button', {
			name: /^(Synced|Syncing|Offline|Reconnecting|Sync paused|In this tab only)/
		});
	}

	/** “Back online…” and what else is said about where the work is. */
	get strip(): Locator {
		return this.page.getByRole('status').filter({ hasText: /Back online|offline/ });
	}

	/** Another person's caret, with the name that flies on it. */
	caretOf(name: string): Locator {
		return this.page.locator('.remote-caret', { hasText: name });
	}

	async addItems(...lines: readonly string[]): Promise<void> {
		const isFirst = this.page.getByRole('button', { name: 'Add the first item' });
		const more = this.agenda.getByRole('button', { name: 'Add item', exact: true });
		await isFirst.or(more).first().click();
		const field = this.page.getByLabel('New item');
		for (const line of lines) {
			await field.fill(line);
			await field.press('Enter');
			await expect(field).toHaveValue('');
		}
		await field.press('Escape');
	}

	async choose(title: string, verb: string): Promise<void> {
		await this.agenda.getByRole('button', { name: `More about ${title}`, exact: true }).click();
		await this.page.getByRole('menuitem', { name: verb }).click();
	}

	async rename(title: string, next: string): Promise<void> {
		await this.row(title).focus();
		await this.page.keyboard.press('F2');
		const form = this.page.getByRole('group', { name: 'Edit item' });
		await form.getByLabel('Title').fill(next);
		await form.getByLabel('Title').press('Enter');
	}

	/** Puts the caret at an end of the notes' first paragraph. */
	async writeAt(end: 'Home' | 'End'): Promise<void> {
		await this.notes.locator('p').first().click();
		await this.page.keyboard.press(end);
	}

	/** Types one word after the other, as people do. */
	async type(words: readonly string[], delayMs = 40): Promise<void> {
		for (const word of words) await this.page.keyboard.type(`${word} `, { delay: delayMs });
	}

	/** The paragraphs and other blocks of the notes, as text. */
	text(): Promise<string> {
		return this.notes.innerText();
	}

	/** The ids of the items, in order. */
	itemIds(): Promise<readonly string[]> {
		return this.agenda
			.locator('[data-row]')
			.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row') ?? ''));
	}
}

/** Makes a meeting with an agenda, and opens it. */
export async function planMeeting(
	{ page }: Visitor,
	title: string,
	items: readonly string[]
): Promise<MeetingScreen> {
	await page
		.getByRole('button', { name: /^New( meeting)?$/ })
		.first()
		.click();
	await page.getByLabel('Title').fill(title);
	await page.getByRole('button', { name: 'Make meeting' }).click();
	await expect(page).toHaveURL(/\/meeting\/m-/);
	const screen = new MeetingScreen(page);
	await screen.addItems(...items);
	await expect(screen.titles).toHaveCount(items.length);
	return screen;
}

/** Words that nobody else types: “ada-0 ada-1 …”. */
export const wordsOf = (name: string, count: number, from = 0): readonly string[] =>
	Array.from({ length: count }, (_, index) => `${name}${from + index}x`);

/** Whatever any tab of somebody's browser said on its sync pill, and when. Listens from the next page load on. */
export class PillLog {
	readonly said: { readonly atMs: number; readonly words: string }[] = [];

	static async of({ context }: Visitor): Promise<PillLog> {
		const log = new PillLog();
		await context.exposeFunction('pillSays', (words: string) => {
			log.said.push({ atMs: Date.now(), words });
		});
		await context.addInitScript(() => {
			let last = '';
			const known = /^(Synced|Syncing|Offline|Reconnecting|Sync paused|In this tab only)/;
			setInterval(() => {
				const pill = [...document.querySelectorAll('button')].find((one) =>
					known.test(one.textContent.trim())
				);
				const words = pill?.textContent.trim() ?? '';
				if (words === last) return;
				last = words;
				(window as unknown as { pillSays(words: string): void }).pillSays(words);
			}, 40);
		});
		return log;
	}

	/** Everything that stood on the pill between two moments, what stood there at the first one too. */
	between(fromMs: number, toMs: number): readonly string[] {
		const before = this.said.findLast(({ atMs }) => atMs <= fromMs);
		const during = this.said.filter(({ atMs }) => atMs > fromMs && atMs < toMs);
		return [...(before ? [before] : []), ...during].map(({ words }) => words);
	}
}

/** An unmodified y-websocket client in a document of a space, as any Yjs tool is one. */
export class StockClient {
	readonly doc = new Y.Doc();
	readonly #provider: WebsocketProvider;

	private constructor(downbeat: Downbeat, at: At, document: string) {
		const url = `${downbeat.url.replace(/^http/, 'ws')}/sync`;
		this.#provider = new WebsocketProvider(url, `${at.space}/${document}`, this.doc, {
			params: { token: at.token },
			WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
			disableBc: true
		});
	}

	/** Resolves when it has what the server has. `screen`: the meeting it enters. */
	static async enter(downbeat: Downbeat, at: At, screen: MeetingScreen): Promise<StockClient> {
		const document = /\/meeting\/(m-[^/?]+)/.exec(screen.page.url())?.[1] ?? '';
		const client = new StockClient(downbeat, at, document);
		await expect.poll(() => client.#provider.synced).toBe(true);
		return client;
	}

	notes(item: string): Y.XmlFragment {
		return this.doc.getXmlFragment(`notes.${item}`);
	}

	/** The words of an item's notes. */
	textOf(item: string): string {
		return this.notes(item)
			.toArray()
			.map((block) => (block as Y.XmlElement).toArray().map(String).join(''))
			.join('\n');
	}

	agendaItem(id: string): Y.Map<unknown> {
		return this.doc.getMap<Y.Map<unknown>>('agenda').get(id) as Y.Map<unknown>;
	}

	leave(): void {
		this.#provider.destroy();
		this.doc.destroy();
	}
}
