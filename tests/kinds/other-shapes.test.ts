import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { restoreAll } from '#lib/docs/restore.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { actionsKind } from '#lib/kinds/actions/kind.ts';
import { randomEdit as editActions } from '#lib/kinds/actions/testing/random-edit.ts';
import { commentaryKind } from '#lib/kinds/commentary/kind.ts';
import { randomEdit as editCommentary } from '#lib/kinds/commentary/testing/random-edit.ts';
import type { ArtefactKind } from '#lib/kinds/contract.ts';
import { decisionsKind } from '#lib/kinds/decisions/kind.ts';
import { randomEdit as editDecisions } from '#lib/kinds/decisions/testing/random-edit.ts';
import { raciKind } from '#lib/kinds/raci/kind.ts';
import { randomEdit as editRaci } from '#lib/kinds/raci/testing/random-edit.ts';
import { clone, meet } from '../contracts/replicas.ts';

// People do not all update on one day. A document that a newer app wrote into is edited by this one, and one that an
// older app began is read by it, and nothing in it is lost.

type Plain = Record<string, unknown>;

/** What this version does not know: fields of known rows, a root map, a text, and a block in a text. */
const NEWER = {
	fields: { effort: 'L', watchers: ['p-nadia', 'p-jonas'], forecast: { low: 1, high: 3 } },
	root: 'forecasts',
	row: { id: 'f-1', order: 'a0', note: 'Kept for later' },
	text: 'f-1.rationale',
	words: 'Because the drill said so.'
};
const EDITS = 300;

function describeShapes<S, C>(
	kind: ArtefactKind<string, S, C>,
	{
		root,
		first,
		edit
	}: { root: string; first: Record<string, Plain>; edit: (commands: C, snapshot: S, seed: number) => void }
): void {
	const newer = () => {
		const doc = new Y.Doc();
		kind.doc.seed(doc, kind.fixtures.typical);
		for (const fields of doc.getMap<Y.Map<unknown>>(root).values())
			for (const [name, value] of Object.entries(NEWER.fields)) fields.set(name, value);
		doc.getMap(NEWER.root).set(NEWER.row.id, new Y.Map(Object.entries(NEWER.row)));
		for (const name of [NEWER.text, ...textsOf(doc)]) {
			const block = new Y.XmlElement('timeline');
			doc.getXmlFragment(name).push([block]);
			block.setAttribute('zoom', 'week');
			block.push([new Y.XmlText(NEWER.words)]);
		}
		return doc;
	};
	const editOften = (doc: Y.Doc) => {
		const commands = kind.doc.commands(doc, 'p-ada' as PersonId);
		for (let seed = 0; seed < EDITS; seed++) edit(commands, kind.doc.read(doc).value, seed);
	};

	describe(kind.id, () => {
		test('what a newer app wrote is read past, and is there after edits, a meeting and going back', () => {
			const doc = newer();
			const ids = [...doc.getMap(root).keys()];
			const past = clone(doc);
			const other = clone(doc);
			const texts = [NEWER.text, ...textsOf(doc)];
			expect(kind.doc.lift(doc).ok).toBe(true);
			expect(kind.doc.read(doc).rejected).toEqual([]);
			editOften(doc);
			meet({ doc }, { doc: other });
			for (const replica of [doc, other]) expectNewer(replica, { root, ids, texts });
			doc.transact(() => restoreAll(doc, { past, at: '2026-11-21T10:14:00.000Z' }));
			expectNewer(doc, { root, ids, texts });
		});

		test('what the first app wrote is read whole, and can be edited', () => {
			const doc = new Y.Doc();
			for (const [id, row] of Object.entries(first)) doc.getMap(root).set(id, new Y.Map(Object.entries(row)));
			expect(kind.doc.lift(doc).ok).toBe(true);
			const { value, rejected } = kind.doc.read(doc);
			expect(rejected).toEqual([]);
			for (const row of Object.values(first))
				expect(JSON.stringify(value)).toContain(JSON.stringify(row['id']));
			for (const rule of kind.rules) rule.check(value, { today: '2026-11-21' });
			editOften(doc);
			expect(kind.doc.read(doc).rejected).toEqual([]);
			expect([...doc.getMap(root).keys()]).toEqual(expect.arrayContaining(Object.keys(first)));
		});
	});
}

function expectNewer(
	doc: Y.Doc,
	{ root, ids, texts }: { root: string; ids: readonly string[]; texts: readonly string[] }
): void {
	for (const id of ids)
		expect(doc.getMap<Y.Map<unknown>>(root).get(id)?.toJSON()).toMatchObject(NEWER.fields);
	expect(doc.getMap<Y.Map<unknown>>(NEWER.root).get(NEWER.row.id)?.toJSON()).toEqual(NEWER.row);
	for (const text of texts) expect(doc.getXmlFragment(text).toJSON()).toContain(NEWER.words);
}

/** The texts that have something in them. */
const textsOf = (doc: Y.Doc): readonly string[] =>
	[...doc.share].flatMap(([name, type]) => (type instanceof Y.XmlFragment && type.length > 0 ? [name] : []));

describeShapes(actionsKind, {
	root: 'actions',
	first: { a1: { id: 'a1', order: 'a0', title: 'Extend the canary', status: 'open', due: '2026-06-12' } },
	edit: editActions
});
describeShapes(decisionsKind, {
	root: 'decisions',
	first: { d1: { id: 'd1', order: 'a0', title: 'Hold releases', status: 'proposed' } },
	edit: editDecisions
});
describeShapes(raciKind, {
	root: 'activities',
	first: { r1: { id: 'r1', order: 'a0', title: 'Weekly Ops Review' } },
	edit: editRaci
});
describeShapes(commentaryKind, {
	root: 'commentaries',
	first: { mttr: { id: 'mttr', order: 'a0', kpi: 'mttr' } },
	edit: editCommentary
});
