import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ListedVersion } from '../domain/history.ts';
import type { DocumentId, PersonId } from '../domain/id.ts';
import type { Person } from '../domain/person.ts';
import { kpisKind } from '../kinds/kpis/kind.ts';
import { ok, refuse } from '../util/result.ts';
import { DocumentHistory, type HistoryPorts } from './history.svelte.ts';

const nadia: Person = { id: 'p-nadia' as PersonId, name: 'Nadia Okafor', slot: 1 };
const mei: Person = { id: 'p-mei' as PersonId, name: 'Mei Lin', slot: 2 };
const offline = refuse({ code: 'offline', sentence: 'The server does not answer.' });
const open: DocumentHistory[] = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

type Rows = ReturnType<typeof kpis>;
const kpis = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('kpis');

/** A server that keeps what is written in `doc`, one version a change, and the history of it. */
function trial(over: Partial<HistoryPorts> = {}) {
	const doc = new Y.Doc();
	const log: Uint8Array[] = [];
	const names = new Map<number, string>();
	const asked: string[] = [];
	let isOffline = false;
	doc.on('update', (update: Uint8Array) => log.push(update));
	const listed = (seq: number): ListedVersion => ({
		fromSeq: seq,
		seq,
		from: `2026-06-08T0${seq}:00:00.000Z`,
		to: `2026-06-08T0${seq}:05:00.000Z`,
		authors: [seq === 1 ? 'downbeat' : mei.id],
		changes: 1,
		...(names.has(seq) ? { name: { name: names.get(seq) ?? '', by: mei.id, at: '' } } : {})
	});
	const api: HistoryPorts['api'] = {
		versions(_id, before = log.length + 1) {
			asked.push(`versions ${before}`);
			const seqs = [before - 1, before - 2].filter((seq) => seq > 0);
			const next = before > 3 ? { next: before - 2 } : {};
			return Promise.resolve(isOffline ? offline : ok({ versions: seqs.map(listed), ...next }));
		},
		stateAt(_id, seq) {
			asked.push(`state ${seq}`);
			const past = new Y.Doc();
			for (const update of log.slice(0, seq)) Y.applyUpdate(past, update);
			return Promise.resolve(isOffline ? offline : ok(Y.encodeStateAsUpdate(past)));
		},
		nameVersion(_id, seq, name) {
			names.set(seq, name);
			return Promise.resolve(ok({ seq, name, by: mei.id, at: '' }));
		},
		unnameVersion(_id, seq) {
			names.delete(seq);
			return Promise.resolve(isOffline ? offline : ok(undefined));
		}
	};
	const history = new DocumentHistory({
		api,
		id: 'kpis' as DocumentId,
		kind: kpisKind,
		doc,
		mayWrite: true,
		names: { timeZone: 'Europe/Berlin', nameOf: (id) => (id === mei.id ? mei.name : undefined) },
		me: () => nadia,
		people: () => [nadia, mei],
		nowMs: () => Date.parse('2026-06-09T10:00:00Z'),
		...over
	});
	open.push(history);
	return {
		doc,
		rows: kpis(doc),
		history,
		asked,
		goOffline: () => (isOffline = true),
		lines: () => (history.versions.is === 'ready' ? history.versions.versions : [])
	};
}

const mttr = (fields: Record<string, unknown> = {}) =>
	new Y.Map(
		Object.entries({
			id: 'mttr',
			order: 'a0',
			name: 'MTTR',
			unit: 'min',
			decimals: 0,
			direction: 'down',
			cadence: 'weekly',
			...fields
		})
	);
const target = (rows: Rows) => rows.get('mttr')?.get('target');

/** Version 1 makes the KPI, 2 gives it an owner and a target, 3 removes it. */
async function told() {
	const one = trial();
	one.rows.set('mttr', mttr({ target: 60 }));
	one.doc.transact(() => {
		one.rows.get('mttr')?.set('target', 45);
		one.rows.get('mttr')?.set('owner', mei.id);
	});
	one.rows.get('mttr')?.set('removedAt', '2026-06-08T03:00:00.000Z');
	await one.history.load();
	return one;
}

test('versions come page by page, with who wrote them', async () => {
	const { history, lines } = await told();
	expect(lines().map(({ seq }) => seq)).toEqual([3, 2]);
	expect(history.versions).toMatchObject({ hasMore: true });
	await history.more();
	expect(lines().map(({ seq }) => seq)).toEqual([3, 2, 1]);
	expect(history.versions).toMatchObject({ hasMore: false });
	expect(lines().map(({ authors }) => authors[0]?.name)).toEqual(['Mei Lin', 'Mei Lin', 'Downbeat']);
	await history.load();
	expect(lines().map(({ seq }) => seq)).toEqual([3, 2, 1]);
});

