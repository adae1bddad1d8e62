import * as decoding from 'lib0/decoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { FRAME_BYTES_MAX, LINE_BODY_BYTES_MAX } from '#lib/protocol/limits.ts';
import { Incoming, Outgoing, readLineNews, type LineEnd } from '#lib/protocol/line.ts';
import { encodeClockQuestion, MESSAGE, readAck, SYNC } from '#lib/protocol/messages.ts';
import { syncFrame } from '../../server/sync/joining.ts';
import { startFounded, type RunningServer } from './in-process.ts';

// A session with a document over requests, as a program would hold one.

type Server = RunningServer & { founded: { space: string; token: string } };

interface Asking {
	readonly token: string;
	readonly path?: string;
	readonly query?: string;
	readonly headers?: Record<string, string>;
}

const at = ({ founded: { space } }: Server, path: string) => `/api/v1/spaces/${space}${path}`;

const begin = (server: Server, { token, path = 'm-ops', query = '?protocol=2', headers = {} }: Asking) =>
	server.ask('POST', at(server, `/documents/${path}/line${query}`), { token, headers });

async function begun(server: Server, token = server.founded.token) {
	const { status, body } = await begin(server, { token });
	expect(status).toBe(201);
	const line = String(body['line']);
	const incoming = new Incoming({ frameBytesMax: FRAME_BYTES_MAX });
	const outgoing = new Outgoing();
	const address = server.url + at(server, `/documents/m-ops/line/${line}`);
	const authorization = `Bearer ${token}`;

	/** Waits once. */
	async function hear(): Promise<{ frames: readonly Uint8Array[]; end: LineEnd | undefined }> {
		const answer = await fetch(server.url + at(server, '/lines/wait'), {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
			body: JSON.stringify({ lines: [{ line, after: incoming.received }] })
		});
		const [news] = readLineNews(new Uint8Array(await answer.arrayBuffer()));
		const frames = news ? incoming.take(news.at, news.bytes) : [];
		if (typeof frames === 'string') throw new Error(frames);
		return { frames, end: news?.end };
	}
	return {
		line,
		address,
		hear,
		send: async (frame: Uint8Array, bytesMax = Infinity): Promise<number> => {
			outgoing.put(frame);
			const body = outgoing.next(bytesMax);
			const { from } = outgoing;
			const answer = await fetch(`${address}?at=${from}`, {
				method: 'POST',
				headers: { authorization, 'content-type': 'application/octet-stream' },
				body
			});
			if (answer.ok) outgoing.confirm(from + body.length);
			return answer.status;
		},
		heard: async (type: number): Promise<Uint8Array> => {
			for (;;) {
				const { frames, end } = await hear();
				const found = frames.find((frame) => frame[0] === type);
				if (found) return found;
				if (end) throw new Error(`${end.code} ${end.sentence}`);
			}
		},
		ended: async (): Promise<LineEnd> => {
			for (;;) {
				const { end } = await hear();
				if (end) return end;
			}
		}
	};
}

function change(): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'typed behind a proxy');
	return syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc));
}

const joined = async (server: Server) => {
	const invited = await server.ask('POST', at(server, '/invite'), { token: server.founded.token });
	const { body } = await server.ask('POST', at(server, '/members'), {
		body: { invite: invited.body['invite'], name: 'Mei Lin' }
	});
	return body as { token: string; person: string };
};

test('[SV23] a change over a line is durable and acknowledged, and another line hears of it', async () => {
	const server = await startFounded();
	const mei = await joined(server);
	const [one, other] = [await begun(server), await begun(server, mei.token)];
	await other.heard(MESSAGE.sync);
	expect(await one.send(change())).toBe(204);
	const ack = decoding.createDecoder((await one.heard(MESSAGE.ack)).slice(1));
	expect(readAck(ack).count).toBe(1);
	const told = await other.heard(MESSAGE.sync);
	const doc = new Y.Doc();
	const decoder = decoding.createDecoder(told.slice(2));
	Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
	expect(doc.getText('t').toJSON()).toBe('typed behind a proxy');
});

