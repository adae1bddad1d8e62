import type { ListedSource } from '#lib/domain/source.ts';
import { counted, dayAndTime } from '#lib/domain/words.ts';

/** “Sun 8 Jun, 12:05: 3 new of 40 rows. Next Sun 8 Jun, 12:10.”, or why the last run read nothing. */
export function lastRunWords(
	{ lastRun, nextAt, isPaused, isRunning: runsAnyway }: ListedSource,
	{ timeZone, isRunning }: { readonly timeZone: string; readonly isRunning: boolean }
): { readonly text: string; readonly hasFailed: boolean } {
	if (isRunning || runsAnyway) return { text: 'Is being read…', hasFailed: false };
	const when = (at: string) => dayAndTime(Date.parse(at), timeZone);
	const next = isPaused ? 'Paused.' : nextAt === undefined ? '' : `Next ${when(nextAt)}.`;
	if (!lastRun) return { text: `Not read yet. ${next}`.trim(), hasFailed: false };
	const { at, rows, added, rejected, reasons, error } = lastRun;
	if (error) return { text: `${when(at)}: ${error.sentence} ${next}`.trim(), hasFailed: true };
	const refused = rejected > 0 ? `, ${counted(rejected, 'row')} not taken` : '';
	const first = reasons?.[0] ? ` Row ${String(reasons[0].row)}: ${reasons[0].reason}` : '';
	return {
		text: `${when(at)}: ${String(added)} new of ${counted(rows, 'row')}${refused}.${first} ${next}`.trim(),
		hasFailed: false
	};
}
