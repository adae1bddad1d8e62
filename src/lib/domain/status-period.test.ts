import { expect, test } from 'vitest';
import { periodOf } from './period.ts';
import { EMPTY_SERIES, mergePoints } from './series.ts';
import type { KpiContract } from './kpi.ts';
import { statusInPeriod } from './status-period.ts';

const contract = { direction: 'down', target: 45, redAbove: 60 } as KpiContract;
const period = periodOf('2026-06-10', 'week');
const at = (text: string) => Date.parse(text) / 1000;
const inBerlin = (points: readonly (readonly [string, number])[]) =>
	statusInPeriod(
		mergePoints(
			EMPTY_SERIES,
			points.map(([when, value]) => ({ at: at(when), value }))
		),
		{ contract, period, zone: 'Europe/Berlin' }
	);

test.each([
	['none before it', [['2026-06-07T21:59:59Z', 74]], 'none', undefined],
	['its first second in the zone', [['2026-06-07T22:00:00Z', 74]], 'red', 74],
	['its last second', [['2026-06-14T21:59:59Z', 52]], 'amber', 52],
	['none after it', [['2026-06-14T22:00:00Z', 74]], 'none', undefined],
	[
		'the last of several',
		[
			['2026-06-08T10:00:00Z', 74],
			['2026-06-12T10:00:00Z', 41],
			['2026-06-20T10:00:00Z', 90]
		],
		'green',
		41
	],
	['nothing at all', [], 'none', undefined]
] as const)('a period counts %s', (_, points, status, value) => {
	const found = inBerlin(points);
	expect({ status: found.status, value: found.last?.value }).toEqual({ status, value });
});

test('without a contract a value has no status', () => {
	const series = mergePoints(EMPTY_SERIES, [{ at: at('2026-06-10T10:00:00Z'), value: 74 }]);
	expect(statusInPeriod(series, { contract: undefined, period, zone: 'UTC' })).toMatchObject({
		status: 'none',
		last: { value: 74 }
	});
});
