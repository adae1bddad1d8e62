import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CLOSE } from '#lib/protocol/close.ts';
import {
	AWARENESS_BYTES_MAX,
	AWARENESS_CLIENTS_MAX,
	DOCUMENT_BYTES_MAX,
	MESSAGE_BYTES_MAX
} from '#lib/protocol/limits.ts';
import {
	encodeAck,
	encodeAuthors,
	encodeClockAnswer,
	encodeClockQuestion,
	encodeNotice,
	encodeRefused,
	MESSAGE,
	PROTOCOL_PARAM,
	PROTOCOL_VERSION,
	SYNC,
	TOKEN_PARAM
} from '#lib/protocol/messages.ts';

/** By version: what a client of that version and a server agree on. A line, once released, stays as it is. */
const HASHES: Record<number, string> = { 1: 'b0c372c46d7e1021', 2: '758e54db4684e13e' };

test('the wire is that of its version', () => {
	const frames = [
		encodeAck({ count: 300, stateVector: Uint8Array.of(1, 2, 3) }),
		encodeAuthors({ '4242': 'p-mei' }),
		encodeNotice({ type: 'points', kpi: 'mttr' }),
		encodeNotice({ type: 'access', role: 'commenter', writing: 'own' }),
		encodeRefused({ count: 7, sentence: 'You can read this document but not change it.' }),
		encodeClockQuestion(1.5),
		encodeClockAnswer({ askedAt: 1.5, serverMs: 1_780_000_000_000 })
	].map((frame) => Buffer.from(frame).toString('hex'));
	const ours = Object.values(MESSAGE).filter((type) => type >= 100);
	expect(new Set(frames.map((frame) => parseInt(frame.slice(0, 2), 16)))).toEqual(new Set(ours));
	const wire = JSON.stringify([MESSAGE, SYNC, CLOSE, PROTOCOL_PARAM, TOKEN_PARAM, frames]);
	const hash = createHash('sha256').update(wire).digest('hex').slice(0, 16);
	expect(
		HASHES[PROTOCOL_VERSION],
		'The wire has changed. Raise PROTOCOL_VERSION if an older client would misread it, and add the new hash.'
	).toBe(hash);
});

test('what a client of an earlier version may send is still taken', () => {
	const limits = { MESSAGE_BYTES_MAX, DOCUMENT_BYTES_MAX, AWARENESS_BYTES_MAX, AWARENESS_CLIENTS_MAX };
	const promised = {
		MESSAGE_BYTES_MAX: 8_388_608,
		DOCUMENT_BYTES_MAX: 67_108_864,
		AWARENESS_BYTES_MAX: 16_384,
		AWARENESS_CLIENTS_MAX: 32
	};
	for (const [name, promise] of Object.entries(promised))
		expect(limits[name as keyof typeof limits], name).toBeGreaterThanOrEqual(promise);
});
