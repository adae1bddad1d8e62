import { LINE_BODY_BYTES_MAX } from '../protocol/limits.ts';
import { Incoming, Outgoing, type LineEnd, type LineNews } from '../protocol/line.ts';
import { LOST, type Carrier, type CarrierEnd, type CarrierListener } from './carrier.ts';
import { beginLine, endLine, sendOnLine, type LineAddress } from './line-calls.ts';
import { pause, type Switchboard, type WaitingLine } from './switchboard.ts';

/** What is sent at once goes in one request: a keystroke is a change and a caret. */
const GATHER_MS = 20;

/** Requests with what is sent are at least so far apart: nobody types faster, and a proxy counts them. */
const APART_MS = 80;

const RETRY_MS = 200;
const RETRY_MS_MAX = 2_000;

/** A connection to a document over plain requests, for where no websocket gets through. */
export class LineSocket implements Carrier, WaitingLine {
	readonly #address: LineAddress;
	readonly #switchboard: Switchboard;
	readonly #listener: CarrierListener;
	readonly #outgoing = new Outgoing();
	readonly #incoming = new Incoming({ frameBytesMax: Infinity });
	readonly #over = new AbortController();
	#id: string | undefined;
	#isSending = false;
	#sentAtMs = -Infinity;

	constructor(at: { address: LineAddress; switchboard: Switchboard; listener: CarrierListener }) {
		this.#address = at.address;
		this.#switchboard = at.switchboard;
		this.#listener = at.listener;
		void this.#begin();
	}

	get id(): string {
		return this.#id ?? '';
	}

	get received(): number {
		return this.#incoming.received;
	}

	send(frame: Uint8Array<ArrayBuffer>): void {
		if (this.#isOver) return;
		this.#outgoing.put(frame);
		if (!this.#isSending) void this.#sendAll();
	}

	close(): void {
		if (this.#isOver) return;
		const said = this.#outgoing.waitingBytes > 0 ? this.#sendLast() : undefined;
		this.#end({ code: 1000, reason: '' });
		if (this.#id === undefined) return; // Ended as soon as it has begun.
		const id = this.#id;
		if (said) void said.then(() => endLine(this.#address, id));
		else void endLine(this.#address, id);
	}

	news({ at, bytes }: LineNews): void {
		if (this.#isOver) return;
		const frames = this.#incoming.take(at, bytes);
		if (typeof frames === 'string') return this.#lose();
		for (const frame of frames) {
			if (this.#isOver) return;
			this.#listener.heard(new Uint8Array(frame).buffer);
		}
	}

	ended({ code, sentence }: LineEnd): void {
		this.#end({ code, reason: sentence });
	}

	get #isOver(): boolean {
		return this.#over.signal.aborted;
	}

	async #begin(): Promise<void> {
		const begun = await beginLine(this.#address);
		if (begun.is === 'done' && this.#isOver) return void endLine(this.#address, begun.value);
		if (begun.is === 'over') return this.ended(begun.end);
		if (begun.is !== 'done') return this.#end(LOST);
		this.#id = begun.value;
		globalThis.addEventListener?.('pagehide', this.#leave);
		this.#listener.opened();
		if (!this.#isOver) this.#switchboard.add(this);
	}

	/** The page goes, perhaps to come back: then it finds that this line is gone, and begins another. */
	readonly #leave = (): void => {
		if (this.#id !== undefined) void endLine(this.#address, this.#id);
	};

	/** One request after the other. The same bytes are sent until the server has them. */
	async #sendAll(): Promise<void> {
		this.#isSending = true;
		const { signal } = this.#over;
		let failures = 0;
		let waitMs = 0;
		while (this.#outgoing.waitingBytes > 0 && !this.#isOver) {
			const sinceMs = performance.now() - this.#sentAtMs;
			await pause(Math.max(GATHER_MS, APART_MS - sinceMs, waitMs), signal);
			if (this.#isOver || this.#id === undefined) break;
			this.#sentAtMs = performance.now();
			const at = this.#outgoing.from;
			const bytes = this.#outgoing.next(LINE_BODY_BYTES_MAX);
			const sent = await sendOnLine(this.#address, this.#id, { at, bytes });
			if (sent.is === 'done') this.#outgoing.confirm(at + bytes.length);
			if (sent.is === 'over') this.ended(sent.end);
			if (sent.is === 'ended') break; // Why, comes with the last of what the server said.
			failures = sent.is === 'later' ? failures + 1 : 0;
			waitMs = sent.is === 'later' ? Math.max(sent.afterMs, backoffMs(failures)) : 0;
		}
		this.#isSending = false;
	}

	/** Tried once: who hangs up does not stay to hear whether it arrived. */
	#sendLast(): Promise<unknown> | undefined {
		if (this.#id === undefined) return undefined;
		const { from } = this.#outgoing;
		const bytes = this.#outgoing.next(LINE_BODY_BYTES_MAX);
		return sendOnLine(this.#address, this.#id, { at: from, bytes, isLast: true });
	}

	#lose(): void {
		this.#leave();
		this.#end(LOST);
	}

	#end(end: CarrierEnd): void {
		if (this.#isOver) return;
		this.#over.abort();
		this.#switchboard.remove(this);
		globalThis.removeEventListener?.('pagehide', this.#leave);
		queueMicrotask(() => this.#listener.closed(end));
	}
}

const backoffMs = (failures: number) => Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** (failures - 1));
