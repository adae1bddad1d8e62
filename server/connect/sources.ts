import type { SpaceId } from '#lib/domain/id.ts';
import {
	SOURCE_SAMPLE_ROWS,
	type ListedRun,
	type SourceConnector,
	type SourceTest
} from '#lib/domain/source.ts';
import { POINTS_PER_CALL_MAX } from '#lib/protocol/limits.ts';
import { assert } from '#lib/util/assert.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Clock } from '../clock.ts';
import { ingest, type IngestPorts } from '../kpi/ingest.ts';
import type { Log } from '../log.ts';
import type { Range } from './apart.ts';
import { POINTS_AT_ONCE, REASONS_MAX, RUN_MS_MAX, RUNS_AT_ONCE, RUNS_WAITING_MAX } from './limits.ts';
import { readSource, type ReadPorts } from './read-source.ts';
import type { Reading, RowReason } from './rows.ts';
import type { SecretBox } from './secret-box.ts';
import type { Source, SourceStore } from './source-store.ts';
import { nextMs } from './timing.ts';
import { stopped, trouble, type Trouble } from './trouble.ts';
import { Turns } from './turns.ts';

assert(POINTS_AT_ONCE <= POINTS_PER_CALL_MAX, 'points are stored in calls that are taken');

export interface SourcesPorts extends ReadPorts, IngestPorts {
	readonly store: SourceStore;
	readonly box: SecretBox;
	readonly clock: Clock;
	readonly log: Log;
	/** Of a space; UTC when there is no such space. */
	readonly zoneOf: (space: SpaceId) => string;
}

/** Why nothing was run: it runs already, too many wait, the source is gone, or the server stops. */
export interface NotRun {
	readonly code: 'source.running' | 'source.busy' | 'source.unknown' | 'source.stopping';
}

/** How often it is looked who is due. */
const LOOK_MS = 5_000;

/** Runs sources: those that are due, by themselves, and those that somebody asks for. One run of each at a time. */
export class Sources {
	readonly name = 'sources';
	readonly #ports: SourcesPorts;
	readonly #turns = new Turns({ atOnce: RUNS_AT_ONCE, waitingMax: RUNS_WAITING_MAX });
	readonly #running = new Map<string, Promise<unknown>>();
	readonly #stop = new AbortController();
	/** When each is due, for as long as nothing about it changes. */
	#due: ReadonlyMap<string, { readonly key: string; readonly atMs: number | undefined }> = new Map();
	#cancel = (): void => undefined;

	constructor(ports: SourcesPorts) {
		this.#ports = ports;
	}

	start(): Promise<void> {
		this.#cancel = this.#ports.clock.every(LOOK_MS, () => this.#look());
		return Promise.resolve();
	}

