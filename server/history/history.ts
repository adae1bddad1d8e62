import { ok, refuse, type Result } from '#lib/util/result.ts';
import { HISTORY_ROWS_MAX, HISTORY_WAITING_MAX, WRITERS_ROWS_MAX } from '#lib/protocol/limits.ts';
import type { DocStore, HistoryRow, LogMark, VersionName } from '../sync/doc-store.ts';
import { Thread } from '../sync/thread.ts';
import { answerHistory, type HistoryAnswer, type HistoryQuestion, type Run } from './replay.ts';
import { rowsOf, versionsIn, type VersionRows } from './versions.ts';

/** One version in the list: an editing session, how much it changed, and what it is called if somebody named it. */
export interface Version extends VersionRows {
	/** Changes that a person would recognise: records, fields, passages. */
	readonly changes: number;
	readonly name: VersionName | undefined;
}

export interface VersionPage {
	/** Newest first. */
	readonly versions: readonly Version[];
	/** The `before` of the next page; absent on the last. */
	readonly next: number | undefined;
}

export interface WritersPage {
	readonly runs: readonly Run[];
	/** The row up to which they go: the `after` of the next question. */
	readonly upto: number;
	readonly hasMore: boolean;
}

/** More questions wait than can be answered soon. */
export interface HistoryBusy {
	readonly code: 'history.busy';
}

type Told<T> = Promise<Result<T, HistoryBusy>>;

/** Marks read at a time, and rows with their bytes: between two reads others get their turn. */
const MARKS_PER_READ = 5_000;
const ROWS_PER_READ = 500;

/** Bytes that go to the thread at a time. Below the second they are dealt with here: sending costs more. */
const REPLAY_BYTES_MAX = 8 * 1024 * 1024;
const INLINE_BYTES_MAX = 64 * 1024;

/** States that are kept to go on from, and how large each may be: two versions next to each other are often asked for. */
const CHECKPOINTS_MAX = 8;
const CHECKPOINT_BYTES_MAX = 4 * 1024 * 1024;

