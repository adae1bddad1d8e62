import type { SpaceId } from '../domain/id.ts';
import type { DeviceStore } from '../sync/device-store.ts';
import type { DocEngine } from '../sync/engine.ts';
import type { SyncBoard } from './sync-board.svelte.ts';

/** At most so many documents are brought up to date in the background at once. */
const AT_ONCE_MAX = 2;

/**
 * Sends what earlier visits left in documents that nobody has open, and fetches documents that will be needed soon,
 * so that they open with no network.
 */
export class Keeper {
	readonly #store: DeviceStore;
	readonly #space: SpaceId;
	readonly #openEngine: (document: string) => Promise<DocEngine>;
	readonly #board: SyncBoard;
	readonly #kept: (document: string, engine: DocEngine) => void;
	readonly #waiting = new Set<string>();
	readonly #working = new Map<string, Promise<DocEngine>>();
	/** Documents of which the server does not take what is kept: they stay until somebody decides, and take no turn. */
	readonly #stuck = new Set<string>();
	#isClosed = false;

	constructor(options: {
		store: DeviceStore;
		space: SpaceId;
		openEngine: (document: string) => Promise<DocEngine>;
		board: SyncBoard;
		/** A document is on this device as it is on the server; it is closed next. */
		kept: (document: string, engine: DocEngine) => void;
	}) {
		this.#store = options.store;
		this.#space = options.space;
		this.#openEngine = options.openEngine;
		this.#board = options.board;
		this.#kept = options.kept;
	}

	/** Looks on the disk for what was left, and begins to send it. */
	async start(): Promise<void> {
		const kept = await this.#store.keptElsewhere(`${this.#space}/`);
		this.keep([...kept.keys()].map((doc) => doc.slice(doc.indexOf('/') + 1)));
	}

	keep(documents: readonly string[]): void {
		for (const document of documents) if (!this.#working.has(document)) this.#waiting.add(document);
		this.#next();
	}

	/** Somebody opens the document: it is theirs. Resolves when this let go of it. */
	async letGo(document: string): Promise<void> {
		this.#waiting.delete(document);
		const working = this.#working.get(document);
		this.#working.delete(document);
		this.#stuck.delete(document);
		if (working) await this.#close(await working);
	}

	close(): void {
		this.#isClosed = true;
		for (const document of this.#working.keys()) void this.letGo(document);
	}

	#next(): void {
		for (const document of this.#waiting) {
			if (this.#isClosed || this.#working.size - this.#stuck.size >= AT_ONCE_MAX) return;
			this.#waiting.delete(document);
			this.#working.set(document, this.#work(document));
		}
	}

	async #work(document: string): Promise<DocEngine> {
		const engine = await this.#openEngine(document);
		this.#board.add(engine);
		engine.onChange(() => {
			if (engine.facts.rejected > 0 && !this.#stuck.has(document)) {
				this.#stuck.add(document);
				this.#next();
			}
			if (!engine.isSettled || !this.#working.has(document)) return;
			this.#kept(document, engine);
			void this.letGo(document).then(() => this.#next());
		});
		engine.connect();
		return engine;
	}

	async #close(engine: DocEngine): Promise<void> {
		this.#board.remove(engine);
		await engine.close();
	}
}
