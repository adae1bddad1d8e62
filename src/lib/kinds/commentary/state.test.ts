import { expect, test } from 'vitest';
import type { DocumentId, KpiId, PersonId, RowId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { periodOf } from '#lib/domain/period.ts';
import { EMPTY_SERIES, mergePoints } from '#lib/domain/series.ts';
import { empty, typical } from './fixtures.ts';
import { commentaryDue, periodLines } from './due.ts';
import { commentaryMarks } from './marks.ts';
import { commentaryRow, driverRow } from './row-names.ts';
import type { Completion } from './schema.ts';
import { blockedWords, isRepeat, lacksOf, standingOf, turnedWords } from './state.ts';
import { offeredDrivers, writtenOn, type Written } from './written.ts';

const mttr = 'mttr' as KpiId;
const contract: KpiContract = {
	id: mttr,
	order: 'a0',
	name: 'MTTR',
	unit: 'min',
	direction: 'down',
	target: 45,
	redAbove: 60,
	cadence: 'weekly'
};
const row = commentaryRow({ kpi: mttr });
const nothing = writtenOn(empty, row);
const part = { id: 'x' as RowId, order: 'a0', commentary: row };
const driver = { ...part, name: 'Release' };
const link = { ...part, ref: { kind: 'actions', document: 'r-actions' as DocumentId, row: 'a1' as RowId } };
const full: Written = {
	...nothing,
	drivers: [driver],
	links: [link],
	texts: { changed: 'It broke.', doing: '' }
};
const completedAs = (written: Written, status: Completion['status'], value?: number): Written => ({
	...written,
	row: {
		id: row,
		order: 'a0',
		kpi: mttr,
		completed: {
			at: '2026-06-08T09:41:00.000Z',
			by: 'p-priya' as PersonId,
			status,
			...(value === undefined
				? {}
				: {
						seen: {
							kpi: mttr,
							value,
							at: '2026-06-08T06:00:00.000Z',
							asOf: '2026-06-08T09:40:00.000Z',
							contract: 'c'
						}
					})
		}
	}
});
const words: Written = { ...nothing, texts: { changed: 'It broke.', doing: '' } };

test.each([
	['green, nothing written', nothing, 'green', 'not-needed'],
	['no data, nothing written', nothing, 'none', 'not-needed'],
	['amber, nothing written', nothing, 'amber', 'due'],
	['red, nothing written', nothing, 'red', 'due'],
	['red, half written', words, 'red', 'draft'],
	['red, all written', full, 'red', 'draft'],
	['amber, half written', words, 'amber', 'draft'],
	['green, half written', words, 'green', 'draft'],
	['red, completed', completedAs(full, 'red'), 'red', 'complete'],
	['amber, completed with words alone', completedAs(words, 'amber'), 'amber', 'complete'],
	['amber, completed without a word', completedAs(nothing, 'amber'), 'amber', 'complete'],
	['completed amber, now red', completedAs(full, 'amber'), 'red', 'due'],
	['completed green, now red', completedAs(full, 'green'), 'red', 'due'],
	['completed without data, now red', completedAs(full, 'none'), 'red', 'due'],
	['completed green, now amber', completedAs(words, 'green'), 'amber', 'complete'],
	['completed red, now green', completedAs(full, 'red'), 'green', 'complete'],
	['completed red, now without data', completedAs(full, 'red'), 'none', 'complete'],
	['completed amber, red for a while, now amber again', completedAs(words, 'amber'), 'amber', 'complete'],
	['completed red, its driver removed since', completedAs({ ...full, drivers: [] }, 'red'), 'red', 'draft'],
	['completed red without anything left', completedAs(nothing, 'red'), 'red', 'due']
] as const)('%s: it is as expected', (_, written, status, state) => {
	expect(standingOf(written, status).state).toBe(state);
});

test.each([
	['nothing', nothing, ['changed', 'driver', 'action']],
	['what changed', words, ['driver', 'action']],
	['all but a driver', { ...full, drivers: [] }, ['driver']],
	['all but an action', { ...full, links: [] }, ['action']],
	['all but what changed', { ...full, texts: { changed: '', doing: 'Fixing it.' } }, ['changed']],
	['everything', full, []]
] as const)('red with %s lacks %j', (_, written, lacks) => {
	expect(lacksOf(written, 'red')).toEqual(lacks);
	expect(lacksOf(written, 'amber')).toEqual([]);
	expect(lacksOf(written, 'green')).toEqual([]);
});

test('the gate says what is missing, and nothing when nothing is', () => {
	expect(blockedWords('MTTR', ['action'])).toBe('MTTR is red. Add one action to complete it.');
	expect(blockedWords('MTTR', ['changed', 'driver', 'action'])).toBe(
		'MTTR is red. Add what changed, one driver and one action to complete it.'
	);
	expect(blockedWords('MTTR', [])).toBeUndefined();
});

test('what was complete and turned red says both', () => {
	const standing = standingOf(completedAs(full, 'amber', 52), 'red');
	expect(turnedWords(standing, { contract, value: 74 })).toBe(
		'Completed as At risk at 52\u00a0min; now Off target at 74\u00a0min.'
	);
	expect(
		turnedWords(standingOf(completedAs(full, 'red', 74), 'green'), { contract, value: 41 })
	).toBeUndefined();
});

test.each([
	['The release slowed search.', 'the release  slowed search', true],
	[
		'Attainment fell to 99.8% because the release of search-api slowed every query over the week.',
		'Attainment fell to 99.7% because the release of search-api slowed every query over the week.',
		true
	],
	['The release slowed search.', 'Two people were away.', false],
	['The release slowed search, and the runbook was wrong.', 'The release slowed search.', false],
	['Вышла новая версия', 'вышла новая версия!', true],
	['', '', false],
	['…', '…', false]
])('“%s” after “%s”: a repeat is %s', (text, before, expected) => {
	expect(isRepeat(text, before)).toBe(expected);
});

test('drivers in use are offered before the usual ones, the most used first, each once', () => {
	const used = ['Release', 'Demand', 'Demand', 'release'].map((name) => ({ ...driver, name }));
	expect(offeredDrivers({ drivers: [...used, { ...driver, name: 'Release' }] })).toEqual([
		'Release',
		'Demand',
		'Detection',
		'Runbook',
		'Staffing',
		'Vendor'
	]);
});

test('rows are named alike on every device, apart from each other, and short enough', () => {
	const names = [
		commentaryRow({ kpi: mttr }),
		commentaryRow({ kpi: mttr, segment: 'EMEA' }),
		commentaryRow({ kpi: mttr, segment: 'emea' }),
		commentaryRow({ kpi: mttr, segment: 'a/b' }),
		commentaryRow({ kpi: mttr, segment: 'a b' }),
		commentaryRow({ kpi: mttr, segment: '東京' }),
		commentaryRow({ kpi: 'mttr.EMEA' as KpiId }),
		commentaryRow({ kpi: 'k'.repeat(96) as KpiId, segment: 's'.repeat(60) }),
		commentaryRow({ kpi: 'k'.repeat(96) as KpiId, segment: `${'s'.repeat(59)}t` }),
		driverRow('k'.repeat(96) as RowId, 'Release')
	];
	expect(new Set(names).size).toBe(names.length);
	for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,95}$/);
	expect(names[0]).toBe('mttr');
	expect(driverRow(row, ' Release ')).toBe(driverRow(row, 'release'));
});

