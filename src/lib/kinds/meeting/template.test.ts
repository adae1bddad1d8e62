import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { textOfBlocks } from '#lib/docs/prose-text.ts';
import { meetingKind } from './kind.ts';
import { ITEM_MINUTES_MAX, type Meeting } from './schema.ts';
import { meetingFromTemplate, meetingUpdate, type TemplateLine } from './template.ts';

const lines: readonly TemplateLine[] = [
	{ title: 'SLOs', minutes: 10, purpose: 'discuss', prompt: 'What moved since Monday?' },
	{ title: 'Cost', minutes: 10 },
	{ title: 'Actions', minutes: 5, purpose: 'decide', prompt: 'Owner, date, check.' }
];
const name = 'acme/m-ops-2026-06-08';

function opened(...updates: readonly Uint8Array[]): Meeting {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	const { value, rejected } = meetingKind.doc.read(doc);
	expect(rejected).toEqual([]);
	return value;
}

test('a meeting begins with the lines of its template, each with its prompt to write under', () => {
	const meeting = opened(meetingUpdate(name, meetingFromTemplate(lines)));
	expect(meeting.agenda.map(({ title, minutes, purpose }) => [title, minutes, purpose])).toEqual([
		['SLOs', 10, 'discuss'],
		['Cost', 10, undefined],
		['Actions', 5, 'decide']
	]);
	expect(meeting.agenda.map(({ id }) => textOfBlocks(meeting.notes[id] ?? []))).toEqual([
		'What moved since Monday?',
		'',
		'Owner, date, check.'
	]);
	expect(meeting).toMatchObject({ fields: {}, parking: [], clock: [] });
});

test('two people who open one occurrence apart make one meeting, not its agenda twice', () => {
	const [one, other] = [0, 1].map(() => meetingUpdate(name, meetingFromTemplate(structuredClone(lines))));
	expect(one).toEqual(other);
	expect(opened(one as Uint8Array, other as Uint8Array).agenda).toHaveLength(3);
});

test('the same agenda under another name is another meeting', () => {
	const meeting = meetingFromTemplate(lines);
	expect(meetingUpdate('acme/m-ops-2026-06-15', meeting)).not.toEqual(meetingUpdate(name, meeting));
});

test('where one device knows an edited template, both agendas stand, whole, whoever came first', () => {
	const edited = lines.map((line, index) => (index === 1 ? { ...line, title: 'Cost by tenant' } : line));
	const updates = [lines, edited].map((each) => meetingUpdate(name, meetingFromTemplate(each)));
	const [there, back] = [opened(...updates), opened(...updates.toReversed())];
	expect(there.agenda.map(({ title }) => title).toSorted()).toEqual(
		['Actions', 'Actions', 'Cost', 'Cost by tenant', 'SLOs', 'SLOs'].toSorted()
	);
	expect(back.agenda).toEqual(there.agenda);
});

test('lines that say the same are two items', () => {
	const twice = meetingFromTemplate([
		{ title: 'Demo', minutes: 5 },
		{ title: 'Demo', minutes: 5 }
	]);
	expect(opened(meetingUpdate(name, twice)).agenda).toHaveLength(2);
});

test('an empty template makes an empty meeting', () => {
	expect(meetingFromTemplate([])).toEqual(meetingKind.fixtures.empty);
});

test.each([
	[ITEM_MINUTES_MAX, ITEM_MINUTES_MAX],
	[ITEM_MINUTES_MAX + 1, ITEM_MINUTES_MAX]
])('a line of %i minutes becomes an item of %i, and can be read', (minutes, expected) => {
	const meeting = meetingFromTemplate([{ title: 'Planning, two days', minutes }]);
	expect(opened(meetingUpdate(name, meeting)).agenda[0]?.minutes).toBe(expected);
});
