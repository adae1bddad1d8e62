import { readVarUint, readVarUint8Array, type Decoder } from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { PausedWhy } from '../domain/sync-state.ts';
import { CLOSE } from '../protocol/close.ts';
import { ACCOUNT_PARAM } from '../protocol/names.ts';
import {
	encodeClockQuestion,
	MESSAGE,
	PROTOCOL_PARAM,
	PROTOCOL_VERSION,
	readAck,
	readAuthors,
	readClockAnswer,
	readNotice,
	readRefused,
	SYNC,
	TOKEN_PARAM,
	type Ack,
	type Authors,
	type ClockAnswer,
	type Notice,
	type Refused
} from '../protocol/messages.ts';
import type { Secret } from './api-call.ts';
import { heldSocket } from './held-socket.ts';
import { Transport, type Way } from './transport.ts';

// One document's connection: the y-websocket provider, plus what makes it tell the truth. The provider believes a
// socket until it is closed; we believe answers.

export type LinkState =
	/** The server answered lately. */
	| { readonly is: 'up' }
	/** Not connected; trying again by itself. */
	| { readonly is: 'down' }
	/** The server does not want this connection, and says why. Only a person can change that. */
	| { readonly is: 'refused'; readonly why: PausedWhy; readonly sentence: string };

export interface LinkListener {
	/** A new connection is being made: acknowledgements count from 0 again. */
	connecting(): void;
	stateChanged(state: LinkState): void;
	/** The server and this device have exchanged all they had when the connection came up. */
	exchanged(): void;
	/** A change-bearing frame was queued. `isExchange`: it holds everything the server lacked. */
	queued(isExchange: boolean): void;
	acknowledged(ack: Ack): void;
	authors(authors: Authors): void;
	clock(answer: ClockAnswer): void;
	notice(notice: Notice): void;
	/** A change was not taken, and none after it on this connection will be. */
	refused(refused: Refused): void;
	/** The server said what it has: it lacks everything else of this document. */
	serverHas(stateVector: Uint8Array): void;
	untilKept(): Promise<void> | undefined;
}

/** How often the server is asked for the time: it also shows that it is there. */
const HEARTBEAT_MS = 5_000;

/** Over requests each question is two of them, and the answers to others show that the server is there. */
const BEATS_PER_QUESTION_ON_LINE = 3;

/** Longer than a slow phone network takes to answer; after it the socket is given up. */
const ANSWER_MS_MAX = 4_000;

/** When there is a reason to doubt it, the wait is shorter: a connection made anew costs less than a false word. */
const DOUBTED_ANSWER_MS_MAX = 1_500;

/** A browser waits a minute or more for a handshake that a captive portal swallows. */
const HANDSHAKE_MS_MAX = 10_000;

/** Longest wait between two tries. Many devices that lost one server do not come back in one instant. */
const BACKOFF_MS_MAX = 8_000;

const EMPTY_UPDATE = Uint8Array.of(0, 0);

export class Link {
	readonly #provider: WebsocketProvider;
	readonly #listener: LinkListener;
	readonly #transport: Transport;
	#state: LinkState = { is: 'down' };
	#heartbeat: ReturnType<typeof setInterval> | undefined;
	#beats = 0;
	#deadline: ReturnType<typeof setTimeout> | undefined;

