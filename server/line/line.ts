import { closeReasonOf } from '#lib/protocol/close.ts';
import { FRAME_BYTES_MAX, LINE_INBOX_BYTES_MAX } from '#lib/protocol/limits.ts';
import { Incoming, Outgoing, type LineEnd, type LineNews } from '#lib/protocol/line.ts';
import type { SyncMeter } from '../metrics/sync-meter.ts';
import type { WireListener } from '../sync/gateway.ts';
import type { Wire } from '../sync/session.ts';

/** Who began a line, and in which space. Nobody else is told that it is there. */
export interface LineOwner {
	readonly space: string;
	/** The id of a principal: of a proof, not of a person. */
	readonly principal: string;
}

/** Whoever waits for a line. `news`: something can be told. `taken`: another request waits for this line now. */
export type Waiting = (why: 'news' | 'taken') => void;

/** A wire over requests. What it sends waits here until somebody asks for it, and until they say that they have it. */
export class Line implements Wire {
	readonly owner: LineOwner;
	/** By the clock that only runs forward: when somebody was last here for it. */
	askedAtMs: number;
	readonly #meter: SyncMeter;
	readonly #openedAtMs: number;
	readonly #outgoing = new Outgoing();
	readonly #incoming = new Incoming({ frameBytesMax: FRAME_BYTES_MAX });
	readonly #inbox: Uint8Array[] = [];
	readonly #begun = Promise.withResolvers<void>();
	#inboxBytes = 0;
	#listener: WireListener | undefined;
	#waiting: Waiting | undefined;
	#end: LineEnd | undefined;
	#resumed: PromiseWithResolvers<void> | undefined;
	#messagesIn = 0;
	#messagesOut = 0;

	constructor(owner: LineOwner, meter: SyncMeter) {
		this.owner = owner;
		this.#meter = meter;
		this.#openedAtMs = meter.tickMs();
		this.askedAtMs = this.#openedAtMs;
		meter.linesOpened++;
	}

	/** Resolves with the first word of the session, or its end. */
	get begun(): Promise<void> {
		return this.#begun.promise;
	}

	get end(): LineEnd | undefined {
		return this.#end;
	}

	get isAwaited(): boolean {
		return this.#waiting !== undefined;
	}

	get backlogBytes(): number {
		return this.#outgoing.waitingBytes;
	}

	/** Who hears what comes in. At once after it was made. */
	attach(listener: WireListener): void {
		this.#listener = listener;
	}

	/** Takes bytes of the stream that begins at `at`. Resolves once they are heard, which may be a while. */
	async take(at: number, bytes: Uint8Array): Promise<'heard' | 'gap'> {
		const taken = this.#incoming.take(at, bytes);
		if (taken === 'gap') return 'gap';
		if (taken === 'tooLarge') {
			this.close(1009, 'A message is too large.');
			return 'heard';
		}
		for (const frame of taken) this.#put(frame);
		await this.#hearAll();
		return 'heard';
	}

	/** The other side has the first `after` bytes. Whoever says what cannot be is cut off. */
	confirm(after: number): void {
		if (!this.#outgoing.confirm(after)) this.terminate();
	}

	/** Whether a request need not wait. */
	get hasNews(): boolean {
		return this.#outgoing.waitingBytes > 0 || this.#end !== undefined;
	}

	/** What is to be told, in at most `bytesMax`; the end comes with the last byte. */
	news(bytesMax: number): Omit<LineNews, 'index'> {
		const { from, waitingBytes } = this.#outgoing;
		const bytes = this.#outgoing.next(bytesMax);
		return { at: from, bytes, end: bytes.length === waitingBytes ? this.#end : undefined };
	}

	/** Somebody waits. Whoever did before waits in vain. */
	await(waiting: Waiting): void {
		this.#waiting?.('taken');
		this.#waiting = waiting;
	}

	/** `waiting` went away at `atMs`, with news or without. */
	leave(waiting: Waiting, atMs: number): void {
		this.askedAtMs = atMs;
		if (this.#waiting === waiting) this.#waiting = undefined;
	}

	send(frame: Uint8Array): void {
		if (this.#end) return;
		this.#meter.bytesOut += frame.length;
		this.#meter.messagesOut++;
		this.#messagesOut++;
		this.#outgoing.put(frame);
		this.#begun.resolve();
		this.#waiting?.('news');
	}

	close(code: number, sentence: string): void {
		if (this.#end) return;
		this.#end = { code, sentence };
		this.#meter.ended.add(closeReasonOf(code) ?? 'left');
		this.resume();
		// Its session may be in the middle of what made it hang up, or of beginning.
		queueMicrotask(() => this.#listener?.onClose(this.#ending(code)));
		this.#begun.resolve();
		this.#waiting?.('news');
	}

	terminate(): void {
		this.#outgoing.clear();
		this.close(1006, '');
	}

	pause(): void {
		this.#resumed ??= Promise.withResolvers();
	}

	resume(): void {
		this.#resumed?.resolve();
		this.#resumed = undefined;
	}

	#put(frame: Uint8Array): void {
		this.#inbox.push(frame);
		this.#inboxBytes += frame.length;
		if (this.#inboxBytes > LINE_INBOX_BYTES_MAX) this.terminate();
	}

	/** In order, whoever of several requests it is that gets to it. */
	async #hearAll(): Promise<void> {
		for (;;) {
			while (this.#resumed) await this.#resumed.promise;
			const frame = this.#inbox.shift();
			if (!frame) return;
			this.#inboxBytes -= frame.length;
			if (this.#end) continue;
			this.#meter.bytesIn += frame.length;
			this.#meter.messagesIn++;
			this.#messagesIn++;
			this.#listener?.onMessage(frame);
		}
	}

	#ending(code: number) {
		return {
			code,
			ms: Math.round(this.#meter.tickMs() - this.#openedAtMs),
			bytesIn: this.#incoming.received,
			bytesOut: this.#outgoing.end,
			messagesIn: this.#messagesIn,
			messagesOut: this.#messagesOut
		};
	}
}
