import { createSubscriber } from 'svelte/reactivity';
import type { KpiId } from '../domain/id.ts';
import { EMPTY_SERIES } from '../domain/series.ts';
import type {
	IngestAnswer,
	KnownKpi,
	PointShelf,
	SendRefused,
	SentPoint,
	SeriesView
} from '../domain/points.ts';
import { refuse, type Result } from '../util/result.ts';
import type { PointCache } from '../sync/point-cache.ts';

/** The points of a space as pages read them: reactive, and honest about the connection. */
export class SpacePointShelf implements PointShelf {
	readonly #cache: PointCache;
	readonly #isPaused: () => boolean;
	readonly #track: () => void;
	readonly #listeners = new Set<() => void>();

	/** `open` makes the cache, given what to call when something in it is new. */
	constructor(open: (changed: () => void) => PointCache, isPaused: () => boolean) {
		this.#isPaused = isPaused;
		this.#track = createSubscriber((changed) => {
			this.#listeners.add(changed);
			return () => this.#listeners.delete(changed);
		});
		this.#cache = open(() => {
			for (const listener of this.#listeners) listener();
		});
	}

	get cache(): PointCache {
		return this.#cache;
	}

	seriesOf(kpi: KpiId): SeriesView {
		this.#track();
		const kept = this.#cache.seriesOf(kpi);
		return {
			series: (segment) => kept.bySegment.get(segment) ?? EMPTY_SERIES,
			segments: kept.segments,
			asOfMs: kept.asOfMs,
			isPaused: this.#isPaused(),
			isLoading: kept.isLoading
		};
	}

	known(): readonly KnownKpi[] {
		this.#track();
		return this.#cache.known;
	}

	async send(kpi: KpiId, points: readonly SentPoint[]): Promise<Result<IngestAnswer, SendRefused>> {
		const answer = await this.#cache.send(kpi, points);
		return answer.ok ? answer : refuse({ ...answer.error, code: codeOf(answer.error.code) });
	}
}

function codeOf(code: string): SendRefused['code'] {
	if (code === 'offline') return 'points.offline';
	return /signed|forbidden|token|access/.test(code) ? 'points.forbidden' : 'points.refused';
}
