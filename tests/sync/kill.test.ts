import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type * as Y from 'yjs';
import * as z from 'zod';
import { Random } from '#lib/util/random.ts';
import { runCommand, startChild } from '../server/child-process.ts';
import { Device } from './devices.ts';
import { stock, synced, until } from './harness.ts';

const SEED = Number(process.env['DOWNBEAT_SEED'] ?? 20261121);
const TRIALS = 20;

/** One person at the keyboard: types a word every few milliseconds, and sees what others typed. */
class Writer {
	readonly #doc: Y.Doc;
	readonly #name: string;
	readonly seen = new Set<string>();
	#count = 0;
	#timer: ReturnType<typeof setInterval> | undefined;

	constructor(name: string, doc: Y.Doc) {
		this.#name = name;
		this.#doc = doc;
		this.words.observe((event, transaction) => {
			if (!transaction.local) for (const key of event.keys.keys()) this.seen.add(key);
		});
	}

	get words(): Y.Map<unknown> {
		return this.#doc.getMap('agenda');
	}

	type(everyMs: number): void {
		this.#timer = setInterval(() => this.words.set(`${this.#name}-${this.#count++}`, true), everyMs);
	}

	rest(): void {
		clearInterval(this.#timer);
	}
}

test(`[SV2] ${TRIALS} times kill -9 under typing: whatever was seen by another or acknowledged is there afterwards`, async () => {
	const random = new Random(SEED);
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-kill-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const made = await runCommand(folder, 'space', 'create', 'Kill trials');
	const { space, token } = z.object({ space: z.string(), token: z.string() }).parse(JSON.parse(made.out));
	let [seenInAll, acknowledgedInAll] = [0, 0];

	for (let trial = 0; trial < TRIALS; trial++) {
		const name = `${space}/trial-${trial}`;
		const server = await startChild({ DOWNBEAT_DATA: folder });
		const url = `${server.url.replace('http', 'ws')}/sync`;
		const tools = [stock(url, name, { token }), stock(url, name, { token })];
		const tabs = await Promise.all([0, 1].map(() => new Device(url).tab({ name, token })));
		await Promise.all([...tools.map(synced), ...tabs.map((tab) => tab.settled())]);
		const writers = [...tools, ...tabs].map(({ doc }, index) => new Writer(`w${index}`, doc));

		for (const writer of writers) writer.type(1 + random.below(4));
		const first = tabs[0];
		if (!first) throw new Error('no tab');
		const enough = 20 + random.below(200);
		await first.until(({ rows }) => rows.size > enough);
		server.process.kill('SIGKILL');
		await server.ended;
		for (const writer of writers) writer.rest();
		const seen = new Set(writers.flatMap((writer) => [...writer.seen]));
		const acknowledged = tabs.flatMap((tab, index) => {
			const kept = new Set(tab.engine.kept.map(({ place }) => place.replace('agenda/', '')));
			return [...tab.rows.keys()].filter((key) => key.startsWith(`w${index + 2}-`) && !kept.has(key));
		});
		for (const tool of tools) tool.stop();
		for (const tab of tabs) await tab.close();

		const again = await startChild({ DOWNBEAT_DATA: folder });
		const fresh = stock(`${again.url.replace('http', 'ws')}/sync`, name, { token });
		await synced(fresh);
		await until([fresh.doc], () => fresh.provider.synced);
		const there = new Set(fresh.doc.getMap('agenda').keys());
		const lost = [...seen, ...acknowledged].filter((key) => !there.has(key));
		expect(lost, `trial ${trial}, seed ${SEED}`).toEqual([]);
		seenInAll += seen.size;
		acknowledgedInAll += acknowledged.length;
		fresh.stop();
		again.process.kill('SIGTERM');
		expect((await again.ended).code).toBe(0);
	}
	process.stdout.write(
		`${TRIALS} trials, seed ${SEED}: ${seenInAll} words seen by others, ${acknowledgedInAll} acknowledged, 0 lost\n`
	);
	expect(seenInAll).toBeGreaterThan(TRIALS * 20);
	expect(acknowledgedInAll).toBeGreaterThan(TRIALS * 5);
}, 240_000);
