import { closeReasonOf } from '../protocol/close.ts';
import { LOST, type Carrier, type CarrierListener } from './carrier.ts';
import { lineAddressOf } from './line-calls.ts';
import { LineSocket } from './line-socket.ts';
import { Switchboard } from './switchboard.ts';

// By what the documents of this page are connected. Websockets are better; some proxies refuse or swallow them. Which it is
// shows only by trying: a websocket on which nothing was ever heard, twice in a row, while the server answers requests.

export type Way = 'socket' | 'line';

export interface TransportOptions {
	/** Whether the server answers requests now. `url`: of a websocket that did not work. */
	readonly answers?: (url: string) => Promise<boolean>;
	/** A websocket on which nothing was heard for so long is in doubt. */
	readonly silentMsMax?: number;
	/** How often a websocket is tried again while there is none. */
	readonly retryMs?: number;
}

/** The server speaks first, and at once. A phone network takes some seconds for what is between. */
const SILENT_MS_MAX = 4_000;

/** Whoever gives up sooner did not wait for an answer: a page was left. */
const GIVEN_UP_MS_MIN = 1_000;

/** A laptop that was carried elsewhere; also when the network changes or somebody presses “Try now”. */
const RETRY_MS = 3 * 60_000;
const RETRY_ASKED_MS = 10_000;

/** Requests that take longer say nothing about websockets. */
const ANSWER_MS_MAX = 2_000;

export class Transport {
	readonly #options: Required<TransportOptions>;
	readonly #switchboards = new Map<string, Switchboard>();
	/** Websockets on which nothing was heard yet. */
	readonly #unheard = new Set<WatchedSocket>();
	readonly #lines = new Set<LineSocket>();
	#way: Way = 'socket';
	/** Since when a websocket is known not to have worked where a request did. */
	#suspectedAtMs: number | undefined;
	#asking: Promise<boolean> | undefined;
	#triedAtMs = 0;
	#isTrying = false;
	#lastUrl = '';

	constructor(options: TransportOptions = {}) {
		this.#options = { answers: answersRequests, silentMsMax: SILENT_MS_MAX, retryMs: RETRY_MS, ...options };
	}

	/** By what a connection that is begun now goes. */
	get way(): Way {
		return this.#way;
	}

	/** Begins a connection to a document. */
	open(url: string, listener: CarrierListener): Carrier {
		this.#lastUrl = url;
		const address = this.#way === 'line' ? lineAddressOf(url) : undefined;
		if (!address) return this.#openSocket(url, listener);
		const switchboard = this.#switchboards.get(address.key) ?? new Switchboard(address);
		this.#switchboards.set(address.key, switchboard);
		const line: LineSocket = new LineSocket({
			address,
			switchboard,
			listener: {
				...listener,
				closed: (end) => {
					this.#lines.delete(line);
					listener.closed(end);
				}
			}
		});
		this.#lines.add(line);
		return line;
	}

