import { activeLoop, type Loop, type Realm } from './loop.ts';

// Wires between tabs and the server. One connection keeps the order of its frames, as TCP does; it may be slow, end
// in the middle of what it carries, or swallow everything without a word.

/** What the server's end of a wire is told. */
export interface ServerEnd {
	onMessage(frame: Uint8Array): void;
	onClose(): void;
}

/** The server's hold on a wire: its `Wire`. */
export interface ServerWire {
	send(frame: Uint8Array): void;
	close(code: number, reason: string): void;
	terminate(): void;
	pause(): void;
	resume(): void;
	readonly backlogBytes: number;
}

/** The server, as the network sees it; undefined while there is none. */
export interface ServerSide {
	readonly realm: Realm;
	accept(wire: ServerWire, url: URL): ServerEnd;
}

/** Looks at what passes. */
export interface Watcher {
	/** A tab puts a frame on the wire. */
	sent(connection: Connection, frame: Uint8Array): void;
	/** The server gives a frame to the wire. */
	told(connection: Connection, frame: Uint8Array): void;
}

interface Passing {
	readonly bytes: number;
	readonly arrive: () => void;
}

/** One direction. */
class Pipe {
	readonly #loop: Loop;
	readonly #to: Realm;
	readonly #delayMs: () => number;
	#queue: Passing[] = [];
	#lastAtMs = 0;
	#due = 0;
	isSwallowing = false;
	isPaused = false;

	constructor(to: Realm, delayMs: () => number) {
		this.#loop = activeLoop();
		this.#to = to;
		this.#delayMs = delayMs;
	}

	get backlogBytes(): number {
		return this.#queue.reduce((sum, { bytes }) => sum + bytes, 0);
	}

	push(arrive: () => void, bytes = 0): void {
		this.#queue.push({ bytes, arrive });
		this.#lastAtMs = Math.max(this.#lastAtMs, this.#loop.elapsedMs + this.#delayMs());
		this.#loop.post(this.#lastAtMs - this.#loop.elapsedMs, () => this.#arrived(), { realm: this.#to });
	}

	/** All but the first few of what is under way are lost, and `end` is the last that arrives. */
	cut(end: () => void): void {
		this.#queue.length = Math.min(this.#queue.length, this.#loop.random.below(this.#queue.length + 1));
		this.isPaused = false;
		this.isSwallowing = false;
		this.push(end);
		this.#flush();
	}

	resume(): void {
		this.isPaused = false;
		this.#flush();
	}

	#arrived(): void {
		this.#due++;
		this.#flush();
	}

	#flush(): void {
		while (this.#due > 0 && !this.isPaused && !this.isSwallowing) {
			this.#due--;
			this.#queue.shift()?.arrive();
		}
	}
}

interface ConnectionOptions {
	readonly network: Network;
	readonly url: URL;
	/** Absent for what is only played back. */
	readonly socket?: FakeSocket;
	readonly client: Realm;
	readonly server: ServerSide;
}

/** From a socket of a tab to the server. */
export class Connection {
	readonly url: URL;
	readonly up: Pipe;
	readonly down: Pipe;
	/** What the tab has sent that arrived: for whoever plays it back. */
	readonly arrived: Uint8Array[] = [];
	readonly network: Network;
	readonly #socket: FakeSocket | undefined;
	readonly #server: ServerSide;
	#end: ServerEnd | undefined;
	#isOverForServer = false;
	#isBroken = false;

	constructor(options: ConnectionOptions) {
		this.network = options.network;
		this.#server = options.server;
		this.url = options.url;
		this.#socket = options.socket;
		this.up = new Pipe(options.server.realm, () => this.network.delayMs(this.url.host));
		this.down = new Pipe(options.client, () => this.network.delayMs(this.url.host));
	}

