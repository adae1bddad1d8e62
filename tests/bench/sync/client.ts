import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MESSAGE, SYNC } from '#lib/protocol/messages.ts';
import type { RunningServer } from './contenders.ts';
import { typedIn } from './keystrokes.ts';
import { RawSocket } from './raw-socket.ts';

// A client of y-protocols that builds no document: what a person's browser says and hears, without the cost of one.

/** Hocuspocus: the answer to step 1 has a type of its own, and so has “your change was applied”. */
const HOCUSPOCUS = { syncReply: 4, syncStatus: 8 };
const NO_STATE = Uint8Array.of(0);

export class Client {
	readonly socket: RawSocket;
	/** The Yjs client number under which it types. */
	readonly number: number;
	readonly #prefix: Uint8Array;
	/** An update that somebody else made; it lies in a buffer that is used again. */
	onUpdate: (update: Buffer) => void = () => undefined;
	/** Somebody's presence. */
	onAwareness: (update: Buffer) => void = () => undefined;
	/** So many of its own messages are stored (ours), or one more was applied (Hocuspocus). */
	onAcknowledged: (count: number) => void = () => undefined;
	#onStep2: (answer: Buffer) => void = () => undefined;
	#acknowledged = 0;

	/** Connected, and nothing said yet but who it is. */
	static async connect(server: RunningServer, document: string, number = 1): Promise<Client> {
		const socket = await RawSocket.connect(server.port, server.pathOf(document));
		return new Client(socket, { number, document: server.contender.isHocuspocus ? document : undefined });
	}

	/** Connected, and told everything of the document. */
	static async join(server: RunningServer, document: string, number = 1): Promise<Client> {
		const client = await Client.connect(server, document, number);
		if (!server.contender.isRelay) await client.ask();
		return client;
	}

	private constructor(
		socket: RawSocket,
		{ number, document }: { number: number; document: string | undefined }
	) {
		this.socket = socket;
		this.number = number;
		this.#prefix =
			document === undefined ? new Uint8Array() : encoded((to) => encoding.writeVarString(to, document));
		socket.onMessage = (message) => this.#hear(message);
		if (document !== undefined) this.#authenticate();
	}

	/** Says that it has nothing. Resolves with the bytes of the answer's end. */
	ask(): Promise<number> {
		return new Promise((resolve, reject) => {
			this.#onStep2 = (answer) => resolve(answer.length);
			this.socket.onClose = () => reject(new Error('closed before the answer to step 1'));
			this.#send(MESSAGE.sync, (to) => {
				encoding.writeVarUint(to, SYNC.step1);
				encoding.writeVarUint8Array(to, NO_STATE);
			});
		});
	}

	/** Resolves with the moment at which `count` characters had come, however many answers they came in. */
	async askForAll(count: number): Promise<number> {
		const ends = new Map<number, number>();
		let whole: ((atMs: number) => void) | undefined;
		const isWhole = new Promise<number>((resolve) => (whole = resolve));
		this.onUpdate = (update) => {
			const atMs = performance.now();
			for (const { client, clock, length } of typedIn(update))
				ends.set(client, Math.max(ends.get(client) ?? 0, clock + length));
			if ([...ends.values()].reduce((sum, end) => sum + end, 0) >= count) whole?.(atMs);
		};
		await this.ask();
		return isWhole;
	}

	change(update: Uint8Array): void {
		this.socket.send(this.changeMessage(update));
	}

	changeMessage(update: Uint8Array): Uint8Array {
		return this.#message(MESSAGE.sync, (to) => {
			encoding.writeVarUint(to, SYNC.update);
			encoding.writeVarUint8Array(to, update);
		});
	}

	/** `clock` counts this client's presences. */
	present(clock: number, state: string): void {
		this.#send(MESSAGE.awareness, (to) => {
			const update = encoded((inner) => {
				encoding.writeVarUint(inner, 1);
				encoding.writeVarUint(inner, this.number);
				encoding.writeVarUint(inner, clock);
				encoding.writeVarString(inner, state);
			});
			encoding.writeVarUint8Array(to, update);
		});
	}

	leave(): void {
		this.socket.onClose = () => undefined;
		this.socket.end();
	}

	#authenticate(): void {
		this.#send(MESSAGE.auth, (to) => {
			encoding.writeVarUint(to, 0);
			encoding.writeVarString(to, 'bench');
		});
	}

	#send(type: number, write: (to: encoding.Encoder) => void): void {
		this.socket.send(this.#message(type, write));
	}

	#message(type: number, write: (to: encoding.Encoder) => void): Uint8Array {
		return encoded((to) => {
			encoding.writeUint8Array(to, this.#prefix);
			encoding.writeVarUint(to, type);
			write(to);
		});
	}

	#hear(message: Buffer): void {
		const decoder = decoding.createDecoder(message);
		if (this.#prefix.length > 0) decoder.pos = this.#prefix.length;
		const type = decoding.readVarUint(decoder);
		if (type === MESSAGE.sync || type === HOCUSPOCUS.syncReply) this.#hearSync(decoder, message);
		else if (type === MESSAGE.awareness) this.onAwareness(restOf(message, decoder));
		else if (type === MESSAGE.ack) this.onAcknowledged(decoding.readVarUint(decoder));
		else if (type === HOCUSPOCUS.syncStatus && this.#prefix.length > 0)
			this.onAcknowledged(++this.#acknowledged);
	}

	#hearSync(decoder: decoding.Decoder, message: Buffer): void {
		const kind = decoding.readVarUint(decoder);
		const payload = restOf(message, decoder);
		if (kind === SYNC.update) this.onUpdate(payload);
		else if (kind === SYNC.step2) {
			this.onUpdate(payload);
			this.#onStep2(payload);
		}
	}
}

/** The varint-framed bytes that follow, without copying them. */
function restOf(message: Buffer, decoder: decoding.Decoder): Buffer {
	const length = decoding.readVarUint(decoder);
	return message.subarray(decoder.pos, decoder.pos + length);
}

function encoded(write: (to: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	write(encoder);
	return encoding.toUint8Array(encoder);
}
