import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import { expect, test } from 'vitest';
import type { KpiId, SpaceId } from '../domain/id.ts';
import { WHOLE, type StoredPoint } from '../domain/points.ts';
import { ok, refuse } from '../util/result.ts';
import { DexieStore } from './dexie-store.ts';
import { PointCache } from './point-cache.ts';
import type { SpaceApi } from './server-api.ts';

const slo = 'slo' as KpiId;
let databases = 0;

/** A server with a log of points, and a switch. */
function server(pageSize = 3) {
	const log: StoredPoint[] = [];
	const state = { isUp: true, calls: 0 };
	const offline = refuse({ code: 'offline', sentence: 'The server does not answer.' });
	const api = {
		kpis: () =>
			Promise.resolve(
				state.isUp
					? ok({ kpis: [{ kpi: slo, count: log.length, latestAt: log.at(-1)?.at ?? '', seq: log.length }] })
					: offline
			),
		points: (_kpi: KpiId, after: number) => {
			state.calls++;
			const rest = log.filter(({ seq }) => seq > after);
			const page = rest.slice(0, pageSize);
			const next = rest.length > pageSize ? { next: page.at(-1)?.seq ?? 0 } : {};
			return Promise.resolve(state.isUp ? ok({ points: page, ...next }) : offline);
		}
	} as unknown as SpaceApi;
	return {
		api,
		state,
		add(minute: number, value: number, segment?: string) {
			const at = new Date(minute * 60_000).toISOString();
			log.push({ seq: log.length + 1, at, value, ...(segment ? { segment } : {}) });
		}
	};
}

function cacheOn(database: string, api: SpaceApi) {
	const listeners = new Set<() => void>();
	const store = new DexieStore({ name: database });
	const cache = new PointCache({
		store,
		space: 'acme' as SpaceId,
		api,
		nowMs: () => 1_000_000,
		changed: () => listeners.forEach((listener) => listener())
	});
	const valuesOf = (segment = WHOLE) => [...(cache.seriesOf(slo).bySegment.get(segment)?.values ?? [])];
	const until = (claim: () => boolean) =>
		new Promise<void>((resolve) => {
			const check = () => claim() && (listeners.delete(check), resolve());
			listeners.add(check);
			check();
		});
	return { cache, store, valuesOf, until };
}

test('points come page by page, live ones are added, corrections replace', async () => {
	const remote = server();
	for (let minute = 0; minute < 8; minute++) remote.add(minute, minute);
	const { cache, valuesOf, until } = cacheOn(`points-${databases++}`, remote.api);
	await until(() => valuesOf().length === 8);
	expect(cache.seriesOf(slo)).toMatchObject({ asOfMs: 1_000_000, isLoading: false, segments: [WHOLE] });
	remote.add(8, 8);
	remote.add(3, 33);
	remote.add(9, 1, 'smb');
	cache.heard(slo);
	await until(() => valuesOf().length === 9 && valuesOf('smb').length === 1);
	expect(valuesOf()).toEqual([0, 1, 2, 33, 4, 5, 6, 7, 8]);
	expect(cache.seriesOf(slo).segments).toEqual([WHOLE, 'smb']);
});

test('after a reload with no network the device has them all, and says of when', async () => {
	const remote = server(5_000);
	for (let minute = 0; minute < 9_001; minute++) remote.add(minute, minute % 7);
	const database = `points-${databases++}`;
	const first = cacheOn(database, remote.api);
	await first.until(() => first.valuesOf().length === 9_001);
	await first.cache.refreshAll();
	first.store.close();
	remote.state.isUp = false;
	const second = cacheOn(database, remote.api);
	await second.cache.loadKnown();
	await second.until(() => second.valuesOf().length === 9_001);
	expect(second.cache.seriesOf(slo).asOfMs).toBe(1_000_000);
	expect(second.cache.known).toMatchObject([{ kpi: slo, count: 9_001 }]);
	remote.state.isUp = true;
	remote.state.calls = 0;
	remote.add(9_002, 42);
	await second.cache.refreshAll();
	await second.until(() => second.valuesOf().at(-1) === 42);
	expect(remote.state.calls).toBeLessThan(4);
});

test('news during a refresh is not missed', async () => {
	const remote = server();
	remote.add(0, 1);
	const { cache, valuesOf, until } = cacheOn(`points-${databases++}`, remote.api);
	cache.seriesOf(slo);
	for (let minute = 1; minute <= 20; minute++) {
		remote.add(minute, minute);
		cache.heard(slo);
	}
	await until(() => valuesOf().length === 21);
});

test('a KPI without points is known to have none, not to be loading for ever', async () => {
	const { cache, until } = cacheOn(`points-${databases++}`, server().api);
	await until(() => !cache.seriesOf('nothing' as KpiId).isLoading);
	expect(cache.seriesOf('nothing' as KpiId).segments).toEqual([]);
});
