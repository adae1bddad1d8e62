import { expect, test } from 'vitest';
import { ManualClock } from './clock-manual.ts';
import { silentLog } from './log.ts';
import { DRAIN_MS_MAX, run, type RunPorts } from './run.ts';
import type { Service } from './service.ts';
import { StartRefused } from './start-refused.ts';

function world() {
	const steps: string[] = [];
	const clock = new ManualClock();
	const ready = Promise.withResolvers<void>();
	const ports: RunPorts = {
		clock,
		log: { ...silentLog, fault: (name) => void steps.push(name) },
		onReady: () => ready.resolve(),
		onRefused: (sentence) => void steps.push(sentence)
	};
	const service = (name: string, over: Partial<Service> = {}): Service => ({
		name,
		start: () => Promise.resolve(void steps.push(`start ${name}`)),
		drain: () => Promise.resolve(void steps.push(`drain ${name}`)),
		...over
	});
	return { steps, clock, ready: ready.promise, ports, service };
}

test('services start in order and drain in reverse', async () => {
	const { steps, ready, ports, service } = world();
	const stop = new AbortController();
	const code = run([service('store'), service('sync'), service('http')], stop.signal, ports);
	await ready;
	stop.abort();
	expect(await code).toBe(0);
	expect(steps).toEqual([
		'start store',
		'start sync',
		'start http',
		'drain http',
		'drain sync',
		'drain store'
	]);
});

test('a refusal is said in words, and what had started is given back', async () => {
	const { steps, ports, service } = world();
	const http = service('http', { start: () => Promise.reject(new StartRefused('Port 4380 is taken.')) });
	expect(await run([service('store'), http], new AbortController().signal, ports)).toBe(1);
	expect(steps).toEqual(['start store', 'Port 4380 is taken.', 'drain store']);
});

test('a bug at the start is logged as one', async () => {
	const { steps, ports, service } = world();
	const broken = service('sync', { start: () => Promise.reject(new TypeError('x is not a function')) });
	expect(await run([broken], new AbortController().signal, ports)).toBe(1);
	expect(steps).toEqual(['run.start']);
});

test('a service that does not drain costs the others nothing but its time, and the exit code tells', async () => {
	const { steps, clock, ready, ports, service } = world();
	const stop = new AbortController();
	const stuck = Promise.withResolvers<void>();
	const sync = service('sync', {
		drain: () => {
			stuck.resolve();
			return new Promise(() => {});
		}
	});
	const code = run([service('store'), sync], stop.signal, ports);
	await ready;
	stop.abort();
	await stuck.promise;
	clock.advance(DRAIN_MS_MAX);
	expect(await code).toBe(1);
	expect(steps).toEqual(['start store', 'start sync', 'run.drain', 'drain store']);
});

test('a stop during the start is not forgotten', async () => {
	const { steps, ports, service } = world();
	const stop = new AbortController();
	const store = service('store', { start: () => Promise.resolve(stop.abort()) });
	expect(await run([store, service('http')], stop.signal, ports)).toBe(0);
	expect(steps).toEqual(['drain store']);
});
