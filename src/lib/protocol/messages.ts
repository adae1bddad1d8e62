import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as z from 'zod/mini';

// The wire. Types 0-3 are those of y-websocket and never change; ours begin at 100 and are only sent to a client
// that asked for them with `?protocol=2`, because the stock provider logs an error for a type it does not know.

/** Raise it when an old client would misread what is sent; the hash test then asks for a new hash. */
export const PROTOCOL_VERSION = 2;

/** The query parameter by which a client asks for the messages from 100 on. */
export const PROTOCOL_PARAM = 'protocol';
export const TOKEN_PARAM = 'token';

export const MESSAGE = {
	sync: 0,
	awareness: 1,
	auth: 2,
	queryAwareness: 3,
	/** Server: so many of your changes are stored, and this is the state vector that is stored. */
	ack: 100,
	/** Server: which person wrote under which Yjs client number. */
	authors: 101,
	/** Both ways: the question and the answer of a clock comparison. */
	clock: 102,
	/** Server: something in the space changed that is not in a document. */
	notice: 103,
	/** Server: a change of yours was not taken, and none after it on this connection will be. */
	refused: 104
} as const;

/** The first varint inside a sync message, as y-protocols has them. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/**
 * Acknowledgement: everything in the first `count` change-bearing messages of this connection is durable.
 * Deletions do not move a state vector, hence the count; the vector lets a client check itself.
 */
export interface Ack {
	readonly count: number;
	readonly stateVector: Uint8Array;
}

export function encodeAck({ count, stateVector }: Ack): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.ack);
	encoding.writeVarUint(encoder, count);
	encoding.writeVarUint8Array(encoder, stateVector);
	return encoding.toUint8Array(encoder);
}

export function readAck(decoder: decoding.Decoder): Ack {
	return { count: decoding.readVarUint(decoder), stateVector: decoding.readVarUint8Array(decoder) };
}

/** Yjs client number → person id. */
const authors = z.record(z.string(), z.string());
export type Authors = z.infer<typeof authors>;

export const encodeAuthors = (value: Authors): Uint8Array => encodeJson(MESSAGE.authors, value);
export const readAuthors = (decoder: decoding.Decoder): Authors => readJson(decoder, authors);

/** `points`: new points of a KPI are stored. `access`: what this connection may do, said when it begins. */
const notice = z.discriminatedUnion('type', [
	z.object({ type: z.literal('points'), kpi: z.string() }),
	z.object({
		type: z.literal('access'),
		role: z.enum(['owner', 'editor', 'commenter', 'viewer', 'guest']),
		writing: z.enum(['all', 'own', 'none'])
	})
]);
export type Notice = z.infer<typeof notice>;

export const encodeNotice = (value: Notice): Uint8Array => encodeJson(MESSAGE.notice, value);
export const readNotice = (decoder: decoding.Decoder): Notice => readJson(decoder, notice);

/**
 * The first `count` change-bearing messages of this connection were heard; the last of them, and what follows, is not
 * stored and nobody else sees it. It stays with its author.
 */
const refused = z.object({ count: z.int(), sentence: z.string() });
export type Refused = z.infer<typeof refused>;

export const encodeRefused = (value: Refused): Uint8Array => encodeJson(MESSAGE.refused, value);
export const readRefused = (decoder: decoding.Decoder): Refused => readJson(decoder, refused);

/** Milliseconds: the asker's monotonic clock, sent back untouched, and the server's epoch clock. */
export interface ClockAnswer {
	readonly askedAt: number;
	readonly serverMs: number;
}

export function encodeClockQuestion(askedAt: number): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.clock);
	encoding.writeFloat64(encoder, askedAt);
	return encoding.toUint8Array(encoder);
}

export const readClockQuestion = (decoder: decoding.Decoder): number => decoding.readFloat64(decoder);

export function encodeClockAnswer({ askedAt, serverMs }: ClockAnswer): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.clock);
	encoding.writeFloat64(encoder, askedAt);
	encoding.writeFloat64(encoder, serverMs);
	return encoding.toUint8Array(encoder);
}

export function readClockAnswer(decoder: decoding.Decoder): ClockAnswer {
	return { askedAt: decoding.readFloat64(decoder), serverMs: decoding.readFloat64(decoder) };
}

function encodeJson(type: number, value: unknown): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, type);
	encoding.writeVarString(encoder, JSON.stringify(value));
	return encoding.toUint8Array(encoder);
}

function readJson<T>(decoder: decoding.Decoder, schema: z.core.$ZodType<T>): T {
	return z.parse(schema, JSON.parse(decoding.readVarString(decoder)));
}
