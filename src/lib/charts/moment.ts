import type { Cadence } from '#lib/domain/kpi.ts';
import {
	clockText,
	dayShort,
	isoWeek,
	monthShort,
	weekday,
	type WallTime,
	type ZoneClock
} from '#lib/domain/series-calendar.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY_SECONDS = 86_400;

/** How a point's moment is named: by its time, day, week, month or quarter. `year` is said when it is not this one. */
export function momentText(
	seconds: number,
	{ cadence, clock, nowSeconds }: { cadence: Cadence; clock: ZoneClock; nowSeconds: number }
): string {
	const wall = clock.wallTime(seconds);
	const year = wall.year === clock.wallTime(nowSeconds).year ? '' : ` ${wall.year}`;
	switch (cadence) {
		case 'hourly':
			return `${dayShort(wall)}${year}, ${clockText(wall)}`;
		case 'daily':
			return `${WEEKDAYS[weekday(wall) - 1]} ${dayShort(wall)}${year}`;
		case 'weekly':
			return `W${isoWeek(wall).week}, ${weekDays(wall)}${year}`;
		case 'monthly':
			return `${monthShort(wall.month)} ${wall.year}`;
		case 'quarterly':
			return `Q${quarterOf(wall)} ${wall.year}`;
	}
}

export const quarterOf = ({ month }: WallTime): number => Math.ceil(month / 3);

/** `4–10 May`, `29 Jun–5 Jul`: the days of the ISO week that `wall` lies in. */
function weekDays(wall: WallTime): string {
	const noon = Date.UTC(wall.year, wall.month - 1, wall.day) / 1000;
	const monday = dateOf(noon - (weekday(wall) - 1) * DAY_SECONDS);
	const sunday = dateOf(noon + (7 - weekday(wall)) * DAY_SECONDS);
	return monday.month === sunday.month
		? `${monday.day}–${dayShort(sunday)}`
		: `${dayShort(monday)}–${dayShort(sunday)}`;
}

function dateOf(utcSeconds: number): WallTime {
	const date = new Date(utcSeconds * 1000);
	return {
		year: date.getUTCFullYear(),
		month: date.getUTCMonth() + 1,
		day: date.getUTCDate(),
		hour: 0,
		minute: 0,
		second: 0
	};
}