	async drain(): Promise<void> {
		this.#cancel();
		this.#stop.abort();
		await Promise.allSettled(this.#running.values());
	}

	isRunning(id: string): boolean {
		return this.#running.has(id);
	}

	/** Epoch milliseconds; undefined while it is paused. */
	nextMs(source: Source): number | undefined {
		if (source.isPaused) return undefined;
		const [last] = this.#ports.store.runs(source.space, source.id);
		const sinceMs = last ? Date.parse(last.at) : source.createdAtMs;
		return nextMs(this.#timed(source), Math.min(sinceMs, this.#ports.clock.nowMs()));
	}

	/** Runs it now. What goes wrong with the other side is in the run. */
	async run(space: SpaceId, id: string, by: ListedRun['by']): Promise<Result<ListedRun, NotRun>> {
		if (this.#stop.signal.aborted) return refuse({ code: 'source.stopping' });
		if (this.#running.has(id)) return refuse({ code: 'source.running' });
		const work = this.#turns.take(() => this.#runNow(space, id, by));
		this.#running.set(id, work);
		try {
			return (await work) ?? refuse({ code: 'source.busy' });
		} finally {
			this.#running.delete(id);
		}
	}

	/** Reads what a source would read at its first run, and stores nothing. */
	async test(asked: {
		readonly connector: SourceConnector;
		readonly zone: string | undefined;
		readonly secret: string | undefined;
	}): Promise<Result<SourceTest, NotRun>> {
		if (this.#stop.signal.aborted) return refuse({ code: 'source.stopping' });
		const { clock } = this.#ports;
		const tested = await this.#turns.take(async () => {
			const [startMs, startTick] = [clock.nowMs(), clock.tickMs()];
			const range = rangeOf(asked.connector, undefined, startMs);
			const read = await this.#read({ ...asked, range });
			const ms = Math.round(clock.tickMs() - startTick);
			if (!read.ok) return { rows: 0, ms, points: [], rejected: 0, reasons: [], error: read.error };
			const { rows, points, rejected, reasons } = read.value;
			const sample = points
				.slice(0, SOURCE_SAMPLE_ROWS)
				.map(({ at, value, segment }) => ({ at, value, ...(segment !== undefined && { segment }) }));
			return { rows, ms, points: sample, rejected, reasons: [...reasons] };
		});
		return tested ? ok(tested) : refuse({ code: 'source.busy' });
	}

	/** The secret of a source, for another look at the same place. */
	secretOf({ id, space, secret }: Source): string | undefined {
		return secret && this.#ports.box.open(secret, ownerOf(space, id));
	}

	seal(space: SpaceId, id: string, secret: string): Uint8Array {
		return this.#ports.box.seal(secret, ownerOf(space, id));
	}

	#look(): void {
		const { store, clock, log } = this.#ports;
		try {
			const nowMs = clock.nowMs();
			const entries = store.timetable().map((entry) => {
				const timed = this.#timed(entry);
				const key = `${timed.schedule} ${timed.zone} ${entry.sinceMs}`;
				const known = this.#due.get(entry.id);
				// A last run that lies ahead is one of before the clock was set back.
				const atMs = known?.key === key ? known.atMs : nextMs(timed, Math.min(entry.sinceMs, nowMs));
				return { ...entry, key, atMs };
			});
			this.#due = new Map(entries.map(({ id, key, atMs }) => [id, { key, atMs }]));
			for (const { id, space, atMs } of entries)
				if (atMs !== undefined && atMs <= nowMs && !this.#running.has(id))
					void this.run(space, id, 'schedule').catch((error: unknown) => log.fault('source.run', error));
		} catch (error) {
			log.fault('source.look', error);
		}
	}

	#timed({ id, space, schedule, zone }: Pick<Source, 'id' | 'space' | 'schedule' | 'zone'>) {
		return { id, schedule, zone: zone ?? this.#ports.zoneOf(space) };
	}

	async #runNow(space: SpaceId, id: string, by: ListedRun['by']): Promise<Result<ListedRun, NotRun>> {
		const { store, clock, log } = this.#ports;
		const source = store.find(space, id);
		if (!source) return refuse({ code: 'source.unknown' });
		const [startMs, startTick] = [clock.nowMs(), clock.tickMs()];
		const { connector, zone, uptoMs } = source;
		const secret = this.secretOf(source);
		const read =
			source.secret && secret === undefined
				? refuse(lostSecret)
				: await this.#read({ connector, zone, secret, range: rangeOf(connector, uptoMs, startMs) });
		// Neither stored nor recorded: it is as if it had not begun, and the next start makes up for it.
		if (this.#stop.signal.aborted) return refuse({ code: 'source.stopping' });
		const stored = read.ok ? await this.#store(source, read.value) : read;
		const counts = stored.ok ? stored.value : { ...nothing, error: stored.error };
		const run: ListedRun = {
			at: new Date(startMs).toISOString(),
			ms: Math.round(clock.tickMs() - startTick),
			by,
			...counts
		};
		const lastMs = read.ok && stored.ok ? lastOf(read.value, { sinceMs: uptoMs, nowMs: startMs }) : undefined;
		store.finish(source, run, lastMs);
		const { ms, rows, added, rejected, error } = run;
		log[error ? 'warn' : 'info']('source.run', { source: id, ms, rows, added, rejected, code: error?.code });
		return ok(run);
	}

	async #read(asked: {
		readonly connector: SourceConnector;
		readonly zone: string | undefined;
		readonly secret: string | undefined;
		readonly range: Range;
	}): Promise<Result<Reading, Trouble>> {
		const { clock } = this.#ports;
		const timeIsUp = new AbortController();
		const cancel = clock.after(RUN_MS_MAX, () => timeIsUp.abort());
		const signal = AbortSignal.any([timeIsUp.signal, this.#stop.signal]);
		const { zone, ...rest } = asked;
		try {
			const read = await readSource({ ...rest, rules: { zone, nowMs: clock.nowMs() }, signal }, this.#ports);
			return !read.ok && this.#stop.signal.aborted ? refuse(stopped) : read;
		} finally {
			cancel();
		}
	}

	/** Through the same door as points that are sent: what is known already adds nothing, what is not is announced. */
	async #store(
		source: Source,
		{ rows, points, rejected, reasons }: Reading
	): Promise<Result<Counts, Trouble>> {
		const { space, kpi, id } = source;
		let added = 0;
		const notTaken: RowReason[] = [];
		for (let start = 0; start < points.length; start += POINTS_AT_ONCE) {
			// Changed or removed meanwhile: what it brings is no longer what was asked for.
			if (this.#ports.store.find(space, id)?.revision !== source.revision) return refuse(changed);
			const part = points.slice(start, start + POINTS_AT_ONCE);
			const answer = await ingest({ points: part }, { space, kpi, author: id }, this.#ports);
			if (!answer.ok) return refuse(trouble('source.not-stored', answer.error.sentence));
			added += answer.value.added;
			for (const { index, reason } of answer.value.rejected)
				notTaken.push({ row: part[index]?.row ?? 0, reason });
			await new Promise((resolve) => setImmediate(resolve));
		}
		const first = [...reasons, ...notTaken].sort((a, b) => a.row - b.row).slice(0, REASONS_MAX);
		const all = rejected + notTaken.length;
		return ok({ rows, added, rejected: all, ...(first.length > 0 && { reasons: first }) });
	}
}

type Counts = Pick<ListedRun, 'rows' | 'added' | 'rejected' | 'reasons'>;
const nothing: Counts = { rows: 0, added: 0, rejected: 0 };

const ownerOf = (space: SpaceId, id: string): string => `${space}/${id}`;

const lostSecret = trouble(
	'source.secret-lost',
	'The secret can no longer be opened, because the server’s own secret or its key file is another one. Give it again.'
);
const changed = trouble(
	'source.changed',
	'The source was changed while it ran. What it had read was let go.'
);

/** From the last point that it brought, less what may still change, or as far back as the first run looks. */
function rangeOf(connector: SourceConnector, uptoMs: number | undefined, nowMs: number): Range {
	if (connector.kind === 'json') return { fromMs: nowMs, toMs: nowMs }; // Nothing in it asks for a range.
	const { lookback, overlap } = connector.settings;
	const fromMs = uptoMs === undefined ? nowMs - lookback * 1000 : uptoMs - overlap * 1000;
	return { fromMs: Math.min(fromMs, nowMs), toMs: nowMs };
}

/** A point that lies ahead must not keep the next run from what comes before it. */
function lastOf({ points }: Reading, { sinceMs, nowMs }: { sinceMs: number | undefined; nowMs: number }) {
	const past = points.map(({ at }) => Date.parse(at)).filter((atMs) => atMs <= nowMs);
	const lastMs = past.reduce((most, atMs) => Math.max(most, atMs), sinceMs ?? -Infinity);
	return Number.isFinite(lastMs) ? lastMs : undefined;
}
