import type { IsoDate } from '#lib/domain/calendar.ts';
import type { VersionLine } from '#lib/domain/history.ts';
import { dayOf, longDay, nearDay, timeOfDay, weekdayAndDay } from '#lib/domain/words.ts';

/** The versions of one day. */
export interface VersionDay {
	readonly on: IsoDate;
	/** “Today”, “Mon 8 Jun”; with the year where it is another. */
	readonly label: string;
	readonly versions: readonly VersionLine[];
}

/** By the day on which each ended, in the order they come in. */
export function versionDays(
	versions: readonly VersionLine[],
	{ zone, today }: { readonly zone: string | undefined; readonly today: IsoDate }
): readonly VersionDay[] {
	const days = new Map<IsoDate, VersionLine[]>();
	for (const version of versions) {
		const on = dayOf(version.toMs, zone);
		days.set(on, [...(days.get(on) ?? []), version]);
	}
	return [...days].map(([on, ofDay]) => ({ on, label: dayLabel(on, today), versions: ofDay }));
}

function dayLabel(on: IsoDate, today: IsoDate): string {
	const near = nearDay(on, today);
	if (near === 'Today' || near === 'Yesterday') return near;
	return on.slice(0, 4) === today.slice(0, 4) ? weekdayAndDay(on) : longDay(on);
}

/** “10:04–10:31”, “10:04”, “Sun 7 Jun, 23:50 – 00:12”. */
export function timesOf({ fromMs, toMs }: VersionLine, zone: string | undefined): string {
	const [from, to] = [timeOfDay(fromMs, zone), timeOfDay(toMs, zone)];
	const [first, last] = [dayOf(fromMs, zone), dayOf(toMs, zone)];
	if (first !== last) return `${weekdayAndDay(first)}, ${from} – ${to}`;
	return from === to ? to : `${from}–${to}`;
}
