import { expect, test } from 'vitest';
import { planOf, type TemplateOption } from './plan.ts';

const today = '2026-06-08';
const option = (id: string, over: Partial<TemplateOption>): TemplateOption => ({
	id,
	title: id,
	shortTitle: id,
	detail: '',
	when: '',
	cadence: 'weekly',
	minutes: 45,
	...over
});
const values = (chosen: readonly TemplateOption[]) => planOf(chosen, today).facts.map(({ value }) => value);

test('nothing chosen is thirteen empty weeks and zeros', () => {
	const plan = planOf([], today);
	expect(plan.weeks).toHaveLength(13);
	expect(plan.weeks.flatMap(({ bars }) => bars)).toEqual([]);
	expect(values([])).toEqual(['0', '0 min', '0']);
});

test('hours a week share out what comes round seldom', () => {
	expect(values([option('ops', {})])).toEqual(['1', '45 min', '13']);
	expect(values([option('standup', { cadence: 'daily', minutes: 15 })])).toEqual(['1', '75 min', '65']);
	expect(values([option('qbr', { cadence: 'quarterly', minutes: 240 })])[1]).toBe('18 min');
});

test('known days are drawn where they fall', () => {
	const exec = option('Exec', { cadence: 'monthly', falls: ['2026-07-06', '2026-08-03', '2027-01-04'] });
	const labelled = planOf([exec], today).weeks.filter(({ label }) => label !== '');
	expect(labelled.map(({ week, label }) => `${week} ${label}`)).toEqual(['28 Exec', '32 Exec']);
});

test('unknown days are drawn in the typical week of their cadence', () => {
	const weeks = (cadence: TemplateOption['cadence']) =>
		planOf([option('x', { cadence })], today)
			.weeks.filter(({ bars }) => bars.length > 0)
			.map(({ week }) => week);
	expect(weeks('monthly')).toEqual([28, 32]);
	expect(weeks('quarterly')).toEqual([27]);
	expect(weeks('bi-weekly')).toEqual([25, 27, 29, 31, 33, 35]);
});

test('bars hang from the lightest to the heaviest', () => {
	const plan = planOf([option('QBR', { cadence: 'quarterly' }), option('ops', {})], today);
	expect(plan.weeks[3]).toMatchObject({ bars: [{ id: 'ops' }, { id: 'QBR' }], label: 'QBR' });
});
