import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Service } from '../service.ts';
import type { Exposition } from './exposition.ts';

/** How often the event loop is asked whether it is on time. */
const LAG_LOOK_MS = 20;

const SECONDS_PER_NANO = 1e-9;
const SECONDS_PER_MICRO = 1e-6;

/** What the process itself takes: memory, processor, and how late its event loop is. */
export class ProcessMeter implements Service {
	readonly name = 'metrics';
	readonly #lag = monitorEventLoopDelay({ resolution: LAG_LOOK_MS });

	start(): Promise<void> {
		this.#lag.enable();
		return Promise.resolve();
	}

	drain(): Promise<void> {
		this.#lag.disable();
		return Promise.resolve();
	}

	/** Lag is since the last look, so that a bad minute shows as one. */
	tell(to: Exposition): void {
		const { rss, heapUsed, external } = process.memoryUsage();
		const { user, system } = process.cpuUsage();
		to.counter(
			'process_cpu_seconds_total',
			'Processor time, of all threads.',
			(user + system) * SECONDS_PER_MICRO
		);
		to.gauge('process_resident_memory_bytes', 'Memory that the system has given.', rss);
		to.gauge('nodejs_heap_size_used_bytes', 'Memory of JavaScript objects.', heapUsed);
		to.gauge('nodejs_external_memory_bytes', 'Memory of buffers.', external);
		to.gauge(
			'process_start_time_seconds',
			'When the process started, since 1970.',
			performance.timeOrigin / 1000
		);
		to.gauge(
			'nodejs_eventloop_lag_p50_seconds',
			'How late the event loop is, half of the time.',
			this.#late(50)
		);
		to.gauge('nodejs_eventloop_lag_p99_seconds', 'How late it is, one time in a hundred.', this.#late(99));
		to.gauge('nodejs_eventloop_lag_max_seconds', 'The longest since the last scrape.', this.#late(100));
		this.#lag.reset();
	}

	/** The histogram has whole intervals, and nothing at all right after it was emptied. */
	#late(percentile: number): number {
		if (this.#lag.count === 0) return 0;
		return Math.max(0, this.#lag.percentile(percentile) * SECONDS_PER_NANO - LAG_LOOK_MS / 1000);
	}
}
