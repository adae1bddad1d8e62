import { describe, expect, test } from 'vitest';
import type { DocStore, LogEntry } from '../../server/sync/doc-store.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const entry = (doc: string, value: number, fields: Partial<LogEntry> = {}): LogEntry => ({
	doc,
	update: bytes(value),
	author: 'ada',
	atMs: 1000 + value,
	newClients: [],
	...fields
});
const plain = (rows: readonly { readonly update: Uint8Array }[]) => rows.map(({ update }) => [...update]);

/** What every adapter of `DocStore` keeps. `open` gives an empty store. */
export function describeDocStore(name: string, open: () => DocStore): void {
	describe(`doc store ${name}`, () => {
		test('[DS1] a document nobody wrote is empty', async () => {
			const store = open();
			expect(await store.load('acme/index')).toEqual({ fold: undefined, tail: [] });
			expect(await store.loadState('acme/index')).toBeUndefined();
			expect(await store.foldUpTo('acme/index', 10)).toBeUndefined();
			expect(await store.authors('acme/index', 10)).toEqual([]);
			expect(await store.history('acme/index', { afterSeq: 0, limit: 10 })).toEqual([]);
		});

		test('[DS2] what is appended comes back in order, by document, under growing numbers', async () => {
			const store = open();
			const first = await store.append([entry('acme/a', 1), entry('acme/b', 2), entry('acme/a', 3)]);
			await store.flush();
			const second = await store.append([entry('acme/a', 4)]);
			const { tail } = await store.load('acme/a');
			expect(plain(tail)).toEqual([[1], [3], [4]]);
			expect(tail.map(({ seq }) => seq)).toEqual([first[0], first[2], second[0]]);
			expect([...first, ...second]).toEqual([...first, ...second].toSorted((a, b) => a - b));
		});

		test('[DS3] a fold replaces what it covers and nothing after it; the history stays whole', async () => {
			const store = open();
			const seqs = await store.append([entry('acme/a', 1), entry('acme/a', 2), entry('acme/a', 3)]);
			const uptoSeq = seqs[1] ?? 0;
			await store.fold('acme/a', { uptoSeq, state: bytes(9, 9), stateVector: bytes(8), deletions: bytes(7) });
			const { fold, tail } = await store.load('acme/a');
			expect(fold).toMatchObject({ uptoSeq, stateBytes: 2 });
			expect([...(fold?.stateVector ?? [])]).toEqual([8]);
			expect([...(fold?.deletions ?? [])]).toEqual([7]);
			expect([...((await store.loadState('acme/a')) ?? [])]).toEqual([9, 9]);
			expect(plain(tail)).toEqual([[3]]);
			expect(await store.foldUpTo('acme/a', uptoSeq - 1)).toBeUndefined();
			expect(await store.foldUpTo('acme/a', uptoSeq)).toMatchObject({ uptoSeq, state: bytes(9, 9) });
			const history = await store.history('acme/a', { afterSeq: 0, limit: 2 });
			expect(plain(history)).toEqual([[1], [2]]);
			expect(history[0]).toMatchObject({ author: 'ada', atMs: 1001 });
		});

		test('[DS4] the first to write under a client number stays its author', async () => {
			const store = open();
			await store.append([entry('acme/a', 1, { newClients: [7, 4294967295] })]);
			await store.append([entry('acme/a', 2, { author: 'bob', newClients: [7, 8] })]);
			const authors = await store.authors('acme/a', 10);
			expect(authors.toSorted((a, b) => a.client - b.client)).toEqual([
				{ client: 7, author: 'ada' },
				{ client: 8, author: 'bob' },
				{ client: 4294967295, author: 'ada' }
			]);
			expect((await store.authors('acme/a', 1)).map(({ client }) => client)).toEqual([8]);
		});

		test('[DS5] a space lists its own documents only, whatever its neighbours are called', async () => {
			const store = open();
			await store.append(['acme/b', 'acme/a', 'acme-2/x', 'acm/y', 'acme_/z'].map((doc) => entry(doc, 1)));
			expect(await store.list('acme')).toEqual(['acme/a', 'acme/b']);
			await store.removeSpace('acme');
			expect(await store.list('acme')).toEqual([]);
			expect(await store.load('acme/a')).toEqual({ fold: undefined, tail: [] });
			expect(await store.list('acme-2')).toEqual(['acme-2/x']);
			await store.append([entry('acme/a', 5)]);
			expect(plain((await store.load('acme/a')).tail)).toEqual([[5]]);
		});

		test('[DS6] the trail is the log without its bytes, newest first, by page and by document', async () => {
			const store = open();
			const seqs = await store.append([
				entry('acme/a', 1),
				entry('acme/b', 2),
				entry('acme/a', 3, { author: 'bob' }),
				entry('acme/a', 4)
			]);
			const newest = await store.trail('acme/a', { beforeSeq: Number.MAX_SAFE_INTEGER, limit: 2 });
			expect(newest).toEqual([
				{ seq: seqs[3], atMs: 1004, author: 'ada' },
				{ seq: seqs[2], atMs: 1003, author: 'bob' }
			]);
			const older = await store.trail('acme/a', { beforeSeq: newest[1]?.seq ?? 0, limit: 2 });
			expect(older.map(({ seq }) => seq)).toEqual([seqs[0]]);
			expect(await store.trail('acme/none', { beforeSeq: 10, limit: 2 })).toEqual([]);
		});

		test('[DS7] a version is named, renamed and unnamed, where the log has its row', async () => {
			const store = open();
			const [first = 0, foreign = 0, last = 0] = await store.append([
				entry('acme/a', 1),
				entry('acme/b', 2),
				entry('acme/a', 3)
			]);
			const name = (seq: number, words: string) => ({ seq, name: words, by: 'ada', atMs: 5 });
			expect(await store.nameVersion('acme/a', name(first, 'Draft'))).toBe(true);
			expect(await store.nameVersion('acme/a', name(last, 'Final'))).toBe(true);
			expect(await store.nameVersion('acme/a', name(first, 'First draft'))).toBe(true);
			expect(await store.nameVersion('acme/a', name(foreign, 'Foreign'))).toBe(false);
			expect(await store.nameVersion('acme/none', name(1, 'None'))).toBe(false);
			expect(await store.versionNames('acme/a')).toEqual([name(last, 'Final'), name(first, 'First draft')]);
			expect(await store.unnameVersion('acme/a', last)).toBe(true);
			expect(await store.unnameVersion('acme/a', last)).toBe(false);
			await store.removeSpace('acme');
			expect(await store.versionNames('acme/a')).toEqual([]);
			expect(await store.list('acme')).toEqual([]);
		});
	});
}
