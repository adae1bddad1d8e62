import * as z from 'zod/mini';
import type { Result } from '../util/result.ts';
import { kpiId, type KpiId } from './id.ts';
import type { PointSeries } from './series.ts';

// Points as they travel: the bodies of the points API, shared by the server, the app and the import; and the port
// by which a page reads and sends them without knowing where they are kept.

/** The segment of a point that has none: the KPI as a whole. */
export const WHOLE = '';

export const SEGMENT_LENGTH_MAX = 60;

export const SEGMENT_RULE = `A segment is 1 to ${SEGMENT_LENGTH_MAX} characters on one line, without blanks at its ends.`;

/** Whether `segment` may name a part of a KPI. */
export function isSegment(segment: string): boolean {
	const isLong = segment.length === 0 || segment.length > SEGMENT_LENGTH_MAX;
	return !isLong && segment === segment.trim() && !/\p{Cc}/u.test(segment);
}

/** One point as it is sent. `at` is an ISO 8601 instant with an offset or `Z`. */
export interface SentPoint {
	readonly at: string;
	readonly value: number;
	readonly segment?: string;
}

/** A point that was not taken: where it stood in the call, from 0, and why. */
const rejectedPoint = z.object({ index: z.int(), reason: z.string() });

/** What came of a call: how many are new or corrections, how many changed nothing, and which were not taken. */
export const ingestAnswer = z.object({
	added: z.int(),
	duplicates: z.int(),
	rejected: z.array(rejectedPoint)
});
export type IngestAnswer = z.infer<typeof ingestAnswer>;

/** A point as it is read back. `seq` grows with every change in the space: ask `after` the highest seen. */
const storedPoint = z.object({
	seq: z.int(),
	at: z.string(),
	value: z.number(),
	segment: z.optional(z.string())
});
export type StoredPoint = z.infer<typeof storedPoint>;

/** One page of points, in order of `seq`. `next` is the `after` of the next page; absent on the last. */
export const pointsPage = z.object({ points: z.array(storedPoint), next: z.optional(z.int()) });
export type PointsPage = z.infer<typeof pointsPage>;

/** One KPI that has points. `count` is of instants and segments, not of corrections. */
const knownKpi = z.object({ kpi: kpiId, count: z.int(), latestAt: z.string(), seq: z.int() });
export type KnownKpi = z.infer<typeof knownKpi>;

export const knownKpis = z.object({ kpis: z.array(knownKpi) });

/** What this device has of one KPI. Reactive when read in an effect. */
export interface SeriesView {
	/** The points of one segment; `WHOLE` for those without. Empty when there are none. */
	series(segment: string): PointSeries;
	/** The segments that have points, `WHOLE` among them when it has, in code-unit order. */
	readonly segments: readonly string[];
	/** Epoch milliseconds of when the server last confirmed these points; absent before the first time. */
	readonly asOfMs: number | undefined;
	/** No connection: points may be missing that others already see. */
	readonly isPaused: boolean;
	/** The device's own copy has not been read yet. */
	readonly isLoading: boolean;
}

/** The points of a space, as pages see them. The app implements it over the device's store and the API. */
export interface PointShelf {
	seriesOf(kpi: KpiId): SeriesView;
	/** KPIs that have points, whether they have a contract or not. Reactive. */
	known(): readonly KnownKpi[];
	/** Sends at most `POINTS_PER_CALL_MAX` points. Refuses at once when there is no connection: nothing is queued. */
	send(kpi: KpiId, points: readonly SentPoint[]): Promise<Result<IngestAnswer, SendRefused>>;
}

/** `offline`: the call did not arrive. `forbidden`: no right to write points here. `refused`: the server said why. */
export interface SendRefused {
	readonly code: 'points.offline' | 'points.forbidden' | 'points.refused';
	readonly sentence: string;
}
