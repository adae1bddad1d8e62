import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import { placesTouched } from '#lib/docs/touched.ts';
import { UserEdit } from '#lib/docs/origin.ts';
import type { DocumentId, PersonId, RowId } from '#lib/domain/id.ts';
import { kindOfDocument } from '../registry.ts';
import type { CommentsCommands } from './commands.ts';
import { typical } from './fixtures.ts';
import { commentsKind } from './kind.ts';
import {
	commentsOn,
	QUOTE_LENGTH_MAX,
	TEXT_LENGTH_MAX,
	type Anchor,
	type Comments,
	type Reply
} from './schema.ts';
import { openThreads, standingOf, standingsOf, threadsForPerson } from './standing.ts';
import { randomEdit } from './testing/random-edit.ts';

const id = (text: string) => text as RowId;
const [canary, item, feed] = ['t-canary', 't-item', 't-feed'].map(id) as [RowId, RowId, RowId];
const AT = '2026-06-08T10:30:00.000Z';
const LATER = '2026-06-08T10:45:00.000Z';
const ITEM: Anchor = { root: 'agenda', row: 'i-cost' };

describeKind(commentsKind, { randomEdit, roots: ['threads', 'replies'] });

const saidIn = (value: Comments, thread: RowId): readonly string[] =>
	standingOf(value, thread)?.replies.map(({ text }) => text) ?? [];
const replyOf = ({ replies }: Comments, row: RowId): Reply | undefined =>
	replies.find((one) => one.id === row);

/** The id of what a command made. */
function made(result: ReturnType<CommentsCommands['reply']>): RowId {
	if (!result.ok) throw new Error(result.error.sentence);
	return result.value;
}

test('a document of comments is known by its suffix, whatever it stands beside', () => {
	for (const document of ['m-ops-24', 'r-decisions', 'c-2026-W47', 'kpis', 'index']) {
		expect(kindOfDocument(commentsOn(document as DocumentId))?.id).toBe('comments');
	}
	expect(kindOfDocument('m-ops-24')?.id).toBe('meeting');
});

test('two people who answer apart both have answered, and see it in one order', () => {
	const [ada, bob] = two(commentsKind);
	ada.commands.reply(item, 'From Ada.', AT);
	bob.commands.reply(item, 'From Bob.', LATER);
	meet(ada, bob);
	expect(saidIn(ada.value, item).slice(1)).toEqual(['From Ada.', 'From Bob.']);
	expect(saidIn(bob.value, item)).toEqual(saidIn(ada.value, item));
});

test('an answer comes after what its author had read, also when their clock is behind', () => {
	const [ada, bob] = two(commentsKind);
	ada.commands.reply(item, 'A question', LATER);
	meet(ada, bob);
	bob.commands.reply(item, 'The answer', AT);
	meet(ada, bob);
	expect(saidIn(ada.value, item).slice(1)).toEqual(['A question', 'The answer']);
});

test('a thread that one resolves while the other answers stays resolved and says that there is an answer', () => {
	const [ada, bob] = two(commentsKind);
	ada.commands.resolve(canary, AT);
	bob.commands.reply(canary, 'One more thing', LATER);
	meet(ada, bob);
	for (const { value } of [ada, bob]) {
		expect(standingOf(value, canary)).toMatchObject({ isResolved: true, isAnsweredSince: true });
		expect(saidIn(value, canary).at(-1)).toBe('One more thing');
	}
	ada.commands.resolve(item, LATER);
	expect(standingOf(ada.value, item)).toMatchObject({ isResolved: true, isAnsweredSince: false });
});

test('two who resolve one thread apart resolve it once, by one of them; who comes later changes nothing', () => {
	const [ada, bob] = two(commentsKind);
	ada.commands.resolve(canary, AT);
	bob.commands.resolve(canary, LATER);
	meet(ada, bob);
	expect(ada.value).toEqual(bob.value);
	const { resolvedAt, resolvedBy } = standingOf(ada.value, canary)?.thread ?? {};
	expect([`${ada.id} ${AT}`, `${bob.id} ${LATER}`]).toContain(`${resolvedBy} ${resolvedAt}`);
	ada.commands.resolve(canary, '2026-06-09T08:00:00.000Z');
	expect(standingOf(ada.value, canary)?.thread.resolvedAt).toBe(resolvedAt);
});

test('anybody resolves and reopens', () => {
	const [ada, bob] = two(commentsKind);
	bob.commands.reopen(feed);
	expect(standingOf(bob.value, feed)?.thread).not.toHaveProperty('resolvedBy');
	expect(openThreads(bob.value).map(({ thread }) => thread.id)).toEqual([canary, item, feed]);
	meet(ada, bob);
	ada.commands.resolve(feed, AT);
	expect(standingOf(ada.value, feed)?.thread).toMatchObject({ resolvedAt: AT, resolvedBy: ada.id });
});

