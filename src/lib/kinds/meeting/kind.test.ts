import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { clone, meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import { UserEdit } from '#lib/docs/origin.ts';
import type { ProseBlock } from '#lib/docs/prose.ts';
import type { RecordLine } from '#lib/domain/record.ts';
import type { DocumentId, PersonId, RowId } from '#lib/domain/id.ts';
import { clockOf } from './clock.ts';
import { notesOf } from './doc.ts';
import { meetingKind } from './kind.ts';
import type { Meeting } from './schema.ts';
import { randomEdit } from './testing/random-edit.ts';

const id = (text: string) => text as RowId;
const [slo, cost] = [id('slo'), id('cost')];
const noon = '2026-06-08T10:00:00.000Z';
const context = { title: 'Weekly Ops Review', today: '2026-06-08' };

describeKind(meetingKind, { randomEdit, roots: ['agenda', 'parking', 'clock'], plain });

/** Without the places of the blocks, which only a document in memory has. */
function plain(meeting: Meeting): Meeting {
	const bare = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(bare);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).flatMap(([key, inner]) => (key === 'id' ? [] : [[key, bare(inner)]]))
		);
	};
	const notes = Object.entries(meeting.notes).map(([item, blocks]) => [item, bare(blocks) as ProseBlock[]]);
	return { ...meeting, notes: Object.fromEntries(notes) as Meeting['notes'] };
}

test('two people edit two fields of one item and both survive', () => {
	const [ada, bob] = two(meetingKind);
	ada.commands.patchItem(slo, { title: 'SLO & reliability' });
	bob.commands.patchItem(slo, { minutes: 15 });
	meet(ada, bob);
	expect(bob.value.agenda[1]).toMatchObject({ title: 'SLO & reliability', minutes: 15 });
});

test('one moves an item while another edits it: it is moved and edited, once', () => {
	const [ada, bob] = two(meetingKind);
	ada.commands.moveItem(cost, undefined);
	bob.commands.patchItem(cost, { title: 'Cost, by tenant' });
	meet(ada, bob);
	expect(ada.value.agenda.map(({ title }) => title)).toEqual([
		'Cost, by tenant',
		'Last week’s actions',
		'SLO & reliability signals'
	]);
});

test('one deletes an item while another writes in its notes: restoring brings both back', () => {
	const [ada, bob] = two(meetingKind);
	ada.commands.removeItem(slo, noon);
	const paragraph = notesOf(bob.doc, slo).get(0) as Y.XmlElement;
	bob.doc.transact(
		() => (paragraph.get(0) as Y.XmlText).insert(0, 'Written meanwhile. '),
		new UserEdit('bob' as PersonId, 'typing')
	);
	meet(ada, bob);
	expect(ada.value.agenda.map((item) => item.id)).toEqual(['actions', 'cost']);
	ada.commands.restoreItem(slo);
	expect(ada.value.agenda.map((item) => item.id)).toEqual(['actions', 'slo', 'cost']);
	expect(JSON.stringify(ada.value.notes[slo])).toContain('Written meanwhile. ');
});

test('three run the clock at once, apart, and then see one clock', () => {
	const people = replicas(meetingKind, 3);
	const [ada, bob, cleo] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
	const atMs = Date.parse('2026-06-08T08:10:00.000Z');
	for (const { commands } of people) commands.run({ atMs, is: 'step', from: slo, item: cost });
	ada.commands.run({ atMs: atMs + 1_000, is: 'extend', item: cost, minutes: 2 });
	cleo.commands.run({ atMs: atMs + 2_000, is: 'extend', item: cost, minutes: 2 });
	meet(ada, bob);
	meet(bob, cleo);
	meet(ada, bob);
	const clocks = people.map(({ value }) => clockOf(value.clock));
	expect(clocks[1]).toEqual(clocks[0]);
	expect(clocks[2]).toEqual(clocks[0]);
	expect(clocks[0]).toMatchObject({ current: cost, state: 'live' });
	expect(clocks[0]?.extraMinutes.get(cost)).toBe(4);
});

test('time passing writes nothing', () => {
	const [ada] = two(meetingKind);
	let updates = 0;
	ada.doc.on('update', () => updates++);
	for (let minute = 0; minute < 60; minute++) clockOf(ada.value.clock);
	expect(updates).toBe(0);
});

test('who starts a meeting that has no facilitator facilitates it', () => {
	const doc = new Y.Doc();
	const commands = meetingKind.doc.commands(doc, 'p-mei' as PersonId);
	const item = commands.addItem({ title: 'Opening', minutes: 5 }, 'end');
	commands.run({ atMs: 0, is: 'start', item });
	expect(meetingKind.doc.read(doc).value.fields.facilitator).toBe('p-mei');
	meetingKind.doc.commands(doc, 'p-jonas' as PersonId).run({ atMs: 5, is: 'start', item });
	expect(meetingKind.doc.read(doc).value.fields.facilitator).toBe('p-mei');
});

