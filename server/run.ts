import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Service } from './service.ts';
import { StartRefused } from './start-refused.ts';

/** For all services together. Under the ten seconds that Docker and systemd-style supervisors wait at least. */
export const DRAIN_MS_MAX = 8_000;

export interface RunPorts {
	readonly clock: Clock;
	readonly log: Log;
	/** Called once everything is started. */
	readonly onReady: () => void;
	/** Says to the operator why the server does not start: one or two sentences. */
	readonly onRefused: (sentence: string) => void;
}

/** Starts in order, drains in reverse: what was built on others stops first. Resolves to the exit code. */
export async function run(services: readonly Service[], stop: AbortSignal, ports: RunPorts): Promise<0 | 1> {
	const started: Service[] = [];
	try {
		for (const service of services) {
			if (stop.aborted) break;
			await service.start();
			started.push(service);
		}
	} catch (error) {
		sayWhy(error, ports);
		await drain(started, ports);
		return 1;
	}
	if (!stop.aborted) {
		ports.onReady();
		await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
	}
	return await drain(started, ports);
}

function sayWhy(error: unknown, { log, onRefused }: RunPorts): void {
	if (error instanceof StartRefused) onRefused(error.message);
	else log.fault('run.start', error);
}

/** Everybody gets a turn, however slow the one before was, but all of them share one limit. */
async function drain(started: readonly Service[], { clock, log }: RunPorts): Promise<0 | 1> {
	const untilMs = clock.tickMs() + DRAIN_MS_MAX;
	let code: 0 | 1 = 0;
	for (const service of started.toReversed()) {
		const fromMs = clock.tickMs();
		try {
			await within(Math.max(0, untilMs - fromMs), service.drain(), clock);
		} catch (error) {
			log.fault('run.drain', error, { service: service.name, ms: Math.round(clock.tickMs() - fromMs) });
			code = 1;
		}
	}
	return code;
}

async function within(limitMs: number, work: Promise<void>, clock: Clock): Promise<void> {
	const { promise, reject } = Promise.withResolvers<never>();
	const cancel = clock.after(limitMs, () => reject(new Error(`took over ${Math.round(limitMs)} ms`)));
	try {
		await Promise.race([work, promise]);
	} finally {
		cancel();
	}
}
