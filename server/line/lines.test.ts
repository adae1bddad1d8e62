import { expect, test } from 'vitest';
import {
	BACKLOG_BYTES_MAX,
	LINE_BODY_BYTES_MAX,
	LINE_IDLE_MS,
	LINE_WAIT_MS,
	LINES_PER_PRINCIPAL_MAX
} from '#lib/protocol/limits.ts';
import { Incoming, Outgoing, readLineNews } from '#lib/protocol/line.ts';
import { ManualClock } from '../clock-manual.ts';
import { SyncMeter } from '../metrics/sync-meter.ts';
import { Session, type Wire } from '../sync/session.ts';
import { Lines } from './lines.ts';

const ada = { space: 'acme', principal: 't-ada' };
const bob = { space: 'acme', principal: 't-bob' };

/** A server that says what it hears back, and what it is told to. */
function echoing({ refuses = false } = {}) {
	const clock = new ManualClock();
	const sessions: { wire: Wire; session: Session; heard: Uint8Array[]; isOver: boolean }[] = [];
	const meter = new SyncMeter(() => clock.tickMs());
	const lines = new Lines({
		clock,
		meter,
		sync: {
			open(wire) {
				const session = new Session({ wire, hearsAcks: true });
				const one = { wire, session, heard: [] as Uint8Array[], isOver: false };
				sessions.push(one);
				if (refuses) session.close('forbidden', 'This link shows one document, and not this one.');
				else wire.send(Uint8Array.of(0));
				return {
					onMessage: (frame) => {
						one.heard.push(frame.slice());
						session.send(frame);
					},
					onClose: () => {
						one.isOver = true;
						session.ended();
					}
				};
			}
		}
	});
	void lines.start();
	return { clock, sessions, lines, meter };
}

type Echoing = ReturnType<typeof echoing>;

async function begun(server: Echoing, owner = ada) {
	const id = await server.lines.begin({ url: '/sync/acme/m-ops', headers: {} }, owner);
	if (!id.ok) throw new Error(id.error.sentence);
	const line = server.lines.find(id.value, owner);
	const one = server.sessions.at(-1);
	if (!line || !one) throw new Error('not there');
	// The first word is waited for and confirmed.
	return { id: id.value, line, ...one, session: one.session, one };
}

const streamOf = (...frames: readonly Uint8Array[]) => {
	const outgoing = new Outgoing();
	for (const frame of frames) outgoing.put(frame);
	return outgoing.next(Infinity);
};

const decoded = async (answer: Promise<Uint8Array>) => readLineNews(await answer);

test('[SV23] what was sent is heard once and in order, however often its request comes', async () => {
	const server = echoing();
	const { line, heard } = await begun(server);
	const [first, second] = [streamOf(Uint8Array.of(1)), streamOf(Uint8Array.of(2), Uint8Array.of(3))];
	expect(await server.lines.take(line, 0, first)).toBe('heard');
	expect(await server.lines.take(line, 0, first)).toBe('heard');
	expect(await server.lines.take(line, first.length + 1, second)).toBe('gap');
	expect(await server.lines.take(line, first.length, second)).toBe('heard');
	expect(await server.lines.take(line, 0, first)).toBe('heard');
	expect(heard.map(([value]) => value)).toEqual([1, 2, 3]);
});

test('[SV23] what a lost answer held is told again, until the next request confirms it', async () => {
	const server = echoing();
	const { id, session } = await begun(server);
	const incoming = new Incoming({ frameBytesMax: 100 });
	session.send(Uint8Array.of(9, 9));
	const lost = await decoded(server.lines.wait([{ line: id, after: 0 }], ada));
	const again = await decoded(server.lines.wait([{ line: id, after: 0 }], ada));
	expect(again).toEqual(lost);
	expect(incoming.take(again[0]?.at ?? -1, again[0]?.bytes ?? new Uint8Array())).toHaveLength(2);

	const waiting = decoded(server.lines.wait([{ line: id, after: incoming.received }], ada));
	session.send(Uint8Array.of(8));
	server.clock.advance(20);
	const [next] = await waiting;
	expect(next).toMatchObject({ at: incoming.received });
	expect(incoming.take(next?.at ?? -1, next?.bytes ?? new Uint8Array())).toEqual([Uint8Array.of(8)]);
});

test('[SV23] a second request for a line ends the first, one that nobody answers ends by itself', async () => {
	const server = echoing();
	const { id, line } = await begun(server);
	const after = line.backlogBytes;
	const first = decoded(server.lines.wait([{ line: id, after }], ada));
	const second = decoded(server.lines.wait([{ line: id, after }], ada));
	expect(await first).toEqual([]);
	expect(line.isAwaited).toBe(true);
	server.clock.advance(LINE_WAIT_MS);
	expect(await second).toEqual([]);
	expect(line.isAwaited).toBe(false);
	expect(line.end).toBeUndefined();
});

test('[SV23] one request waits for all lines of a page', async () => {
	const server = echoing();
	const [agenda, notes] = [await begun(server), await begun(server)];
	const asks = [agenda, notes].map(({ id, line }) => ({ line: id, after: line.backlogBytes }));
	const waiting = decoded(server.lines.wait(asks, ada));
	notes.session.send(Uint8Array.of(5));
	server.clock.advance(20);
	expect((await waiting).map(({ index }) => index)).toEqual([1]);
});

