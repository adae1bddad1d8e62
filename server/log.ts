import type { Clock } from './clock.ts';

/** What a line may say: numbers, codes and ids. Never a name, a title, a token, a query string, or content. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** One line per event. `name` is `area.event`; a duration goes under `ms`. */
export interface Log {
	info(name: string, facts?: Facts): void;
	warn(name: string, facts?: Facts): void;
	/** The server could not do what it should have done. */
	error(name: string, facts?: Facts): void;
	/** Our own code is wrong: the only line that carries a stack trace. */
	fault(name: string, error: unknown, facts?: Facts): void;
}

export interface LogOptions {
	/** Takes one line without its line break. */
	readonly write: (line: string) => void;
	readonly clock: Clock;
	/** JSON for machines; otherwise aligned text for somebody who reads along. */
	readonly isJson: boolean;
	/** The least level that is written; everything when it is left out. */
	readonly level?: LogLevel;
}

/** From what happens all the time to what somebody must look at. */
export const LOG_LEVELS = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export function createLog({ write, clock, isJson, level: least = 'info' }: LogOptions): Log {
	const line = isJson ? jsonLine : textLine;
	const put = (level: LogLevel, name: string, facts: Facts = {}) => {
		if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return;
		write(line({ atMs: clock.nowMs(), level, name, facts }));
	};
	return {
		info: (name, facts) => put('info', name, facts),
		warn: (name, facts) => put('warn', name, facts),
		error: (name, facts) => put('error', name, facts),
		fault: (name, error, facts) =>
			put('error', name, { ...facts, stack: error instanceof Error ? error.stack : String(error) })
	};
}

/** For tests and for commands that speak for themselves. */
export const silentLog: Log = { info() {}, warn() {}, error() {}, fault() {} };

interface Line {
	readonly atMs: number;
	readonly level: LogLevel;
	readonly name: string;
	readonly facts: Facts;
}

function jsonLine({ atMs, level, name, facts }: Line): string {
	return JSON.stringify({ at: new Date(atMs).toISOString(), level, name, ...facts });
}

/** `10:14:22 warn  http.answer code=503 ms=1.2`. A stack trace stays readable on lines of its own. */
function textLine({ atMs, level, name, facts }: Line): string {
	const { stack, ...rest } = facts;
	const said = Object.entries(rest).filter(([, value]) => value !== undefined);
	const time = new Date(atMs).toTimeString().slice(0, 8);
	const words = [time, level.padEnd(5), name, ...said.map(([key, value]) => `${key}=${String(value)}`)];
	return words.join(' ') + (stack === undefined ? '' : `\n${String(stack)}`);
}
