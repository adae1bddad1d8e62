import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import { documentId, rowId } from '#lib/domain/id.ts';
import { raciKind } from './kind.ts';
import { changesSince } from './published.ts';
import { raciRules } from './rules.ts';
import { cellKey, lettersAt, type CellKey, type Raci } from './schema.ts';
import { randomEdit } from './testing/random-edit.ts';

const AT = '2026-06-08T10:00:00.000Z';
const row = (text: string) => z.parse(rowId, text);
const cell = (activity: string, role: string): CellKey => cellKey(activity, role);
const context = { today: '2026-06-08' };
const said = (raci: Raci) => raciRules.flatMap((rule) => rule.check(raci, context));

describeKind(raciKind, { randomEdit, roots: ['activities', 'roles', 'cells', 'cellNotes'] });

test('two people who each set a letter of one cell at once both keep theirs', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.type([cell('planning', 'ceo')], 'R');
	bob.commands.type([cell('planning', 'ceo')], 'A');
	meet(ada, bob);
	expect(lettersAt(ada.value, 'planning', 'ceo')).toBe('RA');
	expect(bob.value).toEqual(ada.value);
});

test('a letter beside another survives the other being taken away meanwhile', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.toggle([cell('ops', 'cto')], 'R');
	bob.commands.toggle([cell('ops', 'cto')], 'A');
	meet(ada, bob);
	expect(lettersAt(bob.value, 'ops', 'cto')).toBe('R');
});

test('a letter that one removes while the other removes and sets it again is there', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.clear([cell('ops', 'cto')]);
	bob.commands.clear([cell('ops', 'cto')]);
	bob.commands.type([cell('ops', 'cto')], 'A');
	meet(ada, bob);
	expect(lettersAt(ada.value, 'ops', 'cto')).toBe('A');
	expect(lettersAt(bob.value, 'ops', 'cto')).toBe('A');
});

test('both remove the same letter: it is gone, and what stood beside it is not', () => {
	const [ada, bob] = two(raciKind);
	for (const { commands } of [ada, bob]) commands.toggle([cell('qbr', 'ceo')], 'A');
	meet(ada, bob);
	expect(lettersAt(ada.value, 'qbr', 'ceo')).toBe('R');
});

test('a row that one moves while another edits a cell of it stands in its new place with the letter', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.moveActivity(row('planning'), undefined);
	bob.commands.type([cell('planning', 'ceo')], 'A');
	meet(ada, bob);
	expect(ada.value.activities[0]?.id).toBe('planning');
	expect(lettersAt(ada.value, 'planning', 'ceo')).toBe('A');
	expect(ada.value.activities.length).toBe(10);
});

test('a column that one moves while another edits a cell of it stands in its new place with the letter', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.moveRole(row('finops'), undefined);
	bob.commands.type([cell('daily', 'finops')], 'C');
	meet(ada, bob);
	expect(bob.value.roles.map(({ id }) => id)[0]).toBe('finops');
	expect(lettersAt(bob.value, 'daily', 'finops')).toBe('C');
	expect(lettersAt(bob.value, 'daily', 'sre-lead')).toBe('RA');
});

test('a row that one deletes while another edits it comes back with the edit', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.removeActivity(row('ops'), AT);
	bob.commands.type([cell('ops', 'ceo')], 'C');
	meet(ada, bob);
	expect(bob.value.activities.map(({ id }) => id)).not.toContain('ops');
	expect(Object.keys(bob.value.cells).some((key) => key.startsWith('ops/'))).toBe(false);
	ada.commands.restoreActivity(row('ops'));
	expect(lettersAt(ada.value, 'ops', 'ceo')).toBe('C');
	expect(lettersAt(ada.value, 'ops', 'cto')).toBe('A');
});

test('a column that one deletes while another edits it comes back with the edit', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.removeRole(row('cto'), AT);
	bob.commands.note(cell('ops', 'cto'), 'veto');
	meet(ada, bob);
	expect(ada.value.notes).toEqual({});
	ada.commands.restoreRole(row('cto'));
	expect(ada.value.notes[cell('ops', 'cto')]).toBe('veto');
	expect(lettersAt(ada.value, 'ops', 'cto')).toBe('A');
});

