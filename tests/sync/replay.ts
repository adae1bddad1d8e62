import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import { expect } from 'vitest';
import type * as Y from 'yjs';
import { Random } from '#lib/util/random.ts';
import { Device, type Tab } from './devices.ts';
import { startSync, stock, until } from './harness.ts';
import { Proxy } from './proxy.ts';
import { readTrace, TraceBook } from './trace.ts';

const SEED = Number(process.env['DOWNBEAT_SEED'] ?? 20261121);

/** One of the people of a trace, on a device whose network is cut now and then and whose tab is closed and reopened. */
class Author {
	readonly #device: Device;
	readonly #proxy: Proxy;
	tab: Tab;
	#isCut = false;

	private constructor(device: Device, proxy: Proxy, tab: Tab) {
		this.#device = device;
		this.#proxy = proxy;
		this.tab = tab;
	}

	static async start(port: number): Promise<Author> {
		const proxy = await new Proxy(port).start();
		const device = new Device(`ws://127.0.0.1:${proxy.port}/sync`);
		return new Author(device, proxy, await device.tab());
	}

	get text(): Y.Text {
		return this.tab.doc.getText('t');
	}

	toggleNetwork(): void {
		this.#isCut = !this.#isCut;
		if (this.#isCut) this.#proxy.cut();
		else this.mend();
	}

	mend(): void {
		this.#isCut = false;
		this.#proxy.mend();
		this.tab.engine.nudge();
	}

	/** As when a phone drops the page: what is on the disk is all that is left. */
	async reopen(): Promise<void> {
		await this.tab.close();
		this.tab = await this.#device.tab();
	}

	async stop(): Promise<void> {
		await this.tab.close();
		await this.#proxy.stop();
	}
}

/**
 * Types a recorded session into real clients of a real server, while networks are cut and tabs closed and reopened at
 * random. Fails unless every copy ends in the session's end.
 */
export async function replay(name: string): Promise<void> {
	const random = new Random(SEED);
	const book = new TraceBook(readTrace(name));
	book.findClashes();
	const server = await startSync();
	const authors: Author[] = [];
	for (let agent = 0; agent < book.trace.numAgents; agent++) authors.push(await Author.start(server.port));
	let [cuts, reopened] = [0, 0];

	for (const [index, { agent }] of book.trace.txns.entries()) {
		const author = authors[agent];
		if (!author) throw new Error(`trace ${name} has no agent ${agent}`);
		if (!book.canWrite(author.tab.doc, index)) {
			for (const each of authors) each.mend();
			await author.tab.until(({ doc }) => book.canWrite(doc, index));
		}
		book.write(author.text, index);
		if (random.chance(0.002)) [cuts] = [cuts + 1, random.pick(authors).toggleNetwork()];
		if (random.chance(0.0005)) [reopened] = [reopened + 1, await random.pick(authors).reopen()];
		if (index % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
	}

	for (const author of authors) author.mend();
	await Promise.all(authors.map(({ tab }) => tab.settled()));
	const tool = stock(server.url);
	await until([tool.doc], () => tool.text.toString() === book.trace.endContent);
	for (const { tab, text } of authors) {
		await tab.until(() => text.toString() === book.trace.endContent);
		expect(tab.engine.facts.kept).toBe(0);
	}
	process.stdout.write(
		`trace ${name}, seed ${SEED}: ${book.trace.txns.length} transactions, ${cuts} cuts, ${reopened} reopened\n`
	);
	expect([cuts > 5, reopened > 3]).toEqual([true, true]);
	tool.stop();
	for (const author of authors) await author.stop();
	await server.stop();
}
