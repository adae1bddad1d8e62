import { expect, test } from 'vitest';
import { meet, two } from '../../../../tests/contracts/replicas.ts';
import type { KpiId } from '#lib/domain/id.ts';
import { termsAt } from '#lib/domain/kpi-terms.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { asksForChange } from './change.ts';
import { kpisKind } from './kind.ts';
import { boundsInOrder, oneBeginning } from './rules.ts';
import type { Kpis } from './schema.ts';

const mttr = 'mttr' as KpiId;
const slo = 'slo-attainment' as KpiId;
const AT = '2026-06-08T10:00:00.000Z';
const context = { today: '2026-06-08' };
const kpiOf = ({ kpis }: Kpis, id: KpiId) => kpis.find((kpi) => kpi.id === id);

const ask = { reason: 'Two quarters under 42 min', from: '2026-09-01', at: AT } as const;

test('what is approved holds from its day, once, on whichever device it was approved, and stays on record', () => {
	const [ada, bob] = two(kpisKind);
	const asked = ada.commands.proposeChange(mttr, { ...ask, after: { target: 35, redAbove: undefined } });
	if (!asked.ok) throw new Error(asked.error.sentence);
	expect(kpiOf(ada.value, mttr)?.terms?.length).toBe(1);
	meet(ada, bob);
	expect(ada.commands.decideChange(asked.value, 'approved', AT).ok).toBe(true);
	expect(bob.commands.decideChange(asked.value, 'approved', AT).ok).toBe(true);
	meet(ada, bob);
	expect(ada.value).toEqual(bob.value);
	const contract = kpiOf(ada.value, mttr) as KpiContract;
	expect(contract.terms?.length).toBe(2);
	expect(termsAt(contract, '2026-06-30').target).toBe(45);
	expect(termsAt(contract, '2026-08-31')).toMatchObject({ target: 40, redAbove: 60 });
	expect(termsAt(contract, '2026-09-01').target).toBe(35);
	expect(termsAt(contract, '2026-09-01')).not.toHaveProperty('redAbove');
	expect(ada.value.changes.at(-1)).toMatchObject({
		state: 'approved',
		before: { target: 40, redAbove: 60 },
		after: { target: 35 }
	});
	ada.commands.removeTerms(asked.value, AT);
	expect(termsAt(kpiOf(ada.value, mttr) as KpiContract, '2026-09-01').target).toBe(40);
});

test.each([
	['approved', 'declined'],
	['declined', 'approved']
] as const)('one has it %s, another %s: what stands of the two decides whether it holds', (first, second) => {
	const [ada, bob] = two(kpisKind);
	const asked = ada.commands.proposeChange(mttr, { ...ask, after: { target: 35 } });
	if (!asked.ok) throw new Error(asked.error.sentence);
	meet(ada, bob);
	ada.commands.decideChange(asked.value, first, AT);
	bob.commands.decideChange(asked.value, second, AT);
	meet(ada, bob);
	expect(ada.value).toEqual(bob.value);
	const state = ada.value.changes.at(-1)?.state;
	expect(termsAt(kpiOf(ada.value, mttr) as KpiContract, '2026-09-01').target).toBe(
		state === 'approved' ? 35 : 40
	);
});

test('a change of words is made when it is approved, and its day is known to charts', () => {
	const [ada] = two(kpisKind);
	const asked = ada.commands.proposeChange(mttr, {
		...ask,
		after: { formula: 'mean(x)', source: undefined }
	});
	if (!asked.ok) throw new Error(asked.error.sentence);
	expect(kpiOf(ada.value, mttr)?.formula).toMatch(/^median/);
	ada.commands.decideChange(asked.value, 'approved', AT);
	expect(kpiOf(ada.value, mttr)).toMatchObject({
		formula: 'mean(x)',
		turns: [{ from: '2026-09-01', words: 'Formula and source changed' }]
	});
	expect(kpiOf(ada.value, mttr)).not.toHaveProperty('source');
});

test('only its approver decides, only who asked takes it back, and what is decided stays so', () => {
	const [ada, bob] = two(kpisKind);
	const asked = ada.commands.proposeChange(mttr, { ...ask, after: { target: 35 }, approver: bob.id });
	if (!asked.ok) throw new Error(asked.error.sentence);
	meet(ada, bob);
	expect(ada.commands.decideChange(asked.value, 'approved', AT)).toMatchObject({
		error: { code: 'change.not-yours' }
	});
	expect(bob.commands.withdrawChange(asked.value, AT)).toMatchObject({ error: { code: 'change.not-yours' } });
	expect(bob.commands.decideChange(asked.value, 'declined', AT).ok).toBe(true);
	expect(bob.commands.decideChange(asked.value, 'approved', AT)).toMatchObject({
		error: { code: 'change.decided' }
	});
	const nothing = ada.commands.proposeChange(mttr, { ...ask, from: '2026-06-01', after: { target: 45 } });
	expect(nothing).toMatchObject({ error: { code: 'change.nothing' } });
	expect(ada.commands.proposeChange(mttr, { ...ask, reason: ' ', after: { target: 1 } })).toMatchObject({
		error: { code: 'change.no-reason' }
	});
});

test('what has points or terms is changed by asking; what says something for the first time is not', () => {
	const of = (id: KpiId) => kpiOf(kpisKind.fixtures.typical, id) as KpiContract;
	const bare = of('vendor-status-delay' as KpiId);
	expect(asksForChange(of(slo), { target: 99 }, true)).toBe(true);
	expect(asksForChange(of(slo), { target: 99 }, false)).toBe(false);
	expect(asksForChange(of(mttr), { target: 45 }, false)).toBe(true);
	expect(asksForChange(bare, { target: 5 }, true)).toBe(false);
	expect(asksForChange(bare, { description: 'How late' }, true)).toBe(false);
	expect(asksForChange(bare, { unit: 'h' }, true)).toBe(true);
	expect(asksForChange(of(mttr), { description: 'Other' }, true)).toBe(true);
	expect(asksForChange(of(mttr), { name: 'Other', owner: undefined }, true)).toBe(false);
});

test('bounds that cross from a day on are pointed out with the day, and two of one day too', () => {
	const [ada] = two(kpisKind);
	const set = (target: number) => {
		const asked = ada.commands.proposeChange(mttr, { ...ask, after: { target } });
		if (asked.ok) ada.commands.decideChange(asked.value, 'approved', AT);
	};
	set(70);
	expect(boundsInOrder.check(ada.value, context).map(({ message }) => message)).toEqual([
		'MTTR, Sev 1/2 median from 1 Sep 2026: the target 70\u00a0min lies in the red, which is over 60\u00a0min. Lower “Target” or raise “Off target above”.'
	]);
	expect(oneBeginning.check(ada.value, context)).toEqual([]);
	set(30);
	expect(oneBeginning.check(ada.value, context)).toMatchObject([{ severity: 'error', row: mttr }]);
});
