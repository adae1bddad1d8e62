import type { Client } from './client.ts';
import { createTypedReader, keystroke } from './keystrokes.ts';
import { Latencies } from './latencies.ts';

// People at work in documents: some type, all see it. Each character is timed from the keystroke to each of the others.

export interface Group {
	readonly clients: readonly Client[];
	/** Those of them who type. */
	readonly typists: readonly Client[];
}

interface Typist {
	readonly client: Client;
	readonly othersCount: number;
	/** When each character was sent. */
	readonly sentAtMs: number[];
}

export class Typing {
	readonly latencies = new Latencies();
	/** Characters that reached somebody else, and how many of them were to. */
	delivered = 0;
	expected = 0;
	typed = 0;
	readonly #typists: Typist[] = [];
	readonly #byNumber = new Map<number, Typist>();
	readonly #random: () => number;

	constructor(groups: readonly Group[], seed = 1) {
		this.#random = randomOf(seed);
		for (const { clients, typists } of groups) {
			for (const client of typists) {
				const typist = { client, othersCount: clients.length - 1, sentAtMs: [] };
				this.#typists.push(typist);
				this.#byNumber.set(client.number, typist);
			}
			const typedIn = createTypedReader();
			for (const client of clients) client.onUpdate = (update) => this.#hear(client, typedIn(update));
		}
	}

	/** Forgets what was counted so far: the warming up is over. */
	clear(): void {
		this.latencies.clear();
		this.delivered = this.expected = this.typed = 0;
	}

	/**
	 * Everybody types for `ms`, `perSecond` characters a second in all, at random moments. Resolves right after the last;
	 * `arrived` then waits for what is under way.
	 */
	async type(ms: number, perSecond: number): Promise<void> {
		const startMs = performance.now();
		let dueMs = this.#pauseMs(perSecond);
		while (dueMs < ms) {
			const nowMs = performance.now() - startMs;
			while (dueMs <= nowMs && dueMs < ms) {
				this.#strike();
				dueMs += this.#pauseMs(perSecond);
			}
			await new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.floor(dueMs - nowMs))));
		}
	}

	/** Whether everything arrived within `ms`. */
	async arrived(ms: number): Promise<boolean> {
		const untilMs = performance.now() + ms;
		while (this.delivered < this.expected && performance.now() < untilMs)
			await new Promise((resolve) => setTimeout(resolve, 10));
		return this.delivered >= this.expected;
	}

	/** As if all together were one Poisson process. */
	#pauseMs(perSecond: number): number {
		return (-Math.log(1 - this.#random()) * 1_000) / perSecond;
	}

	#strike(): void {
		const typist = this.#typists[Math.floor(this.#random() * this.#typists.length)];
		if (!typist) throw new Error('nobody types');
		const update = keystroke(typist.client.number, typist.sentAtMs.length);
		typist.sentAtMs.push(performance.now());
		typist.client.change(update);
		this.expected += typist.othersCount;
		this.typed++;
	}

	#hear(client: Client, typed: ReturnType<ReturnType<typeof createTypedReader>>): void {
		const nowMs = performance.now();
		for (const { client: number, clock, length } of typed) {
			if (number === client.number) continue;
			const sentAtMs = this.#byNumber.get(number)?.sentAtMs;
			if (!sentAtMs) continue;
			for (let at = clock; at < clock + length; at++) {
				this.delivered++;
				this.latencies.add(nowMs - (sentAtMs[at] ?? nowMs));
			}
		}
	}
}

/** mulberry32: the same moments for every server. */
export function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
