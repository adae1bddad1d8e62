import { addDays, mondayOf, type IsoDate } from '#lib/domain/calendar.ts';
import { daysOf } from '#lib/domain/recurrence.ts';
import type { TemplateOption } from '#lib/ui/setup/plan.ts';
import type { Starter } from './starter.ts';

/** As far as the preview of the setup looks. */
const WEEKS = 13;

/** The starters as the setup offers them, each with the days it falls on in the thirteen weeks from `today`. */
export function starterOptions(offered: readonly Starter[], today: IsoDate): readonly TemplateOption[] {
	const monday = mondayOf(today);
	const sunday = addDays(monday, 7 * WEEKS - 1);
	return offered.map(({ id, title, shortTitle, summary, when, cadence, minutes, rule }) => ({
		id,
		title,
		shortTitle,
		detail: summary,
		when,
		cadence,
		minutes,
		falls: daysOf({ rule, from: monday }, monday, sunday)
	}));
}
