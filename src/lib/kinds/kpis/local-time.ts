import { deviceZone, wallText, zoneClock } from '#lib/domain/series-calendar.ts';

// `<input type="datetime-local">` holds a wall time without a zone: the device's.

const MINUTE_LENGTH = 'YYYY-MM-DDTHH:MM'.length;

/** `2026-06-08T10:05` for an instant. */
export function localOfInstant(iso: string): string {
	const wall = zoneClock(deviceZone()).wallTime(Date.parse(iso) / 1000);
	return wallText(wall).replace(' ', 'T').slice(0, MINUTE_LENGTH);
}

/** The ISO instant of a local time, or undefined while it is not whole. */
export function instantOfLocal(local: string): string | undefined {
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
	return new Date(zoneClock(deviceZone()).instantOf(wall) * 1000).toISOString();
}
