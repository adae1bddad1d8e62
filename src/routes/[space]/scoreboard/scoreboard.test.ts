import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreText } from '#lib/domain/health/score.ts';
import { AGAINST, readQuery, SORTS, sortedBy, writeQuery, type ScoreQuery } from './query.ts';
import { scoreRows, type ScoreRow } from './rows.ts';
import { source } from './specimens/source.ts';
import { asOfMs, chosenRows, healthOfRows, lateRows, ownersOf } from './view.ts';
import {
	ageText,
	freshnessText,
	lateWords,
	missingWords,
	momentWords,
	perCentText,
	sumWords,
	varianceText
} from './words.ts';

const rows = scoreRows(source);
const row = (id: string): ScoreRow => {
	const found = rows.find(({ contract }) => String(contract.id) === id);
	if (!found) throw new Error(`There is no ${id}.`);
	return found;
};
const query = (search = '') => readQuery(new URLSearchParams(search));
const ids = (some: readonly ScoreRow[]) => some.map(({ contract }) => String(contract.id));
const shown = (search: string) => ids(chosenRows(rows, query(search)));

test('a row says how its KPI stands', () => {
	const { status, when, last, owner, explained, freshness } = row('mttr');
	expect([status, when, last?.value, owner?.name]).toEqual(['amber', 'W24, 8–14 Jun', 54, 'Priya Raman']);
	expect([freshness.level, explained?.state]).toEqual(['green', 'due']);
	expect(ids(rows)).toEqual(['mttr', 'slo', 'patched', 'feed', 'retention', 'cost']);
});

test('a commentary is of the period of the value that is shown', () => {
	// Its last value is of Sunday, in the week before.
	expect(row('slo').explained?.href).toBe('#slo-draft');
	expect(row('feed').explained).toBeUndefined();
});

test('a value is held against its target, the period before and the year before', () => {
	const { target, previous, year } = row('mttr').variances;
	expect([target.absolute, target.perCent]).toEqual([9, 20]);
	expect([previous.base, previous.absolute]).toEqual([52, 2]);
	expect([year.absolute, year.why]).toEqual([undefined, 'No value in the same period last year']);
	expect(row('cost').variances.target).toMatchObject({ absolute: undefined, why: 'No value' });
});

test('a value is judged by what was in force when it was measured', () => {
	const [kpi] = source.kpis;
	if (!kpi) throw new Error('There is none.');
	const own = { order: 'a', kpi: kpi.id, from: '2026-06-09', direction: 'down', target: 60, redAbove: 70 };
	const terms = [{ ...own, id: 'later' }] as never;
	const [later] = scoreRows({ ...source, kpis: [{ ...kpi, terms }] });
	expect([later?.status, later?.contract.target]).toEqual(['amber', 45]);
	const [now] = scoreRows({
		...source,
		kpis: [{ ...kpi, terms: [{ ...own, id: 'now', from: '2026-06-08' }] as never }]
	});
	expect([now?.status, now?.contract.target, now?.variances.target.absolute]).toEqual(['green', 60, -6]);
});

test('its own freshness budget counts', () => {
	const [kpi] = source.kpis;
	if (!kpi) throw new Error('There is none.');
	const [strict] = scoreRows({ ...source, kpis: [{ ...kpi, freshnessHours: 2 }] });
	expect(strict?.freshness).toMatchObject({ level: 'amber', budgetHours: 2 });
});

test('what needs looking at stands first; what is alike keeps the order of the list', () => {
	expect(shown('')).toEqual(['slo', 'mttr', 'patched', 'feed', 'retention', 'cost']);
});

test.each([
	['status=red', ['slo']],
	['status=none', ['retention', 'cost']],
	['dimension=reliability', ['slo', 'mttr']],
	['dimension=none', ['retention']],
	['owner=p-mei', ['patched', 'feed', 'retention']],
	['owner=none', ['cost']],
	['owner=p-mei&status=green', ['patched', 'feed']],
	['sort=name', ['retention', 'cost', 'patched', 'mttr', 'slo', 'feed']],
	['sort=name&order=down', ['feed', 'slo', 'mttr', 'patched', 'cost', 'retention']],
	['sort=owner', ['patched', 'feed', 'retention', 'mttr', 'slo', 'cost']],
	['sort=variance', ['feed', 'slo', 'patched', 'mttr', 'retention', 'cost']],
	// What cannot be compared stays last, whichever way round.
	['sort=variance&order=down', ['mttr', 'patched', 'slo', 'feed', 'retention', 'cost']],
	['sort=variance&against=previous&dimension=reliability', ['mttr', 'slo']],
	['sort=freshness', ['feed', 'slo', 'patched', 'mttr', 'retention', 'cost']],
	['sort=commentary', ['mttr', 'slo', 'patched', 'feed', 'retention', 'cost']]
])('%s shows %j', (search, expected) => {
	expect(shown(search)).toEqual(expected);
});

const queries: fc.Arbitrary<ScoreQuery> = fc.record({
	dimension: fc.constantFrom(undefined, 'none', 'security'),
	status: fc.constantFrom(undefined, 'red', 'none'),
	owner: fc.constantFrom(undefined, 'none', 'p-mei', 'a b&c=d'),
	against: fc.constantFrom(...AGAINST),
	sort: fc.constantFrom(...SORTS),
	isDescending: fc.boolean(),
	sum: fc.constantFrom(undefined, 'health', 'product')
});

