import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { weekdayWord } from '#lib/domain/words.ts';
import { cadenceOfRule, daysOf } from '#lib/domain/recurrence.ts';
import { planOf } from '#lib/ui/setup/plan.ts';
import { series } from './schema.ts';
import { agendaFitsSlot, rulesCanBeRead } from './rules.ts';
import { empty } from './fixtures.ts';
import { starterOptions } from './starter-preview.ts';
import { moreStarters, seriesFrom, starterById, starters } from './starter.ts';

const all = [...starters, ...moreStarters];
const started = () =>
	all.map((starter, index) =>
		seriesFrom(starter, { from: '2026-06-08', timeZone: 'Europe/Berlin', order: `a${index}` })
	);

test('the first run offers six meetings and ticks four', () => {
	expect(starters.map(({ title, summary, when, isChosen }) => [title, summary, when, isChosen])).toEqual([
		['Ops Review', '5 items, 45 min. SLOs, cost, security, autonomy, actions', 'Mon 10:00', true],
		['Security Standup', '3 items, 30 min', 'Tue 10:00', true],
		['Product Metrics', '3 items, 30 min', 'Wed 14:00', false],
		['Exec Review', '6 items, 60 min', 'First Mon', true],
		['FinOps Review', '4 items, 45 min', 'Second week', false],
		['QBR', '5 items, 4 h', 'Last Tue', true]
	]);
});

test('every starter makes a series that can be read, without a finding', () => {
	expect(started().map((one) => z.safeParse(series, one).error)).toEqual(all.map(() => undefined));
	const index = { ...empty, series: started() };
	expect(
		[rulesCanBeRead, agendaFitsSlot].flatMap((rule) => rule.check(index, { today: '2026-06-08' }))
	).toEqual([]);
	expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('every item has a prompt and a purpose', () => {
	for (const { agenda } of all) {
		for (const { prompt, purpose } of agenda) expect([prompt, purpose]).not.toContain(undefined);
	}
});

test.each(all.map((starter) => [starter.id, starter] as const))(
	'%s says the cadence and weekday of its rule, whenever counting begins',
	(_, { rule, cadence, when }) => {
		expect(cadenceOfRule(rule)).toBe(cadence);
		for (const from of ['2026-01-05', '2026-05-19', '2026-11-21']) {
			const days = daysOf({ rule, from }, from, '2027-12-31').slice(0, 3);
			expect(days).toHaveLength(3);
			const named = /Mon|Tue|Wed|Thu|Fri/.exec(when)?.[0];
			for (const day of days) if (named) expect(weekdayWord(day)).toBe(named);
		}
	}
);

test('quarterly means the ends of quarters, wherever in the year one begins', () => {
	const days = daysOf(
		{ rule: starterById('qbr')?.rule ?? '', from: '2026-04-13' },
		'2026-04-13',
		'2027-01-31'
	);
	expect(days).toEqual(['2026-06-30', '2026-09-29', '2026-12-29']);
});

test('the preview names the weeks of the heavier meetings, by their real days', () => {
	const options = starterOptions(starters, '2026-06-08');
	const chosen = options.filter((_, index) => starters[index]?.isChosen);
	const { weeks } = planOf(chosen, '2026-06-08');
	expect(weeks.map(({ week }) => week)).toEqual(Array.from({ length: 13 }, (_, index) => 24 + index));
	expect(weeks.flatMap(({ week, label }) => (label ? [`${label} ${week}`] : []))).toEqual([
		'QBR 27',
		'Exec 28',
		'Exec 32'
	]);
	expect(weeks[3]?.bars.map(({ cadence }) => cadence)).toEqual(['weekly', 'weekly', 'quarterly']);
});

test('who knows no such starter is told', () => {
	expect(starterById('retro')).toBeUndefined();
	expect(starterById('standup')?.title).toBe('Standup');
});