test('[SV23] who may not in is told as a websocket would be, by the type of the problem', async () => {
	const server = await startFounded();
	const { token } = server.founded;
	expect(await begin(server, { token, query: '?protocol=1' })).toMatchObject({
		status: 409,
		body: { type: 'sync.version' }
	});
	const link = await server.ask('POST', at(server, '/links'), {
		token,
		body: { document: 'm-ops', label: 'Auditor', days: 1 }
	});
	const guest = String(link.body['token']);
	expect((await begin(server, { token: guest })).status).toBe(201);
	expect(await begin(server, { token: guest, path: 'm-other' })).toMatchObject({
		status: 403,
		body: { type: 'sync.forbidden', detail: 'This link shows one document, and not this one.' }
	});
	expect(await begin(server, { token: 'nothing' })).toMatchObject({ status: 401 });
	expect(await begin(server, { token, headers: { origin: 'https://evil.example' } })).toMatchObject({
		status: 403,
		body: { type: 'origin.foreign' }
	});
});

test('[SV23] another person’s line is not there for anybody else; ended by its owner it is over', async () => {
	const server = await startFounded();
	const mei = await joined(server);
	const { line, address, send } = await begun(server);
	const path = new URL(address).pathname;
	for (const method of ['POST', 'DELETE']) {
		const answer = await server.ask(method, path, {
			token: mei.token,
			...(method === 'POST' && { body: '', headers: { 'content-type': 'application/octet-stream' } })
		});
		expect(answer).toMatchObject({ status: 404, body: { type: 'line.unknown' } });
	}
	expect(await send(change())).toBe(204);
	expect((await server.ask('DELETE', path, { token: server.founded.token })).status).toBe(204);
	expect(await send(change())).toBe(404);
	expect(JSON.stringify(server.lines)).not.toContain(line);
	expect(server.lines.some(({ name }) => name === 'sync.opened')).toBe(true);
	expect(server.lines.some(({ name }) => name === 'sync.closed')).toBe(true);
});

test('[SV23] who is removed hears it while they wait', async () => {
	const server = await startFounded();
	const mei = await joined(server);
	const line = await begun(server, mei.token);
	await line.heard(MESSAGE.sync);
	const ended = line.ended();
	await server.ask('DELETE', at(server, `/members/${mei.person}`), { token: server.founded.token });
	expect(await ended).toMatchObject({ code: 4403 });
	expect(await line.send(change())).toBe(403);
});

test('[SV23] a frame larger than a request goes in several, a larger request is refused', async () => {
	const server = await startFounded();
	const line = await begun(server);
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'x'.repeat(LINE_BODY_BYTES_MAX));
	const frame = syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc));
	expect(await line.send(frame, LINE_BODY_BYTES_MAX)).toBe(204);
	expect(await line.send(change())).toBe(204);
	for (let count = 0; count < 2;) {
		const ack = decoding.createDecoder((await line.heard(MESSAGE.ack)).slice(1));
		count = readAck(ack).count;
		expect(count).toBeLessThan(3);
	}
	// Refused by its length, before it is read: the sender may not even get to hear why.
	expect(await line.send(frame).catch(() => 413)).toBe(413);
});

test('[SV23] a frame that is not of the protocol ends its line alone', async () => {
	const server = await startFounded();
	const [bad, good] = [await begun(server), await begun(server)];
	expect(await bad.send(Uint8Array.of(77))).toBe(204);
	expect(await bad.ended()).toMatchObject({ code: 4400 });
	expect(await bad.send(change())).toBe(410);
	await good.heard(MESSAGE.sync);
	expect(await good.send(change())).toBe(204);
	await good.heard(MESSAGE.ack);
});

test('[SV23] a stop does not wait for those who wait', async () => {
	const server = await startFounded();
	const line = await begun(server);
	await line.send(encodeClockQuestion(1));
	await line.heard(MESSAGE.clock);
	// The second takes the line from the first: once one of them is answered, the other waits.
	const [first, second] = [line.hear(), line.hear()];
	expect(await Promise.race([first, second])).toEqual({ frames: [], end: undefined });
	const fromMs = performance.now();
	expect(await server.stop()).toBe(0);
	expect(performance.now() - fromMs).toBeLessThan(2_500);
	expect((await Promise.all([first, second])).map(({ end }) => end?.code).toSorted()).toEqual([
		1012,
		undefined
	]);
});
