import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { HISTORY_WAITING_MAX } from '#lib/protocol/limits.ts';
import type { Result } from '#lib/util/result.ts';
import { MemoryDocStore } from '../storage/memory/doc-store.ts';
import { foldUpdates } from '../sync/fold.ts';
import { History, type VersionPage } from './history.ts';

const DOC = 'acme/kpis';
const MINUTE_MS = 60_000;
const ended: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(ended.splice(0).map((end) => end()))));

function value<T>(result: Result<T, { readonly code: string }>): T {
	if (!result.ok) throw new Error(result.error.code);
	return result.value;
}

/** A document that people write, row by row, and what it said after each. */
function written() {
	const store = new MemoryDocStore();
	const history = new History(store);
	ended.push(() => history.drain());
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	const said: unknown[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	const read = () => ({ kpis: doc.getMap('kpis').toJSON(), notes: doc.getXmlFragment('notes.a').toJSON() });
	return {
		store,
		history,
		doc,
		updates,
		said,
		write: async (author: string, minute: number, change: () => void): Promise<number> => {
			doc.transact(change);
			const update = updates.at(-1) ?? new Uint8Array();
			const [seq = 0] = await store.append([
				{ doc: DOC, update, author, atMs: minute * MINUTE_MS, newClients: [] }
			]);
			said[seq] = read();
			return seq;
		}
	};
}

function readState(state: Uint8Array): unknown {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	return { kpis: doc.getMap('kpis').toJSON(), notes: doc.getXmlFragment('notes.a').toJSON() };
}

const row = (fields: Record<string, unknown>) => new Y.Map(Object.entries(fields));

async function afternoon() {
	const trial = written();
	const kpis = trial.doc.getMap<Y.Map<unknown>>('kpis');
	const notes = trial.doc.getXmlFragment('notes.a');
	await trial.write('ada', 0, () => kpis.set('mttr', row({ id: 'mttr', name: 'MTTR' })));
	await trial.write('ada', 1, () => kpis.get('mttr')?.set('name', 'MTTR, median'));
	await trial.write('ada', 1, () => kpis.get('mttr')?.set('target', 45));
	await trial.write('bob', 30, () => {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText('Slow.')]);
		notes.insert(0, [paragraph]);
	});
	await trial.write('bob', 31, () => kpis.get('mttr')?.set('removedAt', 'then'));
	await trial.write('bob', 32, () => notes.delete(0, 1));
	return trial;
}

test('each state of the past is what the log says up to there, in any order of asking', async () => {
	const { history, said } = await afternoon();
	for (const seq of [4, 2, 6, 1, 5, 3, 6]) {
		expect(readState(value(await history.stateAt(DOC, seq)))).toEqual(said[seq]);
	}
	expect(readState(value(await history.stateAt(DOC, 0)))).toEqual({ kpis: {}, notes: '' });
	expect(readState(value(await history.stateAt(DOC, 99)))).toEqual(said[6]);
	expect([...value(await history.stateAt('acme/none', 5))]).toEqual([0, 0]);
});

test('a fold loses nothing of the past: before it, at it and after it', async () => {
	const { store, history, said, updates } = await afternoon();
	await store.fold(DOC, { ...foldUpdates(undefined, updates.slice(0, 4)), uptoSeq: 4 });
	for (const seq of [6, 5, 4, 3])
		expect(readState(value(await history.stateAt(DOC, seq)))).toEqual(said[seq]);
});

test('a long log is replayed by a thread, and says the same', async () => {
	const { history, doc, said, write } = written();
	const kpis = doc.getMap<unknown>('kpis');
	for (let count = 0; count < 1_200; count++) {
		await write(count % 2 ? 'ada' : 'bob', count, () => kpis.set(`k${count}`, 'words '.repeat(20)));
	}
	for (const seq of [700, 1_200, 600])
		expect(readState(value(await history.stateAt(DOC, seq)))).toEqual(said[seq]);
	const { versions } = value(await history.versions(DOC, { before: Number.MAX_SAFE_INTEGER, limit: 5 }));
	expect(versions).toMatchObject([
		{ fromSeq: 2, seq: 1_200, changes: 1_199 },
		{ seq: 1, changes: 1 }
	]);
});