async function opened(one: Awaited<ReturnType<typeof told>>, seq: number) {
	await one.history.more();
	const line = one.lines().find((version) => version.seq === seq);
	if (!line) throw new Error(`version ${seq} is not listed`);
	await one.history.open(line);
	return one.history.shown;
}

test('a version says what changed in words: which record, which fields, from what to what', async () => {
	const one = await told();
	expect(await opened(one, 2)).toMatchObject({
		is: 'ready',
		isPresent: false,
		changes: [
			{
				is: 'record',
				what: '2 fields changed',
				where: 'MTTR',
				bringsBack: 'then',
				fields: [
					{ label: 'Target', before: '60', after: '45' },
					{ label: 'Owner', before: '', after: 'Mei Lin' }
				]
			}
		]
	});
	expect(await opened(one, 3)).toMatchObject({
		isPresent: true,
		mayRestoreAll: false,
		changes: [{ what: 'KPI removed', where: 'MTTR', bringsBack: 'before' }]
	});
	expect(one.asked.filter((call) => call === 'state 2')).toHaveLength(1);
});

test('a record that a version removed comes back, is taken back again, and says what it is now', async () => {
	const one = await told();
	await opened(one, 3);
	const done = one.history.restore('kpis/mttr/removedAt');
	expect(done?.title).toBe('Brought back as before Mon 8 Jun, 05:00');
	expect(one.rows.get('mttr')?.has('removedAt')).toBe(false);
	expect(one.history.shown).toMatchObject({ isPresent: false, changes: [{ bringsBack: 'then' }] });
	done?.undo?.();
	expect(one.rows.get('mttr')?.has('removedAt')).toBe(true);
	expect(one.history.shown).toMatchObject({ isPresent: true });
});

test('undo takes back what was brought back, and nothing that others wrote since', async () => {
	const one = await told();
	await opened(one, 1);
	const done = one.history.restoreAll();
	expect(done?.title).toBe('Everything is as of Mon 8 Jun, 03:05');
	expect(target(one.rows)).toBe(60);
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(one.doc));
	kpis(other).get('mttr')?.set('source', 'Pager');
	Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other));
	done?.undo?.();
	expect(one.rows.get('mttr')?.toJSON()).toMatchObject({ target: 45, owner: mei.id, source: 'Pager' });
});

test('what is like that already is not written again', async () => {
	const one = await told();
	await opened(one, 2);
	expect(one.history.restoreAll()?.undo).toBeDefined();
	expect(one.history.restoreAll()).toEqual({ title: 'It is like that already' });
	expect(one.history.restore('kpis/nothing')).toBeUndefined();
});

test('a version is named and unnamed; why not is said', async () => {
	const one = await told();
	const [newest] = one.lines();
	if (!newest) throw new Error('nothing is listed');
	expect(await one.history.name(newest, 'Before the cut')).toBeUndefined();
	expect(one.lines()[0]?.name).toBe('Before the cut');
	one.goOffline();
	expect(await one.history.unname(newest)).toBe('The server does not answer.');
	expect(one.lines()[0]?.name).toBe('Before the cut');
});

test('without a connection nothing is shown but why; what is listed stays', async () => {
	const one = trial();
	one.goOffline();
	await one.history.load();
	expect(one.history.versions).toMatchObject({ is: 'refused', isOffline: true });
	const listed = await told();
	listed.goOffline();
	await listed.history.load();
	expect(listed.lines()).toHaveLength(2);
	await listed.history.open(listed.lines()[0] as never);
	expect(listed.history.shown).toMatchObject({ is: 'refused', isOffline: true });
});

test('who may only read is offered nothing to bring back', async () => {
	const one = trial({ mayWrite: false });
	one.rows.set('mttr', mttr());
	one.rows.get('mttr')?.set('target', 45);
	await one.history.load();
	await one.history.open(one.lines()[0] as never);
	expect(one.history.shown).toMatchObject({ is: 'ready', mayRestoreAll: false });
	expect(one.history.shown).not.toHaveProperty('changes.0.bringsBack');
	expect(one.history.restore('kpis/mttr')).toBeUndefined();
	expect(one.history.restoreAll()).toBeUndefined();
});
