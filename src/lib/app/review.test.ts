import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { UserEdit } from '../docs/origin.ts';
import { blockIdOf } from '../docs/touched.ts';
import type { PersonId } from '../domain/id.ts';
import type { MissedClash } from '../domain/sync-state.ts';
import { missedChanges, returnShape } from './missed-changes.ts';
import { chosenWords, settleClash, sideWords } from './review.ts';
import type { BoardWords } from './sync-board.svelte.ts';

const by = 'p-ada' as PersonId;
const names = { timeZone: 'UTC', nameOf: (id: string) => (id === 'p-priya' ? 'Priya Raman' : undefined) };

function register() {
	const doc = new Y.Doc();
	doc.getMap('actions').set('a1', new Y.Map<unknown>([['due', '2026-06-11']]));
	doc.getMap('meeting').set('facilitator', 'p-priya');
	const row = () => doc.getMap<Y.Map<unknown>>('actions').get('a1');
	return { doc, row };
}

const due: MissedClash = {
	is: 'value',
	mine: { value: '2026-06-10', words: '10 Jun' },
	theirs: { value: '2026-06-11', words: '11 Jun' },
	shows: 'theirs'
};

test('one tap puts my value back, as an edit of mine; keeping theirs writes nothing', () => {
	const { doc, row } = register();
	const origins: unknown[] = [];
	doc.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin));
	settleClash(doc, { place: 'actions/a1/due', clash: due, choice: 'mine', by });
	expect(row()?.get('due')).toBe('2026-06-10');
	expect(origins).toEqual([new UserEdit(by, 'review.choose')]);
	settleClash(doc, { place: 'actions/a1/due', clash: due, choice: 'keep', by });
	expect(origins).toHaveLength(1);
	expect(chosenWords(due, 'mine')).toBe('Now 10 Jun.');
	expect(chosenWords(due, 'theirs')).toBe('Kept: 11 Jun.');
});

test('a field of the document itself, and one that I had cleared', () => {
	const { doc } = register();
	const clash: MissedClash = {
		is: 'value',
		mine: { words: 'empty' },
		theirs: { value: 'p-priya', words: 'Priya Raman' },
		shows: 'theirs'
	};
	settleClash(doc, { place: 'meeting/facilitator', clash, choice: 'mine', by });
	expect(doc.getMap('meeting').has('facilitator')).toBe(false);
});

test('a deleted record comes back with what was written meanwhile; what is gone for good is left alone', () => {
	const { doc, row } = register();
	row()?.set('removedAt', '2026-06-08T10:00:00.000Z');
	const clash: MissedClash = { is: 'removed', by: 'them' };
	settleClash(doc, { place: 'actions/a1', clash, choice: 'keep', by });
	expect(row()?.has('removedAt')).toBe(true);
	settleClash(doc, { place: 'actions/a1', clash, choice: 'restore', by });
	expect(row()?.toJSON()).toEqual({ due: '2026-06-11' });
	settleClash(doc, { place: 'actions/gone', clash, choice: 'restore', by });
	expect(doc.getMap('actions').has('gone')).toBe(false);
});

test('my words of a passage that both wrote come back, and what is bold beside them stays bold', () => {
	const doc = new Y.Doc();
	const [line, text] = [new Y.XmlElement('paragraph'), new Y.XmlText()];
	line.insert(0, [text]);
	doc.getXmlFragment('notes.i1').insert(0, [line]);
	text.insert(0, 'The lock', { bold: true });
	text.insert(8, ' did not fire, so it would not have helped.', { bold: null as unknown as true });
	const clash: MissedClash = { is: 'text', mine: 'The lock did not fire.', merged: 'Longer now.' };
	settleClash(doc, { place: `notes.i1#${blockIdOf(line)}`, clash, choice: 'mine', by });
	expect(text.toDelta()).toMatchObject([
		{ insert: 'The lock', attributes: { bold: true } },
		{ insert: ' did not fire.' }
	]);
});

test.each([
	[undefined, 'empty'],
	['', 'empty'],
	['2026-06-11', '11 Jun'],
	['p-priya', 'Priya Raman'],
	[7, '7'],
	[true, 'Yes'],
	['x'.repeat(90), `${'x'.repeat(60)}…`]
])('%j is said as “%s”', (value, words) => {
	expect(sideWords(value, names)).toBe(words);
});

const words: BoardWords = {
	wordsOf: (_doc, place) => ({ what: `changed ${place}`, where: 'Register' }),
	authorOf: (_doc, client) => (client === 7 ? { id: 'p-priya', name: 'Priya Raman' } : undefined),
	standingAt: () => undefined,
	valueWords: (value) => sideWords(value, names),
	brokenIn: () => [{ row: 'a1', message: 'Two accountable: CTO, VP Product' }]
};

test('what both did comes first, a removal is told once, a broken rule names who had a hand in it', () => {
	const changes = missedChanges(
		'ops/r-actions',
		{
			atMs: 5,
			wasAwayMs: 60_000,
			sent: 2,
			missed: [
				{ place: 'actions/a2/due', clients: [9] },
				{ place: 'actions/a1/owner', clients: [7] },
				{ place: 'actions/a3/removedAt', clients: [7] },
				{ place: 'people/p-new', clients: [7] },
				{ place: 'actions/a1/due', clients: [7] }
			],
			clashes: [
				{
					is: 'value',
					place: 'actions/a1/due',
					mine: '2026-06-10',
					theirs: '2026-06-11',
					shows: 'theirs',
					clients: [7]
				},
				{ is: 'removed', place: 'actions/a3', by: 'them', clients: [7] }
			]
		},
		words
	);
	expect(changes.map(({ key, who, clash }) => [key, who, clash?.is])).toEqual([
		['ops/r-actions actions/a1/due', 'Priya Raman', 'value'],
		['ops/r-actions actions/a3', 'Priya Raman', 'removed'],
		['ops/r-actions a1 Two accountable: CTO, VP Product', 'Priya Raman', 'rule'],
		['ops/r-actions actions/a2/due', '', undefined],
		['ops/r-actions actions/a1/owner', 'Priya Raman', undefined]
	]);
	const kept: unknown = JSON.parse(JSON.stringify({ atMs: 5, sent: 2, missed: changes }));
	expect(returnShape.safeParse(kept).success).toBe(true);
	expect(returnShape.safeParse({ atMs: 5, missed: 'all of it' }).success).toBe(false);
});
