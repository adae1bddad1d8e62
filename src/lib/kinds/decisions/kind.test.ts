import { expect, test } from 'vitest';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import type { ProseBlock } from '#lib/docs/prose.ts';
import type { KpiId, PersonId, RowId } from '#lib/domain/id.ts';
import { decisionsClerk } from './clerk.ts';
import type { DecisionsCommands } from './commands.ts';
import { dossiersOf } from './dossier.ts';
import { decisionsKind } from './kind.ts';
import type { Decisions } from './schema.ts';
import { standingOf } from './standing.ts';
import { randomEdit } from './testing/random-edit.ts';

const [hold, keep, old] = ['hold', 'keep', 'old'] as RowId[] as [RowId, RowId, RowId];
const [keepA, keepB] = ['keep-a', 'keep-b'] as RowId[] as [RowId, RowId];
const [nadia, jonas, samuel] = ['p-nadia', 'p-jonas', 'p-samuel'] as PersonId[] as [
	PersonId,
	PersonId,
	PersonId
];
const AT = '2026-06-08T10:00:00.000Z';
const context = { title: 'Decisions', today: '2026-06-08' };

const withoutPlaces = (value: Decisions): Decisions => ({
	...value,
	texts: Object.fromEntries(
		Object.entries(value.texts).map(([root, blocks]) => [root, blocks.map(withoutId)])
	)
});
function withoutId(block: ProseBlock): ProseBlock {
	const { id, ...rest } = block;
	void id;
	return rest;
}

describeKind(decisionsKind, {
	randomEdit,
	roots: ['decisions', 'options', 'members', 'evidence', 'asked', 'replies', 'tags', 'kpis', 'sections'],
	plain: withoutPlaces
});

const dossier = (value: Decisions, id: RowId) => {
	const found = dossiersOf(value).get(id);
	if (!found) throw new Error(`${id} is not there`);
	return found;
};
const messages = (value: Decisions, rule: string) =>
	decisionsKind.rules
		.flatMap((one) => one.check(value, context))
		.filter((finding) => finding.rule === `decisions/${rule}`)
		.map(({ message }) => message);
const newDecision = (commands: DecisionsCommands) =>
	commands.add({ title: 'Move trace sampling', proposedAt: AT });

test('two people who edit two fields of one decision both keep theirs', () => {
	const [ada, bob] = two(decisionsKind);
	ada.commands.patch(hold, { title: 'Hold all releases' });
	bob.commands.patch(hold, { reviewOn: '2026-07-01' });
	meet(ada, bob);
	expect(dossier(ada.value, hold).decision).toMatchObject({
		title: 'Hold all releases',
		reviewOn: '2026-07-01'
	});
});

test('two options, two pieces of evidence and two KPIs that are added apart are all there', () => {
	const [ada, bob] = two(decisionsKind);
	ada.commands.addOption(hold, { title: 'Freeze releases' });
	bob.commands.addOption(hold, { title: 'Do nothing' });
	ada.commands.addEvidence(hold, { title: 'Canary replay' });
	bob.commands.addEvidence(hold, { title: 'Error budget' });
	ada.commands.addKpi(hold, { kpi: 'slo' as KpiId });
	bob.commands.addKpi(hold, { kpi: 'lead-time' as KpiId });
	meet(ada, bob);
	const { options, evidence, kpis } = dossier(bob.value, hold);
	expect(options.map(({ title }) => title)).toEqual(
		expect.arrayContaining(['Freeze releases', 'Do nothing'])
	);
	expect(evidence.map(({ title }) => title)).toEqual(
		expect.arrayContaining(['Canary replay', 'Error budget'])
	);
	expect(kpis.map(({ kpi }) => kpi)).toEqual(expect.arrayContaining(['slo', 'lead-time']));
});

test('the arguments for and against an option are edited apart', () => {
	const [ada, bob] = two(decisionsKind);
	ada.commands.patchOption(keepA, { pros: 'Nothing changes' });
	bob.commands.patchOption(keepA, { cons: '12 pages a week' });
	meet(ada, bob);
	expect(dossier(ada.value, keep).options[0]).toMatchObject({
		pros: 'Nothing changes',
		cons: '12 pages a week'
	});
});

