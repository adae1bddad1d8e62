import type * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import { placesTouched } from '#lib/docs/touched.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { NewRow } from '#lib/sync/device-store.ts';
import { DexieStore } from '#lib/sync/dexie-store.ts';
import { DocEngine } from '#lib/sync/engine.ts';
import { closeChannels } from './browser.ts';
import { activeLoop, realm, type Realm } from './loop.ts';
import { DOCUMENT } from './server.ts';
import { idsOf, IdSet, type Ids } from './truth.ts';

/** One thing that somebody did. */
export interface Edit {
	readonly number: number;
	readonly tab: Tab;
	readonly ids: Ids;
	readonly places: readonly string[];
	readonly atMs: number;
	/** The tab went while it alone had it: it may be gone, or not. */
	isDoubtful: boolean;
}

let devicesMade = 0;

/** Somebody's browser: a disk of its own, and up to two tabs. */
export class Device {
	readonly name: string;
	/** Of no other device in this process: worlds come one after another. */
	readonly database: string;
	readonly realm: Realm;
	readonly tabs: Tab[] = [];
	/** What its disk has confirmed, or at least holds. */
	readonly onDisk = new IdSet();
	readonly edits: Edit[] = [];
	isFull = false;
	readonly #disks = new Set<Disk>();
	#tabsMade = 0;

	constructor(name: string) {
		this.name = name;
		this.database = `${name}-${++devicesMade}`;
		this.realm = realm(name);
	}

	/** Of a disk that was closed in order, and may be opened again in the same visit. */
	async open(disk = new Disk(this)): Promise<Tab> {
		const loop = activeLoop();
		const host = `${this.name}.t${++this.#tabsMade}`;
		this.#disks.add(disk);
		const engine = await loop.see(this.realm, () =>
			DocEngine.open({
				name: DOCUMENT,
				store: disk,
				url: `ws://${host}/sync`,
				token: this.name,
				nowMs: Date.now
			})
		);
		const tab = new Tab({ device: this, host, disk, engine });
		this.tabs.push(tab);
		return tab;
	}

	/** The world ends. */
	forget(): void {
		for (const disk of this.#disks) disk.close();
		indexedDB.deleteDatabase(this.database);
	}
}

/** A disk that takes its time, may be full, and loses what was not on it when the tab crashes. */
export class Disk extends DexieStore {
	readonly #device: Device;
	#freeAtMs = 0;
	readonly #turns = new Set<(error: Error) => void>();
	#isCrashed = false;
	/** It refused the last thing that it was given. */
	isRefusing = false;

	constructor(device: Device) {
		super({ name: device.database });
		this.#device = device;
	}

	override async append(doc: string, rows: readonly NewRow[], opening: string): Promise<readonly number[]> {
		await this.#turn();
		this.isRefusing ||= this.#device.isFull;
		if (this.#device.isFull) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
		const numbers = await super.append(doc, rows, opening);
		for (const { update } of rows) this.#device.onDisk.add(idsOf(update));
		await this.#turn();
		this.isRefusing = false;
		return numbers;
	}

	override async release(rows: readonly number[]): Promise<void> {
		await this.#turn();
		await super.release(rows);
	}

	override async fold(...args: Parameters<DexieStore['fold']>): Promise<number> {
		await this.#turn();
		return super.fold(...args);
	}

	crash(): void {
		this.#isCrashed = true;
		for (const reject of this.#turns) reject(gone());
	}

	/** As in a browser, what is asked first is done first. After a crash nothing is done any more. */
	#turn(): Promise<void> {
		const loop = activeLoop();
		const { random } = loop;
		this.#freeAtMs = Math.max(this.#freeAtMs, loop.elapsedMs + random.below(random.chance(0.05) ? 300 : 3));
		const delayMs = this.#freeAtMs - loop.elapsedMs;
		return new Promise((resolve, reject) => {
			if (this.#isCrashed) reject(gone());
			this.#turns.add(reject);
			loop.post(delayMs, () => {
				this.#turns.delete(reject);
				resolve();
			});
		});
	}
}

const gone = () => new Error('the tab is gone');

let editsMade = 0;

export class Tab {
	readonly device: Device;
	readonly host: string;
	readonly disk: Disk;
	readonly engine: DocEngine;
	/** What was done here and is not in the server's log, as far as one has looked. */
	pending: Edit[] = [];
	readonly clients = new Set<number>();
	lastEdit: Edit | undefined;
	/** When it last exchanged all with the server. */
	exchangedAtMs = 0;

	constructor(options: { device: Device; host: string; disk: Disk; engine: DocEngine }) {
		this.device = options.device;
		this.host = options.host;
		this.disk = options.disk;
		this.engine = options.engine;
		let hasExchanged = false;
		this.engine.onChange(() => {
			if (this.engine.facts.hasExchanged && !hasExchanged) this.exchangedAtMs = activeLoop().elapsedMs;
			hasExchanged = this.engine.facts.hasExchanged;
		});
		this.doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
			if (origin instanceof UserEdit) this.#did(update, placesTouched(transaction));
		});
	}

	get doc(): Y.Doc {
		return this.engine.doc;
	}

	/** Undefined when nothing came of it. */
	async edit(change: () => void): Promise<Edit | undefined> {
		this.lastEdit = undefined;
		const edit = new UserEdit(`p-${this.device.name}` as PersonId, 'fuzz');
		await activeLoop().act(this.device.realm, () => this.doc.transact(change, edit));
		return this.lastEdit;
	}

	async connect(): Promise<void> {
		await activeLoop().act(this.device.realm, () => this.engine.connect());
	}

	async nudge(): Promise<void> {
		await activeLoop().act(this.device.realm, () => this.engine.nudge());
	}

	/** In order. Gives its disk, which stays open. */
	async close(): Promise<Disk> {
		await activeLoop().see(this.device.realm, () => this.engine.close());
		this.#gone();
		return this.disk;
	}

	/** In the middle of whatever it is doing. */
	async crash(): Promise<void> {
		this.disk.crash();
		closeChannels(this.host);
		// Nothing of this reaches the disk, the wire or another tab: it only stops the timers.
		await activeLoop().act(this.device.realm, () => void this.engine.close());
		this.#gone();
	}

	#gone(): void {
		closeChannels(this.host);
		this.device.tabs.splice(this.device.tabs.indexOf(this), 1);
		for (const edit of this.pending) edit.isDoubtful = !this.device.onDisk.has(edit.ids);
	}

	#did(update: Uint8Array, places: readonly string[]): void {
		const atMs = activeLoop().elapsedMs;
		const edit = { number: ++editsMade, tab: this, ids: idsOf(update), places, atMs, isDoubtful: false };
		for (const { client } of edit.ids.structs) this.clients.add(client);
		this.lastEdit = edit;
		this.pending.push(edit);
		this.device.edits.push(edit);
	}
}
