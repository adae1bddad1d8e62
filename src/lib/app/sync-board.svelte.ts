import type { KeptChange, MissedChange, Return, SyncState } from '../domain/sync-state.ts';
import type { Place } from '../docs/touched.ts';
import type { PlaceWords } from '../kinds/contract.ts';
import type { DeviceStore, KeptPlace } from '../sync/device-store.ts';
import { nextChangeMs, OFFLINE_AFTER_MS, syncStateOf, type SyncFacts } from '../sync/durability.ts';
import type { DocEngine, Returned } from '../sync/engine.ts';
import { missedChanges, returnShape } from './missed-changes.ts';
import { TabTalk } from './tab-talk.ts';

// What the pill, the strip and the change list say, over all documents of a space that are open on this device, and
// over what other tabs and earlier visits left.

/** What the board asks about a document to put a change into words. */
export interface BoardWords {
	/** `doc`: `<space>/<document>`. */
	wordsOf(doc: string, place: Place): PlaceWords;
	/** The name of whoever wrote under a Yjs client number of `doc`, and their id. Undefined when nobody knows. */
	authorOf(doc: string, client: number): { readonly id: string; readonly name: string } | undefined;
	/** A plain value as people say it. */
	valueWords(value: unknown): string;
	/** What stands at a place whose value follows from other rows too; undefined where the field says it. */
	standingAt(doc: string, place: Place): { readonly value: unknown } | undefined;
	/** The rules of a document that a merge has just broken, each as a sentence, and which row it is about. */
	brokenIn(doc: string): readonly { readonly row: string; readonly message: string }[];
}

/** Where there is a change that only this device holds. */
export interface KeptAt extends KeptPlace {
	readonly key: string;
	/** `<space>/<document>`. */
	readonly doc: string;
	/** Whether the device itself has it on disk yet. */
	readonly isOnDisk: boolean;
}

/** Documents come back one after another; what comes within this is one return. */
const ONE_RETURN_MS = 10_000;

/** How soon other tabs hear of a change, and how often the disk is asked at most. */
const TELL_MS = 300;

export class SyncBoard {
	readonly #store: DeviceStore;
	readonly #space: string;
	readonly #words: BoardWords;
	readonly #nowMs: () => number;
	readonly #engines = new Map<DocEngine, (() => void)[]>();
	readonly #tabs: TabTalk;
	#elsewhere: ReadonlyMap<string, readonly KeptPlace[]> = new Map();
	#turn: ReturnType<typeof setTimeout> | undefined;
	#state = $state.raw<SyncState>({ is: 'reconnecting', kept: 0 });
	#keptAt = $state.raw<readonly KeptAt[]>([]);
	/** Worded for whoever reads it alone: a whole document is read for each change. */
	readonly #kept = $derived.by(() => this.#keptAt.map((kept) => this.#keptChange(kept)));
	#notTaken = $state.raw<readonly string[]>([]);
	#unreadable = $state.raw<readonly string[]>([]);
	#returned = $state.raw<Return | undefined>();
	#isReturnShown = $state(false);
	#lastSyncedAtMs = $state.raw<number | undefined>();
	#isByRequests = $state(false);