test('two who each name somebody accountable while apart are told, and one of them can be chosen', () => {
	const [ada, bob] = two(raciKind);
	ada.commands.type([cell('planning', 'ceo')], 'A');
	bob.commands.toggle([cell('planning', 'cto')], 'A');
	meet(ada, bob);
	expect(said(ada.value)).toContainEqual(
		expect.objectContaining({ row: 'planning', severity: 'error', message: 'Two accountable: CEO, CTO' })
	);
	bob.commands.chooseAccountable(row('planning'), row('cto'));
	expect(lettersAt(bob.value, 'planning', 'ceo')).toBe('');
	expect(lettersAt(bob.value, 'planning', 'cto')).toBe('RA');
});

test('three people edit, move and delete, and agree on what each meant', () => {
	const people = replicas(raciKind, 3);
	const [ada, bob, cy] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
	ada.commands.type([cell('daily', 'ceo')], 'A');
	bob.commands.moveActivity(row('daily'), row('qbr'));
	bob.commands.moveRole(row('ceo'), row('finops'));
	cy.commands.toggle([cell('daily', 'ceo')], 'C');
	cy.commands.removeActivity(row('board'), AT);
	meet(ada, bob);
	meet(bob, cy);
	meet(ada, bob);
	expect(cy.value).toEqual(ada.value);
	expect(bob.value).toEqual(ada.value);
	// Typing A took the I away; C came beside it.
	expect(lettersAt(ada.value, 'daily', 'ceo')).toBe('AC');
	expect(ada.value.roles.at(-1)?.id).toBe('ceo');
	expect(ada.value.activities.map(({ id }) => id).indexOf(row('daily'))).toBe(7);
});

test('typing sets a letter alone, typing it again takes it out; with others it is beside them', () => {
	const [ada] = two(raciKind);
	const at = () => lettersAt(ada.value, 'ops', 'vp-eng');
	ada.commands.type([cell('ops', 'vp-eng')], 'C');
	expect(at()).toBe('C');
	ada.commands.toggle([cell('ops', 'vp-eng')], 'A');
	expect(at()).toBe('AC');
	ada.commands.type([cell('ops', 'vp-eng')], 'A');
	expect(at()).toBe('C');
	ada.commands.type([cell('ops', 'vp-eng')], 'C');
	expect(at()).toBe('');
});

test('a range takes a letter as a whole: where some lack it they get it, where all have it they lose it', () => {
	const [ada] = two(raciKind);
	const range = ['ceo', 'cto', 'ciso'].map((role) => cell('product', role));
	const at = () => ['ceo', 'cto', 'ciso'].map((role) => lettersAt(ada.value, 'product', role));
	ada.commands.type(range, 'I');
	expect(at()).toEqual(['I', 'I', 'I']);
	ada.commands.type(range, 'I');
	expect(at()).toEqual(['', '', '']);
});

test('filling takes the letters as they stood before', () => {
	const [ada] = two(raciKind);
	const [from, to] = [cell('exec', 'ceo'), cell('money', 'ceo')];
	ada.commands.fill([
		{ from, to },
		{ from: to, to: cell('board', 'ceo') }
	]);
	expect(lettersAt(ada.value, 'money', 'ceo')).toBe('A');
	expect(lettersAt(ada.value, 'board', 'ceo')).toBe('C');
});