test('a parked thing that is brought back becomes an item and leaves the lot, also when two do it at once', () => {
	const [ada, bob] = two(meetingKind);
	ada.commands.bringBack(id('free-tier'));
	bob.commands.patchParked(id('free-tier'), { text: 'Does free-tier traffic count?' });
	meet(ada, bob);
	expect(ada.value.agenda.at(-1)).toMatchObject({
		title: 'Should free-tier traffic count towards the Tier-0 SLO?'
	});
	expect(ada.value.parking).toMatchObject([{ state: 'closed', text: 'Does free-tier traffic count?' }]);
	const before = ada.value.agenda.length;
	ada.commands.bringBack(id('gone'));
	expect(ada.value.agenda).toHaveLength(before);
});

test('each change has words, with the title of what it is about', () => {
	const meeting = meetingKind.fixtures.typical;
	const words = (place: string) => Object.values(meetingKind.describe(place, meeting)).join(': ');
	expect(
		[
			'notes.slo#1:2',
			'agenda/slo/owner',
			'agenda/gone/removedAt',
			'agenda/cost',
			'parking/free-tier',
			'clock/f2'
		].map(words)
	).toEqual([
		'Notes edited: SLO & reliability signals',
		'Owner changed: SLO & reliability signals',
		'Item deleted: ',
		'Item added: Cost deltas',
		'Parked: Should free-tier traffic count towards the Tier-0 SLO?',
		'Item changed: SLO & reliability signals'
	]);
});

test('what is still open is listed: tasks with their item, parked things', () => {
	expect(meetingKind.summarise(meetingKind.fixtures.typical, { today: '2026-06-08' })).toMatchObject({
		headline: '1 of 3 items done.',
		open: [
			{ group: 'task', what: 'Extend the canary to 60 min', detail: 'SLO & reliability signals' },
			{ group: 'parked', what: 'Should free-tier traffic count towards the Tier-0 SLO?' }
		]
	});
});

test('the minutes name items, owners, times and what was parked', () => {
	const nameOf = (person: string) => ({ 'p-nadia': 'Nadia Okafor', 'p-jonas': 'Jonas Weber' })[person];
	const [minutes] = meetingKind.exports.map(({ render }) =>
		render(meetingKind.fixtures.typical, { ...context, nameOf })
	);
	expect(minutes).toBe(`# Weekly Ops Review

3 items, 25 min. Facilitated by Nadia Okafor. As of 2026-06-08.

## 1. Last week’s actions

*Nadia Okafor, 4:10 of 5:00*

## 2. SLO & reliability signals

*Discuss, 10 min*

Attainment held near 99.93% until Tuesday.

- [ ] Extend the canary to 60 min

## 3. Cost deltas

*Inform, 10 min*

## Parking lot

- Should free-tier traffic count towards the Tier-0 SLO? (Jonas Weber)
`);
});

test('a record stands in the minutes in one line, and by its kind alone where it is not known', () => {
	const { typical } = meetingKind.fixtures;
	const ref = { kind: 'actions', document: 'r-actions' as DocumentId, row: id('extend') };
	const block = (row: string) =>
		({ is: 'block', type: 'action', key: row, data: { ...ref, row } }) satisfies ProseBlock;
	const meeting = { ...typical, notes: { [slo]: [block('extend'), block('elsewhere')] } };
	const line: RecordLine = {
		ref,
		number: 'ACT-0012',
		title: 'Extend *search-api* canary',
		state: 'Open',
		isOpen: true,
		owner: 'p-jonas' as PersonId,
		due: '2026-06-12'
	};
	const [minutes = ''] = meetingKind.exports.map(({ render }) =>
		render(meeting, {
			...context,
			nameOf: () => 'Jonas Weber',
			recordOf: ({ row }) => (row === 'extend' ? line : undefined)
		})
	);
	expect(minutes).toContain(
		'**Action ACT-0012:** Extend \\*search-api\\* canary (Jonas Weber, due 2026-06-12, Open)'
	);
	expect(minutes).toContain('*action*');
});

test('undo takes back one’s own agenda edits and nobody else’s', () => {
	const [ada, bob] = two(meetingKind);
	const undo = new Y.UndoManager([...meetingKind.doc.undoable(ada.doc)], {
		trackedOrigins: new Set([UserEdit])
	});
	ada.commands.patchItem(slo, { title: 'Mine' });
	bob.commands.patchItem(cost, { title: 'Theirs' });
	meet(ada, bob);
	undo.undo();
	expect(ada.value.agenda.map(({ title }) => title)).toEqual([
		'Last week’s actions',
		'SLO & reliability signals',
		'Theirs'
	]);
	expect(clone(ada.doc)).toBeDefined();
});

test('what was sent to the next meeting is carried over once, by whoever opens it, and stays closed once closed', () => {
	const [ada, bob] = two(meetingKind);
	const sent = {
		id: id('later'),
		order: 'a0',
		text: 'Who owns the canary?',
		at: noon,
		state: 'next' as const
	};
	for (const { commands } of [ada, bob]) commands.carryOver([sent]);
	bob.commands.patchParked(sent.id, { state: 'closed' });
	meet(ada, bob);
	ada.commands.carryOver([sent]);
	const found = ada.value.parking.filter(({ text }) => text === sent.text);
	expect(found).toEqual([expect.objectContaining({ id: 'later', state: 'closed' })]);
	expect(bob.value.parking).toEqual(ada.value.parking);
});