	/** In the server's realm. */
	meet(): void {
		this.down.push(() => this.#socket?.opened());
		this.#end = this.#server.accept(this.#wire(), this.url);
	}

	send(frame: Uint8Array): void {
		if (this.#isBroken) return;
		if (this.#socket) this.network.watcher.sent(this, frame);
		this.up.push(() => {
			this.arrived.push(frame);
			this.#end?.onMessage(frame);
		}, frame.length);
	}

	/** The tab says goodbye. */
	leave(): void {
		this.up.push(() => this.#overForServer());
	}

	/** Neither side hears of it before it finds out. */
	break(): void {
		if (this.#isBroken) return;
		this.#isBroken = true;
		this.up.cut(() => this.#overForServer());
		this.down.cut(() => this.#overForClient(1006, ''));
	}

	swallow(): void {
		this.up.isSwallowing = true;
		this.down.isSwallowing = true;
		// The server asks every 20 s whether the other side is there.
		activeLoop().post(30_000, () => this.#overForServer(), { realm: this.network.outside });
	}

	#overForServer(): void {
		if (this.#isOverForServer) return;
		this.#isOverForServer = true;
		this.network.connections.delete(this);
		activeLoop().post(0, () => this.#end?.onClose(), { realm: this.#server.realm });
	}

	#overForClient(code: number, reason: string): void {
		this.#socket?.closed(code, reason);
	}

	#wire(): ServerWire {
		const { up, down } = this;
		return {
			send: (frame) => {
				if (this.#isOverForServer) return;
				this.network.watcher.told(this, frame);
				const copy = new Uint8Array(frame); // A `Buffer` shares its memory with others.
				down.push(() => this.#socket?.heard(copy), copy.length);
			},
			close: (code, reason) => {
				down.push(() => this.#overForClient(code, reason));
				up.push(() => this.#overForServer());
			},
			terminate: () => this.break(),
			pause: () => (up.isPaused = true),
			resume: () => up.resume(),
			get backlogBytes() {
				return down.backlogBytes;
			}
		};
	}
}

/** How a tab's way to the server is. `gone`: refused at once. `swallowing`: nothing comes through, nobody says so. */
export type Way = 'good' | 'slow' | 'gone' | 'swallowing';

export class Network {
	readonly connections = new Set<Connection>();
	readonly ways = new Map<string, Way>();
	/** When something last came from the server, by host. */
	readonly heardAtMs = new Map<string, number>();
	readonly outside: Realm;
	readonly watcher: Watcher;
	server: ServerSide | undefined;

	constructor(watcher: Watcher) {
		this.watcher = watcher;
		this.outside = activeLoop().outside;
		FakeSocket.network = this;
	}

	/** `host`: `<device>.<tab>`. A device has one way for all its tabs. */
	wayOf(host: string): Way {
		return this.ways.get(host.split('.')[0] ?? '') ?? 'good';
	}

	delayMs(host: string): number {
		const { random } = activeLoop();
		return this.wayOf(host) === 'slow'
			? 50 + random.below(900)
			: 1 + random.below(random.chance(0.1) ? 60 : 8);
	}

	of(device: string): readonly Connection[] {
		return [...this.connections].filter(({ url }) => url.host.split('.')[0] === device);
	}

	/** The server's end of every wire is gone. */
	breakAll(): void {
		for (const connection of this.connections) connection.break();
		this.connections.clear();
	}

	/** Somebody on the way opens the same connection again and says the same things. */
	replay(connection: Connection): void {
		const { server } = this;
		if (!server) return;
		const ghost = new Connection({ network: this, url: connection.url, client: this.outside, server });
		this.connections.add(ghost);
		const frames = [...connection.arrived];
		activeLoop().post(
			0,
			() => {
				ghost.meet();
				for (const frame of frames) ghost.send(frame);
				ghost.leave();
			},
			{ realm: server.realm }
		);
	}
}

type Listener = (event: object) => void;

/** What pages know as `WebSocket`. */
export class FakeSocket {
	static readonly CONNECTING = 0;
	static readonly OPEN = 1;
	static readonly CLOSING = 2;
	static readonly CLOSED = 3;
	static network: Network | undefined;
	readonly OPEN = 1;
	readyState: number = FakeSocket.CONNECTING;
	binaryType = 'blob';
	onopen: Listener | null = null;
	onmessage: Listener | null = null;
	onclose: Listener | null = null;
	onerror: Listener | null = null;
	readonly #listeners: [string, Listener][] = [];
	readonly #url: URL;
	#connection: Connection | undefined;

	constructor(url: string | URL, _protocols?: string | string[]) {
		this.#url = new URL(url);
		this.#connect(activeLoop().current);
	}

	addEventListener(type: string, listener: Listener): void {
		this.#listeners.push([type, listener]);
	}

	send(frame: Uint8Array): void {
		if (this.readyState === FakeSocket.OPEN) this.#connection?.send(frame.slice());
	}

	close(): void {
		if (this.readyState >= FakeSocket.CLOSING) return;
		this.readyState = FakeSocket.CLOSING;
		this.#connection?.leave();
	}

	opened(): void {
		if (this.readyState !== FakeSocket.CONNECTING) return;
		this.readyState = FakeSocket.OPEN;
		FakeSocket.network?.heardAtMs.set(this.#url.host, activeLoop().elapsedMs);
		this.#tell('open', this.onopen, {});
	}

	heard(frame: Uint8Array): void {
		if (this.readyState !== FakeSocket.OPEN) return;
		FakeSocket.network?.heardAtMs.set(this.#url.host, activeLoop().elapsedMs);
		this.#tell('message', this.onmessage, { data: frame.buffer });
	}

	closed(code: number, reason: string): void {
		if (this.readyState === FakeSocket.CLOSED) return;
		this.readyState = FakeSocket.CLOSED;
		this.#tell('close', this.onclose, { code, reason });
	}

	#connect(client: Realm): void {
		const { network } = FakeSocket;
		if (!network) throw new Error('there is no network');
		const { host } = this.#url;
		const way = network.wayOf(host);
		if (way === 'swallowing') return;
		activeLoop().post(
			network.delayMs(host),
			() => {
				const { server } = network;
				if (!server || way === 'gone') activeLoop().post(1, () => this.closed(1006, ''), { realm: client });
				else this.#join({ network, url: this.#url, socket: this, client, server });
			},
			{ realm: network.outside }
		);
	}

	#join(options: ConnectionOptions): void {
		const connection = new Connection(options);
		this.#connection = connection;
		connection.network.connections.add(connection);
		activeLoop().post(
			0,
			() => {
				connection.meet();
				if (this.readyState >= FakeSocket.CLOSING) connection.leave();
			},
			{ realm: options.server.realm }
		);
	}

	#tell(type: string, handler: Listener | null, event: object): void {
		for (const [wanted, listener] of this.#listeners) if (wanted === type) listener(event);
		handler?.(event);
	}
}
