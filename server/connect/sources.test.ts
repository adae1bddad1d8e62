import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import { ok, type Result } from '#lib/util/result.ts';
import { ManualClock } from '../clock-manual.ts';
import { silentLog } from '../log.ts';
import { MemorySeriesStore } from '../storage/memory/series-store.ts';
import { MemorySourceStore } from '../storage/memory/source-store.ts';
import { AddressGate } from './addresses.ts';
import type { ApartJob } from './apart.ts';
import type { Reading } from './rows.ts';
import { KEY_FILE, SecretBox } from './secret-box.ts';
import type { Source } from './source-store.ts';
import { Sources } from './sources.ts';
import { isSchedule, nextMs } from './timing.ts';
import type { Trouble } from './trouble.ts';

const space = 'ops' as SpaceId;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

let clock: ManualClock;
let store: MemorySourceStore;
let series: MemorySeriesStore;
let jobs: ApartJob[];
let announced: string[];
let answer: () => Promise<Result<Reading, Trouble>>;

const folder = mkdtempSync(join(tmpdir(), 'downbeat-sources-'));
const box = new SecretBox({ secret: undefined, dataFolder: folder });

beforeEach(() => {
	clock = new ManualClock(Date.UTC(2026, 5, 8, 10));
	[store, series, jobs, announced] = [new MemorySourceStore(), new MemorySeriesStore(), [], []];
	answer = () => Promise.resolve(ok(readingOf()));
});

const readingOf = (...points: readonly (readonly [at: string, value: number])[]): Reading => ({
	rows: points.length,
	points: points.map(([at, value], index) => ({ row: index + 1, at, value })),
	rejected: 0,
	reasons: []
});

const sources = () =>
	new Sources({
		store,
		series,
		clock,
		box,
		log: silentLog,
		announce: (where, kpi) => announced.push(`${where}/${kpi}`),
		nowMs: () => clock.nowMs(),
		gate: new AddressGate(['127.0.0.1']),
		apart: (job) => {
			jobs.push(job);
			return answer();
		},
		sqliteFolder: undefined,
		zoneOf: () => 'Europe/Berlin'
	});

function add(over: Partial<Source> = {}): Source {
	const settings = {
		host: '127.0.0.1',
		port: 5432,
		database: 'd',
		user: 'u',
		tls: 'off',
		query: 'SELECT 1 AS value',
		lookback: 30 * 86_400,
		overlap: 86_400
	} as const;
	const source: Source = {
		id: 'one',
		space,
		kpi: 'mttr' as KpiId,
		name: 'One',
		connector: { kind: 'postgresql', settings },
		schedule: '*/5 * * * *',
		zone: undefined,
		isPaused: false,
		secret: undefined,
		createdAtMs: clock.nowMs(),
		uptoMs: undefined,
		revision: 1,
		...over
	};
	store.add(source);
	return source;
}

const rangeOf = (job: ApartJob | undefined) => (job?.job === 'postgresql' ? job.range : undefined);
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

async function pass(ms: number): Promise<void> {
	clock.advance(ms);
	await settled();
}

test('a source runs when it is due, once, and again when its time comes again', async () => {
	add();
	const service = sources();
	await service.start();
	await pass(4 * MINUTE_MS);
	expect(jobs).toHaveLength(0);
	await pass(MINUTE_MS + 30_000);
	expect(jobs).toHaveLength(1);
	await pass(2 * MINUTE_MS);
	expect(jobs).toHaveLength(1);
	await pass(3 * MINUTE_MS);
	expect(jobs).toHaveLength(2);
	await service.drain();
	await pass(10 * MINUTE_MS);
	expect(jobs).toHaveLength(2);
});

test('after a restart what was missed is made up for by one run; a paused one has none', async () => {
	add();
	add({ id: 'paused', isPaused: true });
	clock.advance(3 * DAY_MS);
	const service = sources();
	await service.start();
	await pass(5_000);
	expect(jobs).toHaveLength(1);
	await pass(5_000);
	expect(jobs).toHaveLength(1);
	expect(store.runs(space, 'one')).toMatchObject([{ by: 'schedule', rows: 0 }]);
	await service.drain();
});

test('a run that hangs is over in ten seconds, and no second one of it begins meanwhile', async () => {
	add({ schedule: '* * * * *' });
	answer = () => new Promise(() => undefined);
	const service = sources();
	const run = service.run(space, 'one', 'person');
	await settled();
	expect(service.isRunning('one')).toBe(true);
	expect(await service.run(space, 'one', 'person')).toMatchObject({ error: { code: 'source.running' } });
	clock.advance(9_999);
	await settled();
	expect(service.isRunning('one')).toBe(true);
	clock.advance(1);
	expect(await run).toMatchObject({ value: { ms: 10_000, error: { code: 'source.timed-out' } } });
	expect(service.isRunning('one')).toBe(false);
});

test('a server that is stopped ends a run, which is then not recorded and comes again', async () => {
	add();
	answer = () => new Promise(() => undefined);
	const service = sources();
	const run = service.run(space, 'one', 'schedule');
	await settled();
	await service.drain();
	expect(await run).toMatchObject({ error: { code: 'source.stopping' } });
	expect(store.runs(space, 'one')).toEqual([]);
	expect(await service.run(space, 'one', 'person')).toMatchObject({ error: { code: 'source.stopping' } });
});

