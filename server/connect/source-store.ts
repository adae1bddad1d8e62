import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import type { ListedRun, SourceConnector } from '#lib/domain/source.ts';

/** Where the points of a KPI are fetched from by themselves. */
export interface Source {
	readonly id: string;
	readonly space: SpaceId;
	readonly kpi: KpiId;
	readonly name: string;
	readonly connector: SourceConnector;
	/** Cron, 5 fields. */
	readonly schedule: string;
	/** Of its schedule, and of times in its rows that have none. Undefined: the space's, and none. */
	readonly zone: string | undefined;
	readonly isPaused: boolean;
	/** As `SecretBox` sealed it. */
	readonly secret: Uint8Array | undefined;
	readonly createdAtMs: number;
	/** Epoch milliseconds of the last point it has brought in by this connector. */
	readonly uptoMs: number | undefined;
	/** Grows with every change: a run that began before one must not count after it. */
	readonly revision: number;
}

/** What an owner changes about one. */
export type SourceChange = Pick<
	Source,
	'kpi' | 'name' | 'connector' | 'schedule' | 'zone' | 'isPaused' | 'secret' | 'uptoMs'
>;

/** When one that is not paused has to run. */
export interface Timetable {
	readonly id: string;
	readonly space: SpaceId;
	readonly schedule: string;
	readonly zone: string | undefined;
	/** Of its last run, or of its making. */
	readonly sinceMs: number;
}

/** The port behind which sources and their last runs are kept. Every call is done, and durable, when it returns. */
export interface SourceStore {
	add(source: Source): void;
	find(space: SpaceId, id: string): Source | undefined;
	/** By name, then id. */
	list(space: SpaceId): readonly Source[];
	/** Of all spaces. */
	timetable(): readonly Timetable[];
	/** Undefined when there is none. */
	change(space: SpaceId, id: string, change: SourceChange): Source | undefined;
	/** With its runs. False when there is none. */
	remove(space: SpaceId, id: string): boolean;
	/**
	 * Keeps a run, of each source the last `SOURCE_RUNS_KEPT`. `uptoMs` counts unless the source was changed since
	 * `revision`. Nothing when there is no such source any more.
	 */
	finish(source: Pick<Source, 'space' | 'id' | 'revision'>, run: ListedRun, uptoMs: number | undefined): void;
	/** Newest first. */
	runs(space: SpaceId, id: string): readonly ListedRun[];
	removeSpace(space: SpaceId): void;
}
