import type { KpiId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import { WHOLE, type PointShelf, type SentPoint, type SeriesView } from '#lib/domain/points.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import { ok, refuse } from '#lib/util/result.ts';
import type { KpisSurroundings } from '../surroundings.ts';

export const NOW_MS = Date.parse('2026-06-08T10:11:00Z');

const person = (id: string, name: string, slot: Person['slot']) => ({ id, name, slot }) as Person;
export const PEOPLE: readonly Person[] = [
	person('p-priya', 'Priya Raman', 1),
	person('p-mei', 'Mei Lin', 3),
	person('p-rafael', 'Rafael Costa', 5)
];

/** A shelf in memory that takes what is sent, as the server would. */
export class MemoryShelf implements PointShelf {
	readonly #series = $state.raw(new Map<KpiId, Map<string, PointSeries>>());
	#count = $state(0);
	isOffline = $state(false);
	calls: readonly SentPoint[][] = [];

	put(kpi: string, points: readonly { at: number; value: number; segment?: string }[]): void {
		const ofKpi = this.#series.get(kpi as KpiId) ?? new Map<string, PointSeries>();
		for (const segment of new Set(points.map((point) => point.segment ?? WHOLE))) {
			const own = points.filter((point) => (point.segment ?? WHOLE) === segment);
			ofKpi.set(segment, mergePoints(ofKpi.get(segment) ?? EMPTY_SERIES, own));
		}
		this.#series.set(kpi as KpiId, ofKpi);
		this.#count++;
	}

	seriesOf(kpi: KpiId): SeriesView {
		void this.#count;
		const ofKpi = this.#series.get(kpi);
		return {
			series: (segment) => ofKpi?.get(segment) ?? EMPTY_SERIES,
			segments: [...(ofKpi?.keys() ?? [])].sort(),
			asOfMs: NOW_MS - 6 * 60_000,
			isPaused: this.isOffline,
			isLoading: false
		};
	}

	known() {
		void this.#count;
		return [...this.#series].map(([kpi, segments]) => ({
			kpi,
			count: [...segments.values()].reduce((sum, { seconds }) => sum + seconds.length, 0),
			latestAt: new Date(NOW_MS).toISOString(),
			seq: 1
		}));
	}

	send(kpi: KpiId, points: readonly SentPoint[]): ReturnType<PointShelf['send']> {
		if (this.isOffline) {
			return Promise.resolve(refuse({ code: 'points.offline', sentence: 'There is no connection.' }));
		}
		this.calls = [...this.calls, [...points]];
		const before = this.#total(kpi);
		this.put(
			kpi,
			points.map(({ at, ...rest }) => ({ at: Date.parse(at) / 1000, ...rest }))
		);
		const added = this.#total(kpi) - before;
		return Promise.resolve(ok({ added, duplicates: points.length - added, rejected: [] }));
	}

	#total(kpi: KpiId): number {
		return [...(this.#series.get(kpi)?.values() ?? [])].reduce((sum, { seconds }) => sum + seconds.length, 0);
	}
}

/** Surroundings over `shelf`; the open KPI is what the address says after the hash. */
export function surroundingsOf(
	shelf: MemoryShelf,
	rest: Partial<Pick<KpisSurroundings, 'row' | 'openSettings' | 'saveAs' | 'explanationOf'>> = {}
): KpisSurroundings {
	return {
		people: PEOPLE,
		me: PEOPLE[0] as Person,
		timeZone: 'UTC',
		today: '2026-06-08',
		points: shelf,
		row: rest.row,
		hrefOf: (kpi) => `#${kpi ?? ''}`,
		apiUrlOf: (kpi) => `https://downbeat.example/api/v1/spaces/tarn/kpis/${kpi}/points`,
		explanationOf:
			rest.explanationOf ?? ((_kpi, { id }) => ({ isComplete: false, href: `#commentary-${id}` })),
		get isOffline() {
			return shelf.isOffline;
		},
		nowMs: () => NOW_MS,
		openSettings: rest.openSettings ?? (() => undefined),
		saveAs: rest.saveAs ?? (() => undefined)
	};
}
