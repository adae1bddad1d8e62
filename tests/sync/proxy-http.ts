import { createHash } from 'node:crypto';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What becomes of a websocket: let through, refused, taken without a word, or opened to nowhere. */
export type Upgrades = 'pass' | 'refuse' | 'swallow' | 'mute';

/** A proxy that knows HTTP and means well: it reads requests and sends them on, and makes of websockets what it likes. */
export class HttpProxy {
	upgrades: Upgrades = 'refuse';
	/** Whether the answer to a request is lost after the server gave it. */
	loses: (request: IncomingMessage) => boolean = () => false;
	/** Whether a request never reaches the server. */
	drops: (request: IncomingMessage) => boolean = () => false;
	/** `METHOD /path`, without what is asked for. */
	readonly passed: string[] = [];
	upgradesTried = 0;
	/** Calls back with how many websockets were tried so far. */
	onUpgrade: (count: number) => unknown = () => undefined;
	/** Requests that the server has not answered. */
	readonly open = new Set<IncomingMessage>();
	port = 0;
	readonly #targetPort: number;
	readonly #held = new Set<Duplex>();
	readonly #server = createServer((asked, answer) => this.#pass(asked, answer));

	constructor(targetPort: number) {
		this.#targetPort = targetPort;
		this.#server.on('upgrade', (asked, socket) => this.#upgrade(asked, socket));
	}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		this.port = (this.#server.address() as AddressInfo).port;
		return this;
	}

	async stop(): Promise<void> {
		for (const socket of this.#held) socket.destroy();
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#pass(asked: IncomingMessage, answer: ServerResponse): void {
		this.passed.push(`${asked.method} ${asked.url?.split('?')[0]}`);
		if (this.drops(asked)) {
			asked.socket.destroy();
			return;
		}
		this.open.add(asked);
		answer.on('close', () => this.open.delete(asked));
		const { method, url, headers } = asked;
		const onward = request({ port: this.#targetPort, host: '127.0.0.1', method, path: url, headers });
		onward.on('response', (given) => {
			if (this.loses(asked)) {
				// What has a body is cut off in the middle of it.
				given.resume().on('end', () => asked.socket.destroy());
				if (given.statusCode === 200) answer.writeHead(200).flushHeaders();
				return;
			}
			// One answer, one connection: what is lost is lost alone.
			answer.writeHead(given.statusCode ?? 502, { ...given.headers, connection: 'close' });
			given.pipe(answer);
		});
		onward.on('error', () => asked.socket.destroy());
		answer.on('close', () => onward.destroy());
		asked.pipe(onward);
	}

	#upgrade(asked: IncomingMessage, socket: Duplex): void {
		this.onUpgrade(++this.upgradesTried);
		this.#held.add(socket);
		socket.on('error', () => socket.destroy()).on('close', () => this.#held.delete(socket));
		if (this.upgrades === 'refuse') socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
		if (this.upgrades === 'mute') socket.write(switching(asked));
		if (this.upgrades !== 'pass') return;
		const onward = connect(this.#targetPort, '127.0.0.1');
		const lines = asked.rawHeaders.flatMap((name, index) =>
			index % 2 === 0 ? [`${name}: ${asked.rawHeaders[index + 1]}`] : []
		);
		onward.write([`GET ${asked.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
		onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
		socket.on('close', () => onward.destroy());
		socket.pipe(onward).pipe(socket);
	}
}

/** RFC 6455, 4.2.2: as if there were a server behind. */
function switching({ headers }: IncomingMessage): string {
	const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
	const accept = createHash('sha1').update(key).digest('base64');
	return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}
