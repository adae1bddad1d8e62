import * as decoding from 'lib0/decoding';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { commentaryDoc } from '#lib/kinds/commentary/doc.ts';
import type { KpiId, PersonId } from '#lib/domain/id.ts';
import { MESSAGE, readAck, readNotice, readRefused, SYNC } from '#lib/protocol/messages.ts';
import { syncFrame } from '../../server/sync/joining.ts';
import { bare, startSync, stock, synced, until, type Running } from './harness.ts';

// Who may write what, asked of the server over the wire, by clients that send what they like.

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function running(): Promise<Running> {
	const server = await startSync();
	cleanups.push(() => server.stop());
	return server;
}

type Visitor = Awaited<ReturnType<typeof bare>>;

async function visitor(server: Running, token: string, document: string): Promise<Visitor> {
	const came = await bare(`${server.url}/acme/${document}?token=${token}&protocol=2`);
	cleanups.push(() => came.socket.close());
	return came;
}

const body = (frame: Uint8Array) => {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	return decoder;
};

const logged = async (server: Running, document: string) =>
	(await server.store.history(`acme/${document}`, { afterSeq: 0, limit: 1000 })).length;

/** What `write` changes in `doc`, as one frame. */
function change(doc: Y.Doc, write: (doc: Y.Doc) => unknown): Uint8Array {
	const before = Y.encodeStateVector(doc);
	write(doc);
	return syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc, before));
}

const typed = (words: string) => change(new Y.Doc(), (doc) => doc.getText('t').insert(0, words));

/** Sends frames one by one and tells what became of each: how many are durable, or why one was refused. */
async function outcome(came: Visitor, frame: Uint8Array): Promise<string> {
	came.frames.length = 0;
	came.send(frame);
	const answer = await Promise.race([
		came.heard(MESSAGE.ack).then((heard) => `stored ${readAck(body(heard)).count}`),
		came.heard(MESSAGE.refused).then((heard) => `refused: ${readRefused(body(heard)).sentence}`),
		came.closed.then(({ code }) => `closed ${code}`)
	]);
	return answer;
}

test.each([
	['editor', 'm-ops', 'editor', 'all'],
	['viewer', 'm-ops', 'viewer', 'none'],
	['viewer', 'm-ops.comments', 'viewer', 'none'],
	['commenter', 'm-ops', 'commenter', 'none'],
	['commenter', 'm-ops.comments', 'commenter', 'all'],
	['commenter', 'c-2026-W47', 'commenter', 'own'],
	['guest', 'm-ops', 'guest', 'none']
])(
	'[SV18] %s hears of what they may do in %s when the connection begins',
	async (token, document, role, writing) => {
		const server = await running();
		const came = await visitor(server, token, document);
		expect(readNotice(body(await came.heard(MESSAGE.notice)))).toEqual({ type: 'access', role, writing });
	}
);

test('[SV18] a refused change is told, stays out with all after it, and its author reads on', async () => {
	const server = await running();
	const viewer = await visitor(server, 'viewer', 'm-ops');
	expect(await outcome(viewer, typed('not for me'))).toMatch(/^refused: You can read/);
	expect(await outcome(viewer, typed('nor this'))).toMatch(/^refused/);
	expect(await logged(server, 'm-ops')).toBe(0);

	const ada = stock(server.url);
	cleanups.push(() => ada.stop());
	await synced(ada);
	viewer.frames.length = 0;
	ada.text.insert(0, 'from ada');
	await viewer.heard(MESSAGE.sync);
	expect(ada.text.toString()).toBe('from ada');
});

test('[SV18] an empty answer to the server’s question is no change', async () => {
	const server = await running();
	const viewer = await visitor(server, 'viewer', 'm-ops');
	expect(await outcome(viewer, syncFrame(SYNC.step2, Uint8Array.of(0, 0)))).toBe('stored 1');
});

test.each(['viewer', 'commenter'])(
	'[SV18] an acknowledgement counts from the first change on, so %s hears none once one was refused',
	async (token) => {
		const server = await running();
		const came = await visitor(server, token, WEEK);
		const nothing = syncFrame(SYNC.step2, Uint8Array.of(0, 0));
		expect(await outcome(came, nothing)).toBe('stored 1');
		expect(await outcome(came, typed('not for me'))).toMatch(/^refused/);
		expect(await outcome(came, nothing)).toMatch(/^refused/);
	}
);

