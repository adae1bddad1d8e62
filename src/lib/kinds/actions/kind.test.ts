import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import { UserEdit } from '#lib/docs/origin.ts';
import type { DocumentId, RowId } from '#lib/domain/id.ts';
import { actionsKind } from './kind.ts';
import type { Actions } from './schema.ts';
import { standingOf } from './standing.ts';
import { randomEdit } from './testing/random-edit.ts';

const id = (text: string) => text as RowId;
const [canary, replay, panel, vendor, pager] = ['a-canary', 'a-replay', 'a-panel', 'a-vendor', 'a-pager'].map(
	id
) as [RowId, RowId, RowId, RowId, RowId];
const AT = '2026-06-08T10:30:00.000Z';
const LATER = '2026-06-08T10:45:00.000Z';
const TODAY = '2026-06-08';

describeKind(actionsKind, { randomEdit, roots: ['actions', 'evidence', 'reschedules', 'carried'], plain });

const actionOf = ({ actions }: Actions, row: RowId) => actions.find((one) => one.id === row);
const evidenceOf = ({ evidence }: Actions, row: RowId) =>
	evidence.filter(({ action }) => action === row).map(({ text }) => text);

test('two people who edit the title and the owner of one action both keep theirs', () => {
	const [ada, bob] = two(actionsKind);
	ada.commands.patch(panel, { title: 'Add p95 and p99 panels' });
	bob.commands.patch(panel, { owner: bob.id });
	meet(ada, bob);
	expect(actionOf(ada.value, panel)).toMatchObject({ title: 'Add p95 and p99 panels', owner: bob.id });
	expect(ada.value).toEqual(bob.value);
});

test('two people who move a due date at once are both on record, and the later day stands on both sides', () => {
	for (const [adas, bobs] of [
		['2026-06-16', '2026-06-19'],
		['2026-06-19', '2026-06-16']
	] as const) {
		const [ada, bob] = two(actionsKind);
		ada.commands.reschedule(panel, adas, AT);
		bob.commands.reschedule(panel, bobs, AT);
		meet(ada, bob);
		for (const { value } of [ada, bob]) {
			const standing = standingOf(value, panel);
			expect(standing?.due).toBe('2026-06-19');
			expect(standing?.reschedules).toMatchObject(
				expect.arrayContaining([
					expect.objectContaining({ from: '2026-06-15', to: adas, by: ada.id }),
					expect.objectContaining({ from: '2026-06-15', to: bobs, by: bob.id })
				]) as unknown[]
			);
		}
	}
});

test('who moves a due date after the two has the last word, also to an earlier day', () => {
	const [ada, bob] = two(actionsKind);
	ada.commands.reschedule(panel, '2026-06-16', AT);
	bob.commands.reschedule(panel, '2026-06-19', AT);
	meet(ada, bob);
	ada.commands.reschedule(panel, '2026-06-17', LATER);
	meet(ada, bob);
	expect(standingOf(bob.value, panel)).toMatchObject({ due: '2026-06-17' });
	expect(standingOf(bob.value, panel)?.reschedules.length).toBe(3);
});

test('saying the day that stands settles it where two were said, and is no reschedule where one was', () => {
	const [ada, bob] = two(actionsKind);
	ada.commands.reschedule(panel, '2026-06-15', AT);
	expect(ada.value.reschedules.length).toBe(1);
	ada.commands.reschedule(panel, '2026-06-16', AT);
	bob.commands.reschedule(panel, '2026-06-19', AT);
	meet(ada, bob);
	bob.commands.reschedule(panel, '2026-06-19', LATER);
	expect(standingOf(bob.value, panel)).toMatchObject({ due: '2026-06-19' });
	const findings = actionsKind.rules.flatMap((rule) => rule.check(bob.value, { today: TODAY }));
	expect(findings.filter(({ rule }) => rule === 'actions/one-due')).toEqual([]);
});

