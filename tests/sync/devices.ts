import 'fake-indexeddb/auto';
import type * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { DexieStore } from '#lib/sync/dexie-store.ts';
import { DocEngine, type Returned } from '#lib/sync/engine.ts';

let made = 0;

/** Somebody's browser: a store of its own, and as many tabs and visits as a test opens. */
export class Device {
	readonly database = `device-${++made}`;
	readonly #url: string;
	readonly #open = new Set<Tab>();

	/** Two devices in one process must not find each other's tabs: each gets its own spelling of the address. */
	constructor(url: string) {
		this.#url = url.replace('/sync', `${'/.'.repeat(made)}/sync`);
	}

	async tab(
		options: { name?: string; token?: string; store?: DexieStore; offline?: boolean } = {}
	): Promise<Tab> {
		const store = options.store ?? new DexieStore({ name: this.database });
		const engine = await DocEngine.open({
			name: options.name ?? 'acme/m-ops',
			store,
			url: this.#url,
			token: options.token ?? 'editor',
			nowMs: Date.now
		});
		const tab = new Tab(engine, store);
		this.#open.add(tab);
		if (!options.offline) engine.connect();
		return tab;
	}

	async closeAll(): Promise<void> {
		for (const tab of this.#open) await tab.close();
	}
}

export class Tab {
	readonly engine: DocEngine;
	readonly store: DexieStore;
	readonly returned: Returned[] = [];

	constructor(engine: DocEngine, store: DexieStore) {
		this.engine = engine;
		this.store = store;
		engine.onReturn((returned) => this.returned.push(returned));
	}

	get doc(): Y.Doc {
		return this.engine.doc;
	}

	get rows(): Y.Map<unknown> {
		return this.doc.getMap('agenda');
	}

	get text(): string {
		return [...this.rows.entries()]
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, value]) => `${key}=${String(value)}`)
			.join(' ');
	}

	set(key: string, value: string): void {
		this.doc.transact(() => this.rows.set(key, value), new UserEdit('p-1' as PersonId, 'test'));
	}

	remove(key: string): void {
		this.doc.transact(() => this.rows.delete(key), new UserEdit('p-1' as PersonId, 'test'));
	}

	/** Resolves when `claim` holds, asked again whenever the engine or the document changes. */
	until(claim: (tab: Tab) => boolean): Promise<void> {
		return new Promise((resolve) => {
			const stops: (() => void)[] = [];
			const check = () => {
				if (!claim(this)) return;
				for (const stop of stops.splice(0)) stop();
				resolve();
			};
			this.doc.on('update', check);
			stops.push(() => this.doc.off('update', check), this.engine.onChange(check));
			check();
		});
	}

	settled(): Promise<void> {
		return this.until(({ engine }) => engine.isSettled);
	}

	/** As a crash would: nothing is flushed, nobody is told. */
	async close(): Promise<void> {
		await this.engine.close();
		this.store.close();
	}
}
