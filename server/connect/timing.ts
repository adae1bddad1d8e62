import { createHash } from 'node:crypto';
import { Cron } from 'croner';

/** A source runs up to this long after its minute, each by its own, so that not all ask at once. */
export const JITTER_MS_MAX = 20_000;

/** Whether it is cron of five fields that ever comes. */
export function isSchedule(text: string): boolean {
	try {
		return text.trim().split(/\s+/).length === 5 && cron(text, 'UTC').nextRun() !== null;
	} catch {
		return false;
	}
}

/** The first time after `afterMs`, in epoch milliseconds; undefined for one that never comes. */
export function nextMs(
	{ id, schedule, zone }: { id: string; schedule: string; zone: string },
	afterMs: number
): number | undefined {
	try {
		const next = cron(schedule, zone).nextRun(new Date(afterMs));
		return next ? next.getTime() + jitterMs(id) : undefined;
	} catch {
		return undefined; // A zone that this server no longer knows: one source must not stop the others.
	}
}

/** The same for a source every time: its points keep their distance. */
const jitterMs = (id: string): number =>
	createHash('sha256').update(id).digest().readUInt32BE() % JITTER_MS_MAX;

const cron = (pattern: string, timezone: string): Cron =>
	new Cron(pattern, { timezone, mode: '5-part', paused: true });
