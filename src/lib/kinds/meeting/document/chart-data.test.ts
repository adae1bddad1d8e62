import { expect, test } from 'vitest';
import { chartData } from './chart-data.ts';

test('a chart names its KPI, and may say what of it is shown', () => {
	expect(chartData({ kpi: 'mttr' })).toEqual({ kpi: 'mttr', range: undefined, segment: undefined });
	expect(chartData({ kpi: 'mttr', range: '12w', segment: 'enterprise' })).toEqual({
		kpi: 'mttr',
		range: '12w',
		segment: 'enterprise'
	});
});

test('a range of a newer app does not hide the chart', () => {
	expect(chartData({ kpi: 'mttr', range: '3 decades', segment: 7 })).toEqual({
		kpi: 'mttr',
		range: undefined,
		segment: undefined
	});
});

test.each([{}, { kpi: 7 }, { kpi: '../etc' }, { kpi: '' }, undefined, 'mttr'])('%o names no KPI', (data) => {
	expect(chartData(data)).toBeUndefined();
});