test('who deletes their comment while another answers it loses none of the answer', () => {
	const [ada, bob] = two(commentsKind);
	const thread = made(ada.commands.begin({ anchor: ITEM, text: 'Too early?' }, AT));
	const [first] = ada.value.replies.filter((reply) => reply.thread === thread);
	meet(ada, bob);
	ada.commands.remove(first?.id ?? thread, LATER);
	bob.commands.reply(thread, 'No, just right.', LATER);
	meet(ada, bob);
	expect(saidIn(ada.value, thread)).toEqual(['No, just right.']);
	expect(saidIn(bob.value, thread)).toEqual(['No, just right.']);
});

test('a thread in which nothing is left is not shown, and comes back with its comment', () => {
	const [ada] = two(commentsKind);
	const thread = made(ada.commands.begin({ anchor: ITEM, text: 'Too early?' }, AT));
	const [first] = standingOf(ada.value, thread)?.replies ?? [];
	if (!first) throw new Error('the thread has its first comment');
	ada.commands.remove(first.id, LATER);
	expect(standingsOf(ada.value).map((one) => one.thread.id)).toEqual([canary, item, feed]);
	ada.commands.restore(first.id);
	expect(saidIn(ada.value, thread)).toEqual(['Too early?']);
});

test('a comment deleted in one tab and edited in another is gone, and comes back as it was edited', () => {
	const [ada] = two(commentsKind);
	const mine = made(ada.commands.reply(item, 'Thursday', AT));
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(ada.doc));
	const otherTab = commentsKind.doc.commands(copy, ada.id);
	ada.commands.remove(mine, LATER);
	expect(otherTab.edit(mine, 'Friday', LATER).ok).toBe(true);
	meet(ada, { doc: copy });
	expect(replyOf(ada.value, mine)).toBeUndefined();
	expect(ada.commands.restore(mine).ok).toBe(true);
	expect(replyOf(ada.value, mine)).toMatchObject({ text: 'Friday', editedAt: LATER });
});

test('only the author edits, deletes and restores; for others each is refused in a sentence and changes nothing', () => {
	const [ada, bob] = two(commentsKind);
	const adas = made(ada.commands.reply(item, 'Thursday', AT));
	meet(ada, bob);
	const before = bob.value;
	const refused = { ok: false, error: { code: 'comment.others' } };
	expect(bob.commands.edit(adas, 'Friday', LATER)).toMatchObject(refused);
	expect(bob.commands.remove(adas, LATER)).toMatchObject(refused);
	expect(bob.commands.restore(adas)).toMatchObject(refused);
	expect(bob.value).toEqual(before);
	expect(ada.commands.edit(adas, 'Friday', LATER)).toEqual({ ok: true, value: undefined });
	expect(replyOf(ada.value, adas)).toMatchObject({ text: 'Friday', editedAt: LATER });
});

test('an edit that says the same is none', () => {
	const [ada] = two(commentsKind);
	const mine = made(ada.commands.reply(item, 'Thursday', AT));
	ada.commands.edit(mine, ' Thursday ', LATER);
	expect(replyOf(ada.value, mine)).not.toHaveProperty('editedAt');
});

test('nothing, too much, and what is not there any more are refused; the longest text is taken', () => {
	const [ada] = two(commentsKind);
	const before = ada.value;
	expect(ada.commands.reply(item, '  \n ', AT)).toMatchObject({ error: { code: 'comment.empty' } });
	expect(ada.commands.begin({ anchor: ITEM, text: '' }, AT)).toMatchObject({ ok: false });
	expect(ada.commands.reply(item, 'x'.repeat(TEXT_LENGTH_MAX + 1), AT)).toMatchObject({
		error: { code: 'comment.long' }
	});
	expect(ada.commands.reply(id('t-none'), 'Hello', AT)).toMatchObject({ error: { code: 'comment.gone' } });
	expect(ada.value).toEqual(before);
	expect(ada.commands.reply(item, 'x'.repeat(TEXT_LENGTH_MAX), AT).ok).toBe(true);
});

test('of a long quote as much is kept as there is room for', () => {
	const [ada] = two(commentsKind);
	const thread = made(ada.commands.begin({ anchor: ITEM, quote: 'q'.repeat(400), text: 'Long' }, AT));
	expect(standingOf(ada.value, thread)?.thread.quote).toBe('q'.repeat(QUOTE_LENGTH_MAX));
});

