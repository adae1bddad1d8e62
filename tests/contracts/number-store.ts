import { describe, expect, test } from 'vitest';
import type { RowId, SpaceId } from '#lib/domain/id.ts';
import type { NumberStore } from '../../server/clerk/number-store.ts';

const [ops, other] = ['ops', 'other'] as [SpaceId, SpaceId];
const rows = (...ids: readonly string[]) => ids as readonly RowId[];

/** What every adapter of `NumberStore` keeps. `open` gives an empty store. */
export function describeNumberStore(name: string, open: () => NumberStore): void {
	const given = async (store: NumberStore, ids: readonly RowId[], space = ops, prefix = 'DEC') => [
		...(await store.give({ space, prefix }, ids))
	];

	describe(`number store ${name}`, () => {
		test('[NS1] numbers begin at 1, have no gaps, and go in the order asked for', async () => {
			const store = open();
			expect(await given(store, rows('b', 'a'))).toEqual([
				['b', 1],
				['a', 2]
			]);
			expect(await given(store, rows('c'))).toEqual([['c', 3]]);
		});

		test('[NS2] a row keeps its number, however often it is asked for', async () => {
			const store = open();
			await given(store, rows('a', 'b'));
			expect(await given(store, rows('b', 'new', 'a'))).toEqual([
				['b', 2],
				['new', 3],
				['a', 1]
			]);
		});

		test('[NS3] each space and each prefix counts for itself', async () => {
			const store = open();
			await given(store, rows('a', 'b'));
			expect(await given(store, rows('b'), other)).toEqual([['b', 1]]);
			expect(await given(store, rows('b'), ops, 'ACT')).toEqual([['b', 1]]);
		});

		test('[NS4] many who ask at once share no number', async () => {
			const store = open();
			const asked = await Promise.all(
				Array.from({ length: 40 }, (_, index) => given(store, rows(`r${index}`, `s${index % 7}`)))
			);
			const numberOf = new Map(asked.flat());
			expect(new Set(numberOf.values()).size).toBe(47);
			expect(Math.max(...numberOf.values())).toBe(47);
		});

		test('[NS5] a space that is forgotten begins anew, and no other does', async () => {
			const store = open();
			await given(store, rows('a'));
			await given(store, rows('a', 'b'), other);
			await store.removeSpace(ops);
			expect(await given(store, rows('z'))).toEqual([['z', 1]]);
			expect(await given(store, rows('b'), other)).toEqual([['b', 2]]);
		});
	});
}
