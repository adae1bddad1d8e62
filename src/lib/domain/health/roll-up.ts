import { ok, refuse, type Result } from '../../util/result.ts';
import { weightedMean, type Weighted } from './weighted.ts';

/** A KPI among those that are rolled up. */
export interface RolledKpi {
	readonly id: string;
	readonly name: string;
	/** Its own measured value; undefined when it has none and lives by its parts. */
	readonly value: number | undefined;
	/** Those it is a part of, each with its weight in that parent's basis. A parent that is not among the KPIs is passed over. */
	readonly parents: readonly { readonly id: string; readonly weight: number | undefined }[];
}

/** KPIs that are parts of each other, so that none has a value. */
export interface Circle {
	readonly code: 'roll-up.circle';
	/** Names, from part to whole, the first again at the end. */
	readonly names: readonly string[];
	readonly sentence: string;
}

/**
 * What each parent's parts come to, by the parent's id. A part counts with its measured value, and without one with what
 * its own parts come to. Refused when KPIs are parts of each other.
 */
export function rollUp(kpis: readonly RolledKpi[]): Result<ReadonlyMap<string, Weighted>, Circle> {
	const order = partsFirst(kpis);
	if (!order.ok) return order;
	const parts = partsByParent(kpis);
	const rolled = new Map<string, Weighted>();
	for (const { id } of order.value) {
		const own = parts.get(id);
		if (!own) continue;
		const mean = weightedMean(
			own.map(({ kpi, weight }) => ({
				id: kpi.id,
				name: kpi.name,
				weight,
				value: kpi.value ?? rolled.get(kpi.id)?.value
			}))
		);
		rolled.set(id, mean);
	}
	return ok(rolled);
}

interface Part {
	readonly kpi: RolledKpi;
	readonly weight: number | undefined;
}

function partsByParent(kpis: readonly RolledKpi[]): ReadonlyMap<string, readonly Part[]> {
	const known = new Set(kpis.map(({ id }) => id));
	const parts = new Map<string, Part[]>();
	for (const kpi of kpis) {
		for (const { id, weight } of kpi.parents) {
			if (!known.has(id)) continue;
			parts.set(id, [...(parts.get(id) ?? []), { kpi, weight }]);
		}
	}
	return parts;
}

/** In an order in which every part comes before its parents. */
function partsFirst(kpis: readonly RolledKpi[]): Result<readonly RolledKpi[], Circle> {
	const parts = partsByParent(kpis);
	const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));
	const open = new Map(kpis.map(({ id }) => [id, parts.get(id)?.length ?? 0]));
	const order = kpis.filter(({ id }) => open.get(id) === 0);
	for (let next = 0; next < order.length; next++) {
		for (const { id } of order[next]?.parents ?? []) {
			const left = (open.get(id) ?? 0) - 1;
			open.set(id, left);
			const parent = byId.get(id);
			if (left === 0 && parent) order.push(parent);
		}
	}
	if (order.length === byId.size) return ok(order);
	const placed = new Set(order);
	const stuck = kpis.find((kpi) => !placed.has(kpi));
	return refuse(circleFrom(stuck, { parts, isStuck: (kpi) => !placed.has(kpi) }));
}

/** Down from parent to part among those that are stuck, one comes round to where one was. */
function circleFrom(
	start: RolledKpi | undefined,
	{ parts, isStuck }: { parts: ReadonlyMap<string, readonly Part[]>; isStuck: (kpi: RolledKpi) => boolean }
): Circle {
	const path: RolledKpi[] = [];
	let at = start;
	while (at && !path.includes(at)) {
		path.push(at);
		at = parts.get(at.id)?.find(({ kpi }) => isStuck(kpi))?.kpi;
	}
	const round = path.slice(at ? path.indexOf(at) : 0);
	const names = [...round, ...round.slice(0, 1)].map(({ name }) => name).reverse();
	const sentence = `${names.join(' is part of ')}. None of them has a value until one is taken out.`;
	return { code: 'roll-up.circle', names, sentence };
}
