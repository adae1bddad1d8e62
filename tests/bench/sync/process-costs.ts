import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

// What another process has cost so far, as Linux counts it. Elsewhere nothing is known, and the bench says so.

export const isCounted = existsSync('/proc/self/schedstat');

/** Milliseconds that all threads of a process have run. In nanoseconds of the scheduler, not ticks of 10 ms. */
export function cpuMs(pid: number): number {
	let ns = 0;
	for (const task of readdirSync(`/proc/${pid}/task`)) {
		try {
			ns += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
		} catch {
			// The thread ended between the two.
		}
	}
	return ns / 1e6;
}

/** Mebibytes in memory now. */
export const residentMib = (pid: number): number => statusKib(pid, 'VmRSS') / 1024;

/** The most that it was since `forgetPeak`. */
export const peakMib = (pid: number): number => statusKib(pid, 'VmHWM') / 1024;

export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Has the process throw away its garbage; the server was started with `gc-on-signal.js`. */
export async function collectGarbage(pid: number): Promise<void> {
	for (let time = 0; time < 3; time++) {
		process.kill(pid, 'SIGUSR2');
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
}

function statusKib(pid: number, field: string): number {
	const line = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return Number(line?.[1] ?? Number.NaN);
}