test('[SV19] a commenter comments on any document, and writes in none', async () => {
	const server = await running();
	expect(await outcome(await visitor(server, 'commenter', 'm-ops.comments'), typed('hm'))).toBe('stored 1');
	for (const document of ['m-ops', 'index', 'kpis', 'r-decisions', 'raci-ops', 'unheard-of'])
		expect(await outcome(await visitor(server, 'commenter', document), typed('mine'))).toMatch(/^refused/);
});

const mei = 'p-mei' as PersonId;
const [mttr, churn] = [{ kpi: 'mttr' as KpiId }, { kpi: 'churn' as KpiId }];
const WEEK = 'c-2026-W47';

test('[SV19] the owner of a KPI explains it, change after change', async () => {
	const server = await running();
	const came = await visitor(server, 'commenter', WEEK);
	const doc = new Y.Doc();
	const commands = commentaryDoc.commands(doc, mei);
	const at = '2026-11-21T10:00:00.000Z';
	const changes: ((doc: Y.Doc) => unknown)[] = [
		() => commands.begin(mttr),
		() => commands.write(mttr, 'changed', 'The pager was off.'),
		() => commands.addDriver(mttr, 'Paging'),
		() => commands.removeDriver(mttr, 'Paging', at),
		() => commands.addEvidence(mttr, { title: 'Graph', href: 'https://example.com/graph' }),
		() => commands.write({ ...mttr, segment: 'EU' }, 'doing', 'Two people on call.'),
		() => commands.complete(mttr, { status: 'green', at })
	];
	for (const [index, write] of changes.entries())
		expect(await outcome(came, change(doc, write)), `change ${index}`).toBe(`stored ${index + 1}`);
	const priya = stock(server.url, `acme/${WEEK}`);
	cleanups.push(() => priya.stop());
	await until([priya.doc], () => commentaryDoc.read(priya.doc).value.rows.length === 2);
	const { rows } = commentaryDoc.read(priya.doc).value;
	expect(rows.find(({ id }) => String(id) === 'mttr')?.completed?.by).toBe(mei);
});

test('[SV19] and nobody else’s, however it is dressed up', async () => {
	const server = await running();
	const priya = stock(server.url, `acme/${WEEK}`);
	cleanups.push(() => priya.stop());
	await synced(priya);
	const hers = commentaryDoc.commands(priya.doc, 'p-priya' as PersonId);
	hers.write(churn, 'changed', 'Two customers left.');
	const evidence = hers.addEvidence(churn, { title: 'List', href: 'https://example.com' });
	await until([priya.doc], () => true);
	const full = Y.encodeStateAsUpdate(priya.doc);
	const attacks: Record<string, (doc: Y.Doc) => unknown> = {
		'the row of another KPI': (doc) => commentaryDoc.commands(doc, mei).begin(churn),
		'another’s text': (doc) => doc.getXmlFragment('churn.changed').delete(0, 1),
		'another’s row, removed': (doc) => doc.getMap('commentaries').delete('churn'),
		'another’s evidence, moved to mine': (doc) =>
			(doc.getMap('evidence').get(evidence) as Y.Map<unknown>).set('commentary', 'mttr'),
		'a completion that another signs': (doc) =>
			doc.transact(() => {
				commentaryDoc.commands(doc, mei).begin(mttr);
				(doc.getMap('commentaries').get('mttr') as Y.Map<unknown>).set('completed', { by: 'p-priya' });
			}),
		'somebody else as author': (doc) => commentaryDoc.commands(doc, 'p-priya' as PersonId).begin(mttr),
		'mine, made to be about another KPI': (doc) =>
			doc.transact(() => {
				commentaryDoc.commands(doc, mei).begin(mttr);
				(doc.getMap('commentaries').get('mttr') as Y.Map<unknown>).set('kpi', 'churn');
			}),
		'mine and another’s in one': (doc) =>
			doc.transact(() => {
				commentaryDoc.commands(doc, mei).begin(mttr);
				doc.getXmlFragment('churn.changed').delete(0, 1);
			}),
		'the version of the document': (doc) => doc.getMap('meta').set('version', 99),
		'a root of its own': (doc) => doc.getText('t').insert(0, 'hello')
	};
	for (const [what, attack] of Object.entries(attacks)) {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, full);
		const came = await visitor(server, 'commenter', WEEK);
		expect(await outcome(came, change(doc, attack)), what).toMatch(/^refused/);
	}
	expect(commentaryDoc.read(priya.doc).value.rows).toHaveLength(1);
});

