import { expect, test } from 'vitest';
import { meet, two } from '../../../../tests/contracts/replicas.ts';
import type { PersonId, RowId } from '#lib/domain/id.ts';
import { decisionsClerk } from './clerk.ts';
import type { DecisionsCommands } from './commands.ts';
import { dossiersOf } from './dossier.ts';
import { decisionsKind } from './kind.ts';
import type { Decisions } from './schema.ts';

const keep = 'keep' as RowId;
const [keepA, keepB] = ['keep-a', 'keep-b'] as RowId[] as [RowId, RowId];
const [nadia, jonas, samuel] = ['p-nadia', 'p-jonas', 'p-samuel'] as PersonId[] as [
	PersonId,
	PersonId,
	PersonId
];
const AT = '2026-06-08T10:00:00.000Z';
const DEADLINE_MS = Date.parse('2026-06-10T15:00:00.000Z');
const context = { title: 'Decisions', today: '2026-06-08' };

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

test('people are asked only with a day’s notice, a default, and what a decision needs', () => {
	const [ada] = two(decisionsKind);
	const id = newDecision(ada.commands);
	const option = ada.commands.addOption(id, { title: '8%' });
	const ask = (changes: object = {}) => {
		const answer = ada.commands.ask(id, {
			people: [nadia, jonas],
			decideBy: '2026-06-09T10:00:00.000Z',
			fallback: option,
			at: AT,
			...changes
		});
		return answer.ok ? 'asked' : answer.error.code;
	};
	expect(ask()).toBe('request.not-ready');
	ada.commands.setDecider(id, { person: samuel }, AT);
	ada.commands.addEvidence(id, { title: 'Cost export' });
	expect(ask({ people: [] })).toBe('request.nobody');
	expect(ask({ fallback: keepA })).toBe('request.no-default');
	expect(ask({ decideBy: '2026-06-09T09:59:59.999Z' })).toBe('request.too-soon');
	expect(ask()).toBe('asked');
	expect(dossier(ada.value, id)).toMatchObject({
		decision: { status: 'in-review', fallback: option },
		asked: [{ person: nadia }, { person: jonas }]
	});
});

test('each person has one reply to a request, and a new request begins without any', () => {
	const [ada, bob] = two(decisionsKind);
	ada.commands.reply(keep, { option: keepB, talksFirst: undefined, reason: 'Yes', sentAt: AT });
	bob.commands.reply(keep, { option: keepA, talksFirst: undefined, reason: 'No', sentAt: AT });
	ada.commands.reply(keep, { option: undefined, talksFirst: true, reason: 'Wait', sentAt: AT });
	meet(ada, bob);
	expect(dossier(bob.value, keep).replies).toHaveLength(3);
	expect(dossier(bob.value, keep).replies.find(({ person }) => person === ada.id)).toEqual(
		expect.objectContaining({ talksFirst: true, reason: 'Wait' })
	);
	const again = { people: [nadia], decideBy: '2026-06-12T10:00:00.000Z', fallback: keepB, at: AT };
	expect(ada.commands.ask(keep, again).ok).toBe(true);
	expect(dossier(ada.value, keep).replies).toEqual([]);
});

test('a default stands at the deadline, once, alike on two servers with two clocks', () => {
	const [one, other] = two(decisionsKind);
	expect(decisionsClerk.nextDueMs?.(one.value)).toBe(DEADLINE_MS);
	decisionsClerk.settle(one.doc, DEADLINE_MS - 1);
	expect(dossier(one.value, keep).decision.status).toBe('in-review');
	decisionsClerk.settle(one.doc, DEADLINE_MS);
	decisionsClerk.settle(other.doc, DEADLINE_MS + 86_400_000);
	expect(one.value).toEqual(other.value);
	meet(one, other);
	const settled = dossier(one.value, keep).decision;
	expect(settled).toMatchObject({
		status: 'decided',
		chosen: keepB,
		decidedAt: '2026-06-10T15:00:00.000Z',
		madeOn: '2026-06-10',
		settledAt: '2026-06-10T15:00:00.000Z'
	});
	let writes = 0;
	one.doc.on('update', () => (writes += 1));
	decisionsClerk.settle(one.doc, DEADLINE_MS + 1);
	expect(writes).toBe(0);
	expect(decisionsClerk.nextDueMs?.(one.value)).toBeUndefined();
});

test.each([
	{ option: keepA, talksFirst: undefined },
	{ option: undefined, talksFirst: true }
])('with an objection the default does not stand: %o', (reply) => {
	const [ada] = two(decisionsKind);
	ada.commands.reply(keep, { ...reply, reason: '', sentAt: undefined });
	expect(decisionsClerk.nextDueMs?.(ada.value)).toBe(DEADLINE_MS); // A draft is no objection.
	ada.commands.reply(keep, { ...reply, reason: '', sentAt: AT });
	expect(decisionsClerk.nextDueMs?.(ada.value)).toBeUndefined();
	decisionsClerk.settle(ada.doc, DEADLINE_MS);
	expect(dossier(ada.value, keep).decision.status).toBe('in-review');
	expect(messages(ada.value, 'held-by-objection')).toEqual([
		expect.stringContaining('stays in review: {person-0}')
	]);
});

test('an objection that comes in after the default was recorded is said, and nothing is lost', () => {
	const [server, bob] = two(decisionsKind);
	bob.commands.reply(keep, { option: keepA, talksFirst: undefined, reason: 'Contracts', sentAt: AT });
	decisionsClerk.settle(server.doc, DEADLINE_MS);
	meet(server, bob);
	expect(messages(bob.value, 'default-unopposed')).toEqual([expect.stringContaining('{person-1}')]);
	expect(dossier(bob.value, keep).replies).toHaveLength(2);
});

test('a default that would break the gate does not stand', () => {
	const [ada] = two(decisionsKind);
	ada.commands.removeEvidence('e2' as RowId, AT);
	decisionsClerk.settle(ada.doc, DEADLINE_MS);
	expect(dossier(ada.value, keep).decision.status).toBe('in-review');
});
