import { addDays, type IsoDate } from '#lib/domain/calendar.ts';
import type { DocumentId, SpaceId } from '#lib/domain/id.ts';
import { cadenceOfRule, daysOf, nextDay, startOn } from '#lib/domain/recurrence.ts';
import { dayOf, nearDay, timeOfDay, weekdayWord } from '#lib/domain/words.ts';
import type { Summary } from '#lib/kinds/contract.ts';
import type { DocumentEntry, Series, SpaceIndex } from '#lib/kinds/space/schema.ts';
import type { RhythmEvent } from '#lib/ui/home/rhythm.ts';
import type { RhythmEntry } from '#lib/ui/shell/nav.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import { hrefOf } from './places.ts';

// The rhythm of a space as Home and the side bar show it: the occurrences of its series, and the meetings that
// stand by themselves.

export interface RhythmContext {
	readonly space: SpaceId;
	readonly index: SpaceIndex;
	readonly timeZone: string;
	readonly today: IsoDate;
	readonly nowMs: number;
	summaryOf(document: DocumentId): Summary | undefined;
}

/** One occurrence of a series, or a meeting of its own. */
export interface Occurrence {
	readonly id: string;
	readonly title: string;
	readonly startsAtMs: number;
	readonly minutes: number;
	readonly series: Series | undefined;
	/** Absent when nobody has opened the occurrence yet. */
	readonly document: DocumentEntry | undefined;
	readonly on: IsoDate;
}

const MINUTE_MS = 60_000;

/** A meeting without a length is taken to last this long. */
const USUAL_MINUTES = 60;

/** Everything from `from` to `to`, both included, by time. */
export function occurrencesIn(context: RhythmContext, from: IsoDate, to: IsoDate): readonly Occurrence[] {
	const { index, timeZone } = context;
	const meetings = index.documents.filter(({ kind, archivedAt }) => kind === 'meeting' && !archivedAt);
	const bySeriesDay = new Map(
		meetings.flatMap((entry) =>
			entry.series && entry.startsAt ? [[keyOf(entry, timeZone), entry] as const] : []
		)
	);
	const planned = index.series.flatMap((series) =>
		daysOf(series, from, to).map((day): Occurrence => {
			const document = bySeriesDay.get(`${series.id}:${day}`);
			bySeriesDay.delete(`${series.id}:${day}`);
			return {
				id: `${series.id}:${day}`,
				title: series.title,
				startsAtMs: document?.startsAt ? Date.parse(document.startsAt) : startOn(series, day),
				minutes: document?.minutes ?? series.minutes,
				series,
				document,
				on: day
			};
		})
	);
	// Moved to another day, put in by hand, or of a series that is gone.
	const others = meetings.filter((entry) => !entry.series || bySeriesDay.has(keyOf(entry, timeZone)));
	const alone = others.flatMap((entry) => {
		const on = entry.startsAt && dayOf(Date.parse(entry.startsAt), timeZone);
		return on && on >= from && on <= to ? [aloneOf(entry, on, index)] : [];
	});
	return [...planned, ...alone].sort((a, b) => a.startsAtMs - b.startsAtMs || byCodeUnit(a.id, b.id));
}

function aloneOf(entry: DocumentEntry, on: IsoDate, index: SpaceIndex): Occurrence {
	return {
		id: entry.id,
		title: entry.title,
		startsAtMs: Date.parse(entry.startsAt ?? ''),
		minutes: entry.minutes ?? USUAL_MINUTES,
		series: index.series.find(({ id }) => id === entry.series),
		document: entry,
		on
	};
}

const keyOf = (entry: DocumentEntry, timeZone: string) =>
	`${entry.series}:${dayOf(Date.parse(entry.startsAt ?? ''), timeZone)}`;

/** The one to prepare: on now, or the next to begin within four weeks. */
export function nextOccurrence(context: RhythmContext): Occurrence | undefined {
	const ahead = occurrencesIn(context, addDays(context.today, -1), addDays(context.today, 28));
	return ahead.find(({ startsAtMs, minutes }) => startsAtMs + minutes * MINUTE_MS > context.nowMs);
}

export const isOn = ({ startsAtMs, minutes }: Occurrence, nowMs: number): boolean =>
	startsAtMs <= nowMs && nowMs < startsAtMs + minutes * MINUTE_MS;

/** As the score draws them. */
export function rhythmEvents(context: RhythmContext, from: IsoDate, to: IsoDate): readonly RhythmEvent[] {
	const { nowMs, timeZone, space } = context;
	const next = nextOccurrence(context);
	return occurrencesIn(context, from, to).map((occurrence) => {
		const { id, title, series, document, on, startsAtMs, minutes } = occurrence;
		const isPast = startsAtMs + minutes * MINUTE_MS <= nowMs;
		const state = isPast ? 'done' : isOn(occurrence, nowMs) ? 'now' : id === next?.id ? 'next' : 'planned';
		return {
			id,
			title,
			cadence: series ? cadenceOfRule(series.rule) : 'weekly',
			on,
			time: timeOfDay(startsAtMs, timeZone),
			state,
			detail: detailOf(occurrence, context),
			href: document && hrefOf(space, { kind: 'meeting', document: document.id })
		};
	});
}

function detailOf({ series, document }: Occurrence, context: RhythmContext): string {
	const said = document && context.summaryOf(document.id as string as DocumentId);
	if (said) return said.headline.replace(/\.$/, '');
	return series && series.agenda.length > 0 ? `${series.agenda.length} items` : '';
}

/** “Rhythm” in the side bar: each series with when it is next. */
export function rhythmEntries(context: RhythmContext, current: string | undefined): readonly RhythmEntry[] {
	const { index, today, space } = context;
	return index.series.map((series) => {
		const next = nextDay(series, today);
		const isNear = next !== undefined && next <= addDays(today, 6);
		return {
			id: series.id,
			href: `${hrefOf(space, { kind: 'meeting' })}?series=${series.id}`,
			title: series.title,
			cadence: cadenceOfRule(series.rule),
			next: next === undefined ? '' : isNear ? weekdayWord(next) : nearDay(next, today),
			isCurrent: series.id === current
		};
	});
}
