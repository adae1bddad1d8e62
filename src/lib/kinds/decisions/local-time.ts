import { zoneClock } from '#lib/domain/series-calendar.ts';

/** The ISO instant of a wall time such as `2026-06-10T17:00` in `zone`; undefined while it is not whole. */
export function instantFrom(local: string, zone: string): string | undefined {
	const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(local) ?? [];
	if (!minute) return undefined;
	const wall = {
		year: Number(year),
		month: Number(month),
		day: Number(day),
		hour: Number(hour),
		minute: Number(minute),
		second: 0
	};
	return new Date(zoneClock(zone).instantOf(wall) * 1000).toISOString();
}
