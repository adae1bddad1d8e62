/** The only source of time in the server, so that a test can hold it in its hand. */
export interface Clock {
	/** Milliseconds since 1970, of the wall clock. It may jump. */
	nowMs(): number;
	/** Milliseconds of a clock that only runs forward, from an arbitrary start. For durations. */
	tickMs(): number;
	/** Calls back once, after `ms`. Returns the canceller. */
	after(ms: number, callback: () => void): () => void;
	/** Calls back every `ms` until cancelled. Returns the canceller. */
	every(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
	nowMs: () => Date.now(),
	tickMs: () => performance.now(),
	after(ms, callback) {
		const timer = setTimeout(callback, ms);
		return () => clearTimeout(timer);
	},
	every(ms, callback) {
		const timer = setInterval(callback, ms);
		return () => clearInterval(timer);
	}
};
