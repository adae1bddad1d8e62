import { addDays } from '#lib/domain/calendar.ts';
import type { RhythmEvent } from '../home/rhythm.ts';

/** A quarter of an invented company's rhythm, for specimens. */
export const monday = '2026-06-08';

const weekly = (title: string, weekday: number, time: string): readonly RhythmEvent[] =>
	Array.from({ length: 13 }, (_, week) => ({
		id: `${title}-${week}`,
		title,
		cadence: 'weekly',
		on: addDays(monday, 7 * week + weekday),
		time,
		state: 'planned',
		href: '#meeting'
	}));

const standups: readonly RhythmEvent[] = Array.from({ length: 65 }, (_, index) => ({
	id: `standup-${index}`,
	title: 'Standup',
	cadence: 'daily',
	on: addDays(monday, 7 * Math.floor(index / 5) + (index % 5)),
	time: '09:00',
	state: index === 0 ? 'done' : 'planned',
	href: '#standup'
}));

const thisWeek: Readonly<Record<string, Partial<RhythmEvent>>> = {
	'Ops Review-0': { state: 'next', detail: '6 of 9 commentaries', share: 6 / 9 },
	'Security Standup-0': { detail: 'Pack building', share: 0.6 },
	'Product Metrics-0': { detail: 'Pack opens Tue', share: 0.35 }
};

const heavier: readonly RhythmEvent[] = [
	...[0, 1, 3, 5, 7, 9, 11].map((week): RhythmEvent => ({
		id: `sprint-${week}`,
		title: 'Sprint Review',
		cadence: 'bi-weekly',
		on: addDays(monday, 7 * week + 4),
		time: '15:00',
		state: 'planned',
		detail: week === 0 ? 'Sprint 24' : undefined,
		href: '#sprint'
	})),
	{
		id: 'finops',
		title: 'FinOps Review',
		cadence: 'monthly',
		on: '2026-06-11',
		time: '11:00',
		state: 'planned',
		detail: '5 of 10 inputs',
		share: 0.5,
		href: '#finops'
	},
	...['2026-07-06', '2026-08-03', '2026-09-07'].map((on): RhythmEvent => ({
		id: on,
		title: 'Exec Review',
		cadence: 'monthly',
		on,
		time: '10:00',
		state: 'planned'
	})),
	{ id: 'okr', title: 'OKR check-in drafts due', cadence: 'quarterly', on: '2026-06-10', state: 'planned' },
	{ id: 'qbr', title: 'QBR', cadence: 'quarterly', on: '2026-06-30', time: '13:00', state: 'planned' }
];

export const quarter: readonly RhythmEvent[] = [
	...standups,
	...weekly('Ops Review', 0, '10:00'),
	...weekly('Security Standup', 1, '10:00'),
	...weekly('Product Metrics', 2, '14:00'),
	...heavier
].map((event) => ({ ...event, ...thisWeek[event.id] }));
