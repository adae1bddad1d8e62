import { expect, test } from 'vitest';
import type { KpiId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import type { SeriesView } from '#lib/domain/points.ts';
import { readySentence, resultSentence } from './import-words.ts';
import { factsOf, grouped, mainSeries } from './facts.ts';
import { asKpiId, slugOf } from './kpi-id.ts';
import { instantOfLocal, localOfInstant } from './local-time.ts';
import { contractLine } from './page-words.ts';

const DAY = 86_400;
const NOW_MS = Date.parse('2026-06-08T10:00:00Z');
const row = (line: number) => ({ line, atMs: 0, value: 1, segment: '' });
const bad = (line: number) => ({ line, reason: 'No.' });

test('an import is told in one sentence, before and after', () => {
	expect(readySentence({ good: [row(2)], bad: [], shared: [] })).toBe('1 point.');
	expect(readySentence({ good: [row(2), row(3)], bad: [bad(4)], shared: [bad(5), bad(6)] })).toBe(
		'2 points, 2 rows share a time with a later row, 1 row cannot be used.'
	);
	const result = {
		added: 22_683,
		known: 0,
		shared: Array<never>(12).fill(bad(1) as never),
		notUsed: [bad(1)],
		stopped: ''
	};
	expect(resultSentence(result)).toBe('22,683 added, 12 shared a time with a later row, 1 not used.');
	expect(resultSentence({ ...result, added: 0, known: 5, shared: [], notUsed: [] })).toBe(
		'0 added, 5 were there already.'
	);
});

test('ids are made of names, and only what may be an id is one', () => {
	expect(slugOf('MTTR, Sev 1/2 median')).toBe('mttr-sev-1-2-median');
	expect(slugOf('Änderungsrate (%)')).toBe('anderungsrate');
	expect(slugOf('指标')).toBe('');
	expect(slugOf('x'.repeat(200)).length).toBe(60);
	expect([asKpiId('mttr'), asKpiId(''), asKpiId('.x'), asKpiId('a b')]).toEqual([
		'mttr',
		undefined,
		undefined,
		undefined
	]);
});

test('local moments go there and back', () => {
	const iso = '2026-06-08T10:05:00.000Z';
	expect(instantOfLocal(localOfInstant(iso))).toBe(iso);
	expect(instantOfLocal('2026-06')).toBeUndefined();
});

const contract = {
	id: 'slo' as KpiId,
	name: 'SLO',
	unit: '%',
	direction: 'up',
	target: 99.9,
	redBelow: 99.8,
	cadence: 'daily'
} as KpiContract;
const viewOf = (parts: Record<string, PointSeries>): SeriesView => ({
	series: (segment) => parts[segment] ?? EMPTY_SERIES,
	segments: Object.keys(parts),
	asOfMs: NOW_MS,
	isPaused: false,
	isLoading: false
});
const daily = (last: number, daysAgo = 0) =>
	mergePoints(EMPTY_SERIES, [{ at: NOW_MS / 1000 - daysAgo * DAY, value: last }]);

test('KPIs are grouped by what needs looking at, red before amber', () => {
	const facts = (id: string, last: number | undefined, rest: Partial<KpiContract> = {}) =>
		factsOf(
			{ ...contract, id: id as KpiId, ...rest },
			viewOf(last === undefined ? {} : { '': daily(last) }),
			{ nowMs: NOW_MS, zone: 'UTC' }
		);
	const groups = grouped([
		facts('green', 99.95),
		facts('amber', 99.85),
		facts('none', undefined),
		facts('red', 99),
		facts('free', 5, { target: undefined, redBelow: undefined })
	]);
	const ids = (all: readonly { contract: KpiContract }[]) => all.map(({ contract: { id } }) => id);
	expect(ids(groups.outside)).toEqual(['red', 'amber']);
	expect(ids(groups.onTarget)).toEqual(['green']);
	expect(ids(groups.unjudged)).toEqual(['free']);
	expect(ids(groups.noData)).toEqual(['none']);
});

test('a feed that stopped is named with its last moment', () => {
	expect(
		factsOf(contract, viewOf({ '': daily(99.95, 1) }), { nowMs: NOW_MS, zone: 'UTC' }).staleSince
	).toBeUndefined();
	expect(
		factsOf(contract, viewOf({ '': daily(99.95, 5) }), { nowMs: NOW_MS, zone: 'UTC' }).staleSince
	).toMatch(/^Wed 3 Jun/);
});

test('where only parts are measured, the first that the contract names stands for the KPI', () => {
	const view = viewOf({ EU: daily(1), US: daily(2) });
	expect(mainSeries(view, { ...contract, segments: ['APAC', 'US'] }).values[0]).toBe(2);
	expect(mainSeries(view, contract).values[0]).toBe(1);
	expect(mainSeries(viewOf({ EU: daily(1), '': daily(3) }), contract).values[0]).toBe(3);
});

test('under the name stands what kind of KPI it is', () => {
	expect(contractLine({ ...contract, dimension: 'reliability' }, '2026-06-08')).toBe(
		'Reliability. Daily, up is good.'
	);
	expect(contractLine(undefined, '2026-06-08')).toBe('Points without a contract.');
});
