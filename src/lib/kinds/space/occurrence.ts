import * as z from 'zod/mini';
import { addDays, type IsoDate } from '#lib/domain/calendar.ts';
import { cadenceWord, type Cadence } from '#lib/domain/cadence.ts';
import { documentId, type DocumentId } from '#lib/domain/id.ts';
import { cadenceOfRule, nextDay, startOn } from '#lib/domain/recurrence.ts';
import { dayOf } from '#lib/domain/words.ts';
import type { NewDocument } from './doc.ts';
import { MINUTES_MAX, TITLE_LENGTH_MAX, type Series } from './schema.ts';

/** One meeting of a series, as the index lists it. */
export interface Occurrence {
	readonly id: DocumentId;
	/** Without who listed it and when: those differ from device to device. */
	readonly entry: NewDocument & { readonly startsAt: string; readonly minutes: number };
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * The meeting of `series` on `day`. Who asks for the same day gets the same id, also while apart, and also after the
 * series was renamed or moved to another hour.
 */
export function occurrenceOf(series: Series, day: IsoDate): Occurrence {
	return {
		id: z.parse(documentId, `m-${series.id.slice(0, SERIES_ID_SHOWN_MAX)}-${day}`),
		entry: {
			kind: 'meeting',
			title: fullTitle(series),
			startsAt: new Date(startOn(series, day)).toISOString(),
			minutes: series.minutes,
			series: series.id
		}
	};
}

/** An id has 96 characters at most, and thirteen of them go to the rest. Ids made here are far shorter. */
const SERIES_ID_SHOWN_MAX = 83;

/**
 * What a meeting of the series is called where the rhythm around it is not seen: “Weekly Ops Review”. Reviews of a
 * sprint or a quarter say it themselves, as does a title that names a rhythm.
 */
export function fullTitle({ title, rule }: Pick<Series, 'title' | 'rule'>): string {
	const cadence = cadenceOfRule(rule);
	const isSaid = /\b(daily|weekly|biweekly|monthly|quarterly|annual|yearly)\b/i.test(title);
	if (isSaid || !PREFIXED.includes(cadence)) return title;
	return `${cadenceWord[cadence]} ${title}`.slice(0, TITLE_LENGTH_MAX);
}

const PREFIXED: readonly Cadence[] = ['daily', 'weekly', 'monthly'];

/** The day of the meeting that is on or comes next; undefined when none comes within two years. */
export function comingDay(series: Series, nowMs: number): IsoDate | undefined {
	const firstStillOn = addDays(dayOf(nowMs, series.timeZone), -Math.ceil(MINUTES_MAX / DAY_MINUTES));
	let day = nextDay(series, firstStillOn);
	while (day && startOn(series, day) + series.minutes * MINUTE_MS <= nowMs)
		day = nextDay(series, addDays(day, 1));
	return day;
}
