import type { KpiId, SpaceId } from '../domain/id.ts';
import {
	WHOLE,
	type IngestAnswer,
	type KnownKpi,
	type SentPoint,
	type StoredPoint
} from '../domain/points.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '../domain/series.ts';
import { byCodeUnit } from '../util/order.ts';
import type { DeviceStore, PointChunk } from './device-store.ts';
import type { Answer } from './api-call.ts';
import type { SpaceApi } from './server-api.ts';

// The points of a space on this device: read from the disk first, then brought up to date from the server, which is
// asked for whatever comes after the newest `seq` seen.

/** Points a chunk holds before the next one begins: a live point rewrites at most this much. */
const CHUNK_POINTS_MAX = 4_096;

/** What is known of one KPI's points. */
export interface KeptSeries {
	readonly bySegment: ReadonlyMap<string, PointSeries>;
	readonly segments: readonly string[];
	/** When the server last said that this is all. */
	readonly asOfMs: number | undefined;
	readonly isLoading: boolean;
}

const NOTHING: KeptSeries = { bySegment: new Map(), segments: [], asOfMs: undefined, isLoading: true };

/** As it stands in a chunk: `[epoch milliseconds, value, segment?]`. */
type PackedPoint = readonly [number, number, string?];

interface Entry {
	kept: KeptSeries;
	throughSeq: number;
	tail: { number: number; points: PackedPoint[] };
	loading: Promise<void>;
	refreshing: Promise<void> | undefined;
	/** News came while a refresh was under way. */
	isStale: boolean;
}

export class PointCache {
	readonly #store: DeviceStore;
	readonly #space: SpaceId;
	readonly #api: SpaceApi;
	readonly #nowMs: () => number;
	readonly #changed: () => void;
	readonly #entries = new Map<KpiId, Entry>();
	#known: readonly KnownKpi[] = [];

	constructor(options: {
		store: DeviceStore;
		space: SpaceId;
		api: SpaceApi;
		nowMs: () => number;
		/** Something that can be read here is new. */
		changed: () => void;
	}) {
		this.#store = options.store;
		this.#space = options.space;
		this.#api = options.api;
		this.#nowMs = options.nowMs;
		this.#changed = options.changed;
	}

	/** KPIs that have points, as the server last said. */
	get known(): readonly KnownKpi[] {
		return this.#known;
	}

	/** What the device has. The first asking begins to read it and to bring it up to date. */
	seriesOf(kpi: KpiId): KeptSeries {
		return this.#entry(kpi).kept;
	}

	/** The server has new points of `kpi`. */
	heard(kpi: KpiId): void {
		if (this.#entries.has(kpi)) void this.#refresh(kpi);
		void this.refreshKnown();
	}

	/** After a connection came back: everything may have changed. */
	async refreshAll(): Promise<void> {
		await Promise.all([this.refreshKnown(), ...[...this.#entries.keys()].map((kpi) => this.#refresh(kpi))]);
	}

	async refreshKnown(): Promise<void> {
		const answer = await this.#api.kpis();
		if (!answer.ok) return;
		this.#known = answer.value.kpis;
		this.#changed();
		await this.#store.putSetting(this.#knownKey, this.#known).catch(() => undefined); // Asked again next time.
	}

	/** Which KPIs have points, from an earlier visit. */
	async loadKnown(): Promise<void> {
		const kept = await this.#store.setting(this.#knownKey);
		if (this.#known.length === 0 && Array.isArray(kept)) this.#known = kept as readonly KnownKpi[];
		this.#changed();
	}

	async send(kpi: KpiId, points: readonly SentPoint[]): Answer<IngestAnswer> {
		const answer = await this.#api.sendPoints(kpi, points);
		if (answer.ok) this.heard(kpi);
		return answer;
	}

	get #knownKey(): string {
		return `points:${this.#space}`;
	}

	#entry(kpi: KpiId): Entry {
		const known = this.#entries.get(kpi);
		if (known) return known;
		const entry: Entry = {
			kept: NOTHING,
			throughSeq: 0,
			tail: { number: 0, points: [] },
			loading: Promise.resolve(),
			refreshing: undefined,
			isStale: false
		};
		this.#entries.set(kpi, entry);
		entry.loading = this.#load(kpi, entry);
		void this.#refresh(kpi);
		return entry;
	}

	async #load(kpi: KpiId, entry: Entry): Promise<void> {
		const chunks = await this.#store.pointChunks(this.#nameOf(kpi)).catch((): readonly PointChunk[] => []);
		const last = chunks.at(-1);
		const packed = chunks.map((chunk) => JSON.parse(chunk.points) as PackedPoint[]);
		entry.throughSeq = last?.throughSeq ?? 0;
		entry.tail = { number: last?.number ?? 0, points: packed.at(-1) ?? [] };
		this.#take(entry, packed.flat(), last?.confirmedAtMs);
	}

	async #refresh(kpi: KpiId): Promise<void> {
		const entry = this.#entry(kpi);
		entry.isStale = true;
		entry.refreshing ??= this.#catchUp(kpi, entry).finally(() => (entry.refreshing = undefined));
		await entry.refreshing;
	}

	async #catchUp(kpi: KpiId, entry: Entry): Promise<void> {
		await entry.loading;
		while (entry.isStale) {
			entry.isStale = false;
			const answer = await this.#api.points(kpi, entry.throughSeq);
			if (!answer.ok) return;
			const { points, next } = answer.value;
			entry.throughSeq = points.at(-1)?.seq ?? entry.throughSeq;
			if (next !== undefined) entry.isStale = true;
			const confirmedAtMs = this.#nowMs();
			this.#take(entry, points.map(packed), next === undefined ? confirmedAtMs : entry.kept.asOfMs);
			await this.#keep(kpi, entry, { points: points.map(packed), confirmedAtMs }).catch(() => undefined); // Asked again.
		}
	}

	/** Adds to the chunk that grows, and begins new ones as it fills: all in one step. */
	async #keep(
		kpi: KpiId,
		entry: Entry,
		added: { points: PackedPoint[]; confirmedAtMs: number }
	): Promise<void> {
		const waiting = [...added.points];
		const chunks: PointChunk[] = [];
		do {
			if (entry.tail.points.length >= CHUNK_POINTS_MAX)
				entry.tail = { number: entry.tail.number + 1, points: [] };
			entry.tail.points.push(...waiting.splice(0, CHUNK_POINTS_MAX - entry.tail.points.length));
			chunks.push({
				series: this.#nameOf(kpi),
				number: entry.tail.number,
				throughSeq: entry.throughSeq,
				confirmedAtMs: added.confirmedAtMs,
				points: JSON.stringify(entry.tail.points)
			});
		} while (waiting.length > 0);
		await this.#store.putPointChunks(chunks);
	}

	#take(entry: Entry, points: readonly PackedPoint[], asOfMs: number | undefined): void {
		const bySegment = new Map(entry.kept.bySegment);
		for (const [segment, of] of Map.groupBy(points, ([, , name]) => name ?? WHOLE)) {
			const added = of.map(([atMs, value]) => ({ at: atMs / 1000, value }));
			bySegment.set(segment, mergePoints(bySegment.get(segment) ?? EMPTY_SERIES, added));
		}
		entry.kept = { bySegment, segments: [...bySegment.keys()].sort(byCodeUnit), asOfMs, isLoading: false };
		this.#changed();
	}

	#nameOf(kpi: KpiId): string {
		return `${this.#space}/${kpi}`;
	}
}

function packed({ at, value, segment }: StoredPoint): PackedPoint {
	return segment === undefined ? [Date.parse(at), value] : [Date.parse(at), value, segment];
}
