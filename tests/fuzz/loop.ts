// Time and chance of a made-up world. Everything that happens in it is a task at a moment of one clock, and runs to
// the end of its promises before the next begins: the same seed gives the same run. Import it before anything else,
// because libraries take hold of clocks and of chance when they are loaded.

import { Random } from '#lib/util/random.ts';

/** Something that has tasks of its own: a device, or one life of a server. */
export interface Realm {
	readonly name: string;
	/** How far its clock on the wall is from the world's. */
	skewMs: number;
	/** What it had still to do is not done any more. */
	isDead: boolean;
}

export const realm = (name: string): Realm => ({ name, skewMs: 0, isDead: false });

interface Task {
	atMs: number;
	order: number;
	readonly realm: Realm;
	readonly run: () => void;
	readonly everyMs: number | undefined;
	isOff: boolean;
}

const real = {
	setTimeout: globalThis.setTimeout,
	clearTimeout: globalThis.clearTimeout,
	setInterval: globalThis.setInterval,
	clearInterval: globalThis.clearInterval,
	setImmediate: globalThis.setImmediate,
	clearImmediate: globalThis.clearImmediate,
	dateNow: Date.now,
	monotoneNow: performance.now.bind(performance),
	chance: Math.random,
	fill: crypto.getRandomValues.bind(crypto)
};

/** Tasks of one moment after which the world is taken to turn in a circle. */
const TASKS_AT_ONCE_MAX = 200_000;

const BEGAN_MS = Date.UTC(2026, 10, 16, 9);

let active: Loop | undefined;

function run(loop: Loop | undefined): void {
	active = loop;
}

/** The world that runs now; there is at most one in a process. */
export function activeLoop(): Loop {
	if (!active) throw new Error('no world is running');
	return active;
}

export class Loop {
	readonly random: Random;
	readonly outside = realm('outside');
	#nowMs = 0;
	#order = 0;
	#heap: Task[] = [];
	#current = this.outside;

	constructor(seed: number) {
		this.random = new Random(seed);
	}

	/** Milliseconds since the world began; never goes back. */
	get elapsedMs(): number {
		return this.#nowMs;
	}

	/** What the clock on the wall of the realm that acts now says. */
	get wallMs(): number {
		return this.wallOf(this.#current);
	}

	wallOf({ skewMs }: Realm): number {
		return BEGAN_MS + this.#nowMs + skewMs;
	}

	get current(): Realm {
		return this.#current;
	}

	/** From now on clocks, timers and chance of this process are those of this world. */
	begin(): void {
		if (active) throw new Error('a world is running already');
		run(this);
	}

	end(): void {
		run(undefined);
		this.#heap = [];
	}

	post(delayMs: number, run: () => void, options: { realm?: Realm; everyMs?: number } = {}): Task {
		const task: Task = {
			atMs: this.#nowMs + Math.max(0, delayMs),
			order: ++this.#order,
			realm: options.realm ?? this.#current,
			run,
			everyMs: options.everyMs,
			isOff: false
		};
		this.#push(task);
		return task;
	}

	/** Does something in the name of `realm`, and all that follows from it at once. */
	async act<T>(by: Realm, work: () => T): Promise<T> {
		const before = this.#current;
		this.#current = by;
		try {
			return work();
		} finally {
			await settled();
			this.#current = before;
		}
	}

	/** The same for what takes time: lets it pass until the work is done. */
	async see<T>(by: Realm, work: () => Promise<T>): Promise<T> {
		const { begun } = await this.act(by, () => ({ begun: work() }));
		return this.untilDone(begun);
	}

	async advance(byMs: number): Promise<void> {
		await this.until(() => false, byMs);
	}

	/** Lets time pass until `claim` holds; false when it did not within `withinMs`, which then have passed. */
	async until(claim: () => boolean, withinMs: number): Promise<boolean> {
		const endMs = this.#nowMs + withinMs;
		let atOnce = 0;
		while (!claim()) {
			const next = this.#heap[0];
			if (!next || next.atMs > endMs) {
				this.#nowMs = endMs;
				return false;
			}
			atOnce = next.atMs > this.#nowMs ? 0 : atOnce + 1;
			if (atOnce > TASKS_AT_ONCE_MAX) throw new Error(`time stands still at ${this.#nowMs} ms`);
			this.#pop();
			await this.#do(next);
		}
		return true;
	}

	/** Lets time pass until `promise` is settled. */
	async untilDone<T>(promise: Promise<T>, withinMs = 60_000): Promise<T> {
		let isDone = false;
		const end = () => (isDone = true);
		promise.then(end, end);
		await settled();
		if (!(await this.until(() => isDone, withinMs))) throw new Error(`not done after ${withinMs} ms`);
		return promise;
	}

	async #do(task: Task): Promise<void> {
		if (task.isOff || task.realm.isDead) return;
		this.#nowMs = Math.max(this.#nowMs, task.atMs);
		if (task.everyMs !== undefined) {
			task.atMs = this.#nowMs + task.everyMs;
			task.order = ++this.#order;
			this.#push(task);
		}
		await this.act(task.realm, task.run);
	}