test('two people who each name a decider while apart: both are there, and the finding names both', () => {
	const [ada, bob] = two(decisionsKind);
	ada.commands.setDecider(keep, { person: nadia }, AT);
	bob.commands.setDecider(keep, { person: jonas }, AT);
	meet(ada, bob);
	expect(messages(ada.value, 'one-decider')).toEqual([
		'Keep the 15-minute page threshold for Tier-1? has 2 deciders: {p-jonas} and {p-nadia}. Keep one.'
	]);
	expect(ada.commands.decide(keep, { at: AT, on: '2026-06-08' })).toMatchObject({
		ok: false,
		error: { code: 'decision.not-ready', lacks: ['deciders'] }
	});
	bob.commands.setDecider(keep, { person: samuel }, AT);
	expect(messages(bob.value, 'one-decider')).toEqual([]);
});

test('the same person named by two people in one role is there once', () => {
	const [ada, bob] = two(decisionsKind);
	for (const one of [ada, bob]) one.commands.addMember(hold, { role: 'input', who: { person: nadia } });
	meet(ada, bob);
	expect(dossier(ada.value, hold).members.filter(({ role }) => role === 'input')).toHaveLength(1);
});

test('a decision is refused with everything that is missing, and taken once nothing is', () => {
	const [ada] = two(decisionsKind);
	const id = ada.commands.add({});
	const decide = () => ada.commands.decide(id, { at: AT, on: '2026-06-08' });
	expect(decide()).toEqual({
		ok: false,
		error: {
			code: 'decision.not-ready',
			lacks: ['title', 'decider', 'evidence'],
			sentence:
				'To be decided, it needs a sentence that says what is decided, one person who decides and at least one piece of evidence.'
		}
	});
	ada.commands.patch(id, { title: 'Move trace sampling to 8%' });
	ada.commands.setDecider(id, { person: samuel }, AT);
	expect(decide()).toMatchObject({
		error: { sentence: 'To be decided, it needs at least one piece of evidence.' }
	});
	ada.commands.addEvidence(id, { title: 'Cost export' });
	expect(decide().ok).toBe(true);
	expect(dossier(ada.value, id).decision).toMatchObject({
		status: 'decided',
		decidedAt: AT,
		madeOn: '2026-06-08'
	});
});

test('a fourth person who must agree is refused; a merge that brings one is said', () => {
	const [ada, bob] = two(decisionsKind);
	const add = (one: typeof ada, person: PersonId) =>
		one.commands.addMember(hold, { role: 'agree', who: { person } });
	expect(add(ada, nadia).ok && add(ada, jonas).ok).toBe(true);
	expect(add(ada, samuel)).toMatchObject({
		ok: false,
		error: {
			code: 'decision.too-many-agree',
			sentence: 'At most 3 people agree. Take one out, or ask for their input instead.'
		}
	});
	add(bob, samuel);
	meet(ada, bob);
	expect(messages(ada.value, 'few-agree')).toEqual([expect.stringContaining('4 people have to agree')]);
});

test('a decision that one removes while another edits it comes back with the edit and all that belongs to it', () => {
	const [ada, bob] = two(decisionsKind);
	ada.commands.remove(hold, AT);
	bob.commands.patch(hold, { title: 'Hold all releases' });
	bob.commands.addOption(hold, { title: 'Do nothing' });
	meet(ada, bob);
	expect(dossiersOf(ada.value).has(hold)).toBe(false);
	expect(ada.commands.removed()).toMatchObject([{ id: hold, title: 'Hold all releases' }]);
	ada.commands.restore(hold);
	expect(dossier(ada.value, hold).options).toHaveLength(3);
	expect(ada.value.texts['hold.context']).toBeDefined();
});

test('a decision is replaced by its successor once that is decided, and again in force when it is not', () => {
	const [ada] = two(decisionsKind);
	const id = ada.commands.supersede(hold, AT);
	expect(standingOf(dossier(ada.value, hold), '2026-06-08')).toBe('decided');
	ada.commands.patch(id, { title: 'A canary of 90 minutes' });
	ada.commands.setDecider(id, { person: samuel }, AT);
	ada.commands.addEvidence(id, { title: 'Replay' });
	ada.commands.decide(id, { at: AT, on: '2026-06-08' });
	expect(standingOf(dossier(ada.value, hold), '2026-06-08')).toBe('superseded');
	expect(dossier(ada.value, hold).successors.map((row) => row.id)).toEqual([id]);
	ada.commands.setStatus(id, 'rejected');
	expect(standingOf(dossier(ada.value, hold), '2026-06-08')).toBe('decided');
});

