import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { FRAME_BYTES_MAX } from '#lib/protocol/limits.ts';
import type { Wire } from './session.ts';

// The only file that knows `ws`. It turns upgraded sockets into wires and keeps them alive.

/** What happens on one socket after it was accepted. */
export interface WireListener {
	onMessage(frame: Uint8Array): void;
	onClose(): void;
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
	readonly #answered = new WeakSet<WebSocket>();
	#pings: NodeJS.Timeout | undefined;

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
			const listener = open(new SocketWire(socket));
			this.#answered.add(socket);
			socket.on('pong', () => this.#answered.add(socket));
			socket.on('message', (frame: Buffer) => listener.onMessage(frame));
			socket.on('close', () => listener.onClose());
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

class SocketWire implements Wire {
	readonly #socket: WebSocket;

	constructor(socket: WebSocket) {
		this.#socket = socket;
	}

	get backlogBytes(): number {
		return this.#socket.bufferedAmount;
	}

	send(frame: Uint8Array): void {
		this.#socket.send(frame);
	}

	close(code: number, reason: string): void {
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
}
