import { expect, test } from 'vitest';
import { steady, steadyRows } from './steady.ts';

const rows = () => [
	{ id: 'a', title: 'Cost' },
	{ id: 'b', title: 'Security' }
];

test('what says the same is the same object', () => {
	const keep = steady<readonly { id: string; title: string }[]>();
	const first = keep(rows());
	expect(keep(rows())).toBe(first);
	expect(keep([])).toEqual([]);
	expect(keep(rows())).toEqual(first);
});

test('a row that changed is new, the others stay', () => {
	const keep = steadyRows<{ id: string; title: string }>();
	const [cost, security] = keep(rows());
	const next = keep([
		{ id: 'b', title: 'Security' },
		{ id: 'a', title: 'Cost deltas' }
	]);
	expect(next[0]).toBe(security);
	expect(next[1]).not.toBe(cost);
	expect(next[1]?.title).toBe('Cost deltas');
});

test('the same rows in another order are another list', () => {
	const keep = steadyRows<{ id: string; title: string }>();
	const first = keep(rows());
	const turned = keep(rows().toReversed());
	expect(turned).not.toBe(first);
	expect(keep(rows().toReversed())).toBe(turned);
});
