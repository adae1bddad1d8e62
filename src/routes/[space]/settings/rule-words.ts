import { weekdayOf, type IsoDate } from '#lib/domain/calendar.ts';
import type { Series } from '#lib/kinds/space/schema.ts';

/** The rhythms one can choose by name; any other RRULE is kept as it is. */
export type RhythmChoice = 'workdays' | 'weekly' | 'bi-weekly' | 'monthly' | 'quarterly';

export const RHYTHM_CHOICES: readonly { readonly value: RhythmChoice; readonly label: string }[] = [
	{ value: 'workdays', label: 'Every workday' },
	{ value: 'weekly', label: 'Every week' },
	{ value: 'bi-weekly', label: 'Every two weeks' },
	{ value: 'monthly', label: 'Every month' },
	{ value: 'quarterly', label: 'Every quarter' }
];

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY_WORDS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const ORDINALS: Record<string, string | undefined> = {
	1: 'first',
	2: 'second',
	3: 'third',
	4: 'fourth',
	'-1': 'last'
};

/** Days of a month before the last week that surely holds each weekday once. */
const LAST_WEEK_FROM = 29;

/** The rule that `choice` means when the first meeting is on `first`: the same weekday, the same week of the month. */
export function ruleFrom(choice: RhythmChoice, first: IsoDate): string {
	const day = DAYS[weekdayOf(first) - 1] ?? 'MO';
	const date = Number(first.slice(8));
	const week = date >= LAST_WEEK_FROM ? -1 : Math.ceil(date / 7);
	switch (choice) {
		case 'workdays':
			return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';
		case 'weekly':
			return `FREQ=WEEKLY;BYDAY=${day}`;
		case 'bi-weekly':
			return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${day}`;
		case 'monthly':
			return `FREQ=MONTHLY;BYDAY=${week}${day}`;
		case 'quarterly':
			return `FREQ=MONTHLY;INTERVAL=3;BYDAY=${week}${day}`;
	}
}

/** “Every week on Mon at 10:00”. A rule that was written by hand is shown as it stands. */
export function ruleWords({ rule, time }: Pick<Series, 'rule' | 'time'>): string {
	const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`).exec(rule)?.[1] ?? '';
	const isQuarterly = part('FREQ') === 'YEARLY' && part('BYMONTH').split(',').length === 4;
	const every = isQuarterly
		? everyWords('MONTHLY', 3, part('BYDAY'))
		: everyWords(part('FREQ'), Number(part('INTERVAL') || 1), part('BYDAY'));
	return every ? `${every} at ${time}` : rule;
}

function everyWords(freq: string, interval: number, byDay: string): string {
	if (freq === 'WEEKLY' && byDay === 'MO,TU,WE,TH,FR' && interval === 1) return 'Every workday';
	const [, ordinal = '', day = ''] = /^(-?\d)?([A-Z]{2})$/.exec(byDay) ?? [];
	const word = DAY_WORDS[DAYS.indexOf(day)];
	if (!word) return freq === 'DAILY' && interval === 1 ? 'Every day' : '';
	if (freq === 'WEEKLY' && !ordinal)
		return `${interval === 1 ? 'Every week' : `Every ${interval} weeks`} on ${word}`;
	if (freq !== 'MONTHLY' || !ORDINALS[ordinal]) return '';
	const which = `the ${ORDINALS[ordinal]} ${word}`;
	if (interval === 1) return `Every month on ${which}`;
	return interval === 3 ? `Every quarter on ${which}` : `Every ${interval} months on ${which}`;
}
