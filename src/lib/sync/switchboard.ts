import { LINES_PER_WAIT_MAX } from '../protocol/limits.ts';
import type { LineEnd, LineNews } from '../protocol/line.ts';
import { waitForLines, type LineAddress } from './line-calls.ts';

/** A line that waits for what the server says on it. */
export interface WaitingLine {
	readonly id: string;
	/** How many bytes of it are here. */
	readonly received: number;
	news(news: LineNews): void;
	ended(end: LineEnd): void;
}

/** Documents are opened one after another; a request that waits for all of them is worth this. */
const JOIN_MS = 15;

const RETRY_MS = 200;
const RETRY_MS_MAX = 2_000;

/**
 * All lines of one space in this page. One request waits for all of them: a browser keeps six connections to a host,
 * and what is to be sent needs one too.
 */
export class Switchboard {
	readonly #address: LineAddress;
	readonly #lines = new Map<string, WaitingLine>();
	#round = new AbortController();
	#isTurning = false;
	#isJoining = false;

	/** `address`: of any line of the space. */
	constructor(address: LineAddress) {
		this.#address = address;
	}

	add(line: WaitingLine): void {
		this.#lines.set(line.id, line);
		if (!this.#isTurning) void this.#turn();
		else if (!this.#isJoining) {
			this.#isJoining = true;
			setTimeout(() => this.#again(), JOIN_MS);
		}
	}

	remove(line: WaitingLine): void {
		this.#lines.delete(line.id);
		if (this.#lines.size === 0) this.#round.abort();
	}

	/** What an answer that is cut off held is told again: it was not confirmed. */
	#again(): void {
		this.#isJoining = false;
		this.#round.abort();
	}

	async #turn(): Promise<void> {
		this.#isTurning = true;
		let failures = 0;
		while (this.#lines.size > 0) {
			const isDone = await this.#waitOnce(failures);
			failures = isDone ? 0 : failures + 1;
		}
		this.#isTurning = false;
	}

	async #waitOnce(failures: number): Promise<boolean> {
		this.#round = new AbortController();
		const { signal } = this.#round;
		const lines = [...this.#lines.values()].slice(0, LINES_PER_WAIT_MAX);
		const asks = lines.map(({ id, received }) => ({ line: id, after: received }));
		const answer = await waitForLines(this.#address, asks, signal);
		if (signal.aborted) return true;
		if (answer.is === 'done') for (const one of answer.value) this.#tell(lines[one.index], one);
		if (answer.is === 'over') for (const line of lines) this.#end(line, answer.end);
		if (answer.is === 'later') {
			await pause(Math.max(answer.afterMs, Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** failures)), signal);
			return false;
		}
		return true;
	}

	#tell(line: WaitingLine | undefined, news: LineNews): void {
		if (!line || this.#lines.get(line.id) !== line) return;
		line.news(news);
		if (news.end) this.#end(line, news.end);
	}

	#end(line: WaitingLine, end: LineEnd): void {
		if (this.#lines.delete(line.id)) line.ended(end);
	}
}

/** Resolves after `ms`, or when `signal` says so. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) return resolve();
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener('abort', end);
	});