	constructor(options: { store: DeviceStore; space: string; words: BoardWords; nowMs: () => number }) {
		this.#store = options.store;
		this.#space = options.space;
		this.#words = options.words;
		this.#nowMs = options.nowMs;
		const onHeard = () => void this.lookElsewhere();
		this.#tabs = new TabTalk({
			name: `${options.store.name}:kept:${options.space}`,
			everyMs: TELL_MS,
			onHeard
		});
	}

	/** What the pill says. */
	get state(): SyncState {
		return this.#state;
	}

	/** Where there is something that the server has not acknowledged, newest first. */
	get keptAt(): readonly KeptAt[] {
		return this.#keptAt;
	}

	/** The same in words. */
	get kept(): readonly KeptChange[] {
		return this.#kept;
	}

	/** Documents (`<space>/<document>`) of which the server does not take what is kept here. */
	get notTaken(): readonly string[] {
		return this.#notTaken;
	}

	/** Documents (`<space>/<document>`) of which changes that only this device had cannot be read any more. */
	get unreadable(): readonly string[] {
		return this.#unreadable;
	}

	/** What came of the last reconnection, until `dismissReturn`: the strip knows when it was seen long enough. */
	get returned(): Return | undefined {
		return this.#returned;
	}

	get lastSyncedAtMs(): number | undefined {
		return this.#lastSyncedAtMs;
	}

	/** No websocket gets through: documents are synced by requests instead. */
	get isByRequests(): boolean {
		return this.#isByRequests;
	}

	get isInMemoryAlone(): boolean {
		return [...this.#engines.keys()].some((engine) => engine.isInMemoryAlone);
	}

	add(engine: DocEngine): void {
		const stops = [
			engine.onChange(() => this.#changed()),
			engine.onReturn((returned) => this.#hearReturn(engine, returned))
		];
		this.#engines.set(engine, stops);
		this.#changed();
	}

	remove(engine: DocEngine): void {
		for (const stop of this.#engines.get(engine) ?? []) stop();
		this.#engines.delete(engine);
		void this.lookElsewhere();
	}

	/** What other tabs and earlier visits left on the disk. */
	async lookElsewhere(): Promise<void> {
		this.#elsewhere = await this.#store.keptElsewhere(`${this.#space}/`);
		this.#refresh();
	}

	/** Whether the strip still says so: it goes after a while, the list stays until it is read. */
	get isReturnShown(): boolean {
		return this.#isReturnShown;
	}

	/** The strip stood long enough, or was closed. What others changed stays to be read. */
	hideReturn(): void {
		this.#isReturnShown = false;
		if (this.#returned?.missed.length === 0) this.dismissReturn();
	}

	/** The list was read. */
	dismissReturn(): void {
		this.#returned = undefined;
		this.#isReturnShown = false;
		this.#keepReturned();
	}

	/** The person chose: the change stays in the list and says what. */
	settled(key: string, chosen: string): void {
		if (!this.#returned) return;
		const missed = this.#returned.missed.map((change) =>
			change.key === key ? { ...change, clash: undefined, chosen } : change
		);
		this.#returned = { ...this.#returned, missed };
		this.#keepReturned();
	}

	/** What an earlier visit left unread. */
	async loadReturned(): Promise<void> {
		const kept = returnShape.safeParse(await this.#store.setting(this.#returnedKey));
		if (kept.success && kept.data && !this.#returned) this.#returned = kept.data as Return;
	}

	get #returnedKey(): string {
		return `review:${this.#space}`;
	}

	#keepReturned(): void {
		const worthKeeping = this.#returned?.missed.length ? this.#returned : null;
		// It is a list to read; the changes themselves are safe without it.
		void this.#store.putSetting(this.#returnedKey, worthKeeping).catch(() => undefined);
	}

	/** Tries every connection now. */
	tryNow(): void {
		for (const engine of this.#engines.keys()) engine.nudge();
	}

	async flush(): Promise<void> {
		await Promise.all([...this.#engines.keys()].map((engine) => engine.flush()));
	}

	close(): void {
		clearTimeout(this.#turn);
		for (const engine of [...this.#engines.keys()]) this.remove(engine);
		this.#tabs.close();
	}

	#changed(): void {
		this.#tabs.say();
		this.#refresh();
	}

	#refresh(): void {
		const nowMs = this.#nowMs();
		const kept = this.#collectKept();
		const facts = this.#facts(kept.length);
		const state = syncStateOf(facts, nowMs);
		if (JSON.stringify(state) !== JSON.stringify(this.#state)) this.#state = state;
		if (!isSameList(kept, this.#keptAt)) this.#keptAt = kept;
		const notTaken = this.#collectNotTaken(state, kept);
		if (notTaken.join() !== this.#notTaken.join()) this.#notTaken = notTaken;
		const engines = [...this.#engines.keys()];
		const unreadable = engines.filter((engine) => engine.unreadable.length > 0).map(({ name }) => name);
		if (unreadable.join() !== this.#unreadable.join()) this.#unreadable = unreadable;
		this.#lastSyncedAtMs = facts.lastSyncedAtMs;
		this.#isByRequests = [...this.#engines.keys()].some(({ way }) => way === 'line');
		clearTimeout(this.#turn);
		const inMs = nextChangeMs(facts, nowMs);
		if (inMs !== undefined) this.#turn = setTimeout(() => this.#refresh(), inMs);
	}

	/** Of somebody who was removed, everything; else what the server refuses document by document. */
	#collectNotTaken(state: SyncState, kept: readonly KeptAt[]): readonly string[] {
		if (state.is === 'paused' && state.why === 'forbidden') return [...new Set(kept.map(({ doc }) => doc))];
		const engines = [...this.#engines.keys()];
		return engines.filter(({ facts }) => facts.rejected > 0).map(({ name }) => name);
	}

	/** Of all documents together: the worst connection counts, the changes add up. */
	#facts(kept: number): SyncFacts {
		const all = [...this.#engines.keys()].map((engine) => engine.facts);
		const refused = all.find(({ link }) => link.is === 'refused');
		const down = all.filter(({ link }) => link.is === 'down');
		const oldest = all.flatMap(({ oldestKeptMs }) => oldestKeptMs ?? []);
		const synced = all.flatMap(({ lastSyncedAtMs }) => lastSyncedAtMs ?? []);
		return {
			link: refused?.link ?? down[0]?.link ?? { is: 'up' },
			downSinceMs: Math.min(...down.map(({ downSinceMs }) => downSinceMs)),
			kept,
			oldestKeptMs: oldest.length > 0 ? Math.min(...oldest) : undefined,
			inMemory: all.reduce((sum, { inMemory }) => sum + inMemory, 0),
			refusal: all.find(({ refusal }) => refusal)?.refusal ?? '',
			rejection: all.find(({ rejected }) => rejected > 0)?.rejection ?? '',
			rejected: all.reduce((sum, { rejected }) => sum + rejected, 0),
			lastSyncedAtMs: synced.length > 0 ? Math.max(...synced) : undefined,
			hasExchanged: all.length > 0 && all.every(({ hasExchanged }) => hasExchanged)
		};
	}

	#collectKept(): readonly KeptAt[] {
		const open = new Set([...this.#engines.keys()].map(({ name }) => name));
		const own = [...this.#engines.keys()].flatMap((engine) =>
			engine.kept.map((kept) => keptAt(engine.name, kept, !engine.unwritten.has(kept.place)))
		);
		const ownKeys = new Set(own.map(({ key }) => key));
		const elsewhere = [...this.#elsewhere].flatMap(([doc, places]) =>
			places.map((kept) => keptAt(doc, kept)).filter(({ key }) => !open.has(doc) || !ownKeys.has(key))
		);
		const byKey = new Map([...elsewhere, ...own].map((change) => [change.key, change]));
		return [...byKey.values()].sort((a, b) => b.atMs - a.atMs);
	}

	#keptChange({ doc, place, ...kept }: KeptAt): KeptChange {
		return { ...kept, ...this.#words.wordsOf(doc, place) };
	}

	#hearReturn(engine: DocEngine, returned: Returned): void {
		// Nobody saw that it was gone. Of two values, one is lost however short it was.
		const wantsChoice = returned.clashes.some(({ is }) => is !== 'text');
		if (returned.wasAwayMs < OFFLINE_AFTER_MS && !wantsChoice) return;
		const missed = missedChanges(engine.name, returned, this.#words);
		if (missed.length === 0 && returned.sent === 0) return;
		const earlier =
			this.#returned && returned.atMs - this.#returned.atMs < ONE_RETURN_MS ? this.#returned : undefined;
		const unread = this.#returned?.missed.filter(({ key }) => !missed.some((one) => one.key === key)) ?? [];
		this.#returned = {
			atMs: returned.atMs,
			sent: (earlier?.sent ?? 0) + returned.sent,
			missed: [...missed, ...unread].toSorted(byUrgency)
		};
		this.#isReturnShown = true;
		this.#keepReturned();
	}
}

/** What wants a choice stands first. */
const byUrgency = (a: MissedChange, b: MissedChange) =>
	Number(b.clash !== undefined) - Number(a.clash !== undefined);

const keptAt = (doc: string, { place, atMs }: KeptPlace, isOnDisk = true): KeptAt => ({
	key: `${doc} ${place}`,
	doc,
	place,
	atMs,
	isOnDisk
});

const isSameList = (a: readonly KeptAt[], b: readonly KeptAt[]): boolean =>
	a.length === b.length &&
	a.every((one, index) => {
		const other = b[index];
		return one.key === other?.key && one.atMs === other.atMs && one.isOnDisk === other.isOnDisk;
	});