	constructor(options: {
		/** `ws://host/sync`. */
		url: string;
		/** `<space>/<document>`. */
		name: string;
		token: Secret | undefined;
		/** Tabs tell each other their changes when they keep them on the same one. */
		shelf?: string;
		doc: Y.Doc;
		awareness: Awareness;
		listener: LinkListener;
		/** Tells other tabs nothing and hears nothing from them. */
		isAlone?: boolean;
		/** Shared by all documents of the page: what one finds out of the network, all know. */
		transport?: Transport | undefined;
	}) {
		const { url, name, doc, awareness, listener } = options;
		this.#listener = listener;
		this.#transport = options.transport ?? new Transport();
		this.#provider = new WebsocketProvider(url, name, doc, {
			connect: false,
			disableBc: options.isAlone ?? false,
			awareness,
			params: {
				...shown(options.token),
				[PROTOCOL_PARAM]: String(PROTOCOL_VERSION)
			},
			maxBackoffTime: BACKOFF_MS_MAX * (0.5 + Math.random() / 2),
			WebSocketPolyfill: heldSocket({
				queued: (isExchange) => listener.queued(isExchange),
				untilKept: () => listener.untilKept(),
				heard: () => this.#heard(),
				open: (url, listener) => this.#transport.open(url, listener)
			})
		});
		this.#provider.bcChannel = `${options.shelf ?? ''}:${this.#provider.bcChannel}`;
		this.#listen();
	}

	/** The origin that the provider gives to what comes from elsewhere. */
	get origin(): object {
		return this.#provider;
	}

	get state(): LinkState {
		return this.#state;
	}

	/** By what it is connected, or would be. */
	get way(): Way {
		return this.#transport.way;
	}

	connect(): void {
		this.#provider.connect();
		this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_MS);
	}

	/** The network came or went, the screen came back, or somebody pressed “Try now”: find out at once. */
	nudge(): void {
		this.#transport.look({ isAsked: true });
		if (this.#provider.wsconnected) {
			this.#expectNothing();
			this.#ask(DOUBTED_ANSWER_MS_MAX);
		} else if (this.#provider.shouldConnect && !this.#provider.wsconnecting) this.#reconnect();
		else if (this.#state.is === 'refused') this.#reconnect();
	}

	/** Asks to have everything up to now acknowledged, also what was in the document before this connection. */
	exchangeAgain(): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, MESSAGE.sync);
		encoding.writeVarUint(encoder, SYNC.step2);
		encoding.writeVarUint8Array(encoder, EMPTY_UPDATE);
		if (this.#provider.wsconnected) this.#provider.ws?.send(encoding.toUint8Array(encoder));
	}

	close(): void {
		clearInterval(this.#heartbeat);
		this.#expectNothing();
		this.#provider.destroy();
	}

	#listen(): void {
		const { messageHandlers } = this.#provider;
		const hear =
			<T>(read: (decoder: Decoder) => T, tell: (value: T) => void) =>
			(_encoder: unknown, decoder: Decoder) =>
				tell(read(decoder));
		messageHandlers[MESSAGE.ack] = hear(readAck, (ack) => this.#listener.acknowledged(ack));
		messageHandlers[MESSAGE.authors] = hear(readAuthors, (authors) => this.#listener.authors(authors));
		messageHandlers[MESSAGE.clock] = hear(readClockAnswer, (answer) => this.#listener.clock(answer));
		messageHandlers[MESSAGE.notice] = hear(readNotice, (notice) => this.#listener.notice(notice));
		messageHandlers[MESSAGE.refused] = hear(readRefused, (refused) => this.#listener.refused(refused));
		this.#overhearQuestion(messageHandlers);

		this.#provider.on('status', ({ status }) => {
			if (status === 'connecting') this.#connecting();
			if (status === 'connected') this.#ask();
			if (status === 'disconnected') this.#set({ is: 'down' });
		});
		this.#provider.on('connection-close', () => this.#expectNothing());
		this.#provider.on('sync', (isSynced) => isSynced && this.#listener.exchanged());
		this.#provider.on('closed', ({ code, reason }) => {
			this.#set({ is: 'refused', why: whyOf(code), sentence: reason });
		});
	}

	/** The provider answers the server's question by itself; what it asks says what the server has. */
	#overhearQuestion(handlers: WebsocketProvider['messageHandlers']): void {
		const answer = handlers[MESSAGE.sync];
		if (!answer) return;
		handlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
			const { pos } = decoder;
			if (readVarUint(decoder) === SYNC.step1) this.#listener.serverHas(readVarUint8Array(decoder).slice());
			decoder.pos = pos;
			answer(encoder, decoder, ...rest);
		};
	}

	#connecting(): void {
		this.#listener.connecting();
		this.#expect(HANDSHAKE_MS_MAX);
	}

	#reconnect(): void {
		this.#provider.wsUnsuccessfulReconnects = 0;
		this.#provider.disconnect();
		this.#provider.connect();
	}

	#beat(): void {
		this.#transport.look();
		this.#beats++;
		if (this.way === 'socket' || this.#beats % BEATS_PER_QUESTION_ON_LINE === 0) this.#ask();
	}

	#ask(answerMsMax = ANSWER_MS_MAX): void {
		const { ws, wsconnected } = this.#provider;
		if (!ws || !wsconnected) return;
		ws.send(encodeClockQuestion(performance.now()) as Uint8Array<ArrayBuffer>);
		this.#expect(answerMsMax);
	}

	/** Silence for so long means that there is no connection, whatever the socket says. */
	#expect(silenceMsMax: number): void {
		this.#deadline ??= setTimeout(() => {
			this.#deadline = undefined;
			this.#set({ is: 'down' });
			this.#reconnect();
		}, silenceMsMax);
	}

	#expectNothing(): void {
		clearTimeout(this.#deadline);
		this.#deadline = undefined;
	}

	#heard(): void {
		this.#expectNothing();
		if (this.#provider.wsconnected) this.#set({ is: 'up' });
	}

	#set(state: LinkState): void {
		if (state.is === this.#state.is && state.is !== 'refused') return;
		this.#state = state;
		this.#listener.stateChanged(state);
	}
}

function shown(secret: Secret | undefined): Record<string, string> {
	if (typeof secret === 'string') return { [TOKEN_PARAM]: secret };
	return secret?.account === undefined ? {} : { [ACCOUNT_PARAM]: secret.account };
}

function whyOf(code: number): PausedWhy {
	switch (code) {
		case CLOSE.signedOut:
			return 'signed-out';
		case CLOSE.forbidden:
			return 'forbidden';
		case CLOSE.notFound:
			return 'gone';
		case CLOSE.version:
			return 'app-old';
		case CLOSE.tooLarge:
			return 'too-large';
		default:
			return 'malformed';
	}
}
