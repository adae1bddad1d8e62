import { Dexie, type EntityTable, type Table } from 'dexie';
import { newId, type SpaceId } from '../domain/id.ts';
import type {
	DeviceStore,
	DocumentMark,
	KeptPlace,
	KeptRow,
	KnownSpace,
	NewRow,
	PointChunk
} from './device-store.ts';

/** As it stands in IndexedDB. `keptFor` repeats `doc` while the row is kept, so that an index finds those alone. */
interface UpdateRow {
	row: number;
	doc: string;
	update: Uint8Array;
	encoding: 1 | 2;
	keptFor?: string;
	kept?: readonly KeptPlace[];
	/** `<store>/<opening>`: a store for each tab and visit. Absent once it was folded. */
	writer?: string;
}

interface Setting {
	key: string;
	value: unknown;
}

type Tables = Dexie & {
	spaces: EntityTable<KnownSpace, 'id'>;
	updates: EntityTable<UpdateRow, 'row'>;
	marks: EntityTable<DocumentMark, 'doc'>;
	settings: EntityTable<Setting, 'key'>;
	points: Table<PointChunk, [string, number]>;
};

const DATABASE = 'downbeat';

/** Raised with every change of the tables. Dexie counts in tens, so that a step can come between two. */
const DATABASE_VERSION = 1;
const DEXIE_FACTOR = 10;

/**
 * What this device keeps, in IndexedDB.
 *
 * Writes ask for strict durability: “kept on this device” is said once the browser has put it on the disk, not
 * when it has promised to.
 */
export class DexieStore implements DeviceStore {
	readonly name: string;
	readonly #db: Tables;
	readonly #writer = newId();