const period = periodOf('2026-06-10', 'week');
const at = (text: string) => Date.parse(text) / 1000;

function source(kpis: readonly KpiContract[], values: Record<string, Record<string, number>>) {
	const seriesOf = (kpi: KpiId) => ({
		series: (segment: string) => {
			const value = values[kpi]?.[segment];
			const when = at('2026-06-10T10:00:00Z');
			return value === undefined ? EMPTY_SERIES : mergePoints(EMPTY_SERIES, [{ at: when, value }]);
		},
		segments: Object.keys(values[kpi] ?? {}).sort(),
		asOfMs: undefined,
		isPaused: false,
		isLoading: false
	});
	return { kpis, points: { seriesOf }, period, zone: 'UTC' };
}

const kpi = (id: string, rest: Partial<KpiContract> = {}): KpiContract => ({
	...contract,
	id: id as KpiId,
	...rest
});

test('what waits comes first: red, amber, then what is complete, then what is not needed; by owner within', () => {
	const kpis = [
		kpi('green'),
		kpi('amber'),
		kpi('red-b', { owner: 'p-b' as PersonId }),
		kpi('red-a', { owner: 'p-a' as PersonId }),
		kpi('monthly', { cadence: 'monthly' }),
		kpi('silent')
	];
	const values = { green: { '': 40 }, amber: { '': 50 }, 'red-a': { '': 70 }, 'red-b': { '': 80 } };
	expect(periodLines(empty, source(kpis, values)).map(({ row: name }) => name)).toEqual([
		'red-a',
		'red-b',
		'amber',
		'green',
		'silent'
	]);
	expect(commentaryDue(empty, source(kpis, values)).map(({ row: name }) => name)).toEqual([
		'red-a',
		'red-b',
		'amber'
	]);
});

test('a KPI that is measured by segments alone is explained by them', () => {
	const lines = periodLines(empty, source([kpi('mttr')], { mttr: { emea: 70, apac: 40 } }));
	expect(lines.map(({ segment, standing }) => [segment, standing.state])).toEqual([
		['emea', 'due'],
		['apac', 'not-needed']
	]);
});

test('a segment that something was written on has a line beside the whole', () => {
	const lines = periodLines(
		typical,
		source([kpi('slo-attainment')], { 'slo-attainment': { '': 40, emea: 70 } })
	);
	expect(lines.map(({ segment, standing }) => [segment, standing.state])).toEqual([
		['enterprise', 'draft'],
		[undefined, 'complete']
	]);
});

test('a chart is told what was said, and of which value', () => {
	expect(commentaryMarks(typical)).toEqual([
		{
			row: 'slo-attainment',
			kpi: 'slo-attainment',
			segment: undefined,
			at: at('2026-06-07T06:00:00Z'),
			words: 'p95 regression in search-api after 2026.22; queries over…'
		}
	]);
});
