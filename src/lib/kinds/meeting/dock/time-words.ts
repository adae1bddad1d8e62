import { timerDigits } from '#lib/domain/words.ts';

/** The time left of an item, as the dock and the phone's header show it. */
export interface TimeLeft {
	/** “3:12”, and “+0:12” once it is over. */
	readonly digits: string;
	/** “left of 10:00”, “over 10:00”. */
	readonly of: string;
	/** Whole seconds left; negative when over. */
	readonly seconds: number;
	readonly isOver: boolean;
}

const SECOND_MS = 1_000;

/** The last second of a timebox counts as one, the first over it as none: zero is shown once. */
export function timeLeft({ remainingMs, allottedMs }: { remainingMs: number; allottedMs: number }): TimeLeft {
	const seconds = Math.ceil(remainingMs / SECOND_MS);
	const isOver = seconds < 0;
	const digits = timerDigits(seconds * SECOND_MS);
	const whole = timerDigits(allottedMs);
	return {
		digits: isOver ? `+${digits}` : digits,
		of: `${isOver ? 'over' : 'left of'} ${whole}`,
		seconds: seconds === 0 ? 0 : seconds,
		isOver
	};
}

/** The same for ears: “3 minutes 12 seconds left”. */
export function timeLeftSpoken({ seconds, isOver }: TimeLeft): string {
	const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
	const parts = [
		minutes > 0 ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '',
		rest > 0 || minutes === 0 ? `${rest} ${rest === 1 ? 'second' : 'seconds'}` : ''
	];
	return `${parts.filter(Boolean).join(' ')} ${isOver ? 'over' : 'left'}`;
}

/** When the time left is said aloud, in seconds. No other second is: a timer that talks is a nuisance. */
const CALLS: readonly (readonly [seconds: number, words: string])[] = [
	[120, '2 minutes left'],
	[30, '30 seconds left'],
	[0, 'Time is up']
];

/** What to say as the time left goes from `before` to `after` seconds; nothing most of the time. */
export function callBetween(before: number, after: number): string | undefined {
	return CALLS.findLast(([seconds]) => before > seconds && after <= seconds)?.[1];
}

/** With less motion the bar goes on in steps of this, while the digits keep counting seconds. */
const CALM_STEP_MS = 15_000;

/** How much of its timebox an item has used, 0 to 1. */
export function shareUsed(
	usedMs: number,
	{ allottedMs, isCalm }: { allottedMs: number; isCalm: boolean }
): number {
	const shownMs = isCalm ? Math.floor(usedMs / CALM_STEP_MS) * CALM_STEP_MS : usedMs;
	return allottedMs === 0 ? 1 : Math.min(1, shownMs / allottedMs);
}
