import { byCodeUnit } from '#lib/util/order.ts';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import type {
	Appended,
	KeptPoint,
	MeasuredPoint,
	PointBatch,
	SeriesName,
	SeriesStore,
	SeriesSummary
} from '../../kpi/series-store.ts';

/** For tests and for trying things: keeps everything, and loses it with the process. */
export class MemorySeriesStore implements SeriesStore {
	/** Space → KPI → segment and instant → current point. */
	readonly #spaces = new Map<SpaceId, Map<KpiId, Map<string, KeptPoint>>>();
	#lastSeq = 0;

	append({ space, kpi, points }: PointBatch): Promise<Appended> {
		const current = this.#current({ space, kpi });
		const latest = new Map(points.map((point) => [keyOf(point), point]));
		let added = 0;
		for (const [key, point] of latest) {
			if (current.get(key)?.value === point.value) continue;
			current.set(key, { ...point, seq: ++this.#lastSeq });
			added++;
		}
		return Promise.resolve({ added, duplicates: points.length - added });
	}

	read({ space, kpi }: SeriesName, { afterSeq, limit }: { afterSeq: number; limit: number }) {
		const points = [...(this.#spaces.get(space)?.get(kpi)?.values() ?? [])]
			.filter(({ seq }) => seq > afterSeq)
			.sort((a, b) => a.seq - b.seq);
		return Promise.resolve(points.slice(0, limit));
	}

	kpis(space: SpaceId): Promise<readonly SeriesSummary[]> {
		const summaries = [...(this.#spaces.get(space) ?? [])]
			.filter(([, points]) => points.size > 0)
			.map(([kpi, points]) => summaryOf(kpi, [...points.values()]));
		return Promise.resolve(summaries.sort((a, b) => byCodeUnit(a.kpi, b.kpi)));
	}

	removeSpace(space: SpaceId): Promise<void> {
		this.#spaces.delete(space);
		return Promise.resolve();
	}

	#current({ space, kpi }: SeriesName): Map<string, KeptPoint> {
		const ofSpace = this.#spaces.get(space) ?? new Map<KpiId, Map<string, KeptPoint>>();
		const ofKpi = ofSpace.get(kpi) ?? new Map<string, KeptPoint>();
		this.#spaces.set(space, ofSpace.set(kpi, ofKpi));
		return ofKpi;
	}
}

const keyOf = ({ atMs, segment }: MeasuredPoint) => `${atMs} ${segment}`;

const summaryOf = (kpi: KpiId, points: readonly KeptPoint[]): SeriesSummary => ({
	kpi,
	count: points.length,
	latestAtMs: points.reduce((latest, { atMs }) => Math.max(latest, atMs), -Infinity),
	seq: points.reduce((highest, { seq }) => Math.max(highest, seq), 0)
});