test('two people who replace one decision on two devices: both successors stand, and it is said', () => {
	const [ada, bob] = two(decisionsKind);
	for (const [one, title] of [
		[ada, 'A canary of 90 minutes'],
		[bob, 'No canary']
	] as const) {
		const id = one.commands.supersede(hold, AT);
		one.commands.patch(id, { title });
		one.commands.setDecider(id, { person: samuel }, AT);
		one.commands.addEvidence(id, { title: 'Replay' });
		expect(one.commands.decide(id, { at: AT, on: '2026-06-08' }).ok).toBe(true);
	}
	meet(ada, bob);
	expect(dossier(ada.value, hold).successors).toHaveLength(2);
	const [message] = messages(ada.value, 'one-successor');
	expect(message).toContain('“A canary of 90 minutes”');
	expect(message).toContain('“No canary”');
});

test('decisions are numbered in the order of their making, and the number is the server’s to write', () => {
	const [ada] = two(decisionsKind);
	const id = newDecision(ada.commands);
	expect(decisionsClerk.numbered(ada.value).at(-1)).toEqual({ id, number: undefined });
	decisionsClerk.setNumber(ada.doc, id, 150);
	expect(decisionsKind.records?.(ada.value, 'r-decisions' as never).at(-1)).toMatchObject({
		number: 'DEC-0150',
		state: 'Proposed',
		isOpen: true
	});
});

test('a review is due from its day until it is held', () => {
	const [ada] = two(decisionsKind);
	const standing = (today: string) => standingOf(dossier(ada.value, hold), today);
	expect([standing('2026-06-21'), standing('2026-06-22')]).toEqual(['decided', 'review-due']);
	ada.commands.patch(hold, { reviewedOn: '2026-06-23' });
	expect(standing('2026-06-24')).toBe('decided');
	ada.commands.patch(hold, { reviewOn: '2026-07-22' });
	expect(standing('2026-07-22')).toBe('review-due');
});

test('a draft from elsewhere begins with its decider, its source and what its author saw', () => {
	const [ada] = two(decisionsKind);
	const source = { kind: 'meeting', document: 'm-1', row: 'slo' } as never;
	const seen = [{ kpi: 'mttr' as KpiId, value: 74, at: AT, asOf: AT, contract: '0' }];
	const id = decisionsKind.draft?.(ada.commands, { title: 'Hold', owner: samuel, source, seen });
	expect(dossier(ada.value, id as RowId)).toMatchObject({
		decision: { title: 'Hold', status: 'proposed', source },
		members: [{ role: 'decide', person: samuel }],
		kpis: [{ kpi: 'mttr', seen: { value: 74 } }]
	});
});

test('one decision that cannot be read hides no other', () => {
	const [ada] = two(decisionsKind);
	(ada.doc.getMap('decisions').get(hold) as { set(key: string, value: unknown): void }).set('status', 'done');
	const { value, rejected } = decisionsKind.doc.read(ada.doc);
	expect(rejected).toEqual([{ key: 'decisions/hold', reason: expect.stringContaining('status') as string }]);
	expect(value.decisions.map(({ id }) => id)).toEqual([old, keep]);
});

test('three people decide, ask and reply, and agree', () => {
	const [ada, bob, cy] = replicas(decisionsKind, 3);
	if (!ada || !bob || !cy) throw new Error('three replicas were asked for');
	ada.commands.decide(keep, { at: AT, on: '2026-06-08' });
	bob.commands.reply(keep, { option: keepB, talksFirst: undefined, reason: 'Fine', sentAt: AT });
	cy.commands.choose(keep, keepB);
	meet(ada, bob);
	meet(bob, cy);
	meet(ada, bob);
	expect(ada.value).toEqual(cy.value);
	expect(dossier(cy.value, keep).decision).toMatchObject({ status: 'decided', chosen: keepB });
});
