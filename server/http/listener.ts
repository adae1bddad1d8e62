import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { HEADER_BYTES_MAX, HEADERS_MAX, REQUESTS_PER_CONNECTION_MAX } from '#lib/protocol/limits.ts';
import { SYNC_PATH } from '#lib/protocol/names.ts';
import type { Clock } from '../clock.ts';
import type { HttpMeter } from '../metrics/http-meter.ts';
import type { Service } from '../service.ts';
import { StartRefused } from '../start-refused.ts';
import { clientAddress, isTrustedProxy, peerAddress } from './client-address.ts';
import type { App } from './env.ts';
import type { Gate } from './gate.ts';
import { isAllowedOrigin } from './security.ts';

export interface ListenerPorts {
	readonly app: App;
	readonly clock: Clock;
	readonly host: string;
	/** 0 lets the system choose. */
	readonly port: number;
	readonly publicOrigin: string | undefined;
	readonly gate: Gate;
	readonly meter: HttpMeter;
	/** Takes a websocket to a document, whoever may be asking. */
	readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** A request that trickles in slower than this holds a connection for nothing. */
const HEADERS_MS_MAX = 15_000;
const REQUEST_MS_MAX = 120_000;

/** Longer than the usual 60 s of proxies, so that it is never we who close a connection they are about to use. */
const KEEP_ALIVE_MS = 65_000;

/** How long answers under way may take once the server stops. */
const FINISH_MS_MAX = 3_000;

/** The one port: HTTP for the app and the API, websockets for documents. */
export class Listener implements Service {
	readonly name = 'http';
	readonly #ports: ListenerPorts;
	readonly #server: Server;
	#answering = 0;
	#onIdle: (() => void) | undefined;

	constructor(ports: ListenerPorts) {
		this.#ports = ports;
		const listen = getRequestListener((request, env) => ports.app.fetch(request, env));
		this.#server = createServer(
			{
				headersTimeout: HEADERS_MS_MAX,
				requestTimeout: REQUEST_MS_MAX,
				keepAliveTimeout: KEEP_ALIVE_MS,
				maxHeaderSize: HEADER_BYTES_MAX
			},
			(request, answer) => {
				if (hasTooManyHeaders(request)) refuseRequest(answer);
				else void listen(request, answer);
			}
		);
		// Node would drop what is over its own limit, and with it what a proxy says of the client: we refuse instead.
		this.#server.maxHeadersCount = 0;
		this.#server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION_MAX;
		this.#server.on('connection', (socket) => this.#connect(socket));
		this.#server.on('request', (_, answer) => {
			this.#answering += 1;
			answer.once('close', () => {
				this.#answering -= 1;
				if (this.#answering === 0) this.#onIdle?.();
			});
		});
		this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
	}

	/** Where it listens, for a browser on this machine. Only once it is started. */
	get url(): string {
		const { address, port, family } = this.#server.address() as AddressInfo;
		const isWildcard = address === '0.0.0.0' || address === '::';
		const host = isWildcard ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
		return `http://${host}:${port}`;
	}

	start(): Promise<void> {
		const { host, port } = this.#ports;
		return new Promise((resolve, reject) => {
			this.#server.once('error', (error) => reject(refusalOf(error, host, port) ?? error));
			this.#server.listen(port, host, resolve);
		});
	}

	/** Takes no more, lets answers under way finish. Websockets are not its to close: who opened them does. */
	async drain(): Promise<void> {
		this.#server.close();
		this.#server.closeIdleConnections();
		if (this.#answering > 0) {
			await new Promise<void>((resolve) => {
				const cancel = this.#ports.clock.after(FINISH_MS_MAX, resolve);
				this.#onIdle = () => {
					cancel();
					resolve();
				};
			});
		}
		this.#server.closeAllConnections();
	}

	/** A proxy of one's own speaks for many: whom for is counted with each request. */
	#connect(socket: Socket): void {
		const from = { socket } as IncomingMessage;
		if (!isTrustedProxy(from) && !this.#ports.gate.connection(peerAddress(from), socket)) socket.destroy();
	}

	#upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const { gate, meter, publicOrigin } = this.#ports;
		if (hasTooManyHeaders(request)) return refuseUpgrade(socket, TOO_MANY_HEADERS);
		if (!request.url?.startsWith(SYNC_PATH)) return refuseUpgrade(socket, '404 Not Found');
		if (!isAllowedOrigin(request.headers, publicOrigin)) {
			meter.refused.add('origin');
			return refuseUpgrade(socket, '403 Forbidden');
		}
		const waitSeconds = gate.socket(clientAddress(request), socket);
		if (waitSeconds > 0) return refuseUpgrade(socket, `429 Too Many Requests\r\nRetry-After: ${waitSeconds}`);
		this.#ports.upgrade(request, socket, head);
	}
}

/** `rawHeaders` has names and values in turn. */
const hasTooManyHeaders = ({ rawHeaders }: IncomingMessage): boolean => rawHeaders.length > 2 * HEADERS_MAX;

const TOO_MANY_HEADERS = '431 Request Header Fields Too Large';

function refuseRequest(answer: ServerResponse): void {
	answer.writeHead(431, { connection: 'close', 'content-length': 0 }).end();
}

function refuseUpgrade(socket: Duplex, status: string): void {
	socket.on('error', () => undefined); // Whoever was refused may be gone already.
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The sentence for what the network says, or undefined when it is not the world's fault. */
function refusalOf(error: Error, host: string, port: number): StartRefused | undefined {
	switch ('code' in error ? error.code : undefined) {
		case 'EADDRINUSE':
			return new StartRefused(
				`Port ${port} on ${host} is in use by another program. ` +
					`Stop it, or choose another port: PORT=${port + 1} npm start.`
			);
		case 'EACCES':
			return new StartRefused(
				`Port ${port} is for the system's own programs. Choose one from 1024 on with PORT.`
			);
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return new StartRefused(
				`HOST is ${host}, which is not an address of this machine. ` +
					'Use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network it is in.'
			);
		default:
			return undefined;
	}
}
