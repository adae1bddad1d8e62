import { MESSAGE_BURST_MAX, MESSAGES_PER_SECOND_MAX } from '#lib/protocol/limits.ts';

/** How many messages one connection may still send. It fills with time and is emptied by messages. */
export class TokenBucket {
	#left = MESSAGE_BURST_MAX;
	#filledAtMs: number;

	constructor(nowMs: number) {
		this.#filledAtMs = nowMs;
	}

	/** Takes one. Gives the milliseconds to wait before the next is read: 0 while there are some left. */
	take(nowMs: number): number {
		const gained = (Math.max(0, nowMs - this.#filledAtMs) / 1000) * MESSAGES_PER_SECOND_MAX;
		this.#left = Math.min(MESSAGE_BURST_MAX, this.#left + gained) - 1;
		this.#filledAtMs = nowMs;
		return this.#left >= 0 ? 0 : Math.ceil((-this.#left / MESSAGES_PER_SECOND_MAX) * 1000);
	}
}
