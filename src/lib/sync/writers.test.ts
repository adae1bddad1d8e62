import { expect, test } from 'vitest';
import type { WritersPage } from '../domain/history.ts';
import { ok, refuse } from '../util/result.ts';
import { Writers } from './writers.ts';

const pages: Readonly<Record<number, WritersPage>> = {
	0: { authors: ['ada'], runs: [[0, 100, 7, 0, 5]], upto: 3, hasMore: true },
	3: {
		authors: ['bob', 'ada'],
		runs: [
			[0, 200, 8, 0, 2],
			[1, 300, 7, 5, 1],
			[0, 400, 7, 4, 2]
		],
		upto: 9,
		hasMore: false
	},
	9: { authors: ['cy'], runs: [[0, 500, 8, 2, 1]], upto: 10, hasMore: false }
};

test('what stands in a document is told by whom and when it was stored first', async () => {
	const asked: number[] = [];
	const writers = new Writers((after) => {
		asked.push(after);
		return Promise.resolve(ok(pages[after] as WritersPage));
	});
	expect(writers.of({ client: 7, clock: 0 })).toBeUndefined();
	await Promise.all([writers.load(), writers.load()]);
	expect(asked).toEqual([0, 3]);
	expect(writers.of({ client: 7, clock: 0 })).toEqual({ author: 'ada', atMs: 100 });
	expect(writers.of({ client: 7, clock: 4 })).toEqual({ author: 'ada', atMs: 100 });
	expect(writers.of({ client: 7, clock: 5 })).toEqual({ author: 'ada', atMs: 300 });
	expect(writers.of({ client: 7, clock: 6 })).toBeUndefined();
	expect(writers.of({ client: 8, clock: 2 })).toBeUndefined();
	await writers.load();
	expect(writers.of({ client: 8, clock: 2 })).toEqual({ author: 'cy', atMs: 500 });
	expect(asked).toEqual([0, 3, 9]);
});

test('without an answer it keeps what it knows, and can be asked again', async () => {
	const answers = [ok(pages[9] as WritersPage), refuse({ code: 'offline', sentence: 'No.' })];
	const writers = new Writers(() => Promise.resolve(answers.shift() ?? ok(pages[9] as WritersPage)));
	await writers.load();
	expect(await writers.load()).toMatchObject({ ok: false, error: { code: 'offline' } });
	expect(writers.of({ client: 8, clock: 2 })).toEqual({ author: 'cy', atMs: 500 });
	expect((await writers.load()).ok).toBe(true);
});