test('an action without a check and evidence is not closed, and each missing thing has a sentence', () => {
	const [ada] = two(actionsKind);
	const before = ada.value;
	expect(ada.commands.close(panel, { at: AT })).toEqual({
		ok: false,
		error: {
			code: 'action.unchecked',
			sentence:
				'Add p95 panel to the release envelope can’t be closed yet. Say how we’ll know it worked. A test, a check or a dashboard. Add a link or a note that shows it worked.',
			missing: [
				{ is: 'check', sentence: 'Say how we’ll know it worked. A test, a check or a dashboard.' },
				{ is: 'evidence', sentence: 'Add a link or a note that shows it worked.' }
			]
		}
	});
	const emptied = ada.commands.close(replay, { at: AT, evidence: [{ text: '  ' }] });
	expect(emptied).toMatchObject({ ok: false, error: { missing: [{ is: 'evidence' }] } });
	expect(ada.commands.close(id('gone'), { at: AT })).toMatchObject({ error: { code: 'action.gone' } });
	expect(ada.value).toEqual(before);
});

test('with a check and evidence it is closed, by whom and when', () => {
	const [ada] = two(actionsKind);
	expect(ada.commands.close(replay, { at: AT, evidence: [{ text: 'Replay report' }] }).ok).toBe(true);
	expect(actionOf(ada.value, replay)).toMatchObject({ status: 'done', closedAt: AT, closedBy: ada.id });
	expect(evidenceOf(ada.value, replay)).toEqual(['Replay report']);
});

test('two people who close one action at once have one closed action and both evidences', () => {
	const [ada, bob] = two(actionsKind);
	const closes = [
		ada.commands.close(replay, { at: AT, evidence: [{ text: 'Replay report' }] }),
		bob.commands.close(replay, { at: LATER, evidence: [{ text: 'Drill log' }] })
	];
	expect(closes.map(({ ok }) => ok)).toEqual([true, true]);
	meet(ada, bob);
	expect(ada.value).toEqual(bob.value);
	expect(ada.value.actions.filter((one) => one.id === replay)).toMatchObject([{ status: 'done' }]);
	expect(evidenceOf(ada.value, replay).toSorted()).toEqual(['Drill log', 'Replay report']);
	const { closedAt, closedBy } = actionOf(ada.value, replay) ?? {};
	expect([
		[AT, ada.id],
		[LATER, bob.id]
	]).toContainEqual([closedAt, closedBy]);
	expect(
		actionsKind.rules.flatMap((rule) => rule.check(ada.value, { today: TODAY })).map((f) => f.row)
	).not.toContain(replay);
});

test('closing what somebody has just closed adds the evidence and leaves who closed it', () => {
	const [ada, bob] = two(actionsKind);
	ada.commands.close(replay, { at: AT, evidence: [{ text: 'Replay report' }] });
	meet(ada, bob);
	expect(bob.commands.close(replay, { at: LATER, evidence: [{ text: 'Drill log' }] }).ok).toBe(true);
	expect(actionOf(bob.value, replay)).toMatchObject({ closedAt: AT, closedBy: ada.id });
	expect(evidenceOf(bob.value, replay)).toEqual(['Replay report', 'Drill log']);
});

test('an action that one deletes while another edits it comes back with the edit', () => {
	const [ada, bob] = two(actionsKind);
	ada.commands.remove(panel, AT);
	bob.commands.patch(panel, { closedWhen: 'The panel shows in the envelope' });
	meet(ada, bob);
	expect(actionOf(bob.value, panel)).toBeUndefined();
	expect(ada.commands.removed()).toMatchObject([
		{ id: panel, closedWhen: 'The panel shows in the envelope' }
	]);
	ada.commands.restore(panel);
	meet(ada, bob);
	expect(actionOf(bob.value, panel)?.closedWhen).toBe('The panel shows in the envelope');
});

