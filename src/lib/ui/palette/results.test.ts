import { expect, test } from 'vitest';
import type { PaletteEntry } from './entry.ts';
import { prepare } from './match.ts';
import { nextRow, paletteGroups } from './results.ts';

const entry = (id: string, group: string, title: string, over: Partial<PaletteEntry> = {}): PaletteEntry => ({
	id,
	group,
	title,
	icon: 'none',
	run: () => undefined,
	...over
});
const second = { title: 'Write MTTR commentary', run: () => undefined };
const entries = [
	entry('insert', 'Run', 'Insert MTTR chart here', { second }),
	entry('mttr', 'KPIs', 'MTTR, Sev 1/2 median'),
	entry('slo', 'KPIs', 'SLO attainment', { keywords: 'mttr' })
];
const show = (query: string, found: readonly PaletteEntry[] = []) =>
	paletteGroups(prepare(entries), query, found).map(
		({ label, rows }) => `${label}: ${rows.map(({ id, index }) => `${index} ${id}`).join(', ')}`
	);

test('groups stand as they were given while their matches are of one kind', () => {
	expect(show('mttr')).toEqual(['Run: 0 insert, 1 insert/second', 'KPIs: 2 mttr, 3 slo']);
});

test('a group with a better kind of match comes first', () => {
	expect(show('sev')).toEqual(['KPIs: 0 mttr']);
	const both = [entry('a', 'First', 'Lowcost'), entry('b', 'Second', 'Cost deltas')];
	expect(paletteGroups(prepare(both), 'cost', []).map(({ label }) => label)).toEqual(['Second', 'First']);
});

test('what the documents gave stands behind, and nothing stands twice', () => {
	const found = [entry('note', 'Notes', 'Weekly Ops Review, 1 Jun'), entry('mttr', 'KPIs', 'MTTR again')];
	expect(show('mttr', found)).toEqual([
		'Run: 0 insert, 1 insert/second',
		'KPIs: 2 mttr, 3 slo',
		'Notes: 4 note'
	]);
});

test('a long group is cut to what can be chosen from', () => {
	const many = Array.from({ length: 2000 }, (_, index) =>
		entry(String(index), `Group ${index % 20}`, 'Review')
	);
	const rows = paletteGroups(prepare(many), 'review', []).flatMap((group) => group.rows);
	expect(rows).toHaveLength(40);
	expect(rows.map(({ index }) => index)).toEqual(rows.map((_, index) => index));
});

test('only the first entry’s second action has a row', () => {
	const two = [entry('a', 'Run', 'Alpha', { second }), entry('b', 'Run', 'Beta', { second })];
	const rows = paletteGroups(prepare(two), '', []).flatMap((group) => group.rows);
	expect(rows.map(({ id }) => id)).toEqual(['a', 'a/second', 'b']);
});

test('arrows go round, pages stop at the ends, other keys lead nowhere', () => {
	expect([nextRow(0, 3, 'ArrowUp'), nextRow(2, 3, 'ArrowDown')]).toEqual([2, 0]);
	expect([nextRow(1, 20, 'PageDown'), nextRow(18, 20, 'PageDown'), nextRow(2, 20, 'PageUp')]).toEqual([
		6, 19, 0
	]);
	expect([nextRow(0, 3, 'a'), nextRow(0, 0, 'ArrowDown')]).toEqual([undefined, undefined]);
});
