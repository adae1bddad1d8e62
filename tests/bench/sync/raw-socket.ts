import { createConnection, type Socket } from 'node:net';

// A websocket client that costs almost nothing, so that the bench measures the server and not itself: frames are sent
// under a mask of zeros and read where they lie. Enough for servers that neither compress nor fragment.

const MASKED = 0x80;
const BINARY = 0x82;
const PONG = 0x8a;
const NO_MASK = [0, 0, 0, 0];

export class RawSocket {
	readonly #socket: Socket;
	bytesUp = 0;
	bytesDown = 0;
	/** Called with each binary message; it lies in a buffer that is used again. */
	onMessage: (message: Buffer) => void = () => undefined;
	onClose: () => void = () => undefined;
	isOpen = true;
	#rest: Buffer = Buffer.alloc(0);
	/** A message that did not come in one piece, and how much of it is there. */
	#large: Buffer | undefined;
	#filled = 0;

	/** Resolves after the handshake; rejects when the server refuses. */
	static connect(port: number, path: string): Promise<RawSocket> {
		return new Promise((resolve, reject) => {
			const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
			socket.once('error', reject);
			socket.once('connect', () => socket.write(handshake(port, path)));
			let head: Buffer = Buffer.alloc(0);
			const onHead = (chunk: Buffer) => {
				head = Buffer.concat([head, chunk]);
				const end = head.indexOf('\r\n\r\n');
				if (end < 0) return;
				socket.off('data', onHead);
				const status = head.toString('latin1', 9, 12);
				if (status !== '101') return reject(new Error(`the server answered ${status}`));
				const raw = new RawSocket(socket);
				resolve(raw);
				// What came with the handshake is read after whoever waits for the connection has set `onMessage`.
				if (head.length > end + 4) queueMicrotask(() => raw.#take(head.subarray(end + 4)));
			};
			socket.on('data', onHead);
		});
	}

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.on('data', (chunk: Buffer) => this.#take(chunk));
		socket.on('error', () => undefined);
		socket.on('close', () => {
			this.isOpen = false;
			this.onClose();
		});
	}

	send(message: Uint8Array): void {
		this.#write(BINARY, message);
	}

	/** Bytes as they are, for what is no websocket frame. */
	sendRaw(bytes: Uint8Array): void {
		this.#socket.write(bytes);
	}

	end(): void {
		this.#socket.destroy();
	}

	pause(): void {
		this.#socket.pause();
	}

	#write(opcode: number, message: Uint8Array): void {
		const { length } = message;
		const size =
			length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : eightBytes(length);
		const header = [opcode, MASKED | (size[0] ?? 0), ...size.slice(1), ...NO_MASK];
		const frame = Buffer.allocUnsafe(header.length + length);
		frame.set(header);
		frame.set(message, header.length);
		this.bytesUp += frame.length;
		this.#socket.write(frame);
	}

	#take(chunk: Buffer): void {
		this.bytesDown += chunk.length;
		let at = this.#fillLarge(chunk);
		const buffer = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk.subarray(at)]) : chunk;
		if (this.#rest.length > 0) at = 0;
		this.#rest = EMPTY;
		while (at < buffer.length) {
			const head = headOf(buffer, at);
			if (!head) {
				this.#rest = Buffer.from(buffer.subarray(at));
				return;
			}
			const start = at + head.size;
			const end = start + head.length;
			if (end > buffer.length && head.length > 65_536) {
				this.#large = Buffer.allocUnsafe(head.length);
				this.#filled = buffer.copy(this.#large, 0, start);
				return;
			}
			if (end > buffer.length) {
				this.#rest = Buffer.from(buffer.subarray(at));
				return;
			}
			this.#hear(head.opcode, buffer.subarray(start, end));
			at = end;
		}
	}

	/** Gives how many bytes of `chunk` belonged to a message that had begun. */
	#fillLarge(chunk: Buffer): number {
		if (!this.#large) return 0;
		const copied = chunk.copy(this.#large, this.#filled);
		this.#filled += copied;
		if (this.#filled === this.#large.length) {
			const message = this.#large;
			this.#large = undefined;
			this.onMessage(message);
		}
		return copied;
	}

	#hear(opcode: number, payload: Buffer): void {
		if (opcode === 2) this.onMessage(payload);
		else if (opcode === 9) this.#write(PONG, payload);
	}
}

const EMPTY = Buffer.alloc(0);

function headOf(buffer: Buffer, at: number): { opcode: number; size: number; length: number } | undefined {
	if (buffer.length < at + 2) return undefined;
	const opcode = (buffer[at] ?? 0) & 15;
	const short = (buffer[at + 1] ?? 0) & 127;
	if (short < 126) return { opcode, size: 2, length: short };
	const size = short === 126 ? 4 : 10;
	if (buffer.length < at + size) return undefined;
	const length = short === 126 ? buffer.readUInt16BE(at + 2) : Number(buffer.readBigUInt64BE(at + 2));
	return { opcode, size, length };
}

function eightBytes(length: number): number[] {
	const bytes = Buffer.alloc(9);
	bytes[0] = 127;
	bytes.writeBigUInt64BE(BigInt(length), 1);
	return [...bytes];
}

const handshake = (port: number, path: string): string =>
	`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
	'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
