import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from './calendar.ts';
import type { KpiId, RowId } from './id.ts';
import { contractAt, judgeAt, statusAt, startOf, termsAt, termSteps, withTerms } from './kpi-terms.ts';
import type { KpiContract, KpiTerms } from './kpi.ts';
import { periodOf } from './period.ts';
import { zoneClock } from './series-calendar.ts';
import { EMPTY_SERIES, mergePoints } from './series.ts';
import { statusInPeriod } from './status-period.ts';
import { statusOf } from './status.ts';

const mttr = {
	id: 'mttr' as KpiId,
	order: 'a0',
	name: 'MTTR',
	unit: 'min',
	cadence: 'weekly',
	direction: 'down',
	target: 45,
	redAbove: 60
} as KpiContract;
const terms = (from: string, fields: Partial<KpiTerms>, id = from): KpiTerms => ({
	id: id as RowId,
	order: id,
	kpi: mttr.id,
	from,
	...fields
});
const dated = (...all: KpiTerms[]) => withTerms([mttr], all)[0] as KpiContract;
const at = (text: string) => Date.parse(text) / 1000;

test('a target that is moved in July leaves June as it was', () => {
	const contract = dated(terms('2026-07-01', { target: 40, redAbove: 50 }));
	const june = { at: at('2026-06-30T21:59:59Z'), value: 52 };
	const july = { at: at('2026-06-30T22:00:00Z'), value: 52 };
	expect(statusAt(june, contract, 'Europe/Berlin')).toBe('amber');
	expect(statusAt(july, contract, 'Europe/Berlin')).toBe('red');
	expect(statusAt(july, contract, 'UTC')).toBe('amber');
	const series = mergePoints(EMPTY_SERIES, [june, july]);
	const inWeek = (zone: string) =>
		statusInPeriod(series, { contract, period: periodOf('2026-06-30', 'week'), zone });
	expect(inWeek('Europe/Berlin').status).toBe('red');
	expect(inWeek('UTC').status).toBe('amber');
});

test('terms replace all the bounds; a direction they do not name is the contract’s', () => {
	const contract = dated(terms('2026-07-01', { target: 40 }));
	expect(termsAt(contract, '2026-06-30')).toMatchObject({ target: 45, redAbove: 60 });
	const after = termsAt(contract, '2026-07-01');
	expect(after).toMatchObject({ target: 40, direction: 'down', name: 'MTTR' });
	expect(after).not.toHaveProperty('redAbove');
	expect(after).not.toHaveProperty('terms');
	const turned = dated(terms('2026-07-01', { direction: 'up', target: 40 }));
	expect(statusOf(41, termsAt(turned, '2026-07-01'))).toBe('green');
});

test('of two terms of one day the later in the list holds, and there is one step', () => {
	const contract = dated(terms('2026-07-01', { target: 40 }, 'a'), terms('2026-07-01', { target: 30 }, 'b'));
	expect(termsAt(contract, '2026-07-02').target).toBe(30);
	expect(termSteps(contract, 'UTC').map((step) => step.contract.target)).toEqual([45, 30]);
});

test('a contract without terms keeps its identity, and steps are worked out once', () => {
	expect(withTerms([mttr], [])[0]).toBe(mttr);
	const contract = dated(terms('2026-07-01', { target: 40 }));
	expect(termSteps(contract, 'UTC')).toBe(termSteps(contract, 'UTC'));
	expect(statusAt(undefined, contract, 'UTC')).toBe('none');
	expect(statusAt({ at: 0, value: 1 }, undefined, 'UTC')).toBe('none');
});

const someTerms = fc.array(
	fc.record({ day: fc.integer({ min: 0, max: 400 }), target: fc.integer({ min: 0, max: 100 }) }),
	{ maxLength: 12 }
);
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia');

test('whatever the terms, a day is judged by the last that began by then, and every step by instants alike', () => {
	fc.assert(
		fc.property(
			someTerms,
			fc.integer({ min: -30, max: 430 }),
			zones,
			fc.integer(),
			(all, offset, zone, value) => {
				const rows = all.map(({ day, target }, index) =>
					terms(addDays('2025-12-01', day), { target }, `t${index}`)
				);
				const contract = rows.length > 0 ? dated(...rows) : mttr;
				const day = addDays('2025-12-01', offset);
				let target = mttr.target;
				let since = '';
				for (const row of rows) if (row.from <= day && row.from >= since) ({ target, from: since } = row);
				expect(termsAt(contract, day).target).toBe(target);
				const midnight = startOf(day, zoneClock(zone));
				expect(contractAt(contract, midnight, zone)).toEqual(termsAt(contract, day));
				expect(contractAt(contract, midnight - 1, zone)).toEqual(termsAt(contract, addDays(day, -1)));
				expect(judgeAt(contract, zone)({ at: midnight, value })).toBe(
					statusOf(value, termsAt(contract, day))
				);
			}
		),
		{ numRuns: 300 }
	);
});