	/** Now and then: tries a websocket again when it is time. `isAsked`: somebody or something says that it may work now. */
	look({ isAsked = false }: { isAsked?: boolean } = {}): void {
		const waitMs = isAsked ? Math.min(RETRY_ASKED_MS, this.#options.retryMs) : this.#options.retryMs;
		if (this.#way === 'line' && !this.#isTrying && performance.now() - this.#triedAtMs >= waitMs)
			void this.#tryAgain();
	}

	#openSocket(url: string, listener: CarrierListener): Carrier {
		const socket: WatchedSocket = new WatchedSocket(url, {
			listener,
			silentMsMax: this.#options.silentMsMax,
			heard: () => {
				this.#suspectedAtMs = undefined;
				this.#unheard.delete(socket);
			},
			silent: () => void this.#doubt(socket).then((isDoubted) => isDoubted && socket.fail()),
			closedUnheard: ({ isInVain }) => {
				this.#unheard.delete(socket);
				if (isInVain) void this.#doubt(socket);
			}
		});
		this.#unheard.add(socket);
		return socket;
	}

	/** A websocket did not work. Whether that says anything depends on whether a request does. */
	async #doubt({ url, beganAtMs }: WatchedSocket): Promise<boolean> {
		if (this.#way === 'line') return true;
		this.#asking ??= this.#options.answers(url).finally(() => (this.#asking = undefined));
		if (!(await this.#asking)) {
			this.#suspectedAtMs = undefined;
			return false;
		}
		if (this.#suspectedAtMs === undefined) this.#suspectedAtMs = performance.now();
		else if (beganAtMs >= this.#suspectedAtMs) this.#useLines();
		return true;
	}

	#useLines(): void {
		this.#way = 'line';
		this.#suspectedAtMs = undefined;
		this.#triedAtMs = performance.now();
		for (const socket of [...this.#unheard]) socket.fail();
	}

	async #tryAgain(): Promise<void> {
		this.#isTrying = true;
		const works = await speaks(this.#lastUrl, this.#options.silentMsMax);
		this.#isTrying = false;
		this.#triedAtMs = performance.now();
		if (!works) return;
		this.#way = 'socket';
		for (const line of [...this.#lines]) line.close();
	}
}

interface Watching {
	readonly listener: CarrierListener;
	readonly silentMsMax: number;
	/** The first frame came, or the server said why it hangs up. */
	heard(): void;
	/** Nothing came for too long. */
	silent(): void;
	/** It is over, and nothing ever came. `isInVain`: it was waited for. */
	closedUnheard(how: { isInVain: boolean }): void;
}

/** A websocket of which is known whether it ever brought anything. */
class WatchedSocket implements Carrier {
	readonly url: string;
	readonly beganAtMs = performance.now();
	readonly #socket: WebSocket;
	readonly #watching: Watching;
	#silence: ReturnType<typeof setTimeout> | undefined;
	#hasHeard = false;
	#isStopped = false;
	#isClosed = false;

	constructor(url: string, watching: Watching) {
		this.url = url;
		this.#watching = watching;
		this.#socket = new WebSocket(url);
		this.#socket.binaryType = 'arraybuffer';
		this.#silence = setTimeout(() => watching.silent(), watching.silentMsMax);
		this.#socket.addEventListener('open', () => this.#isClosed || watching.listener.opened());
		this.#socket.addEventListener('message', ({ data }) => this.#hear(data as ArrayBuffer));
		this.#socket.addEventListener('close', (end) => {
			if (closeReasonOf(end.code)) this.#proveItself();
			this.#stop({ isInVain: true });
			this.#close(end);
		});
	}

	send(frame: Uint8Array<ArrayBuffer>): void {
		this.#socket.send(frame);
	}

	close(): void {
		this.#stop({ isInVain: performance.now() - this.beganAtMs >= GIVEN_UP_MS_MIN });
		this.#socket.close();
	}

	/** It will not come to anything. */
	fail(): void {
		if (this.#hasHeard) return;
		this.#stop({ isInVain: true });
		this.#socket.close();
		this.#close(LOST);
	}

	#hear(data: ArrayBuffer): void {
		this.#proveItself();
		if (!this.#isClosed) this.#watching.listener.heard(data);
	}

	#proveItself(): void {
		if (this.#hasHeard || this.#isStopped) return;
		this.#hasHeard = true;
		clearTimeout(this.#silence);
		this.#watching.heard();
	}

	/** Nothing that comes from now on counts. */
	#stop(how: { isInVain: boolean }): void {
		clearTimeout(this.#silence);
		if (this.#hasHeard || this.#isStopped) return;
		this.#isStopped = true;
		this.#watching.closedUnheard(how);
	}

	#close({ code, reason }: { code: number; reason: string }): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#watching.listener.closed({ code, reason });
	}
}

/** Whether a websocket brings anything. */
function speaks(url: string, waitMsMax: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = new WebSocket(url);
		const end = (hasSpoken: boolean) => {
			clearTimeout(timer);
			resolve(hasSpoken);
			socket.close();
		};
		const timer = setTimeout(() => end(false), waitMsMax);
		socket.addEventListener('message', () => end(true));
		socket.addEventListener('error', () => undefined);
		socket.addEventListener('close', () => end(false));
	});
}

async function answersRequests(url: string): Promise<boolean> {
	try {
		const { origin } = new URL(url.replace(/^ws/, 'http'));
		const signal = AbortSignal.timeout(ANSWER_MS_MAX);
		const response = await fetch(`${origin}/api/v1/time`, { signal, cache: 'no-store' });
		// Not a page of the proxy that asks people to sign in.
		return response.ok && 'serverMs' in ((await response.json()) as object);
	} catch {
		return false;
	}
}