test('the first run looks back, the next begins a day before its last point, a changed one anew', async () => {
	const source = add();
	const startMs = clock.nowMs();
	answer = () => Promise.resolve(ok(readingOf(['2026-06-07T12:00:00.000Z', 1])));
	const service = sources();
	await service.run(space, 'one', 'person');
	expect(rangeOf(jobs[0])).toEqual({ fromMs: startMs - 30 * DAY_MS, toMs: startMs });
	await service.run(space, 'one', 'person');
	expect(rangeOf(jobs[1])?.fromMs).toBe(Date.parse('2026-06-06T12:00:00Z'));
	store.change(space, 'one', { ...source, uptoMs: undefined });
	await service.run(space, 'one', 'person');
	expect(rangeOf(jobs[2])?.fromMs).toBe(startMs - 30 * DAY_MS);
});

test('a clock that is ahead: a point of tomorrow is refused by its row, one of soon does not hide what comes before it', async () => {
	add();
	answer = () =>
		Promise.resolve(
			ok(
				readingOf(
					['2026-06-08T09:00:00.000Z', 1],
					['2026-06-08T11:00:00.000Z', 2],
					['2026-06-10T00:00:00.000Z', 3]
				)
			)
		);
	const done = await sources().run(space, 'one', 'person');
	expect(done).toMatchObject({ value: { rows: 3, added: 2, rejected: 1, reasons: [{ row: 3 }] } });
	expect(done.ok && done.value.reasons?.[0]?.reason).toMatch(/24 hours ahead/);
	expect(store.find(space, 'one')?.uptoMs).toBe(Date.parse('2026-06-08T09:00:00Z'));
});

test('open charts hear of what is new and of corrections, and of nothing else', async () => {
	add();
	const service = sources();
	const values = [1, 1, 2];
	answer = () => Promise.resolve(ok(readingOf(['2026-06-08T09:00:00.000Z', values.shift() ?? 0])));
	for (const heard of [1, 1, 2]) {
		await service.run(space, 'one', 'person');
		expect(announced).toEqual(Array(heard).fill('ops/mttr'));
	}
});

test('what a run brings after its source was changed or removed is let go', async () => {
	const source = add();
	answer = () => {
		store.change(space, 'one', { ...source, kpi: 'other' as KpiId });
		return Promise.resolve(ok(readingOf(['2026-06-08T09:00:00.000Z', 1])));
	};
	expect(await sources().run(space, 'one', 'person')).toMatchObject({
		value: { added: 0, error: { code: 'source.changed' } }
	});
	expect(await series.kpis(space)).toEqual([]);
});

test('four run at a time, the others in their turn', async () => {
	for (let index = 0; index < 6; index++) add({ id: `s${index}` });
	const gates: (() => void)[] = [];
	answer = () => new Promise((resolve) => gates.push(() => resolve(ok(readingOf()))));
	const service = sources();
	const runs = Array.from({ length: 6 }, (_, index) => service.run(space, `s${index}`, 'person'));
	await settled();
	expect(jobs).toHaveLength(4);
	gates.shift()?.();
	await settled();
	expect(jobs).toHaveLength(5);
	for (let round = 0; round < 5; round++) {
		for (const open of gates.splice(0)) open();
		await settled();
	}
	expect((await Promise.all(runs)).every(({ ok: isDone }) => isDone)).toBe(true);
});

test('a secret is sealed for its source, opens for no other and by no other key, and its key is a file of its own', () => {
	const service = sources();
	const source = add({ secret: service.seal(space, 'one', 'a-secret') });
	expect(Buffer.from(source.secret ?? []).toString('latin1')).not.toContain('a-secret');
	expect(service.secretOf(source)).toBe('a-secret');
	expect(service.secretOf({ ...source, id: 'two' })).toBeUndefined();
	expect(service.secretOf({ ...source, space: 'other' as SpaceId })).toBeUndefined();
	const again = new SecretBox({ secret: undefined, dataFolder: folder });
	expect(again.open(source.secret ?? new Uint8Array(), 'ops/one')).toBe('a-secret');
	const another = new SecretBox({ secret: 's'.repeat(32), dataFolder: folder });
	expect(another.open(source.secret ?? new Uint8Array(), 'ops/one')).toBeUndefined();
	expect(statSync(join(folder, KEY_FILE)).mode & 0o777).toBe(0o600);
});

test('a secret that can no longer be opened is said, and nobody is asked without it', async () => {
	add({ secret: Uint8Array.from({ length: 40 }, () => 7) });
	expect(await sources().run(space, 'one', 'person')).toMatchObject({
		value: { error: { code: 'source.secret-lost' } }
	});
	expect(jobs).toEqual([]);
});

test('a schedule is cron of five fields in its zone, and each source comes a little later by its own', () => {
	for (const good of ['*/15 * * * *', '0 4 * * MON-FRI', '0 0 1 * *']) expect(isSchedule(good)).toBe(true);
	for (const bad of ['', '* * * *', '* * * * * *', '61 * * * *', 'soon', '@daily', '0 0 30 2 *'])
		expect([bad, isSchedule(bad)]).toEqual([bad, false]);
	const from = Date.UTC(2026, 5, 8, 10);
	const next = nextMs({ id: 'one', schedule: '0 4 * * *', zone: 'Europe/Berlin' }, from) ?? 0;
	expect(next - Date.UTC(2026, 5, 9, 2)).toBeGreaterThanOrEqual(0);
	expect(next - Date.UTC(2026, 5, 9, 2)).toBeLessThan(20_000);
	expect(nextMs({ id: 'two', schedule: '0 4 * * *', zone: 'Europe/Berlin' }, from)).not.toBe(next);
	expect(nextMs({ id: 'one', schedule: '0 4 * * *', zone: 'Nowhere/Else' }, from)).toBeUndefined();
});