/** The past of documents, read from their logs. One question at a time, away from the event loop. */
export class History {
	readonly name = 'history';
	readonly #store: DocStore;
	readonly #thread = new Thread<HistoryQuestion, HistoryAnswer>(
		new URL('./history-worker.ts', import.meta.url)
	);
	/** Built last stands last. */
	#checkpoints: readonly Checkpoint[] = [];
	#queue: Promise<unknown> = Promise.resolve();
	#waiting = 0;

	constructor(store: DocStore) {
		this.#store = store;
	}

	start(): Promise<void> {
		return Promise.resolve();
	}

	drain(): Promise<void> {
		return this.#thread.close();
	}

	/** The versions before row `before`, at most `limit`. */
	versions(doc: string, { before, limit }: { before: number; limit: number }): Told<VersionPage> {
		return this.#inTurn(async () => {
			const names = new Map((await this.#store.versionNames(doc)).map((name) => [name.seq, name]));
			const { found, hasMore } = await this.#findVersions(doc, {
				before,
				limit,
				named: new Set(names.keys())
			});
			const counts = await this.#countChanges(doc, found);
			const versions = found.map((rows, index) => ({
				...rows,
				changes: counts[index] ?? 0,
				name: names.get(rows.seq)
			}));
			return { versions: versions.toReversed(), next: hasMore ? found[0]?.fromSeq : undefined };
		});
	}

	/** The document as it stood after row `seq`, as one Yjs update. */
	stateAt(doc: string, seq: number): Told<Uint8Array> {
		return this.#inTurn(() => this.#stateAt(doc, seq));
	}

	/** Who wrote what after row `after`. */
	writers(doc: string, after: number): Told<WritersPage> {
		return this.#inTurn(async () => {
			const runs: Run[] = [];
			let [upto, count, hasMore] = [after, 0, false];
			for await (const rows of this.#batches(doc, { after, upto: Number.MAX_SAFE_INTEGER })) {
				const answer = await this.#ask({ is: 'writers', rows }, bytesOf(rows));
				if (answer.is === 'writers') runs.push(...answer.runs);
				upto = rows.at(-1)?.seq ?? upto;
				count += rows.length;
				hasMore = count >= WRITERS_ROWS_MAX;
				if (hasMore) break;
			}
			return { runs, upto, hasMore };
		});
	}

	async #findVersions(
		doc: string,
		{ before, limit, named }: { before: number; limit: number; named: ReadonlySet<number> }
	): Promise<{ found: readonly VersionRows[]; hasMore: boolean }> {
		const newestFirst: LogMark[] = [];
		for (;;) {
			const beforeSeq = newestFirst.at(-1)?.seq ?? before;
			const part = await this.#store.trail(doc, { beforeSeq, limit: MARKS_PER_READ });
			newestFirst.push(...part);
			const isFromStart = part.length < MARKS_PER_READ;
			const marks = newestFirst.toReversed();
			const versions = versionsIn({ marks, isFromStart, named });
			const isEnough = versions.length > limit || newestFirst.length >= HISTORY_ROWS_MAX;
			if (!isEnough && !isFromStart) await nextTurn();
			else if (versions.length > 0 || marks.length === 0) {
				const found = versions.slice(-limit);
				return { found, hasMore: !isFromStart || found.length < versions.length };
			} else return { found: [rowsOf(marks)], hasMore: !isFromStart };
		}
	}

	/** How many changes each of `found`, neighbours in the log and oldest first, made. */
	async #countChanges(doc: string, found: readonly VersionRows[]): Promise<readonly number[]> {
		const [first] = found;
		if (!first) return [];
		let state: Uint8Array | undefined = await this.#stateAt(doc, first.fromSeq - 1);
		const counts: number[] = [];
		let groups: Uint8Array[][] = [];
		let bytes = 0;
		const flush = async () => {
			const answer = await this.#ask(
				{ is: 'replay', state, groups, isCounted: true },
				bytes + (state?.length ?? 0)
			);
			if (answer.is !== 'replay') return;
			state = answer.state;
			counts.push(...answer.counts);
			[groups, bytes] = [[], 0];
		};
		for (const { fromSeq, seq } of found) {
			const group: Uint8Array[] = [];
			for await (const rows of this.#batches(doc, { after: fromSeq - 1, upto: seq })) {
				group.push(...rows.map(({ update }) => update));
				bytes += bytesOf(rows);
			}
			groups.push(group);
			if (bytes > REPLAY_BYTES_MAX) await flush();
		}
		if (groups.length > 0) await flush();
		return counts;
	}

	async #stateAt(doc: string, seq: number): Promise<Uint8Array> {
		const near = await this.#nearest(doc, seq);
		let { state, seq: reached } = near ?? { state: undefined, seq: 0 };
		for await (const rows of this.#batches(doc, { after: reached, upto: seq })) {
			const groups = [rows.map(({ update }) => update)];
			const answer = await this.#ask(
				{ is: 'replay', state, groups, isCounted: false },
				bytesOf(rows) + (state?.length ?? 0)
			);
			if (answer.is === 'replay') state = answer.state;
			reached = rows.at(-1)?.seq ?? reached;
		}
		if (state) this.#keep({ doc, seq: reached, state });
		return state ?? NOTHING;
	}

	/** The latest state up to `seq` that need not be built: one that was built before, or the fold. */
	async #nearest(doc: string, seq: number): Promise<Omit<Checkpoint, 'doc'> | undefined> {
		const built = this.#checkpoints.filter((one) => one.doc === doc && one.seq <= seq);
		const latest = built.toSorted((a, b) => b.seq - a.seq)[0];
		const fold = await this.#store.foldUpTo(doc, seq);
		return fold && fold.uptoSeq > (latest?.seq ?? 0) ? { seq: fold.uptoSeq, state: fold.state } : latest;
	}

	#keep(checkpoint: Checkpoint): void {
		if (checkpoint.state.length > CHECKPOINT_BYTES_MAX) return;
		const others = this.#checkpoints.filter(
			({ doc, seq }) => doc !== checkpoint.doc || seq !== checkpoint.seq
		);
		this.#checkpoints = [...others, checkpoint].slice(-CHECKPOINTS_MAX);
	}

	/** The rows after `after` up to `upto`, as many at a time as the thread is given. */
	async *#batches(
		doc: string,
		{ after, upto }: { after: number; upto: number }
	): AsyncGenerator<readonly HistoryRow[]> {
		let batch: HistoryRow[] = [];
		let afterSeq = after;
		for (;;) {
			const read = await this.#store.history(doc, { afterSeq, limit: ROWS_PER_READ });
			const rows = read.filter(({ seq }) => seq <= upto);
			batch.push(...rows);
			const isLast = rows.length < ROWS_PER_READ;
			if (batch.length > 0 && (isLast || bytesOf(batch) > REPLAY_BYTES_MAX)) {
				yield batch;
				batch = [];
			}
			if (isLast) return;
			afterSeq = rows.at(-1)?.seq ?? afterSeq;
			await nextTurn();
		}
	}

	#ask(question: HistoryQuestion, bytes: number): Promise<HistoryAnswer> {
		return bytes <= INLINE_BYTES_MAX ? Promise.resolve(answerHistory(question)) : this.#thread.ask(question);
	}

	async #inTurn<T>(work: () => Promise<T>): Told<T> {
		if (this.#waiting >= HISTORY_WAITING_MAX) return refuse({ code: 'history.busy' });
		this.#waiting++;
		const turn = this.#queue.then(work);
		this.#queue = turn.catch(() => undefined); // Whoever asked hears of it.
		try {
			return ok(await turn);
		} finally {
			this.#waiting--;
		}
	}
}

interface Checkpoint {
	readonly doc: string;
	readonly seq: number;
	readonly state: Uint8Array;
}

/** A Yjs update with nothing in it. */
const NOTHING = Uint8Array.of(0, 0);

const bytesOf = (rows: readonly HistoryRow[]): number =>
	rows.reduce((sum, { update }) => sum + update.length, 0);

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
