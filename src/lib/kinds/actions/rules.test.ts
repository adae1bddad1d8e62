import { expect, test } from 'vitest';
import type { DocumentId, PersonId, RowId } from '#lib/domain/id.ts';
import { empty, typical } from './fixtures.ts';
import { actionsKind } from './kind.ts';
import { fieldOf, findingsByField, hasLeft, rules } from './rules.ts';
import type { Action, Actions, Carried, Reschedule } from './schema.ts';
import {
	ageDays,
	closureRate,
	dueOf,
	isStuck,
	meetingsCount,
	onTimeRate,
	ratesBy,
	standingOf,
	standingsOf,
	timesMoved
} from './standing.ts';

const TODAY = '2026-06-08';
const one = 'one' as RowId;
const whole: Action = {
	id: one,
	order: 'a0',
	title: 'Drill it',
	owner: 'p-mei' as PersonId,
	due: '2026-06-12',
	status: 'open',
	closedWhen: 'It takes under 20 min'
};

const said = (fields: Partial<Action>, rest: Partial<Actions> = {}) => {
	const snapshot = { ...empty, actions: [{ ...whole, ...fields }], ...rest };
	return rules
		.flatMap((rule) => rule.check(snapshot, { today: TODAY }))
		.map(({ rule, message }) => [fieldOf(rule), message]);
};

test('an action that says everything is left in peace', () => {
	expect(said({})).toEqual([]);
});

test.each<[Partial<Action>, string, string]>([
	[{ title: ' ' }, 'title', 'Say what is to be done.'],
	[{ owner: undefined }, 'owner', 'Nobody owns this yet. Name one person.'],
	[{ due: undefined }, 'due', 'Say when it is due.'],
	[{ closedWhen: ' ' }, 'closedWhen', 'Say how we’ll know it worked. A test, a check or a dashboard.'],
	[{ due: '2026-06-05' }, 'due', 'Was due 5 Jun, 3 days ago.'],
	[{ due: '2026-06-12', startOn: '2026-06-15' }, 'due', 'It is due before it starts on 15 Jun.'],
	[
		{ dueTyped: 'soonish' },
		'due',
		'“soonish” isn’t a day. Write fri, 12 jun or in 2 weeks. Until then 12 Jun stands.'
	],
	[{ dueTyped: '6/12', due: undefined }, 'due', '6/12 may be 6 Dec or 12 Jun. Write the month as a word.'],
	[{ status: 'blocked' }, 'blockedWhy', 'Say what blocks it.'],
	[{ status: 'done' }, 'evidence', 'It is closed, and lacks evidence.'],
	[{ status: 'done', closedWhen: undefined }, 'evidence', 'It is closed, and lacks a check and evidence.']
])('%j is pointed out', (fields, field, message) => {
	expect(said(fields)).toEqual([[field, message]]);
});

test('what is cancelled or closed needs no owner, date or check any more', () => {
	expect(said({ status: 'cancelled', owner: undefined, due: '2026-01-01', closedWhen: undefined })).toEqual(
		[]
	);
});

test('of several things at one field the gravest is said there', () => {
	const at = findingsByField([
		{ rule: 'actions/not-overdue', severity: 'warn', message: 'late' },
		{ rule: 'actions/due-after-start', severity: 'error', message: 'before its start' },
		{ rule: 'somebody/elses', severity: 'error', message: 'no field' }
	]);
	expect(at).toMatchObject({ due: { message: 'before its start' } });
	expect(Object.keys(at)).toEqual(['due']);
});

test('an owner who is nobody of the space any more has left it', () => {
	expect(hasLeft(whole, [{ id: 'p-priya' as PersonId }])).toBe(true);
	expect(hasLeft(whole, [{ id: 'p-mei' as PersonId }])).toBe(false);
	expect(hasLeft({}, [])).toBe(false);
});

const move = (id: string, fields: Partial<Reschedule>): Reschedule => ({
	id: id as RowId,
	order: 'a0',
	action: one,
	after: [],
	at: '2026-06-08T10:00:00.000Z',
	...fields
});

test('the due date is the one that was said last; of two at once the later; a day rather than none', () => {
	expect(dueOf(whole, [])).toBe('2026-06-12');
	const first = move('r1', { from: '2026-06-12', to: '2026-06-20' });
	const back = move('r2', { from: '2026-06-20', to: '2026-06-14', after: ['r1' as RowId] });
	expect(dueOf(whole, [back, first])).toBe('2026-06-14');
	expect(dueOf(whole, [first, move('r3', { to: '2026-06-18' })])).toBe('2026-06-20');
	expect(dueOf(whole, [move('r4', {}), move('r5', { to: '2026-06-18' })])).toBe('2026-06-18');
	expect(dueOf(whole, [move('r6', { from: '2026-06-12' })])).toBeUndefined();
});

test('facts that follow each other in a circle still give a day', () => {
	const circle = [
		move('r1', { to: '2026-06-20', after: ['r2' as RowId] }),
		move('r2', { to: '2026-06-18', after: ['r1' as RowId] })
	];
	expect(dueOf(whole, circle)).toBe('2026-06-20');
});