test('three people add, move, close and carry, and agree', () => {
	const [ada, bob, cy] = replicas(actionsKind, 3);
	if (!ada || !bob || !cy) throw new Error('three replicas were asked for');
	const added = ada.commands.add({ title: 'Drill it', owner: cy.id }, { at: AT, after: canary });
	bob.commands.move(vendor, undefined);
	cy.commands.close(canary, { at: AT, evidence: [{ text: 'Staging drill' }] });
	cy.commands.carry([vendor, panel], { kind: 'meeting', document: 'm-ops-25' as DocumentId }, '2026-06-15');
	bob.commands.carry([vendor, panel], { kind: 'meeting', document: 'm-ops-25' as DocumentId }, '2026-06-15');
	meet(ada, bob);
	meet(bob, cy);
	meet(ada, bob);
	expect(ada.value).toEqual(bob.value);
	expect(bob.value).toEqual(cy.value);
	expect(ada.value.actions.map((one) => one.id).slice(0, 3)).toEqual([vendor, canary, added]);
	expect(
		ada.value.carried.filter(({ meeting }) => meeting.document === ('m-ops-25' as DocumentId)).length
	).toBe(2);
	expect(actionOf(cy.value, canary)?.status).toBe('done');
});

test('fields and rows of a newer app survive our writing', () => {
	const [ada, bob] = two(actionsKind);
	const row = ada.doc.getMap<Y.Map<unknown>>('actions').get(panel);
	row?.set('effort', 'two days');
	ada.doc.getMap('watchers').set('w1', 'p-mei');
	ada.commands.patch(panel, { title: 'Another title' });
	ada.commands.reschedule(panel, '2026-06-20', AT);
	ada.commands.addEvidence(panel, { text: 'Screenshot' }, AT);
	ada.commands.close(panel, { at: AT });
	meet(ada, bob);
	expect(bob.doc.getMap<Y.Map<unknown>>('actions').get(panel)?.get('effort')).toBe('two days');
	expect(bob.doc.getMap('watchers').get('w1')).toBe('p-mei');
});

test('a document as the first version wrote it is read with everything in it', () => {
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const [root, rows] of Object.entries(FIRST_VERSION)) {
			for (const row of rows) doc.getMap(root).set(row.id, new Y.Map(Object.entries(row)));
		}
		const line = new Y.XmlElement('paragraph');
		line.insert(0, [new Y.XmlText('Asked twice.')]);
		doc.getXmlFragment('old-1.notes').insert(0, [line]);
	});
	expect(actionsKind.doc.lift(doc).ok).toBe(true);
	const { value, rejected } = actionsKind.doc.read(doc);
	expect(rejected).toEqual([]);
	const { notes, ...rows } = value;
	expect(rows).toEqual(FIRST_VERSION);
	expect(notes['old-1']).toMatchObject([{ is: 'paragraph', text: [{ text: 'Asked twice.' }] }]);
});

/** Written out by hand, so that a change of the schema cannot change it along. */
const FIRST_VERSION = {
	actions: [
		{
			id: 'old-1',
			order: 'a0',
			title: 'Ask the vendor',
			owner: 'p-mei',
			due: '2026-06-12',
			dueTyped: 'mid june',
			startOn: '2026-06-01',
			status: 'blocked',
			priority: 'low',
			closedWhen: 'They answer',
			blockedWhy: 'Holiday',
			blockedSince: '2026-06-02T08:00:00.000Z',
			number: 7,
			source: { kind: 'decisions', document: 'r-decisions', row: 'd-1' },
			kpi: 'mttr',
			segment: 'enterprise',
			seen: [
				{
					kpi: 'mttr',
					segment: 'enterprise',
					value: 74,
					at: '2026-06-01T00:00:00.000Z',
					asOf: '2026-06-02T08:00:00.000Z',
					contract: '00000000'
				}
			],
			createdAt: '2026-06-01T08:00:00.000Z',
			createdBy: 'p-mei',
			closedAt: '2026-06-03T08:00:00.000Z',
			closedBy: 'p-mei'
		}
	],
	evidence: [
		{
			id: 'e-1',
			order: 'a0',
			action: 'old-1',
			text: 'Mail',
			href: 'https://example.com/mail',
			at: '2026-06-03T08:00:00.000Z',
			by: 'p-mei'
		}
	],
	reschedules: [
		{
			id: 'r-1',
			order: 'a0',
			action: 'old-1',
			from: '2026-06-05',
			to: '2026-06-12',
			after: ['r-0'],
			at: '2026-06-02T08:00:00.000Z',
			by: 'p-mei'
		}
	],
	carried: [
		{
			id: 'old-1.m-1',
			order: 'a0',
			action: 'old-1',
			meeting: { kind: 'meeting', document: 'm-1' },
			on: '2026-06-01',
			blockedWhy: 'Holiday'
		}
	]
};