test('[SV23] a line is its owner’s alone; for everybody else it is not there', async () => {
	const server = echoing();
	const { id, line } = await begun(server);
	expect(server.lines.find(id, bob)).toBeUndefined();
	expect(server.lines.find(id, { ...ada, space: 'other' })).toBeUndefined();
	const [news] = await decoded(server.lines.wait([{ line: id, after: 1_000 }], bob));
	expect(news).toMatchObject({ index: 0, end: { code: 1001 } });
	expect(news?.bytes).toHaveLength(0);
	expect(line.end).toBeUndefined();
});

test('[SV23] a line that nobody asks for ends, one that is asked for does not', async () => {
	const server = echoing();
	const [left, used] = [await begun(server), await begun(server)];
	server.clock.advance(LINE_IDLE_MS - 10_000);
	await server.lines.take(used.line, 0, streamOf(Uint8Array.of(1)));
	server.clock.advance(10_000);
	await Promise.resolve();
	expect(left.one.isOver).toBe(true);
	expect(server.lines.find(left.id, ada)).toBeUndefined();
	expect(used.one.isOver).toBe(false);
	expect(server.lines.size).toBe(1);
	server.clock.advance(LINE_IDLE_MS + 5_000);
	expect(server.lines.size).toBe(0);
});

test('[SV23] the end comes with its code and sentence, after everything that was said before', async () => {
	const server = echoing();
	const { id, line, session } = await begun(server);
	session.send(new Uint8Array(LINE_BODY_BYTES_MAX));
	session.close('signedOut', 'This link opens nothing any more.');
	const [first] = await decoded(server.lines.wait([{ line: id, after: 0 }], ada));
	expect(first).toMatchObject({ end: undefined });
	expect(first?.bytes).toHaveLength(LINE_BODY_BYTES_MAX);
	const asks = [{ line: id, after: LINE_BODY_BYTES_MAX }];
	for (const _twice of [1, 2]) {
		const [last] = await decoded(server.lines.wait(asks, ada));
		expect(last).toMatchObject({ end: { code: 4401, sentence: 'This link opens nothing any more.' } });
	}
	expect(await server.lines.take(line, 0, streamOf(Uint8Array.of(1)))).toBe('ended');
});

test('[SV23] who is not let in is told why at once, and nothing of it stays', async () => {
	const server = echoing({ refuses: true });
	const refused = await server.lines.begin({ url: '/sync/acme/m-ops', headers: {} }, ada);
	expect(refused).toMatchObject({ ok: false, error: { reason: 'forbidden' } });
	expect(server.lines.size).toBe(0);
});

test('[SV23] a reader that never confirms is dropped as a slow websocket is', async () => {
	const server = echoing();
	const { id, session, line } = await begun(server);
	const frame = new Uint8Array(BACKLOG_BYTES_MAX / 4);
	for (let sent = 0; sent < 6; sent++) session.send(frame);
	expect(session.isOpen).toBe(false);
	expect(line.backlogBytes).toBe(0);
	const [news] = await decoded(server.lines.wait([{ line: id, after: 0 }], ada));
	expect(news).toMatchObject({ end: { code: 4508 } });
});

test('[SV23] lines of one principal are limited, and ended ones give their place back', async () => {
	const server = echoing();
	const all = [];
	for (let count = 0; count < LINES_PER_PRINCIPAL_MAX; count++) all.push(await begun(server));
	const over = () => server.lines.begin({ url: '/sync/acme/m-ops', headers: {} }, ada);
	expect(await over()).toMatchObject({ ok: false, error: { reason: 'tooMany' } });
	await begun(server, bob);
	const [first] = all;
	if (first) server.lines.end(first.id, first.line);
	expect(await over()).toMatchObject({ ok: true });
});

test('[SV23] a sender that is to slow down is not answered until it is heard', async () => {
	const server = echoing();
	const { line, wire, heard } = await begun(server);
	wire.pause();
	let isAnswered = false;
	const sending = server.lines.take(line, 0, streamOf(Uint8Array.of(1))).then(() => (isAnswered = true));
	await Promise.resolve();
	expect([isAnswered, heard.length]).toEqual([false, 0]);
	wire.resume();
	await sending;
	expect(heard).toHaveLength(1);
	// Not even by closing: whoever waits is let go.
	wire.pause();
	const last = server.lines.take(line, 2, streamOf(Uint8Array.of(2)));
	wire.close(1012, 'The server restarts.');
	expect(await last).toBe('heard');
	expect(heard).toHaveLength(1);
});

test('[SV23] a server that stops keeps nobody waiting and begins nothing more', async () => {
	const server = echoing();
	const { id, line } = await begun(server);
	const waiting = decoded(server.lines.wait([{ line: id, after: line.backlogBytes }], ada));
	await server.lines.drain();
	expect(await waiting).toMatchObject([{ end: { code: 1012 } }]);
	const late = await server.lines.begin({ url: '/sync/acme/m-ops', headers: {} }, ada);
	expect(late).toMatchObject({ ok: false, error: { reason: 'restart' } });
});
