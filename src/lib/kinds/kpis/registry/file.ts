import * as z from 'zod/mini';
import { kpiId, type KpiId } from '#lib/domain/id.ts';
import { kpiContract, kpiParent, kpiTerms, type KpiContract } from '#lib/domain/kpi.ts';
import type { Kpis } from '../schema.ts';

// One KPI as a file: its contract with everything that hangs on it, in the order in which it is written.

const { target, redBelow, amberBelow, amberAbove, redAbove } = kpiContract.shape;
const thresholds = z.strictObject({ redBelow, amberBelow, amberAbove, redAbove });
const { basis, weight } = kpiParent.shape;
const { from, reason, approver, by } = kpiTerms.shape;

const contract = kpiContract.shape;

/** What stands in a file of the registry. An absent field is none; unknown ones are refused. */
export const registryFile = z.strictObject({
	id: kpiId,
	name: contract.name,
	definition: contract.description,
	formula: contract.formula,
	unit: contract.unit,
	decimals: contract.decimals,
	direction: contract.direction,
	dimension: contract.dimension,
	level: contract.level,
	owner: contract.owner,
	backup: contract.backup,
	cadence: contract.cadence,
	aggregation: contract.aggregation,
	freshnessHours: contract.freshnessHours,
	target,
	thresholds: z.optional(thresholds),
	source: contract.source,
	segments: contract.segments,
	classification: contract.classification,
	runbook: contract.runbook,
	/** What it is a part of. */
	parents: z.optional(z.array(z.strictObject({ kpi: kpiId, basis, weight }))),
	/** What moves before it does. */
	upstream: z.optional(z.array(kpiId)),
	/** What has held since a day: all the bounds, as they are from then on. */
	terms: z.optional(
		z.array(
			z.strictObject({
				from,
				direction: kpiTerms.shape.direction,
				target,
				thresholds: z.optional(thresholds),
				reason,
				approver,
				by
			})
		)
	)
});
export type RegistryFile = z.infer<typeof registryFile>;

type Bounds = z.infer<typeof thresholds>;

const boundsIn = (held: Bounds): Bounds | undefined => {
	const bounds = present({
		redBelow: held.redBelow,
		amberBelow: held.amberBelow,
		amberAbove: held.amberAbove,
		redAbove: held.redAbove
	});
	return Object.keys(bounds).length > 0 ? bounds : undefined;
};

/** What the file of `id` says; undefined when there is no such KPI. Lists stand in an order that does not depend on who came first. */
export function fileOf(id: KpiId, { kpis, parents, upstream }: Kpis): RegistryFile | undefined {
	const kpi = kpis.find((one) => one.id === id);
	if (!kpi) return undefined;
	const own = parents.filter((one) => one.kpi === id).toSorted((a, b) => compare(a.parent, b.parent));
	const before = upstream.filter((one) => one.kpi === id).map((one) => one.upstream);
	return present({
		...fieldsShown(kpi),
		parents: filled(
			own.map(({ parent, basis: by, weight: much }) => present({ kpi: parent, basis: by, weight: much }))
		),
		upstream: filled(before.toSorted(compare)),
		terms: filled((kpi.terms ?? []).toSorted((a, b) => compare(a.from, b.from)).map(termsShown))
	});
}

const fieldsShown = (kpi: KpiContract) => ({
	id: kpi.id,
	name: kpi.name,
	definition: kpi.description,
	formula: kpi.formula,
	unit: kpi.unit,
	decimals: kpi.decimals,
	direction: kpi.direction,
	dimension: kpi.dimension,
	level: kpi.level,
	owner: kpi.owner,
	backup: kpi.backup,
	cadence: kpi.cadence,
	aggregation: kpi.aggregation,
	freshnessHours: kpi.freshnessHours,
	target: kpi.target,
	thresholds: boundsIn(kpi),
	source: kpi.source,
	segments: filled(kpi.segments ?? []),
	classification: kpi.classification,
	runbook: kpi.runbook
});

const termsShown = (terms: NonNullable<KpiContract['terms']>[number]) =>
	present({
		from: terms.from,
		direction: terms.direction,
		target: terms.target,
		thresholds: boundsIn(terms),
		reason: terms.reason,
		approver: terms.approver,
		by: terms.by
	});

/** Every field of the contract that a file speaks of; what it does not say is there and undefined, to be cleared. */
export function fieldsIn(file: RegistryFile) {
	const { id: _id, definition, thresholds: bounds, parents: _p, upstream: _u, terms: _t, ...rest } = file;
	const empty = {
		decimals: undefined,
		dimension: undefined,
		level: undefined,
		owner: undefined,
		backup: undefined,
		formula: undefined,
		aggregation: undefined,
		freshnessHours: undefined,
		target: undefined,
		source: undefined,
		segments: undefined,
		classification: undefined,
		runbook: undefined
	};
	return { ...empty, ...rest, description: definition, ...allBounds(bounds) };
}

/** All four, those that are not set as undefined. */
export const allBounds = (bounds: Bounds = {}) => ({
	redBelow: bounds.redBelow,
	amberBelow: bounds.amberBelow,
	amberAbove: bounds.amberAbove,
	redAbove: bounds.redAbove
});

const filled = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);

/** Without the fields that are undefined. */
function present<Fields extends object>(fields: Fields): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

/** By code unit, as every device does. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