test('undo takes back a reschedule and a closing with everything that went with them', () => {
	const [ada] = two(actionsKind);
	const before = ada.value;
	const undo = new Y.UndoManager([...actionsKind.doc.undoable(ada.doc)], {
		trackedOrigins: new Set([UserEdit]),
		captureTimeout: 0
	});
	ada.commands.reschedule(panel, '2026-06-20', AT);
	ada.commands.close(replay, { at: AT, evidence: [{ text: 'Replay report' }] });
	expect(standingOf(ada.value, panel)?.due).toBe('2026-06-20');
	undo.undo();
	undo.undo();
	expect(ada.value).toEqual(before);
	undo.redo();
	expect(standingOf(ada.value, panel)?.due).toBe('2026-06-20');
});

test('words that are no day are kept as they were typed, and the day before them stands', () => {
	const [ada] = two(actionsKind);
	const typed = (text: string) => ada.commands.typeDue(panel, text, { today: TODAY, at: AT });
	typed('after the holidays');
	expect(standingOf(ada.value, panel)).toMatchObject({
		action: { dueTyped: 'after the holidays' },
		due: '2026-06-15'
	});
	typed('next fri');
	expect(standingOf(ada.value, panel)?.due).toBe('2026-06-19');
	expect(actionOf(ada.value, panel)).not.toHaveProperty('dueTyped');
	typed('');
	expect(standingOf(ada.value, panel)).toMatchObject({ due: undefined });
	expect(standingOf(ada.value, panel)?.reschedules.map(({ to }) => to)).toEqual(['2026-06-19', undefined]);
});

test('what is blocked knows since when, and forgets it when it goes on', () => {
	const [ada] = two(actionsKind);
	ada.commands.setStatus(panel, 'blocked', AT);
	ada.commands.setStatus(panel, 'blocked', LATER);
	expect(actionOf(ada.value, panel)).toMatchObject({ status: 'blocked', blockedSince: AT });
	ada.commands.setStatus(panel, 'in-progress', LATER);
	expect(actionOf(ada.value, panel)).not.toHaveProperty('blockedSince');
	ada.commands.setStatus(pager, 'open', LATER);
	expect(actionOf(ada.value, pager)).not.toHaveProperty('closedAt');
	expect(actionOf(ada.value, pager)).not.toHaveProperty('closedBy');
});

test('an address that must not be linked to is left out of evidence', () => {
	const [ada] = two(actionsKind);
	const one = ada.commands.addEvidence(panel, { text: 'Log', href: 'javascript:alert(1)' }, AT);
	expect(ada.value.evidence.find((e) => e.id === one)).not.toHaveProperty('href');
});

/** Prose that is read from a document says where its blocks are. */
function plain(snapshot: Actions): Actions {
	const bare = (blocks: readonly object[]) => blocks.map((block) => ({ ...block, id: undefined }));
	const notes = Object.entries(snapshot.notes).map(([row, blocks]) => [row, bare(blocks)] as const);
	return { ...snapshot, notes: Object.fromEntries(notes) as unknown as Actions['notes'] };
}
