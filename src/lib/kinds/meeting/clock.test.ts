import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RowId } from '#lib/domain/id.ts';
import { Random } from '#lib/util/random.ts';
import {
	allottedMsOf,
	clockOf,
	itemStateOf,
	neighbourOf,
	plannedMinutes,
	projectedEndMs,
	remainingMsOf,
	usedMsOf
} from './clock.ts';
import type { AgendaItem, ClockFact } from './schema.ts';

const id = (text: string) => text as RowId;
const item = (name: string, minutes: number, fields: Partial<AgendaItem> = {}): AgendaItem => ({
	id: id(name),
	order: name,
	title: name,
	minutes,
	...fields
});
const agenda = [
	item('a', 5),
	item('b', 10),
	item('c', 10, { parkedAt: '2026-06-08T08:00:00.000Z' }),
	item('d', 5)
];
const [a, b, , d] = agenda as [AgendaItem, AgendaItem, AgendaItem, AgendaItem];

let made = 0;
/** A fact `minutes` after the start of the world. */
const at = (minutes: number, fact: Omit<ClockFact, 'id' | 'atMs'>): ClockFact => ({
	...fact,
	id: id(`f${made++}`),
	atMs: minutes * 60_000
});
const minute = (minutes: number) => minutes * 60_000;
const started = at(0, { is: 'start', item: a.id });

test('a meeting that has not begun shows each timebox whole', () => {
	const clock = clockOf([]);
	expect(clock.state).toBe('draft');
	expect(remainingMsOf(clock, b, minute(99))).toBe(minute(10));
	expect(agenda.map((one) => itemStateOf(clock, one))).toEqual(['waiting', 'waiting', 'parked', 'waiting']);
	expect(projectedEndMs(clock, agenda, 0)).toBeUndefined();
	expect(plannedMinutes(agenda)).toBe(20);
});

test('the time left runs by itself, goes below zero, and stands while paused', () => {
	const running = clockOf([started]);
	expect(remainingMsOf(running, a, minute(2))).toBe(minute(3));
	expect(remainingMsOf(running, a, minute(7))).toBe(minute(-2));
	const paused = clockOf([started, at(2, { is: 'pause' })]);
	expect(paused.state).toBe('paused');
	expect(remainingMsOf(paused, a, minute(30))).toBe(minute(3));
	const resumed = clockOf([started, at(2, { is: 'pause' }), at(10, { is: 'resume' })]);
	expect(remainingMsOf(resumed, a, minute(11))).toBe(minute(2));
});

test('next passes over what is parked, previous comes back with the time already used', () => {
	const facts = [
		started,
		at(4, { is: 'step', from: a.id, item: b.id }),
		at(10, { is: 'step', from: b.id, item: d.id })
	];
	const clock = clockOf(facts);
	expect(neighbourOf(clockOf(facts.slice(0, 2)), agenda, 'next')).toBe(d);
	expect(neighbourOf(clock, agenda, 'next')).toBeUndefined();
	expect(neighbourOf(clock, agenda, 'previous')).toBe(b);
	expect([a, b, d].map((one) => itemStateOf(clock, one))).toEqual(['done', 'done', 'current']);
	const back = clockOf([...facts, at(11, { is: 'step', from: d.id, item: b.id, isBack: true })]);
	expect([a, b, d].map((one) => itemStateOf(back, one))).toEqual(['done', 'current', 'waiting']);
	expect(usedMsOf(back, b.id, minute(12))).toBe(minute(7));
	expect(usedMsOf(back, a.id, minute(12))).toBe(minute(4));
});

test('two people press next at once: the meeting moves one item on', () => {
	const clock = clockOf([
		started,
		at(4, { is: 'step', from: a.id, item: b.id }),
		at(4, { is: 'step', from: a.id, item: b.id })
	]);
	expect(clock.current).toBe(b.id);
	expect(itemStateOf(clock, d)).toBe('waiting');
});

test('a step from an item that others have left meanwhile changes nothing, a chosen item does', () => {
	const facts = [
		started,
		at(4, { is: 'step', from: a.id, item: b.id }),
		at(6, { is: 'step', from: b.id, item: d.id })
	];
	expect(clockOf([...facts, at(9, { is: 'step', from: a.id, item: b.id })]).current).toBe(d.id);
	expect(clockOf([...facts, at(9, { is: 'go', item: b.id })]).current).toBe(b.id);
});

test('two who each add two minutes add four', () => {
	const clock = clockOf([
		started,
		at(3, { is: 'extend', item: a.id, minutes: 2 }),
		at(3, { is: 'extend', item: a.id, minutes: 2 })
	]);
	expect(allottedMsOf(clock, a)).toBe(minute(9));
	expect(remainingMsOf(clock, a, minute(5))).toBe(minute(4));
});

test('two starts are one, the earlier; an end is an end until it is reopened', () => {
	const clock = clockOf([at(3, { is: 'start', item: b.id }), started]);
	expect([clock.startedAtMs, clock.current]).toEqual([0, a.id]);
	const ended = clockOf([started, at(6, { is: 'end' }), at(7, { is: 'step', from: a.id, item: b.id })]);
	expect([ended.state, ended.endedAtMs, usedMsOf(ended, a.id, minute(60))]).toEqual([
		'ended',
		minute(6),
		minute(6)
	]);
	expect(itemStateOf(ended, a)).toBe('done');
	const again = clockOf([started, at(6, { is: 'end' }), at(8, { is: 'reopen' })]);
	expect(again.state).toBe('live');
	expect(usedMsOf(again, a.id, minute(9))).toBe(minute(7));
});

test('the end is foretold from what is left of this item and what waits', () => {
	const clock = clockOf([started, at(4, { is: 'step', from: a.id, item: b.id })]);
	expect(projectedEndMs(clock, agenda, minute(5))).toBe(minute(5 + 9 + 5));
	expect(projectedEndMs(clock, agenda, minute(20))).toBe(minute(20 + 0 + 5));
});

test('a clock that runs a little behind takes nothing away', () => {
	const clock = clockOf([started, at(-1, { is: 'pause' }), at(4, { is: 'step', from: a.id, item: b.id })]);
	expect(usedMsOf(clock, b.id, minute(3))).toBe(0);
	for (const used of clock.usedMs.values()) expect(used).toBeGreaterThanOrEqual(0);
});

test('facts fold to the same clock in whatever order they arrive', () => {
	fc.assert(
		fc.property(fc.nat(), (seed) => {
			const random = new Random(seed);
			const facts = Array.from({ length: 30 }, (): ClockFact => {
				const is = random.pick([
					'start',
					'pause',
					'resume',
					'step',
					'go',
					'extend',
					'end',
					'reopen'
				] as const);
				return at(random.below(20), {
					is,
					item: random.pick(agenda).id,
					from: random.pick(agenda).id,
					minutes: random.below(5),
					isBack: random.chance(0.3)
				});
			});
			const shuffled = facts.toSorted(() => random.next() - 0.5);
			const [one, other] = [clockOf(facts), clockOf(shuffled)];
			expect(other).toEqual(one);
			for (const each of agenda) expect(usedMsOf(one, each.id, minute(60))).toBeGreaterThanOrEqual(0);
		}),
		{ numRuns: 100 }
	);
});