test('[SV19] what rests on something nobody has shown is not taken on trust', async () => {
	const server = await running();
	const doc = new Y.Doc();
	change(doc, () => commentaryDoc.commands(doc, mei).begin(churn));
	const later = change(doc, () => commentaryDoc.commands(doc, mei).write(churn, 'changed', 'Sneaky.'));
	expect(await outcome(await visitor(server, 'commenter', WEEK), later)).toMatch(/^refused/);
});

test('[SV20] a changed role counts on open connections at once, both ways', async () => {
	const server = await running();
	const editor = await visitor(server, 'editor', 'm-ops');
	expect(await outcome(editor, typed('while I may'))).toBe('stored 1');
	server.access.change('editor', { role: 'viewer' });
	expect(await editor.closed).toMatchObject({ code: 4510 });
	const back = await visitor(server, 'editor', 'm-ops');
	expect(await outcome(back, typed('when I may not'))).toMatch(/^refused/);
	server.access.change('editor', { role: 'editor' });
	expect(await back.closed).toMatchObject({ code: 4510 });
	expect(await outcome(await visitor(server, 'editor', 'm-ops'), typed('again'))).toBe('stored 1');
});

test('[SV20] the stock client comes back by itself', async () => {
	const server = await running();
	const ada = stock(server.url);
	cleanups.push(() => ada.stop());
	await synced(ada);
	server.access.change('editor', { role: 'owner' });
	await new Promise<void>((resolve) =>
		ada.provider.on('status', ({ status }) => status === 'connected' && resolve())
	);
});

test('[SV21] who was removed is told, and a guest sees one document', async () => {
	const server = await running();
	expect(await (await visitor(server, 'former', 'm-ops')).closed).toMatchObject({ code: 4403 });
	expect(await (await visitor(server, 'guest', 'm-other')).closed).toMatchObject({ code: 4403 });
	expect(await (await visitor(server, 'guest', 'index')).closed).toMatchObject({ code: 4403 });
	const guest = await visitor(server, 'guest', 'm-ops');
	await guest.heard(MESSAGE.sync);
	expect(await outcome(guest, typed('mine'))).toMatch(/^refused/);
	const editor = await visitor(server, 'editor', 'm-ops');
	await editor.heard(MESSAGE.sync);
	server.access.change('editor', { role: 'former' });
	expect(await editor.closed).toMatchObject({ code: 4403 });
});

test('[SV22] who has only just come does not wipe a document, and what they sent is kept', async () => {
	let nowMs = 1_000;
	const server = await startSync({ nowMs: () => nowMs });
	cleanups.push(() => server.stop());
	const doc = new Y.Doc();
	const text = doc.getText('t');
	const write = change(doc, () => text.insert(0, 'x'.repeat(1_000)));
	expect(await outcome(await visitor(server, 'editor', 'm-ops'), write)).toBe('stored 1');

	const wipe = (from: Y.Doc) => change(from, () => from.getText('t').delete(0, 900));
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	const newcomer = await visitor(server, 'editor', 'm-ops');
	expect(await outcome(newcomer, wipe(copy))).toMatch(/^refused: This would delete most/);
	expect(server.held).toMatchObject([{ document: 'm-ops', principal: { id: 'editor' } }]);
	expect(await logged(server, 'm-ops')).toBe(1);

	// Half of it, or most of it with something in its place, is somebody at work; and so is whoever has been here a while.
	const half = change(doc, () => text.delete(0, 450));
	expect(await outcome(await visitor(server, 'editor', 'm-ops'), half)).toBe('stored 1');
	const rewritten = change(doc, () =>
		doc.transact(() => {
			text.delete(0, 540);
			text.insert(0, 'y'.repeat(300));
		})
	);
	expect(await outcome(await visitor(server, 'editor', 'm-ops'), rewritten)).toBe('stored 1');
	const settled = await visitor(server, 'editor', 'm-ops');
	await settled.heard(MESSAGE.sync);
	nowMs += 10_000;
	expect(await outcome(settled, wipe(doc))).toBe('stored 1');
	expect(server.held).toHaveLength(1);
});
