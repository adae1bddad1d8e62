import * as z from 'zod';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import type { IngestAnswer } from '#lib/domain/points.ts';
import { isSegment, SEGMENT_RULE, WHOLE } from '#lib/domain/points.ts';
import { FUTURE_MS_MAX, POINTS_PER_CALL_MAX } from '#lib/protocol/limits.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { MeasuredPoint, SeriesName, SeriesStore } from './series-store.ts';

/** KPIs that one space may send points for. Protects the listing, which is read whole, from a typo in a loop. */
export const KPIS_PER_SPACE_MAX = 2_000;

export interface IngestRefused {
	readonly code: 'points.malformed' | 'points.too-many' | 'points.too-many-kpis';
	readonly sentence: string;
}

export interface IngestPorts {
	readonly series: SeriesStore;
	readonly nowMs: () => number;
	/** Called after points are stored, so that open charts fetch them. */
	readonly announce: (space: SpaceId, kpi: KpiId) => void;
}

/**
 * Stores the points of one call. What is wrong with one point is said with its index, and the others go in. A body
 * that is no such object is refused as a whole. Sending the same again adds nothing.
 */
export async function ingest(
	body: unknown,
	target: SeriesName & { readonly author: string },
	ports: IngestPorts
): Promise<Result<IngestAnswer, IngestRefused>> {
	const { series, nowMs, announce } = ports;
	const parsed = envelope.safeParse(body);
	if (!parsed.success) return refuse(malformed);
	if (parsed.data.points.length > POINTS_PER_CALL_MAX) return refuse(tooMany(parsed.data.points.length));
	const { space, kpi } = target;
	const known = await series.kpis(space);
	if (known.length >= KPIS_PER_SPACE_MAX && !known.some((one) => one.kpi === kpi)) return refuse(tooManyKpis);

	const storedAtMs = nowMs();
	const { points, rejected } = readPoints(parsed.data.points, storedAtMs);
	const appended = points.length > 0 ? await series.append({ ...target, points, storedAtMs }) : nothing;
	if (appended.added > 0) announce(space, kpi);
	return ok({ ...appended, rejected });
}

const envelope = z.object({ points: z.array(z.unknown()) });
const nothing = { added: 0, duplicates: 0 };

function readPoints(
	items: readonly unknown[],
	nowMs: number
): { points: readonly MeasuredPoint[]; rejected: IngestAnswer['rejected'] } {
	const points: MeasuredPoint[] = [];
	const rejected: IngestAnswer['rejected'] = [];
	for (const [index, one] of items.entries()) {
		const read = readPoint(one, nowMs);
		if (read.ok) points.push(read.value);
		else rejected.push({ index, reason: read.error });
	}
	return { points, rejected };
}

const instant = z.iso.datetime({ offset: true });

function readPoint(one: unknown, nowMs: number): Result<MeasuredPoint, string> {
	if (typeof one !== 'object' || one === null) return refuse('A point is an object with at and value.');
	const { at, value, segment = WHOLE } = one as { at?: unknown; value?: unknown; segment?: unknown };
	const parsed = instant.safeParse(at);
	if (!parsed.success) return refuse(INSTANT_RULE);
	const atMs = Date.parse(parsed.data);
	if (atMs > nowMs + FUTURE_MS_MAX) return refuse('at lies more than 24 hours ahead of the server’s clock.');
	if (typeof value !== 'number' || !Number.isFinite(value)) return refuse('value must be a finite number.');
	if (typeof segment !== 'string' || (segment !== WHOLE && !isSegment(segment))) return refuse(SEGMENT_RULE);
	return ok({ atMs, value, segment });
}

const INSTANT_RULE = 'at must be an ISO 8601 instant with its zone, such as 2026-06-08T10:05:00Z.';

const malformed: IngestRefused = {
	code: 'points.malformed',
	sentence:
		'Send an object with points: [{ "at": "2026-06-08T10:05:00Z", "value": 99.82 }]. Nothing was stored.'
};

const tooMany = (count: number): IngestRefused => ({
	code: 'points.too-many',
	sentence: `A call takes at most ${POINTS_PER_CALL_MAX} points, this one has ${count}. Send them in several. Nothing was stored.`
});

const tooManyKpis: IngestRefused = {
	code: 'points.too-many-kpis',
	sentence: `This space has points of ${KPIS_PER_SPACE_MAX} KPIs, the most there may be. Check the KPI’s id. Nothing was stored.`
};