test('versions say who, when and how much, in changes that a person would recognise', async () => {
	const { history, store } = await afternoon();
	await store.nameVersion(DOC, { seq: 2, name: 'Agreed', by: 'ada', atMs: 9 });
	const { versions, next } = value(
		await history.versions(DOC, { before: Number.MAX_SAFE_INTEGER, limit: 10 })
	);
	expect(versions).toEqual([
		{
			fromSeq: 4,
			seq: 6,
			fromMs: 30 * MINUTE_MS,
			toMs: 32 * MINUTE_MS,
			authors: ['bob'],
			changes: 1,
			name: undefined
		},
		{ fromSeq: 3, seq: 3, fromMs: 60_000, toMs: 60_000, authors: ['ada'], changes: 1, name: undefined },
		{
			fromSeq: 1,
			seq: 2,
			fromMs: 0,
			toMs: MINUTE_MS,
			authors: ['ada'],
			changes: 1,
			name: { seq: 2, name: 'Agreed', by: 'ada', atMs: 9 }
		}
	]);
	expect(next).toBeUndefined();
});

test('the list goes on page by page until the first row', async () => {
	const { history, doc, write } = written();
	for (let count = 1; count <= 7; count++) {
		await write('ada', count * 30, () => doc.getMap('kpis').set(`k${count}`, count));
	}
	const seen: number[] = [];
	for (let before: number | undefined = Number.MAX_SAFE_INTEGER; before !== undefined;) {
		const page: VersionPage = value(await history.versions(DOC, { before, limit: 3 }));
		seen.push(...page.versions.map(({ seq }) => seq));
		before = page.next;
	}
	expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
});

test('who wrote what: runs of one person, one after another, the first to store it named', async () => {
	const { store, history, doc, write } = written();
	const text = doc.getText('t');
	await write('ada', 0, () => text.insert(0, 'Hel'));
	await write('ada', 0.5, () => text.insert(3, 'lo'));
	await write('ada', 5, () => text.insert(5, '!'));
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	other.getText('t').insert(0, '>');
	await store.append([
		{ doc: DOC, update: Y.encodeStateAsUpdate(other), author: 'bob', atMs: 9 * MINUTE_MS, newClients: [] }
	]);
	const { runs, upto, hasMore } = value(await history.writers(DOC, 0));
	expect({ upto, hasMore }).toEqual({ upto: 4, hasMore: false });
	expect(runs.slice(0, 2)).toEqual([
		{ author: 'ada', atMs: 0, client: doc.clientID, clock: 0, length: 5 },
		{ author: 'ada', atMs: 5 * MINUTE_MS, client: doc.clientID, clock: 5, length: 1 }
	]);
	expect(runs).toContainEqual({
		author: 'bob',
		atMs: 9 * MINUTE_MS,
		client: other.clientID,
		clock: 0,
		length: 1
	});
	expect(value(await history.writers(DOC, upto))).toEqual({ runs: [], upto, hasMore: false });
});

test('so many questions wait and not one more; then there is room again', async () => {
	const { history } = await afternoon();
	const asked = Array.from({ length: HISTORY_WAITING_MAX + 1 }, () => history.stateAt(DOC, 3));
	const answers = await Promise.all(asked);
	expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: { code: 'history.busy' } }]);
	expect((await history.stateAt(DOC, 3)).ok).toBe(true);
});

test('a question that cannot be answered stops no other', async () => {
	const { history, store } = await afternoon();
	await store.append([
		{ doc: 'acme/broken', update: Uint8Array.of(9, 9, 9), author: 'ada', atMs: 1, newClients: [] }
	]);
	await expect(history.stateAt('acme/broken', 99)).rejects.toThrow(/./);
	expect((await history.stateAt(DOC, 3)).ok).toBe(true);
});
