import { expect, test } from 'vitest';
import type { PersonId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { EMPTY_SERIES, mergePoints } from '#lib/domain/series.ts';
import { execReady, lastRedPeriod, type ReadyFacts } from './exec-ready.ts';

const NOW_MS = Date.parse('2026-06-10T10:00:00Z');
const whole: KpiContract = {
	id: 'mttr' as KpiContract['id'],
	order: 'a0',
	name: 'MTTR',
	unit: 'min',
	direction: 'down',
	target: 45,
	redAbove: 60,
	cadence: 'weekly',
	owner: 'p-1' as PersonId,
	backup: 'p-2' as PersonId,
	description: 'What it is',
	formula: 'median(x)',
	source: 'Incident system',
	level: 'domain',
	segments: ['emea'],
	classification: 'internal',
	runbook: 'https://runbooks.example/mttr'
};
const last = { at: NOW_MS / 1000 - 3600, value: 50 };
const ready = (contract: Partial<KpiContract>, rest: Partial<ReadyFacts> = {}) => {
	const { terms: _terms, turns: _turns, ...inForce } = { ...whole, ...contract };
	const facts = { contract: { ...whole, ...contract }, inForce, last, nowMs: NOW_MS, red: undefined };
	return execReady({ ...facts, ...rest }).flatMap(({ miss }) => miss ?? []);
};

test('a whole contract with fresh points misses nothing', () => {
	expect(ready({})).toEqual([]);
});

test.each([
	[{ owner: undefined, backup: undefined }, 'owner', 'Needs an owner and a backup'],
	[{ backup: undefined }, 'backup', 'Needs a backup'],
	[{ description: '' }, 'description', 'Needs a definition'],
	[{ formula: undefined }, 'formula', 'Needs a formula'],
	[{ source: undefined }, 'source', 'Needs a source'],
	[{ level: undefined }, 'level', 'Needs a level'],
	[{ target: undefined }, 'target', 'Needs a target'],
	[{ redAbove: undefined }, 'redAbove', 'Needs a bound from which it is red'],
	[{ direction: 'up' }, 'redBelow', 'Needs a bound from which it is red'],
	[{ segments: [] }, 'segments', 'Needs a segment'],
	[{ classification: undefined }, 'classification', 'Needs a class'],
	[{ runbook: undefined }, 'runbook', 'Needs a runbook']
] as const)('%o is one miss, cured in %s', (contract, cure, words) => {
	expect(ready(contract as Partial<KpiContract>)).toEqual([{ cure, words }]);
});

test('points are fresh within the budget; without one they may be a step of the cadence late', () => {
	const hoursAgo = (hours: number) => ({ last: { at: NOW_MS / 1000 - hours * 3600, value: 50 } });
	expect(ready({ freshnessHours: 24 }, hoursAgo(24))).toEqual([]);
	expect(ready({ freshnessHours: 24 }, hoursAgo(25))).toMatchObject([{ cure: 'points' }]);
	expect(ready({}, hoursAgo(14 * 24))).toEqual([]);
	expect(ready({}, hoursAgo(14 * 24 + 1))).toMatchObject([{ words: 'The latest is too old' }]);
	expect(ready({}, { last: undefined })).toMatchObject([{ words: 'Needs points' }]);
});

test('the last red period is found by what was in force in it, and wants an explanation', () => {
	const at = (text: string) => Date.parse(text) / 1000;
	const series = mergePoints(EMPTY_SERIES, [
		{ at: at('2026-05-20T10:00:00Z'), value: 74 },
		{ at: at('2026-05-27T10:00:00Z'), value: 50 },
		{ at: at('2026-06-03T10:00:00Z'), value: 40 }
	]);
	const period = lastRedPeriod(series, { contract: whole, zone: 'UTC' });
	expect(period?.id).toBe('2026-W21');
	const terms = { id: 't' as never, order: 'a0', kpi: whole.id, from: '2026-05-25', redAbove: 45 };
	expect(lastRedPeriod(series, { contract: { ...whole, terms: [terms] }, zone: 'UTC' })?.id).toBe('2026-W22');
	expect(lastRedPeriod(EMPTY_SERIES, { contract: whole, zone: 'UTC' })).toBeUndefined();
	if (!period) throw new Error('the period was found above');
	expect(ready({}, { red: { period, isExplained: true } })).toEqual([]);
	expect(ready({}, { red: { period, isExplained: false } })).toEqual([
		{ words: 'Week 21 has no complete commentary', cure: 'commentary' }
	]);
});
