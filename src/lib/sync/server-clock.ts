import type { ClockAnswer } from '../protocol/messages.ts';

/** How far this device's clock is from the server's, learned from answers, so that everybody sees one time. */
export interface ClockReading {
	/** Add it to `Date.now()`. */
	readonly offsetMs: number;
	/** The true offset is within this of it: half the round trip. */
	readonly errorMs: number;
}

/** Older readings are forgotten: a clock that was set meanwhile must not be believed for ever. */
const READINGS_MAX = 8;

/** A smaller step than this is drift of the network, not of the clock. */
const STEP_MS_MIN = 2_000;

/**
 * Estimates the offset as NTP does: of the last few answers the one with the shortest round trip is trusted. A
 * step of this device's own clock shows as a jump against its monotonic one, and throws the readings away.
 */
export class ServerClock {
	#readings: ClockReading[] = [];
	#current: ClockReading | undefined;
	#wallMinusMonotonicMs: number;
	readonly #now: () => { readonly wallMs: number; readonly monotonicMs: number };

	/** `kept`: the offset of an earlier visit, for a start without a network. */
	constructor(
		options: { kept?: ClockReading | undefined; now?: () => { wallMs: number; monotonicMs: number } } = {}
	) {
		this.#now = options.now ?? (() => ({ wallMs: Date.now(), monotonicMs: performance.now() }));
		this.#current = options.kept;
		const { wallMs, monotonicMs } = this.#now();
		this.#wallMinusMonotonicMs = wallMs - monotonicMs;
	}

	/** The best there is; undefined when this device has never asked a server. */
	get reading(): ClockReading | undefined {
		return this.#current;
	}

	/** Epoch milliseconds by the server's clock; by this device's own while nothing better is known. */
	nowMs(): number {
		this.#noticeStep();
		return this.#now().wallMs + (this.#current?.offsetMs ?? 0);
	}

	/** Takes an answer that has just come. */
	take({ askedAt, serverMs }: ClockAnswer): ClockReading {
		this.#noticeStep();
		const { wallMs, monotonicMs } = this.#now();
		const errorMs = Math.max(0, monotonicMs - askedAt) / 2;
		this.#readings = [
			...this.#readings.slice(1 - READINGS_MAX),
			{ offsetMs: serverMs + errorMs - wallMs, errorMs }
		];
		this.#current = this.#readings.reduce((best, reading) =>
			reading.errorMs <= best.errorMs ? reading : best
		);
		return this.#current;
	}

	/**
	 * The wall clock went backwards against the monotonic one: somebody set it. Forwards it may have been sleep,
	 * during which the monotonic clock stands still, and then the wall clock is the one that is right.
	 */
	#noticeStep(): void {
		const { wallMs, monotonicMs } = this.#now();
		const stepMs = wallMs - monotonicMs - this.#wallMinusMonotonicMs;
		if (Math.abs(stepMs) < STEP_MS_MIN) return;
		this.#wallMinusMonotonicMs += stepMs;
		this.#readings = [];
		if (stepMs < 0 && this.#current)
			this.#current = { ...this.#current, offsetMs: this.#current.offsetMs - stepMs };
	}
}