	/** `onOutdated`: another tab has opened a newer version, or the database was deleted under us. */
	constructor(options: { name?: string; onOutdated?: () => void } = {}) {
		this.name = options.name ?? DATABASE;
		this.#db = new Dexie(this.name, { chromeTransactionDurability: 'strict' }) as Tables;
		this.#db.version(DATABASE_VERSION).stores({
			spaces: 'id',
			updates: '++row, [doc+row], keptFor',
			marks: 'doc',
			settings: 'key',
			points: '[series+number]'
		});
		this.#db.on('versionchange', () => {
			this.#db.close();
			options.onOutdated?.();
			return false; // Or Dexie's own would have it open itself again, and make anew what was just deleted.
		});
	}

	/**
	 * Whether a newer app has been here: its database is not to be opened, because it would be changed by that. False where
	 * the browser does not say.
	 */
	static async isFromTheFuture(name = DATABASE): Promise<boolean> {
		const known = await globalThis.indexedDB?.databases?.().catch(() => []);
		const found = known?.find((database) => database.name === name);
		return (found?.version ?? 0) > DATABASE_VERSION * DEXIE_FACTOR;
	}

	/** Deletes everything that is kept under a name, and closes it in other tabs. */
	static async erase(name: string): Promise<void> {
		await Dexie.delete(name);
	}

	spaces(): Promise<readonly KnownSpace[]> {
		return this.#db.spaces.toArray();
	}

	async putSpace(space: KnownSpace): Promise<void> {
		await this.#db.spaces.put(space);
	}

	async removeSpace(id: SpaceId): Promise<void> {
		const { spaces, updates, marks, points } = this.#db;
		await this.#db.transaction('rw', [spaces, updates, marks, points], async () => {
			await spaces.delete(id);
			await marks.where('doc').startsWith(`${id}/`).delete();
			await updates
				.where('[doc+row]')
				.between([`${id}/`, Dexie.minKey], [`${id}0`, Dexie.minKey])
				.delete();
			await points
				.where('[series+number]')
				.between([`${id}/`, Dexie.minKey], [`${id}0`, Dexie.minKey])
				.delete();
		});
	}

	async forget(doc: string): Promise<void> {
		const { updates, marks } = this.#db;
		await this.#db.transaction('rw', [updates, marks], async () => {
			await updates.where('[doc+row]').between([doc, Dexie.minKey], [doc, Dexie.maxKey]).delete();
			await marks.delete(doc);
		});
	}

	async rows(doc: string, after: number): Promise<readonly KeptRow[]> {
		return (await this.#rowsOf(doc, after)).map((row) => this.#keptRow(row));
	}

	async append(doc: string, rows: readonly NewRow[], opening: string): Promise<readonly number[]> {
		const added = rows.map(({ update, kept }) => ({
			doc,
			update,
			encoding: 1 as const,
			writer: `${this.#writer}/${opening}`,
			...keptFields(doc, kept)
		}));
		return this.#db.updates.bulkAdd(added, { allKeys: true });
	}

	async release(rows: readonly number[]): Promise<void> {
		await this.#db.updates
			.where('row')
			.anyOf([...rows])
			.modify(released);
	}

	fold(
		doc: string,
		options: { all: boolean; merge: (rows: readonly KeptRow[]) => Uint8Array }
	): Promise<number> {
		return this.#db.transaction('rw', this.#db.updates, async () => {
			const rows = await this.#rowsOf(doc, 0);
			const folded = options.all ? rows : rows.filter(({ kept }) => kept === undefined);
			if (folded.length < 2) return rows.length;
			const update = options.merge(folded.map((row) => this.#keptRow(row)));
			const kept = newestPerPlace(folded.flatMap((row) => row.kept ?? []));
			await this.#db.updates.bulkDelete(folded.map(({ row }) => row));
			await this.#db.updates.add({ doc, update, encoding: 2, ...keptFields(doc, kept) });
			return rows.length - folded.length + 1;
		});
	}

	async setAside(doc: string, rows: readonly KeptRow[]): Promise<void> {
		const { updates, settings } = this.#db;
		await this.#db.transaction('rw', [updates, settings], async () => {
			await settings.bulkPut(rows.map((value) => ({ key: asideKey(doc, value.row), value })));
			await updates.bulkDelete(rows.map(({ row }) => row));
		});
	}

	async asideOf(doc: string): Promise<readonly KeptRow[]> {
		const found = await this.#db.settings.where('key').startsWith(asideKey(doc, '')).toArray();
		return found.map(({ value }) => value as KeptRow);
	}

	async keptOf(): Promise<ReadonlyMap<string, readonly KeptPlace[]>> {
		return placesByDoc(await this.#db.updates.orderBy('keptFor').toArray());
	}

	async keptElsewhere(prefix: string): Promise<ReadonlyMap<string, readonly KeptPlace[]>> {
		const rows = await this.#db.updates.where('keptFor').startsWith(prefix).toArray();
		return placesByDoc(rows.filter(({ writer }) => !writer?.startsWith(`${this.#writer}/`)));
	}

	marks(space: SpaceId): Promise<readonly DocumentMark[]> {
		return this.#db.marks.where('doc').startsWith(`${space}/`).toArray();
	}

	documentMark(doc: string): Promise<DocumentMark | undefined> {
		return this.#db.marks.get(doc);
	}

	async mark(doc: string, fields: Partial<Omit<DocumentMark, 'doc'>>): Promise<void> {
		await this.#db.transaction('rw', this.#db.marks, async () => {
			const known = await this.#db.marks.get(doc);
			await this.#db.marks.put({ openedAtMs: 0, ...known, ...fields, doc });
		});
	}

	async setting(key: string): Promise<unknown> {
		return (await this.#db.settings.get(key))?.value;
	}

	async putSetting(key: string, value: unknown): Promise<void> {
		await this.#db.settings.put({ key, value });
	}

	pointChunks(series: string): Promise<readonly PointChunk[]> {
		return this.#db.points
			.where('[series+number]')
			.between([series, Dexie.minKey], [series, Dexie.maxKey])
			.toArray();
	}

	async putPointChunks(chunks: readonly PointChunk[]): Promise<void> {
		await this.#db.transaction('rw', this.#db.points, async () => {
			const known = await this.#db.points.bulkGet(chunks.map(({ series, number }) => [series, number]));
			const further = chunks.filter(({ throughSeq }, index) => throughSeq >= (known[index]?.throughSeq ?? 0));
			await this.#db.points.bulkPut(further);
		});
	}

	close(): void {
		this.#db.close();
	}

	#rowsOf(doc: string, after: number): Promise<UpdateRow[]> {
		return this.#db.updates
			.where('[doc+row]')
			.between([doc, after], [doc, Dexie.maxKey], false, true)
			.toArray();
	}

	#keptRow({ row, update, encoding, kept = [], writer }: UpdateRow): KeptRow {
		const [store, opening] = writer?.split('/') ?? [];
		return { row, update, encoding, kept, opening: store === this.#writer ? opening : undefined };
	}
}

const asideKey = (doc: string, row: number | '') => `aside/${doc}#${row}`;

const keptFields = (doc: string, kept: readonly KeptPlace[]) =>
	kept.length > 0 ? { keptFor: doc, kept } : {};

function released(row: UpdateRow): void {
	delete row.keptFor;
	delete row.kept;
}

function placesByDoc(rows: readonly UpdateRow[]): ReadonlyMap<string, readonly KeptPlace[]> {
	const byDoc = Map.groupBy(rows, ({ doc }) => doc);
	return new Map(
		[...byDoc].map(([doc, kept]) => [doc, newestPerPlace(kept.flatMap((row) => row.kept ?? []))])
	);
}

function newestPerPlace(kept: readonly KeptPlace[]): readonly KeptPlace[] {
	const newest = new Map<string, KeptPlace>();
	for (const one of kept) {
		const known = newest.get(one.place);
		if (!known || known.atMs <= one.atMs) newest.set(one.place, one);
	}
	return [...newest.values()];
}