	#push(task: Task): void {
		const heap = this.#heap;
		let at = heap.push(task) - 1;
		while (at > 0) {
			const above = (at - 1) >> 1;
			if (!isBefore(task, heap[above] as Task)) break;
			heap[at] = heap[above] as Task;
			at = above;
		}
		heap[at] = task;
	}

	#pop(): void {
		const heap = this.#heap;
		const last = heap.pop() as Task;
		if (heap.length === 0) return;
		let at = 0;
		for (;;) {
			let below = 2 * at + 1;
			if (below >= heap.length) break;
			if (below + 1 < heap.length && isBefore(heap[below + 1] as Task, heap[below] as Task)) below++;
			if (!isBefore(heap[below] as Task, last)) break;
			heap[at] = heap[below] as Task;
			at = below;
		}
		heap[at] = last;
	}
}

const isBefore = (a: Task, b: Task) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** Every promise that can be kept without more time is kept. */
const settled = () => new Promise<void>((resolve) => void real.setImmediate(resolve));

/** What a timer function gives; Node's own have these too. */
const handleOf = (task: Task) => ({ task, ref: () => handleOf(task), unref: () => handleOf(task) });
type Handle = ReturnType<typeof handleOf>;

type Callback = (...args: unknown[]) => void;

/** The world's while one runs, the machine's own otherwise. */
function timers(kind: 'Timeout' | 'Interval' | 'Immediate') {
	const [set, clear] = [`set${kind}`, `clear${kind}`] as const;
	return {
		[set]: (run: Callback, ...rest: unknown[]) => {
			if (!active) return (real[set] as (...args: unknown[]) => unknown)(run, ...rest);
			const [delay, args] = kind === 'Immediate' ? [0, rest] : [Number(rest[0] ?? 0), rest.slice(1)];
			const atLeastMs = kind === 'Immediate' ? 0 : Math.max(1, delay);
			const every = kind === 'Interval' ? { everyMs: atLeastMs } : {};
			return handleOf(active.post(atLeastMs, () => run(...args), every));
		},
		[clear]: (handle: Handle | undefined) => {
			if (handle?.task) handle.task.isOff = true;
			else (real[clear] as (handle: unknown) => void)(handle);
		}
	};
}

Object.assign(globalThis, timers('Timeout'), timers('Interval'), timers('Immediate'));
Date.now = () => active?.wallMs ?? real.dateNow();
performance.now = () => active?.elapsedMs ?? real.monotoneNow();
Math.random = () => active?.random.next() ?? real.chance();
crypto.getRandomValues = <T extends ArrayBufferView | null>(into: T): T => {
	if (!active || !into) return real.fill(into as never);
	const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
	for (let index = 0; index < bytes.length; index++) bytes[index] = active.random.below(256);
	return into;
};
