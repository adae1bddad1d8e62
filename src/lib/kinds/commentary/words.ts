import type { Person } from '#lib/domain/person.ts';
import { dayOf, shortDay, timeOfDay } from '#lib/domain/words.ts';
import type { PeriodLine } from './due.ts';
import { STATE_WORDS } from './state.ts';
import type { Written } from './written.ts';

/** “Complete · Priya Raman, 09:41”; with the day when that was another one. */
export function completeWords(
	{ row }: Written,
	here: { readonly people: readonly Person[]; readonly timeZone: string; readonly today: string }
): string {
	const completed = row?.completed;
	if (!completed) return STATE_WORDS.complete;
	const name = here.people.find(({ id }) => id === completed.by)?.name ?? 'Somebody';
	const atMs = Date.parse(completed.at);
	const day = dayOf(atMs, here.timeZone);
	const when = timeOfDay(atMs, here.timeZone);
	return `${STATE_WORDS.complete} · ${name}, ${day === here.today ? when : `${shortDay(day)}, ${when}`}`;
}

/** What stands beside “Mark complete” when nothing is in its way. */
export function waitingWords({ standing, written }: PeriodLine, name: string): string {
	if (standing.need === 'required') return 'Ready to complete.';
	if (standing.need === 'asked')
		return written.texts.changed === '' ? `${name} is at risk. Say what changed.` : 'Ready to complete.';
	return standing.status === 'green'
		? `${name} is on target. Commentary is optional.`
		: 'Commentary is optional.';
}
