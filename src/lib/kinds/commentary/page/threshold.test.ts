import { expect, test } from 'vitest';
import type { KpiId } from '#lib/domain/id.ts';
import type { ContractInForce } from '#lib/domain/kpi-terms.ts';
import { readEvidence } from './evidence.ts';
import { barOf } from './threshold.ts';

const kpi = (rest: Partial<ContractInForce>): ContractInForce => ({
	id: 'k' as KpiId,
	order: 'a0',
	name: 'K',
	unit: 'min',
	direction: 'down',
	cadence: 'weekly',
	...rest
});
const statuses = (contract: ContractInForce, value?: number) =>
	barOf(contract, value)?.parts.map(({ status }) => status);

test.each([
	['less is good', { target: 45, redAbove: 60 }, ['green', 'amber', 'red']],
	['more is good', { direction: 'up', target: 99.9, redBelow: 99.8, unit: '%' }, ['red', 'amber', 'green']],
	[
		'between two bounds',
		{ direction: 'band', redBelow: 20, amberBelow: 40, amberAbove: 75, redAbove: 85 },
		['red', 'amber', 'green', 'amber', 'red']
	],
	['a target alone', { target: 10 }, ['green', 'red']],
	['a target of nothing', { target: 0 }, ['green', 'red']]
] as const)('the bar of %s shows each status once, and its shares make one', (_, contract, expected) => {
	expect(statuses(kpi(contract as Partial<ContractInForce>))).toEqual(expected);
	const shares = barOf(kpi(contract), undefined)?.parts.map(({ share }) => share) ?? [];
	expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
});

test('without a bound there is no bar', () => {
	expect(barOf(kpi({}), 74)).toBeUndefined();
});

test.each([
	[74, 0.82],
	[0, 0.01],
	[45, 0.5],
	[900, 0.99]
])('a value of %d stands at %d of the bar', (value, at) => {
	expect(barOf(kpi({ target: 45, redAbove: 60 }), value)?.at).toBeCloseTo(at, 2);
});

test('a share ends at 100 %', () => {
	const bar = barOf(kpi({ direction: 'up', target: 99.9, redBelow: 99.5, unit: '%' }), 100);
	expect(bar?.at).toBe(0.99);
});

test.each([
	['https://e.example/1', { title: '', href: 'https://e.example/1' }],
	['INC-1  timeline https://e.example/1', { title: 'INC-1 timeline', href: 'https://e.example/1' }],
	['https://e.example/1 the timeline', { title: 'the timeline', href: 'https://e.example/1' }],
	['the timeline', undefined],
	['javascript:alert(1)', undefined],
	[`https://e.example/${'x'.repeat(2_000)}`, undefined]
])('“%s” is evidence: %o', (typed, found) => {
	expect(readEvidence(typed)).toEqual(found);
});
