import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { documentRef } from '#lib/domain/link.ts';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { contractAt, statusAt } from '#lib/domain/kpi-terms.ts';
import { boundsOf, type Status } from '#lib/domain/status.ts';
import { CADENCE_SECONDS } from '#lib/domain/kpi.ts';
import { WHOLE } from '#lib/domain/points.ts';
import { cadenceOf, gapsOf, lastPoint, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import { RANGES, spanOf } from '#lib/domain/series-range.ts';
import type { ProseBlock, ProseEmbed, ProseLine } from '#lib/docs/prose.ts';
import { textOfBlocks } from '#lib/docs/prose-text.ts';
import { dayOf } from '#lib/domain/words.ts';
import { kpisKind } from '#lib/kinds/kpis/kind.ts';
import { clockOf } from '#lib/kinds/meeting/clock.ts';
import { meetingKind } from '#lib/kinds/meeting/kind.ts';
import type { Meeting } from '#lib/kinds/meeting/schema.ts';
import { spaceKind } from '#lib/kinds/space/kind.ts';
import type { KeptPoint } from '../../server/kpi/series-store.ts';
import { foundSpace } from '../../server/setup/found-space.ts';
import { MemoryDocStore } from '../../server/storage/memory/doc-store.ts';
import { MemorySeriesStore } from '../../server/storage/memory/series-store.ts';
import { readSpace, type FoundSpace } from './founding-helpers.ts';

const space = 'tarn-systems-1' as SpaceId;
const ada = { id: 'p-ada' as PersonId, name: 'Ada Okafor' };
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

async function sample(nowMs: number, timeZone: string): Promise<FoundSpace> {
	const stores = { docs: new MemoryDocStore(), series: new MemorySeriesStore() };
	const founding = { space, title: 'Tarn Systems', timeZone, series: [], sample: true, person: ada };
	await foundSpace(founding, { ...stores, nowMs });
	return readSpace(space, stores);
}

const seriesOf = (points: readonly KeptPoint[], segment = WHOLE): PointSeries =>
	mergePoints(
		{ seconds: new Float64Array(), values: new Float64Array() },
		points.filter((point) => point.segment === segment).map(({ atMs, value }) => ({ at: atMs / 1000, value }))
	);

const blocksOf = ({ agenda, notes }: Meeting): readonly ProseBlock[] =>
	agenda.flatMap(({ id }) => flat(notes[id] ?? []));

const flat = (blocks: readonly ProseBlock[]): readonly ProseBlock[] =>
	blocks.flatMap((block) => {
		if (block.is === 'list' || block.is === 'tasks') {
			return [block, ...block.items.flatMap((item) => flat(item.blocks))];
		}
		if (block.is === 'quote') return [block, ...flat(block.blocks)];
		if (block.is !== 'table') return [block];
		return [block, ...block.rows.flatMap((row) => row.cells.flatMap((cell) => flat(cell.blocks)))];
	});

const embedsOf = (meeting: Meeting): readonly ProseEmbed[] =>
	blocksOf(meeting).filter((block) => block.is === 'block');
const chartsOf = (meeting: Meeting) => embedsOf(meeting).filter(({ type }) => type === 'chart');
const recordsIn = (meetings: readonly Meeting[]) =>
	meetings.flatMap(embedsOf).filter(({ type }) => type !== 'chart');

const linesOf = (meeting: Meeting): readonly ProseLine[] =>
	blocksOf(meeting).flatMap((block) =>
		block.is === 'paragraph' || block.is === 'heading' ? [block.text] : []
	);

const moments: readonly (readonly [when: string, at: string, timeZone: string])[] = [
	['a Monday before the review', '2026-06-08T07:34:00Z', 'Europe/Berlin'],
	['a Monday in the review', '2026-06-08T08:20:00Z', 'Europe/Berlin'],
	['a Monday after it', '2026-06-08T09:00:00Z', 'Europe/Berlin'],
	['a Wednesday afternoon', '2026-11-18T13:04:00Z', 'Europe/Berlin'],
	['a Friday evening', '2026-11-21T02:41:00Z', 'America/Los_Angeles'],
	['a Saturday morning', '2026-11-21T06:30:00Z', 'UTC'],
	['a Sunday on which the clocks change', '2026-10-25T01:10:00Z', 'Europe/Berlin'],
	['the first minutes of a year', '2026-12-31T11:02:00Z', 'Pacific/Auckland'],
	['a leap day', '2028-02-29T12:00:00Z', 'Asia/Kolkata'],
	['the week of a quarterly review', '2026-07-01T12:00:00Z', 'America/Sao_Paulo']
];

describe.each(moments)('a sample founded on %s', (_, at, timeZone) => {
	const nowMs = Date.parse(at);
	const found = sample(nowMs, timeZone);
	const coming = async (): Promise<Meeting> => {
		const { index, meetings } = await found;
		const next = index.documents.find(
			({ series, startsAt, minutes = 0 }) =>
				series === 'ops-review' && Date.parse(startsAt ?? '') + minutes * MINUTE_MS > nowMs
		);
		const meeting = meetings.get(next?.id ?? '');
		if (!meeting) throw new Error('no ops review is to come');
		return meeting;
	};

	test('reads back whole, and no rule has anything to say', async () => {
		const { index, kpis, meetings, rejected } = await found;
		expect(rejected).toEqual([]);
		const context = { today: dayOf(nowMs, timeZone) };
		expect(spaceKind.rules.flatMap((rule) => rule.check(index, context))).toEqual([]);
		expect(kpisKind.rules.flatMap((rule) => rule.check(kpis, context))).toEqual([]);
		for (const meeting of meetings.values()) {
			expect(meetingKind.rules.flatMap((rule) => rule.check(meeting, context))).toEqual([]);
		}
		expect(meetings.size).toBeGreaterThan(12);
	});

	test('has KPIs that are red, amber, green and without data', async () => {
		const { kpis, points } = await found;
		const statuses = new Map<Status, number>();
		for (const kpi of kpis.kpis) {
			const last = lastPoint(seriesOf(points.get(kpi.id) ?? []));
			const status = statusAt(last, kpi, 'UTC');
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			expect(boundsOf(contractAt(kpi, last?.at ?? Infinity, 'UTC'))).toBeDefined();
		}
		expect(statuses.get('none')).toBe(1);
		for (const status of ['red', 'amber'] as const) expect(statuses.get(status)).toBeGreaterThanOrEqual(2);
		expect(statuses.get('green')).toBeGreaterThan((statuses.get('red') ?? 0) + (statuses.get('amber') ?? 0));
	});

	test('shows charts of KPIs that it has points of', async () => {
		const { kpis, meetings, points } = await found;
		for (const meeting of meetings.values()) {
			const charts = chartsOf(meeting);
			expect(new Set(charts.map(({ key }) => key)).size).toBe(charts.length);
			for (const { data } of charts) {
				expect(kpis.kpis.map(({ id }) => String(id))).toContain(data['kpi']);
				expect(points.get(String(data['kpi']))?.length).toBeGreaterThan(20);
				expect(RANGES).toContain(data['range']);
			}
		}
		expect(chartsOf(await coming()).map(({ data }) => data['kpi'])).toEqual([
			'on-call-pages',
			'slo-attainment',
			'error-budget-burn',
			'mttr',
			'cloud-unit-cost',
			'runbook-automation'
		]);
	});

	test('names nobody but its people, and leaves no sign of its source in a text', async () => {
		const { index, kpis, meetings } = await found;
		const names = new Map(index.people.map(({ id, name }) => [String(id), name]));
		for (const { owner } of kpis.kpis) expect([...names.keys()]).toContain(owner);
		for (const meeting of meetings.values()) {
			const people = [meeting.fields.facilitator, ...meeting.agenda.map(({ owner }) => owner)];
			for (const person of people) expect([...names.keys()]).toContain(person);
			for (const run of linesOf(meeting).flat()) {
				expect(run.is).not.toBe('unknown');
				if (run.is === 'mention') expect(run.label).toBe(names.get(run.person));
				if (run.is === 'text') expect(run.text).not.toMatch(/@|\[|\]|\*\*|`|\t|undefined|NaN|Invalid/);
			}
		}
	});

	test('has the founder run the Ops Review, which nobody has begun', async () => {
		const meeting = await coming();
		expect(meeting.fields.facilitator).toBe(ada.id);
		expect(clockOf(meeting.clock).state).toBe('draft');
		expect(new Set(blocksOf(meeting).map(({ is }) => is))).toEqual(
			new Set(['paragraph', 'list', 'table', 'block'])
		);
		const { open } = meetingKind.summarise(meeting, { today: dayOf(nowMs, timeZone) });
		expect(open.filter(({ group }) => group === 'parked')).toHaveLength(2);
	});

	test('keeps what the reviews decided and promised, as records that point back to them', async () => {
		const { meetings, records, index } = await found;
		const ids = new Set(index.documents.map(({ id }) => String(id)));
		for (const { document, row } of recordsIn([...meetings.values()]).map(({ data }) =>
			z.parse(documentRef, data)
		)) {
			expect(ids).toContain(document);
			expect(records.map(({ ref }) => ref.row)).toContain(row);
		}
		for (const { source } of records) {
			if (!source) continue;
			const items = meetings.get(source.document)?.agenda.map(({ id }) => id);
			expect(items).toContain(source.row);
		}
		const open = (kind: string) => records.filter(({ ref, isOpen }) => ref.kind === kind && isOpen).length;
		expect(open('decisions')).toBe(2);
		expect(open('actions')).toBe(8);
	});

	test('has held what is over, within its slot, and nothing else', async () => {
		const { index, meetings } = await found;
		let ended = 0;
		for (const { id, startsAt, minutes = 0 } of index.documents.filter(({ kind }) => kind === 'meeting')) {
			const [startMs, endMs] = [Date.parse(startsAt ?? ''), Date.parse(startsAt ?? '') + minutes * MINUTE_MS];
			const meeting = meetings.get(id);
			const clock = clockOf(meeting?.clock ?? []);
			expect([id, clock.state]).toEqual([id, endMs <= nowMs ? 'ended' : 'draft']);
			if (clock.state !== 'ended') continue;
			ended++;
			expect(clock.startedAtMs).toBeGreaterThanOrEqual(startMs);
			expect(clock.endedAtMs).toBeLessThanOrEqual(endMs);
			expect(clock.done.size).toBe(meeting?.agenda.length);
			for (const item of meeting?.agenda ?? []) {
				expect(textOfBlocks(meeting?.notes[item.id] ?? [])).not.toBe('');
			}
		}
		expect(ended).toBeGreaterThanOrEqual(2);
	});

	test('has no two meetings at the same time', async () => {
		const { index } = await found;
		const slots = index.documents
			.flatMap(({ startsAt, minutes = 0 }) => (startsAt ? [{ startMs: Date.parse(startsAt), minutes }] : []))
			.toSorted((a, b) => a.startMs - b.startMs);
		for (const [at, { startMs }] of slots.entries()) {
			const before = slots[at - 1];
			if (before) expect(startMs).toBeGreaterThanOrEqual(before.startMs + before.minutes * MINUTE_MS);
		}
		expect(slots.length).toBe(index.documents.filter(({ kind }) => kind === 'meeting').length);
	});

	test('has points up to now, at the cadence of each contract', async () => {
		const { kpis, points } = await found;
		for (const { id, cadence } of kpis.kpis.filter((kpi) => kpi.id !== 'vendor-status-delay')) {
			const series = seriesOf(points.get(id) ?? []);
			const lastMs = (series.seconds.at(-1) ?? 0) * 1000;
			expect(lastMs).toBeLessThanOrEqual(nowMs);
			expect(nowMs - lastMs).toBeLessThan(CADENCE_SECONDS[cadence] * 1000);
			expect([id, cadenceOf(series)]).toEqual([id, cadence]);
			expect(spanOf(series, { range: 'all', cadence, nowSeconds: nowMs / 1000 }).isStale).toBe(false);
			if (cadence === 'hourly') expect(nowMs - lastMs).toBeLessThan(5 * MINUTE_MS);
			const firstMs = (series.seconds[0] ?? 0) * 1000;
			const days = { hourly: 13, daily: 182, weekly: 364, monthly: 700, quarterly: 700 }[cadence];
			expect(nowMs - firstMs).toBeGreaterThan(days * DAY_MS);
		}
	});

	test('tells one story: a release, a fall, a rollback, a recovery, and the notes know it', async () => {
		const { kpis, points } = await found;
		const [release, incident, rollback] = ['release', 'incident', 'rollback'].map((kind) => {
			const pinned = kpis.markers.findLast((marker) => marker.kind === kind);
			return Date.parse(pinned?.at ?? '') / 1000;
		}) as [number, number, number];
		expect(release < incident && incident < rollback && rollback * 1000 < nowMs).toBe(true);
		const slo = seriesOf(points.get('slo-attainment') ?? []);
		const before = [...slo.values].filter((_, at) => (slo.seconds[at] ?? 0) < release);
		const since = [...slo.values].filter((_, at) => (slo.seconds[at] ?? 0) > release);
		expect(Math.min(...before)).toBeGreaterThan(99.9);
		expect(Math.min(...since)).toBe(99.77);
		expect(since.at(-1)).toBeGreaterThan(99.77);
		const latency = seriesOf(points.get('search-latency') ?? []);
		for (const [at, second] of latency.seconds.entries()) {
			const isSlow = second > release && second < rollback;
			expect(latency.values[at]).toSatisfy((value: number) => (isSlow ? value > 600 : value < 400));
		}
		expect(linesOf(await coming()).flat()).toContainEqual(
			expect.objectContaining({ text: expect.stringContaining('Attainment held near 99.93%') as string })
		);
	});
});

describe('the sample’s numbers', () => {
	const nowMs = Date.parse('2026-06-08T07:34:00Z');
	const found = sample(nowMs, 'Europe/Berlin');

	test('the billing feed has one gap, with a note where it begins', async () => {
		const { kpis, points } = await found;
		const cost = seriesOf(points.get('cloud-unit-cost') ?? []);
		const gaps = gapsOf(cost, 'daily');
		expect(gaps).toHaveLength(1);
		const note = kpis.markers.find(({ kind }) => kind === 'note');
		const gapAt = cost.seconds[gaps[0] ?? -1] ?? 0;
		expect(note?.kpi).toBe('cloud-unit-cost');
		expect(Math.abs(Date.parse(note?.at ?? '') / 1000 - gapAt)).toBeLessThan(DAY_MS / 1000);
	});

	test('active accounts are told apart by segment, and the segments add up', async () => {
		const { kpis, points } = await found;
		const contract = kpis.kpis.find(({ id }) => id === 'weekly-active-accounts');
		expect(contract?.segments).toEqual(['enterprise', 'smb']);
		const all = points.get('weekly-active-accounts') ?? [];
		const [whole, enterprise, smb] = [WHOLE, 'enterprise', 'smb'].map((segment) => seriesOf(all, segment));
		expect(whole?.values.length).toBeGreaterThan(50);
		expect([...(whole?.values ?? [])]).toEqual(
			[...(enterprise?.values ?? [])].map((value, at) => value + (smb?.values[at] ?? NaN))
		);
	});

	test('two foundings at one moment are the same, byte for byte', async () => {
		const stores = [0, 1].map(() => ({ docs: new MemoryDocStore(), series: new MemorySeriesStore() }));
		const founding = { space, title: 'Tarn', timeZone: 'UTC', series: [], sample: true, person: ada };
		for (const ports of stores) await foundSpace(founding, { ...ports, nowMs });
		const updates = await Promise.all(
			stores.map(async ({ docs }) =>
				Promise.all((await docs.list(space)).map(async (name) => (await docs.load(name)).tail))
			)
		);
		expect(updates[0]?.length).toBeGreaterThan(12);
		expect(updates[0]?.map((tail) => tail.map(({ update }) => update))).toEqual(
			updates[1]?.map((tail) => tail.map(({ update }) => update))
		);
	});

	test('a sample that nobody founded is run by somebody invented', async () => {
		const stores = { docs: new MemoryDocStore(), series: new MemorySeriesStore() };
		const founding = { space, title: 'Tarn', timeZone: 'UTC', series: [], sample: true, person: undefined };
		await foundSpace(founding, { ...stores, nowMs });
		const { index, meetings } = await readSpace(space, stores);
		const facilitator = meetings.get('m-ops-review-2026-06-08')?.fields.facilitator;
		expect(index.people.find(({ id }) => id === String(facilitator))?.name).toBe('Nadia Okafor');
	});
});