test('the open threads that mean somebody are found, not those of their own hand or settled ones', () => {
	const [ada] = two(commentsKind);
	const rafael = 'p-rafael' as PersonId;
	expect(threadsForPerson(ada.value, rafael).map(({ thread }) => thread.id)).toEqual([canary]);
	expect(threadsForPerson(ada.value, 'p-mei' as PersonId)).toEqual([]);
	ada.commands.reply(item, `Note to self @[Ada](${ada.id})`, AT);
	expect(threadsForPerson(ada.value, ada.id)).toEqual([]);
	ada.commands.resolve(canary, AT);
	expect(threadsForPerson(ada.value, rafael)).toEqual([]);
});

test('fields and rows of a newer app survive our writing', () => {
	const [ada, bob] = two(commentsKind);
	ada.doc.getMap<Y.Map<unknown>>('threads').get(canary)?.set('priority', 'high');
	ada.doc.getMap('reactions').set('r1', 'thumb');
	ada.commands.resolve(canary, AT);
	ada.commands.reply(canary, 'Done', AT);
	meet(ada, bob);
	expect(bob.doc.getMap<Y.Map<unknown>>('threads').get(canary)?.get('priority')).toBe('high');
	expect(bob.doc.getMap('reactions').get('r1')).toBe('thumb');
});

test('three people begin, answer, settle and delete, and agree', () => {
	const [ada, bob, cy] = replicas(commentsKind, 3);
	if (!ada || !bob || !cy) throw new Error('three replicas were asked for');
	const begun = made(ada.commands.begin({ anchor: ITEM, text: 'One' }, AT));
	bob.commands.resolve(item, AT);
	const cys = made(cy.commands.reply(item, 'Two', LATER));
	meet(ada, bob);
	meet(bob, cy);
	meet(ada, bob);
	cy.commands.remove(cys, LATER);
	ada.commands.reopen(item);
	meet(ada, cy);
	meet(bob, cy);
	meet(ada, bob);
	expect(ada.value).toEqual(bob.value);
	expect(bob.value).toEqual(cy.value);
	expect(openThreads(ada.value).map(({ thread }) => thread.id)).toEqual([canary, item, begun]);
	expect(saidIn(bob.value, item)).toEqual(['The billing feed is late. Can this wait until Thursday?']);
});

test('undo takes back what I did and nothing of others', () => {
	const [ada, bob] = two(commentsKind);
	const undo = new Y.UndoManager([...commentsKind.doc.undoable(ada.doc)], {
		trackedOrigins: new Set([UserEdit]),
		captureTimeout: 0
	});
	ada.commands.resolve(canary, AT);
	bob.commands.reply(canary, 'From Bob', AT);
	meet(ada, bob);
	undo.undo();
	expect(standingOf(ada.value, canary)).toMatchObject({ isResolved: false });
	expect(saidIn(ada.value, canary).at(-1)).toBe('From Bob');
});

test('each change is said in words, with what it is about', () => {
	const [ada] = two(commentsKind);
	const said: string[] = [];
	ada.doc.on('afterTransaction', (transaction: Y.Transaction) => {
		for (const place of placesTouched(transaction)) {
			const { what, where } = commentsKind.describe(place, ada.value);
			said.push(`${what}: ${where}`);
		}
	});
	const mine = made(ada.commands.reply(item, 'Ask @[Mei Lin](p-mei)', AT));
	ada.commands.edit(mine, 'Ask Mei', LATER);
	ada.commands.remove(mine, LATER);
	ada.commands.restore(mine);
	ada.commands.resolve(canary, AT);
	ada.commands.reopen(canary);
	expect([...new Set(said)]).toEqual([
		'Comment added: Ask @Mei Lin',
		'Comment changed: Ask Mei',
		'Comment deleted: ',
		'Comment restored: Ask Mei',
		'Thread resolved: the canary window is 15 minutes',
		'Thread reopened: the canary window is 15 minutes'
	]);
});

test('as Markdown: open threads, then resolved ones, with names as they are now', () => {
	const names: Record<string, string> = { 'p-priya': 'Priya Raman', 'p-rafael': 'Rafael C.' };
	const text = commentsKind.exports[0]?.render(typical, {
		title: 'Comments',
		today: '2026-06-08',
		nameOf: (person) => names[person]
	});
	expect(text).toBe(`# Comments

2 open threads. As of 2026-06-08.

## Open

> the canary window is 15 minutes

- Priya Raman, 8 Jun: Is that still so? @Rafael C. moved it to 60 last week.
- Rafael C., 8 Jun: Only for search-api.
  The others follow with ACT-0211.

- p-mei, 8 Jun: The billing feed is late. Can this wait until Thursday?

## Resolved

- p-nadia, 8 Jun: Ten minutes are enough.
- p-tomas, 8 Jun: Set to ten.

Resolved 8 Jun by p-tomas.
`);
});
