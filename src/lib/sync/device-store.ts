import type { Role, Standing } from '../domain/access.ts';
import type { PersonId, SpaceId } from '../domain/id.ts';
import type { Place } from '../docs/touched.ts';

// The port behind which a device keeps things. It is a cache of what the server has, and the only holder of what
// the server does not have yet: those rows are marked as kept until the server acknowledged them.

/** A space that this device may open. */
export interface KnownSpace {
	readonly id: SpaceId;
	readonly title: string;
	/** Opens the space on the server; stays on this device. Absent where the cookie of an account does. */
	readonly token?: string | undefined;
	/** As the server last said. */
	readonly role: Standing;
	readonly person: { readonly id: PersonId; readonly name: string };
	/** The invite for editors that was made on this device, for the link that lets others in. */
	readonly invite?: string;
	/** Those for other roles that were made on this device. */
	readonly invites?: Readonly<Partial<Record<Role, string>>>;
	readonly joinedAtMs: number;
	/** Epoch milliseconds of the last visit: the start page goes there. */
	readonly visitedAtMs: number;
}

/** One update of one document, as it is kept. */
export interface KeptRow {
	/** Grows over all documents of the device. */
	readonly row: number;
	readonly update: Uint8Array;
	/** Encoding of `update`: V2 is half the size, and used when rows are folded. */
	readonly encoding: 1 | 2;
	/** What in it only this device has. Empty once the server acknowledged it. */
	readonly kept: readonly KeptPlace[];
	/** Which opening of the document wrote it; undefined when it was in another tab or an earlier visit, or folded. */
	readonly opening?: string | undefined;
}

export interface KeptPlace {
	readonly place: Place;
	readonly atMs: number;
}

export interface NewRow {
	readonly update: Uint8Array;
	readonly kept: readonly KeptPlace[];
}

/** What is known about a document without opening it. */
export interface DocumentMark {
	/** `<space>/<document>`. */
	readonly doc: string;
	readonly openedAtMs: number;
	/** When the server last acknowledged everything; absent before the first time. */
	readonly syncedAtMs?: number;
	/** What the kind says of it, as JSON, for lists that do not open it. */
	readonly summary?: unknown;
}

export interface DeviceStore {
	/** Of this shelf of the device: what is kept on another has another name. */
	readonly name: string;

	spaces(): Promise<readonly KnownSpace[]>;
	putSpace(space: KnownSpace): Promise<void>;
	removeSpace(id: SpaceId): Promise<void>;

	/** Everything of one document goes, also what only this device has. */
	forget(doc: string): Promise<void>;

	/** The rows of `doc` after row `after`, in order. */
	rows(doc: string, after: number): Promise<readonly KeptRow[]>;
	/**
	 * All or none, in one durable step. `opening`: an id of this opening of the document. Gives the number of each.
	 * Rejects when the device will not keep them.
	 */
	append(doc: string, rows: readonly NewRow[], opening: string): Promise<readonly number[]>;
	/** The server has what these rows hold. */
	release(rows: readonly number[]): Promise<void>;
	/**
	 * Replaces rows of `doc` by what `merge` makes of them, one update in V2, in one step that no other tab can
	 * come between. `all`: kept rows too, as when nothing of them is being acknowledged yet. Gives how many rows
	 * there are afterwards.
	 */
	fold(
		doc: string,
		options: { all: boolean; merge: (rows: readonly KeptRow[]) => Uint8Array }
	): Promise<number>;
	/** Rows of `doc` that cannot be read: kept beside the document, out of its way. */
	setAside(doc: string, rows: readonly KeptRow[]): Promise<void>;
	/** Those of `doc`, as they were found. */
	asideOf(doc: string): Promise<readonly KeptRow[]>;
	/** Documents with something that only this device has, and what that is. */
	keptOf(): Promise<ReadonlyMap<string, readonly KeptPlace[]>>;
	/** The same without what this very store wrote, for documents whose names begin with `prefix`. */
	keptElsewhere(prefix: string): Promise<ReadonlyMap<string, readonly KeptPlace[]>>;

	marks(space: SpaceId): Promise<readonly DocumentMark[]>;
	documentMark(doc: string): Promise<DocumentMark | undefined>;
	mark(doc: string, fields: Partial<Omit<DocumentMark, 'doc'>>): Promise<void>;

	setting(key: string): Promise<unknown>;
	putSetting(key: string, value: unknown): Promise<void>;

	pointChunks(series: string): Promise<readonly PointChunk[]>;
	/** All or none. A chunk that already goes further stays: another tab was quicker. */
	putPointChunks(chunks: readonly PointChunk[]): Promise<void>;

	close(): void;
}

/** A stretch of a series as it came from the server, in the order of its `seq`. */
export interface PointChunk {
	/** `<space>/<kpi>`. */
	readonly series: string;
	/** From 0; the last one grows, the others never change. */
	readonly number: number;
	/** Everything of the series up to this `seq` is in this chunk or an earlier one. */
	readonly throughSeq: number;
	/** Epoch milliseconds of when the server gave it. */
	readonly confirmedAtMs: number;
	/** JSON of the points: plain, because a series is read whole and rarely. */
	readonly points: string;
}
