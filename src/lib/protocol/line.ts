import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

// A line: the frames of a websocket over plain requests, for networks that let no websocket through. Each way is a stream of
// bytes, every frame led by its length as a varint. Bytes are counted, so whatever is sent twice is taken once, and what got
// lost is sent again.

/** Frames that wait until the other side has said that it has them. */
export class Outgoing {
	#parts: Uint8Array[] = [];
	#from = 0;
	#bytes = 0;

	/** How many bytes from the beginning of the stream are confirmed. */
	get from(): number {
		return this.#from;
	}

	/** How many bytes there ever were. */
	get end(): number {
		return this.#from + this.#bytes;
	}

	/** Bytes that are not confirmed. */
	get waitingBytes(): number {
		return this.#bytes;
	}

	/** Takes a frame as it is: whoever changes its bytes later changes what is sent. */
	put(frame: Uint8Array): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, frame.length);
		const length = encoding.toUint8Array(encoder);
		this.#parts.push(length, frame);
		this.#bytes += length.length + frame.length;
	}

	/** The other side has the first `upto` bytes. False when there never were so many. */
	confirm(upto: number): boolean {
		if (upto > this.end) return false;
		while (this.#from < upto) {
			const [first] = this.#parts;
			if (!first) break;
			const taken = Math.min(first.length, upto - this.#from);
			if (taken === first.length) this.#parts.shift();
			else this.#parts[0] = first.subarray(taken);
			this.#from += taken;
			this.#bytes -= taken;
		}
		return true;
	}

	/** What follows the confirmed bytes, up to `bytesMax`. */
	next(bytesMax: number): Uint8Array<ArrayBuffer> {
		const bytes = new Uint8Array(Math.min(this.#bytes, bytesMax));
		let filled = 0;
		for (const part of this.#parts) {
			if (filled === bytes.length) break;
			const fitting = part.subarray(0, bytes.length - filled);
			bytes.set(fitting, filled);
			filled += fitting.length;
		}
		return bytes;
	}

	/** Lets go of everything: nobody will ask for it. */
	clear(): void {
		this.confirm(this.end);
	}
}

/** `gap`: bytes before these never came. `tooLarge`: a frame says that it is longer than is read. */
export type Taken = readonly Uint8Array[] | 'gap' | 'tooLarge';

/** The other end of an `Outgoing`: puts bytes back together to frames, each once and in order. */
export class Incoming {
	readonly #frameBytesMax: number;
	#received = 0;
	/** What came of a frame that is not whole yet. */
	#parts: Uint8Array[] = [];
	#have = 0;
	/** With fewer bytes than this no frame is whole. */
	#need = 1;

	constructor(options: { frameBytesMax: number }) {
		this.#frameBytesMax = options.frameBytesMax;
	}

	/** How many bytes from the beginning of the stream came. */
	get received(): number {
		return this.#received;
	}

	/** Takes `bytes`, which begin at byte `at` of the stream. Gives the frames that are whole with them. */
	take(at: number, bytes: Uint8Array): Taken {
		if (at > this.#received) return 'gap';
		const fresh = bytes.subarray(this.#received - at);
		this.#received += fresh.length;
		this.#parts.push(fresh);
		this.#have += fresh.length;
		return this.#have < this.#need ? [] : this.#split();
	}

	#split(): Taken {
		const joined = this.#joined();
		const frames: Uint8Array[] = [];
		let begin = 0;
		for (;;) {
			const length = lengthAt(joined, begin);
			if (!length) {
				this.#need = joined.length - begin + 1;
				break;
			}
			if (length.value > this.#frameBytesMax) return 'tooLarge';
			const end = length.until + length.value;
			if (end > joined.length) {
				this.#need = end - begin;
				break;
			}
			frames.push(joined.subarray(length.until, end));
			begin = end;
		}
		this.#parts = [joined.subarray(begin)];
		this.#have = joined.length - begin;
		return frames;
	}

	#joined(): Uint8Array {
		const [only] = this.#parts;
		if (only && this.#parts.length === 1) return only;
		const joined = new Uint8Array(this.#have);
		let filled = 0;
		for (const part of this.#parts) {
			joined.set(part, filled);
			filled += part.length;
		}
		return joined;
	}
}

/** The varint at `begin` and where it ends; undefined when it is not all there. */
function lengthAt(bytes: Uint8Array, begin: number): { value: number; until: number } | undefined {
	let value = 0;
	for (let index = 0; index < VARINT_BYTES_MAX; index++) {
		const byte = bytes[begin + index];
		if (byte === undefined) return undefined;
		value += (byte & 0x7f) * 2 ** (7 * index);
		if (byte < 0x80) return { value, until: begin + index + 1 };
	}
	return { value: Infinity, until: begin + VARINT_BYTES_MAX };
}

/** Seven bits each: 49 bits are more than any frame is long. */
const VARINT_BYTES_MAX = 7;

/** How a line ended: with a websocket's close code. */
export interface LineEnd {
	readonly code: number;
	readonly sentence: string;
}

/** The line is not known here: it was not asked for in too long, or is somebody else's. RFC 6455: going away. */
export const LINE_GONE: LineEnd = { code: 1001, sentence: 'This connection was not used for too long.' };

/** What one of the lines that were waited for has to say. */
export interface LineNews {
	/** Which of the lines in the request. */
	readonly index: number;
	/** Where in the line's stream `bytes` begin. */
	readonly at: number;
	readonly bytes: Uint8Array;
	/** Nothing follows `bytes`. */
	readonly end?: LineEnd | undefined;
}

export function encodeLineNews(news: readonly LineNews[]): Uint8Array<ArrayBuffer> {
	const encoder = encoding.createEncoder();
	for (const { index, at, bytes, end } of news) {
		encoding.writeVarUint(encoder, index);
		encoding.writeVarUint(encoder, at);
		encoding.writeVarUint8Array(encoder, bytes);
		encoding.writeVarUint(encoder, end ? end.code : 0);
		if (end) encoding.writeVarString(encoder, end.sentence);
	}
	return encoding.toUint8Array(encoder);
}

/** Throws on what is none: something between here and the server answered in its place. */
export function readLineNews(answer: Uint8Array): readonly LineNews[] {
	const decoder = decoding.createDecoder(answer);
	const news: LineNews[] = [];
	while (decoding.hasContent(decoder)) {
		const index = decoding.readVarUint(decoder);
		const at = decoding.readVarUint(decoder);
		const bytes = decoding.readVarUint8Array(decoder);
		const code = decoding.readVarUint(decoder);
		const end = code > 0 ? { code, sentence: decoding.readVarString(decoder) } : undefined;
		news.push({ index, at, bytes, end });
	}
	return news;
}

/** Before a close reason, in the type of a problem that says why a line was not begun. */
export const LINE_PROBLEM = 'sync.';
