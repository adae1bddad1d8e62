import type { KpiId, SpaceId } from '#lib/domain/id.ts';

/**
 * The port behind which measured points are kept: append-only, with corrections. One instant of one segment has
 * one current value; what stood there before is kept and no longer read. Adapters: `storage/sqlite`,
 * `storage/memory`.
 */
export interface SeriesStore {
	/**
	 * All of them or none. Within `points` the last of equal segment and instant stands; the earlier ones, and
	 * those that equal the current value, are duplicates and change nothing. When it resolves the rest survive the
	 * end of the process and of the power.
	 */
	append(batch: PointBatch): Promise<Appended>;
	/** Current points whose `seq` is above `afterSeq`, in its order, at most `limit`. */
	read(series: SeriesName, options: { afterSeq: number; limit: number }): Promise<readonly KeptPoint[]>;
	/** The space's KPIs that have points, by id in code-unit order. */
	kpis(space: SpaceId): Promise<readonly SeriesSummary[]>;
	/** Removes everything of a space. For a founding that failed halfway. */
	removeSpace(space: SpaceId): Promise<void>;
}

/** One KPI of one space. It needs no contract: points may come first. */
export interface SeriesName {
	readonly space: SpaceId;
	readonly kpi: KpiId;
}

export interface PointBatch extends SeriesName {
	readonly points: readonly MeasuredPoint[];
	/** The token that sent them. */
	readonly author: string;
	/** Epoch milliseconds: when they arrived. */
	readonly storedAtMs: number;
}

export interface MeasuredPoint {
	/** Epoch milliseconds, whole. */
	readonly atMs: number;
	/** Finite, in the KPI's unit. */
	readonly value: number;
	/** Empty for the KPI as a whole. */
	readonly segment: string;
}

export interface KeptPoint extends MeasuredPoint {
	/** Grows with every stored point of the server: who has seen up to one asks for what is above it. */
	readonly seq: number;
}

export interface Appended {
	/** New points and corrections. */
	readonly added: number;
	readonly duplicates: number;
}

export interface SeriesSummary {
	readonly kpi: KpiId;
	/** Current points, of all segments. */
	readonly count: number;
	readonly latestAtMs: number;
	/** The highest of its points. */
	readonly seq: number;
}
