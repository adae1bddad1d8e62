import { join } from 'node:path';
import project from '../package.json' with { type: 'json' };
import { systemClock } from './clock.ts';
import { compose, type Composed } from './compose.ts';
import { CONFIG_EXIT_CODE, readConfig, type Config } from './config.ts';
import { createLog } from './log.ts';
import { run } from './run.ts';
import { StartRefused } from './start-refused.ts';

/** The server process from its environment to its exit code. */
export async function main(): Promise<number> {
	process.umask(0o077); // Whatever the server writes is for its owner alone.
	ignoreClosedPipes();
	const config = readConfig(process.env, process.cwd());
	if (!config.ok) {
		for (const sentence of config.error) say(process.stderr, sentence);
		return CONFIG_EXIT_CODE;
	}
	try {
		return await serve(config.value);
	} catch (error) {
		if (!(error instanceof StartRefused)) throw error;
		say(process.stderr, error.message);
		return 1;
	}
}

function serve(config: Config): Promise<number> {
	const { logFormat, logLevel } = config.operation;
	const log = createLog({
		write: (line) => say(process.stderr, line),
		clock: systemClock,
		isJson: logFormat ? logFormat === 'json' : !process.stderr.isTTY,
		level: logLevel
	});
	const composed = compose(config, {
		clock: systemClock,
		log,
		buildFolder: join(import.meta.dirname, '..', 'build'),
		version: project.version
	});
	return run(composed.services, stopSignal(), {
		clock: systemClock,
		log,
		onReady: () => {
			announce(composed);
			log.info('run.ready', { ms: Math.round(systemClock.tickMs()), version: project.version });
		},
		onRefused: (sentence) => say(process.stderr, sentence)
	});
}

function announce({ address, setupPath }: Composed): void {
	say(process.stdout, `Downbeat is ready at ${address()}`);
	const path = setupPath();
	if (path) say(process.stdout, `Nobody has set it up yet. Open this link once: ${address()}${path}`);
}

/** How soon the server notices that whoever started it is gone. */
const ORPHAN_MS = 500;

/**
 * The first signal asks for an orderly end, a second one ends at once. Under `npm start` a shell stands between
 * npm and us and dies of a signal without passing it on: its end counts as one.
 */
function stopSignal(): AbortSignal {
	const stop = new AbortController();
	if (process.env['npm_lifecycle_event']) {
		const parent = process.ppid;
		systemClock.every(ORPHAN_MS, () => process.ppid !== parent && stop.abort());
	}
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.on(signal, () => {
			if (stop.signal.aborted) process.exit(1);
			stop.abort();
		});
	}
	return stop.signal;
}

/** Whoever read our output may stop reading; the server goes on. */
function ignoreClosedPipes(): void {
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

const say = (stream: NodeJS.WriteStream, line: string): void => void stream.write(`${line}\n`);

if (import.meta.main) process.exit(await main());
