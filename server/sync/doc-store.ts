/**
 * The port behind which documents are kept: an append-only log per document, and now and then a fold of its
 * older part into one state, so that opening is quick. Adapters: `storage/sqlite`, `storage/memory`.
 */
export interface DocStore {
	/**
	 * All of them or none. When it resolves they are in the log, whatever becomes of the process. Gives the growing
	 * number of each entry, in their order.
	 */
	append(entries: readonly LogEntry[]): Promise<readonly number[]>;
	/** When it resolves, what was appended before it was called survives the end of the power as well. */
	flush(): Promise<void>;
	/** A document that nobody wrote yet is empty, not missing. */
	load(doc: string): Promise<StoredDoc>;
	/** Only the folded state: it may be large, and is asked for again when somebody joins. */
	loadState(doc: string): Promise<Uint8Array | undefined>;
	/** The folded state, unless it holds anything after row `seq`. `uptoSeq`: the last row that it holds. */
	foldUpTo(doc: string, seq: number): Promise<Pick<Fold, 'uptoSeq' | 'state'> | undefined>;
	/** Replaces the fold. The log keeps its rows: who wrote what, and when, is read from them. */
	fold(doc: string, fold: Fold): Promise<void>;
	/** Who first wrote under each Yjs client number, the newest `limit` of them. */
	authors(doc: string, limit: number): Promise<readonly DocAuthor[]>;
	/** The log's rows after `afterSeq`, oldest first, at most `limit`. */
	history(doc: string, options: { afterSeq: number; limit: number }): Promise<readonly HistoryRow[]>;
	/** The same without the bytes and newest first: the rows before `beforeSeq`. */
	trail(doc: string, options: { beforeSeq: number; limit: number }): Promise<readonly LogMark[]>;
	/** Names the version that ends with row `seq`, in the place of a name it has. False when `doc` has no such row. */
	nameVersion(doc: string, name: VersionName): Promise<boolean>;
	/** False when that version has no name. */
	unnameVersion(doc: string, seq: number): Promise<boolean>;
	/** The named versions of a document, newest first. */
	versionNames(doc: string): Promise<readonly VersionName[]>;
	/** The documents of a space, by their wire names. */
	list(space: string): Promise<readonly string[]>;
	/** Removes everything of a space. For a founding that failed halfway; a person's deletion is softer. */
	removeSpace(space: string): Promise<void>;
}

export interface LogEntry {
	/** `<space>/<document>`. */
	readonly doc: string;
	readonly update: Uint8Array;
	/** The person, or the token's id for a tool. */
	readonly author: string;
	readonly atMs: number;
	/** Yjs client numbers that this update is the first to carry. */
	readonly newClients: readonly number[];
}

export interface StoredDoc {
	readonly fold: FoldMark | undefined;
	/** The log after the fold, in its order. */
	readonly tail: readonly TailRow[];
}

export interface TailRow {
	readonly seq: number;
	readonly update: Uint8Array;
}

/** What is known of a fold without reading its state. */
export interface FoldMark {
	readonly uptoSeq: number;
	readonly stateBytes: number;
	/** A Yjs state vector: which structs the fold holds. */
	readonly stateVector: Uint8Array;
	/** An update without structs: which of them it knows to be deleted. */
	readonly deletions: Uint8Array;
}

export interface Fold extends Omit<FoldMark, 'stateBytes'> {
	readonly state: Uint8Array;
}

export interface DocAuthor {
	readonly client: number;
	readonly author: string;
}

/** A row of the log without its bytes. */
export interface LogMark {
	readonly seq: number;
	readonly atMs: number;
	readonly author: string;
}

export interface HistoryRow extends TailRow, LogMark {}

/** What somebody called a document as it stood after row `seq`. */
export interface VersionName {
	readonly seq: number;
	readonly name: string;
	readonly by: string;
	/** When it was named. */
	readonly atMs: number;
}
