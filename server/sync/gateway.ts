import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { closeReasonOf } from '#lib/protocol/close.ts';
import { FRAME_BYTES_MAX } from '#lib/protocol/limits.ts';
import type { SyncMeter } from '../metrics/sync-meter.ts';
import type { Wire } from './session.ts';

// The only file that knows `ws`. It turns upgraded sockets into wires, keeps them alive and counts what passes.

/** What happens on one socket after it was accepted. */
export interface WireListener {
	onMessage(frame: Uint8Array): void;
	onClose(ending?: WireEnding): void;
}

/** How a connection was, once it is over: for the log. */
export interface WireEnding {
	/** Ours if we hung up, otherwise what the other side said; 1006 when it said nothing. */
	readonly code: number;
	readonly ms: number;
	readonly bytesIn: number;
	readonly bytesOut: number;
	readonly messagesIn: number;
	readonly messagesOut: number;
}

/** How often the other side is asked whether it is there; one that misses two is gone. */
const PING_MS = 20_000;

export class Gateway {
	readonly #server = new WebSocketServer({
		noServer: true,
		maxPayload: FRAME_BYTES_MAX,
		perMessageDeflate: false,
		clientTracking: true
	});
	readonly #meter: SyncMeter;
	readonly #framing = new Framing();
	readonly #answered = new WeakSet<WebSocket>();
	#pings: NodeJS.Timeout | undefined;

	constructor(meter: SyncMeter) {
		this.#meter = meter;
	}

	/** Connections that are open, or being closed. */
	get size(): number {
		return this.#server.clients.size;
	}

	start(): void {
		this.#pings = setInterval(() => this.#pingAll(), PING_MS);
		this.#pings.unref();
	}

	/** Completes the handshake, then asks `open` what to do with what comes. */
	accept(
		at: { request: IncomingMessage; socket: Duplex; head: Buffer },
		open: (wire: Wire) => WireListener
	): void {
		this.#server.handleUpgrade(at.request, at.socket, at.head, (socket) => {
			const wire = new SocketWire({ socket, stream: at.socket, framing: this.#framing, meter: this.#meter });
			const listener = open(wire);
			this.#answered.add(socket);
			socket.on('pong', () => this.#answered.add(socket));
			socket.on('message', (frame: Buffer) => {
				wire.heard(frame);
				listener.onMessage(frame);
			});
			socket.on('close', (code) => listener.onClose(wire.ending(code)));
			// An oversized or unmasked frame: `ws` has closed with the right code, and `close` follows.
			socket.on('error', () => undefined);
		});
	}

	/** Ends what is still open after everybody was told. */
	async stop(): Promise<void> {
		clearInterval(this.#pings);
		for (const socket of this.#server.clients) socket.terminate();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#pingAll(): void {
		for (const socket of this.#server.clients) {
			if (!this.#answered.delete(socket)) socket.terminate();
			else socket.ping();
		}
	}
}

/** A message that many are sent one after another is framed once. */
class Framing {
	#message: Uint8Array | undefined;
	#frame: Buffer = EMPTY;

	/** The websocket frame around `message`. Whoever sends the same bytes to many sends the same object. */
	frameOf(message: Uint8Array): Buffer {
		if (this.#message === message) return this.#frame;
		this.#message = message;
		return (this.#frame = framed(message));
	}
}

const EMPTY = Buffer.alloc(0);

/** From here on copying a message behind its header costs more than writing the two apart. */
const SHARED_BYTES_MIN = 16 * 1024;

/** The whole message in one frame. */
const framed = (message: Uint8Array): Buffer => Buffer.concat([headerOf(message.length), message]);

/** Of a whole binary message, unmasked as a server's are (RFC 6455, 5.2). */
function headerOf(length: number): Buffer {
	if (length < 126) return Buffer.of(BINARY, length);
	const header = Buffer.alloc(length < 65_536 ? 4 : 10);
	header[0] = BINARY;
	header[1] = length < 65_536 ? 126 : 127;
	if (length < 65_536) header.writeUInt16BE(length, 2);
	else header.writeBigUInt64BE(BigInt(length), 2);
	return header;
}

const BINARY = 0x82;

/** A socket behind a wire, and what its frames are written to. */
interface Socket {
	readonly socket: WebSocket;
	readonly stream: Duplex;
	readonly framing: Framing;
	readonly meter: SyncMeter;
}

class SocketWire implements Wire {
	readonly #socket: WebSocket;
	readonly #stream: Duplex;
	readonly #framing: Framing;
	readonly #meter: SyncMeter;
	readonly #openedMs: number;
	#bytesIn = 0;
	#bytesOut = 0;
	#messagesIn = 0;
	#messagesOut = 0;
	/** The code we hung up with. */
	#closedWith: number | undefined;

	constructor({ socket, stream, framing, meter }: Socket) {
		this.#socket = socket;
		this.#stream = stream;
		this.#framing = framing;
		this.#meter = meter;
		this.#openedMs = meter.tickMs();
		meter.socketsOpened++;
	}

	get backlogBytes(): number {
		return this.#socket.bufferedAmount;
	}

	heard(frame: Uint8Array): void {
		this.#bytesIn += frame.length;
		this.#messagesIn++;
		this.#meter.bytesIn += frame.length;
		this.#meter.messagesIn++;
	}

	send(frame: Uint8Array): void {
		this.#bytesOut += frame.length;
		this.#messagesOut++;
		this.#meter.bytesOut += frame.length;
		this.#meter.messagesOut++;
		// `ws` would frame it anew for each socket. It neither compresses nor splits here, so whole frames may go between its own.
		if (this.#socket.readyState !== WebSocket.OPEN) return;
		if (frame.length < SHARED_BYTES_MIN) this.#stream.write(this.#framing.frameOf(frame));
		else this.#sendShared(frame);
	}

	/** Many may be reading the same megabytes at their own pace: they lie in memory once. */
	#sendShared(message: Uint8Array): void {
		this.#stream.cork();
		this.#stream.write(headerOf(message.length));
		this.#stream.write(message);
		this.#stream.uncork();
	}

	close(code: number, reason: string): void {
		this.#closedWith ??= code;
		this.#socket.close(code, reason);
	}

	terminate(): void {
		this.#socket.terminate();
	}

	pause(): void {
		this.#socket.pause();
	}

	resume(): void {
		this.#socket.resume();
	}

	/** `code`: what the socket says that it ended with. */
	ending(code: number): WireEnding {
		this.#meter.ended.add((this.#closedWith && closeReasonOf(this.#closedWith)) || 'left');
		return {
			code: this.#closedWith ?? code,
			ms: Math.round(this.#meter.tickMs() - this.#openedMs),
			bytesIn: this.#bytesIn,
			bytesOut: this.#bytesOut,
			messagesIn: this.#messagesIn,
			messagesOut: this.#messagesOut
		};
	}
}