test('a query comes back from its address', () => {
	fc.assert(
		fc.property(queries, (asked) => {
			expect(query(writeQuery(asked))).toEqual(asked);
		})
	);
	expect(writeQuery(query())).toBe('');
	expect(writeQuery(query('status=red&sort=name'))).toBe('?status=red&sort=name');
});

test('whatever an address says, something is shown', () => {
	const said = fc.dictionary(
		fc.constantFrom('dimension', 'status', 'owner', 'against', 'sort', 'sum'),
		fc.string()
	);
	fc.assert(
		fc.property(said, (given) => {
			const asked = query(new URLSearchParams(given).toString());
			expect(SORTS).toContain(asked.sort);
			expect(() => chosenRows(rows, asked)).not.toThrow();
		})
	);
	expect(query('status=purple&sort=age&dimension=fun')).toEqual(query());
});

test('the same column once more turns the order round', () => {
	const once = sortedBy(query(), 'name');
	expect([once.isDescending, sortedBy(once, 'name').isDescending]).toEqual([false, true]);
	expect(sortedBy(sortedBy(once, 'name'), 'owner')).toMatchObject({ sort: 'owner', isDescending: false });
});

/**
 * By hand: MTTR (54 − 60) ÷ (45 − 60) = 40; SLO is off target: 0; reliability 20. Findings 96 of 95: 100. Vendor delay
 * 10 of 15: 100. Cost has no value, product no KPI. (20 + 100 + 100) ÷ 3 = 73.33….
 */
test('the health score and its arithmetic', () => {
	const { whole, dimensions, outside } = healthOfRows(rows);
	expect(scoreText(dimensions.reliability.value)).toBe('20.0');
	expect(sumWords(dimensions.reliability)).toBe('40.0 ÷ 2 = 20.0');
	expect(sumWords(whole)).toBe('220.0 ÷ 3 = 73.3');
	expect(missingWords(whole, 'dimension')).toBe(
		'3 of 5 dimensions count. Without a score: Product and Financial.'
	);
	expect([sumWords(dimensions.financial), missingWords(dimensions.financial, 'KPI')]).toEqual([
		undefined,
		'0 of 1 KPI count. Without a score: Cloud unit cost.'
	]);
	expect(missingWords(dimensions.security, 'KPI')).toBe('');
	expect(outside).toEqual(['Accounts lost']);
});

test('who is late is named, the most late first', () => {
	const late = lateRows(rows);
	expect(lateWords(late)).toBe('Vendor status delay (40 d) and SLO attainment, Tier-0 (30 h)');
	const many = Array.from({ length: 6 }, () => row('slo'));
	expect(lateWords(many)).toMatch(/\), SLO attainment, Tier-0 \(30 h\) and 2 more$/);
});

test('ages and freshness in words', () => {
	expect([0.5, 1, 47.9, 48, 24 * 40].map(ageText)).toEqual(['30 min', '1 h', '47 h', '2 d', '40 d']);
	const words = ['mttr', 'slo', 'feed', 'cost'].map((id) => freshnessText(row(id).freshness));
	expect(words).toEqual(['3 h old', 'Late, 30 h old', 'Very late, 40 d old', 'No values yet']);
	expect(freshnessText({ ...row('cost').freshness, ahead: 2 })).toBe('Dated ahead');
});

test('variances in words', () => {
	expect([20, -0.04, 9.94, -150, 0.004, 0].map(perCentText)).toEqual([
		'+20%',
		'−0.04%',
		'+9.9%',
		'−150%',
		'0%',
		'0%'
	]);
	const { variances, contract } = row('mttr');
	expect(varianceText(variances.target, contract)).toEqual({
		direction: 'up',
		amount: '9\u00a0min',
		perCent: '+20%',
		isWorse: true,
		why: undefined
	});
	expect(varianceText(variances.year, contract)).toBeUndefined();
	const slo = row('slo');
	expect(varianceText(slo.variances.target, slo.contract)).toMatchObject({
		direction: 'down',
		amount: '0.04\u00a0pt'
	});
	const lost = row('retention').contract;
	const fromNothing = { against: 'previous', value: 3, base: 0, absolute: 3, perCent: undefined } as const;
	expect(varianceText({ ...fromNothing, why: 'Previous period is 0' }, lost)).toMatchObject({
		amount: '3',
		perCent: undefined,
		why: 'Previous period is 0'
	});
});

test('what is shown is as old as its oldest part that has a value', () => {
	const [first, second] = rows;
	if (!first || !second) throw new Error('There are none.');
	expect(
		asOfMs([
			{ ...first, asOfMs: 20 },
			{ ...second, asOfMs: 10 }
		])
	).toBe(10);
	expect(
		asOfMs([
			{ ...first, asOfMs: 20 },
			{ ...second, asOfMs: 10, last: undefined }
		])
	).toBe(20);
	expect(asOfMs([])).toBeUndefined();
	const at = { zone: 'Europe/Berlin', today: '2026-06-08' };
	expect(momentWords(Date.parse('2026-06-08T10:05:00Z'), at)).toBe('12:05');
	expect(momentWords(Date.parse('2026-06-07T10:05:00Z'), at)).toBe('7 Jun, 12:05');
});

test('owners are offered by name, each once', () => {
	expect(ownersOf(rows).map(({ name }) => name)).toEqual(['Mei Lin', 'Priya Raman']);
});