test('two due dates said at once are named until somebody says one', () => {
	const reschedules = [
		move('r1', { from: '2026-06-12', to: '2026-06-20' }),
		move('r2', { from: '2026-06-12', to: '2026-06-18' })
	];
	expect(said({}, { reschedules })).toEqual([
		['due', 'Two people moved this at once. 20 Jun is later, so it stands. The other said 18 Jun.']
	]);
});

test('the first day that is set is no reschedule', () => {
	expect(timesMoved([move('r1', { to: '2026-06-12' })])).toBe(0);
	expect(timesMoved([move('r1', { from: '2026-06-12', to: '2026-06-15' })])).toBe(1);
});

const carriedIn = (documents: readonly string[], whys: readonly string[]): readonly Carried[] =>
	documents.map((document, index) => ({
		id: `one.${document}` as RowId,
		order: 'a0',
		action: one,
		meeting: { kind: 'meeting', document: document as DocumentId },
		on: `2026-06-0${index + 1}`,
		...(whys[index] ? { blockedWhy: whys[index] } : {})
	}));
const blocked = (carried: readonly Carried[], blockedWhy = 'No licence') => {
	const snapshot = { ...empty, actions: [{ ...whole, status: 'blocked' as const, blockedWhy }], carried };
	const standing = standingOf(snapshot, one);
	if (!standing) throw new Error('it is there');
	return standing;
};

test('the same blocker in three meetings running is flagged, however it is spelt', () => {
	const whys = ['No licence', 'no licence.', 'No  licence'];
	expect(isStuck(blocked(carriedIn(['m1', 'm2', 'm3'], whys)))).toBe(true);
	expect(isStuck(blocked(carriedIn(['m1', 'm2'], whys)))).toBe(false);
	expect(isStuck(blocked(carriedIn(['m1', 'm2', 'm3'], ['No licence', '', 'No licence'])))).toBe(false);
	expect(isStuck(blocked(carriedIn(['m1', 'm2', 'm3'], whys), 'Holiday'))).toBe(false);
	const findings = rules.flatMap((rule) => rule.check(typical, { today: TODAY }));
	expect(findings.find(({ rule }) => rule === 'actions/not-stuck')).toMatchObject({ row: 'a-vendor' });
});

test('meetings are counted once each, with the one it came from', () => {
	const source = { kind: 'meeting', document: 'm0' as DocumentId };
	const standing = blocked(carriedIn(['m1', 'm2', 'm2'], []));
	expect(meetingsCount(standing)).toBe(2);
	expect(meetingsCount({ ...standing, action: { ...whole, source } })).toBe(3);
});

test('age is in days of the space', () => {
	const createdAt = '2026-06-07T22:30:00.000Z';
	expect(ageDays({ createdAt }, { today: TODAY, zone: 'UTC' })).toBe(1);
	expect(ageDays({ createdAt }, { today: TODAY, zone: 'Europe/Berlin' })).toBe(0);
	expect(ageDays({}, { today: TODAY })).toBeUndefined();
});

const closed = (fields: Partial<Action>) =>
	standingsOf({
		...empty,
		actions: [{ ...whole, status: 'done', closedAt: '2026-06-12T21:00:00.000Z', ...fields }]
	});

test('the closure rate leaves out what was cancelled', () => {
	const [done, open, cancelled] = (['done', 'open', 'cancelled'] as const).map((status) =>
		closed({ status })
	);
	if (!done || !open || !cancelled) throw new Error('three were made');
	expect(closureRate([...done, ...done, ...done, ...open, ...cancelled])).toBe(0.75);
	expect(closureRate(cancelled)).toBeUndefined();
});

test('on time is up to the end of the due day, where the space is', () => {
	expect(onTimeRate(closed({}), 'UTC')).toBe(1);
	expect(onTimeRate(closed({}), 'Asia/Tokyo')).toBe(0);
	expect(onTimeRate([...closed({}), ...closed({ due: '2026-06-01' })], 'UTC')).toBe(0.5);
	expect(onTimeRate([...closed({ due: undefined }), ...closed({ status: 'open' })], 'UTC')).toBeUndefined();
});

test('rates of each meeting that actions came from', () => {
	const rates = ratesBy(standingsOf(typical), ({ source }) => source?.document, 'UTC');
	expect([...rates]).toEqual([
		['m-ops-24', { count: 3, closure: 0, onTime: undefined }],
		['m-ops-21', { count: 1, closure: 0, onTime: undefined }]
	]);
});

test('Home is told what is open, what is due first at the top, and what is missing', () => {
	const summary = actionsKind.summarise(typical, { today: TODAY });
	expect(summary).toMatchObject({ headline: '6 actions open, 1 overdue, 2 without a check.', tone: 'watch' });
	expect(summary.open.map(({ group, detail }) => [group, detail])).toEqual([
		['action', 'Was due 5 Jun'],
		['action', 'Due 10 Jun'],
		['action', 'Due 12 Jun'],
		['action', 'Due 15 Jun, needs a check'],
		['action', 'Due 19 Jun, blocked'],
		['action', 'Needs an owner, a due date and a check']
	]);
	expect(actionsKind.summarise(empty, { today: TODAY })).toEqual({
		headline: '0 actions open.',
		tone: 'none',
		open: []
	});
});
