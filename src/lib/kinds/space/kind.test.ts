import { expect, test } from 'vitest';
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import { documentId, personId } from '#lib/domain/id.ts';
import { spaceKind } from './kind.ts';
import { agendaFitsSlot, rulesCanBeRead } from './rules.ts';
import { randomEdit } from './testing/random-edit.ts';

const document = (text: string) => z.parse(documentId, text);
const ops = document('m-ops-2026-06-08');
const context = { today: '2026-06-08' };

describeKind(spaceKind, { randomEdit, roots: ['documents', 'people', 'series'] });

test('one moves a meeting, another renames it, and both survive', () => {
	const [ada, bob] = two(spaceKind);
	ada.commands.patchDocument(ops, { startsAt: '2026-06-09T08:00:00.000Z' });
	bob.commands.patchDocument(ops, { title: 'Ops Review, one day late' });
	meet(ada, bob);
	expect(ada.value.documents[0]).toMatchObject({
		startsAt: '2026-06-09T08:00:00.000Z',
		title: 'Ops Review, one day late'
	});
});

test('two people open the same occurrence offline: it is listed once', () => {
	const [ada, bob] = two(spaceKind);
	const id = document('m-ops-2026-06-15');
	for (const { commands } of [ada, bob])
		commands.list(id, { kind: 'meeting', title: 'Ops Review', minutes: 45 });
	bob.commands.patchDocument(id, { title: 'Ops Review, renamed offline' });
	meet(ada, bob);
	expect(ada.value.documents.filter((entry) => entry.id === String(id))).toMatchObject([
		{ title: 'Ops Review, renamed offline' }
	]);
});

test('who joins from two devices at once is one person', () => {
	const [ada, bob] = two(spaceKind);
	const mei = z.parse(personId, 'p-mei');
	for (const { commands } of [ada, bob]) commands.introduce(mei, { name: 'Mei Lin' });
	meet(ada, bob);
	expect(bob.value.people.map(({ name }) => name)).toEqual(['Nadia Okafor', 'Priya Raman', 'Mei Lin']);
});

test('people stand in the order they joined, though each came in before knowing of the others', () => {
	const people = replicas(spaceKind, 3);
	const joined = ['2026-06-03', '2026-06-01', '2026-06-02'].map((day) => `${day}T08:00:00.000Z`);
	for (const [index, { commands }] of people.entries())
		commands.introduce(z.parse(personId, `p-new-${index}`), {
			name: `New ${index}`,
			...(joined[index] ? { joinedAt: joined[index] } : {})
		});
	const [ada, bob, cleo] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
	meet(ada, bob);
	meet(bob, cleo);
	meet(ada, cleo);
	for (const { value } of people)
		expect(value.people.map(({ id }) => id)).toEqual(['p-nadia', 'p-new-1', 'p-new-2', 'p-new-0', 'p-priya']);
});

test('a series that one removes while another moves it stays removed, and can be restored as moved', () => {
	const [ada, bob] = two(spaceKind);
	const id = ada.value.series[0]?.id;
	if (!id) throw new Error('the fixture has a series');
	ada.commands.removeSeries(id, '2026-06-08T10:00:00.000Z');
	bob.commands.patchSeries(id, { time: '14:00' });
	meet(ada, bob);
	expect(bob.value.series).toEqual([]);
	bob.commands.restoreSeries(id);
	expect(bob.value.series).toMatchObject([{ time: '14:00' }]);
});

test('a rhythm that cannot be read and an agenda over its slot are said', () => {
	const base = spaceKind.fixtures.typical;
	const series = base.series.map((one) => ({ ...one, rule: 'sometimes', minutes: 15 }));
	const index = { ...base, series };
	expect(rulesCanBeRead.check(index, context).map(({ message }) => message)).toEqual([
		'Ops Review never comes round: its rhythm cannot be read. Set it again.'
	]);
	expect(agendaFitsSlot.check(index, context).map(({ message }) => message)).toEqual([
		'The agenda of Ops Review takes 20 min, its slot 15.'
	]);
	expect([rulesCanBeRead, agendaFitsSlot].flatMap((rule) => rule.check(base, context))).toEqual([]);
});

test('a time zone that nobody knows is said, and stops nothing else', () => {
	const [ada] = two(spaceKind);
	const [series] = ada.value.series;
	const row = ada.doc.getMap('series').get(String(series?.id)) as Y.Map<unknown>;
	row.set('timeZone', 'Atlantis/Harbour');
	ada.doc.getMap('space').set('timeZone', 'Atlantis/Harbour');
	const { value, rejected } = spaceKind.doc.read(ada.doc);
	expect(value.fields.timeZone).toBeUndefined();
	expect(value.series.map(({ id }) => id)).not.toContain(series?.id);
	expect(rejected.map(({ reason }) => reason)).toEqual([
		'not a time zone that this device knows',
		'timeZone: not a time zone that this device knows'
	]);
});

test('every kind of change has words of its own', () => {
	const index = spaceKind.fixtures.typical;
	const words = [
		'documents/m-ops-2026-06-08',
		'documents/kpis/title',
		'series/gone/removedAt',
		'space/title'
	].map((place) => spaceKind.describe(place, index));
	expect(words).toEqual([
		{ what: 'Meeting added', where: 'Weekly Ops Review' },
		{ what: 'Title changed', where: 'KPIs' },
		{ what: 'Series removed', where: '' },
		{ what: 'Space renamed', where: '' }
	]);
});

test('a title over the limit is refused whole', () => {
	const doc = new Y.Doc();
	const commands = spaceKind.doc.commands(doc, z.parse(personId, 'p-1'));
	expect(() => commands.list(document('m-1'), { kind: 'meeting', title: 'x'.repeat(121) })).toThrow();
	expect(spaceKind.doc.read(doc).value.documents).toEqual([]);
});