test('a matrix is published as it stands, and what changed since is told', () => {
	const [ada] = two(raciKind);
	expect(ada.commands.publish(AT)).toMatchObject({
		ok: false,
		error: { code: 'raci.unfinished', sentence: 'Fix 2 rows before publishing.' }
	});
	ada.commands.type([cell('planning', 'ceo')], 'A');
	ada.commands.chooseAccountable(row('product'), row('vp-product'));
	expect(ada.commands.publish(AT).ok).toBe(true);
	const { published } = ada.value.fields;
	expect(published).toMatchObject({ at: AT, by: ada.id });
	if (!published) return;
	expect(changesSince(published, ada.value)).toEqual([]);
	ada.commands.type([cell('daily', 'ceo')], 'C');
	ada.commands.patchActivity(row('qbr'), { title: 'Business review' });
	ada.commands.removeActivity(row('board'), AT);
	ada.commands.addRole({ title: 'Counsel' }, 'end');
	ada.commands.patchRole(row('cto'), { person: ada.id });
	ada.commands.moveActivity(row('planning'), undefined);
	expect(changesSince(published, ada.value).map(({ words }) => words)).toEqual([
		'Daily health check, CEO: informed, now consulted',
		'QBR is now Business review',
		'Board pack was removed',
		'CTO is held by somebody else',
		'Counsel was added'
	]);
});

test('an empty matrix is not published', () => {
	const [ada] = two({ ...raciKind, fixtures: { ...raciKind.fixtures, typical: raciKind.fixtures.empty } });
	expect(ada.commands.publish(AT)).toMatchObject({ ok: false, error: { code: 'raci.empty' } });
});

test('what cannot be read in a cell is named and hides no other', () => {
	const [ada] = two(raciKind);
	ada.doc.getMap('cells').set('ops/cto/X', true);
	ada.doc.getMap('cells').set('ops/cto/R', 'yes');
	ada.doc.getMap('cells').set('gone/cto/R', true);
	const { value, rejected } = raciKind.doc.read(ada.doc);
	expect(lettersAt(value, 'ops', 'cto')).toBe('A');
	expect(rejected.map(({ key }) => key)).toEqual(['cells/ops/cto/X', 'cells/ops/cto/R']);
});

test('a matrix of the size that fits is full', () => {
	const [ada] = two(raciKind);
	const activities = Array.from({ length: 490 }, (_, index) => ({ title: `Row ${index}` }));
	const cells = activities.map(() => []);
	expect(ada.commands.add({ activities, roles: [], cells }).ok).toBe(true);
	expect(ada.value.activities.length).toBe(500);
	expect(ada.commands.addActivity({ title: 'One more' }, 'end')).toMatchObject({
		ok: false,
		error: { code: 'raci.full', sentence: 'A matrix takes 500 activities. Begin another one for the rest.' }
	});
});

test.each([
	['cells/product/cto/A', 'A changed', 'Weekly Product Metrics, CTO'],
	['cells/gone/cto/A', 'A changed', 'CTO'],
	['cellNotes/product/cto', 'Note of a cell changed', 'Weekly Product Metrics, CTO'],
	['activities/ops', 'Activity added', 'Weekly Ops Review'],
	['activities/ops/title', 'Activity renamed', 'Weekly Ops Review'],
	['activities/ops/order', 'Activity moved', 'Weekly Ops Review'],
	['activities/gone/removedAt', 'Activity deleted', ''],
	['roles/cto/person', 'Role handed on', 'CTO'],
	['roles/cto/removedAt', 'Role restored', 'CTO'],
	['raci/published', 'Published', '']
])('%s reads “%s”', (place, what, where) => {
	expect(raciKind.describe(place, raciKind.fixtures.typical)).toEqual({ what, where });
});

test('lists know each activity, who answers for it, and whether it is to be fixed', () => {
	const { typical } = raciKind.fixtures;
	const lines = raciKind.records?.(typical, z.parse(documentId, 'raci-1')) ?? [];
	expect(lines.find(({ title }) => title === 'Weekly Ops Review')).toMatchObject({
		isOpen: false,
		owner: 'p-samuel',
		ref: { kind: 'raci', document: 'raci-1', row: 'ops' }
	});
	expect(lines.filter(({ isOpen }) => isOpen).map(({ title }) => title)).toEqual([
		'Weekly Product Metrics',
		'Quarterly planning'
	]);
	expect(raciKind.summarise(typical, context)).toMatchObject({
		headline: '10 activities, 7 roles, 2 to fix.',
		tone: 'watch'
	});
});
