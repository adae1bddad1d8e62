import type { Finding, Rule } from '#lib/domain/finding.ts';
import type { KpiId, RowId } from '#lib/domain/id.ts';
import { termsAt, type ContractInForce } from '#lib/domain/kpi-terms.ts';
import type { KpiContract, KpiParent } from '#lib/domain/kpi.ts';
import { quantityText } from '#lib/domain/quantity.ts';
import { listed } from '#lib/domain/words.ts';
import { dayWithYear } from './change.ts';
import type { Kpis } from './schema.ts';

/** A number nobody answers for is a rumour. */
export const hasOwner: Rule<Kpis> = {
	id: 'kpis/has-owner',
	source: 'Every KPI has one owner',
	check: ({ kpis }) =>
		kpis
			.filter((kpi) => !kpi.owner)
			.map((kpi) =>
				finding(kpi, { rule: 'kpis/has-owner', severity: 'warn', message: `${kpi.name} has no owner.` })
			)
};

/** Without a target a value is neither good nor bad. */
export const hasTarget: Rule<Kpis> = {
	id: 'kpis/has-target',
	source: 'Every KPI has a target',
	check: ({ kpis }, { today }) =>
		kpis
			.filter((kpi) => termsAt(kpi, today).target === undefined)
			.map((kpi) =>
				finding(kpi, { rule: 'kpis/has-target', severity: 'warn', message: `${kpi.name} has no target.` })
			)
};

/** Red lies beyond amber, and the target is not in the red. */
export const boundsInOrder: Rule<Kpis> = {
	id: 'kpis/bounds-in-order',
	source: 'Red is worse than amber',
	check: ({ kpis }) =>
		kpis.flatMap((kpi) =>
			everInForce(kpi).flatMap(({ when, contract }) =>
				disorders(contract).map((message) =>
					finding(kpi, {
						rule: 'kpis/bounds-in-order',
						severity: 'error',
						message: `${kpi.name}${when}: ${message}`
					})
				)
			)
		)
};

/** The contract as it held first, and from each of its days on. */
function everInForce(kpi: KpiContract): readonly { when: string; contract: ContractInForce }[] {
	const { terms = [], turns: _turns, ...own } = kpi;
	const days = new Set(terms.map(({ from }) => from));
	return [
		{ when: '', contract: own },
		...[...days].map((from) => ({ when: ` from ${dayWithYear(from)}`, contract: termsAt(kpi, from) }))
	];
}

/** Of two terms that begin on one day only one can hold. */
export const oneBeginning: Rule<Kpis> = {
	id: 'kpis/one-beginning',
	source: 'One day begins one set of bounds',
	check: ({ kpis }) =>
		kpis.flatMap((kpi) =>
			[...Map.groupBy(kpi.terms ?? [], ({ from }) => from)]
				.filter(([, alike]) => alike.length > 1)
				.map(([from, alike]) =>
					finding(kpi, {
						rule: 'kpis/one-beginning',
						severity: 'error',
						message: `${kpi.name}: ${alike.length} changes of its bounds begin on ${dayWithYear(from)}, and only the last holds. Take the others back.`
					})
				)
		)
};

/** Two KPIs of one name cannot be told apart in a meeting. */
export const oneName: Rule<Kpis> = {
	id: 'kpis/one-name',
	source: 'A name means one number',
	check({ kpis }) {
		const byName = Map.groupBy(kpis, ({ name }) => name.trim().toLowerCase());
		return [...byName.values()]
			.filter((alike) => alike.length > 1)
			.flatMap((alike) =>
				alike.map((kpi) =>
					finding(kpi, {
						rule: 'kpis/one-name',
						severity: 'error',
						message: `${alike.length} KPIs are called ${kpi.name}. Give each its own name.`
					})
				)
			);
	}
};

/** A number that is a part of itself adds up to nothing. */
export const noCircle: Rule<Kpis> = {
	id: 'kpis/no-circle',
	source: 'A KPI is no part of itself',
	check({ kpis, parents }) {
		const nameOf = (id: string) => kpis.find((kpi) => kpi.id === id)?.name ?? id;
		const parentsOf = Map.groupBy(parents, ({ kpi }) => kpi);
		return kpis.flatMap((kpi) => {
			const circle = circleFrom(kpi.id, parentsOf);
			if (!circle) return [];
			const message =
				circle.length === 1
					? `${kpi.name} is a part of itself. Take it out of “Part of”.`
					: `${kpi.name} is a part of itself, by way of ${listed(circle.slice(0, -1).map(nameOf))}. Take one of them out of “Part of”.`;
			return [finding(kpi, { rule: 'kpis/no-circle', severity: 'error', message })];
		});
	}
};

/** The way up from `start` that leads back to it, `start` last; undefined when none does. */
function circleFrom(
	start: KpiId,
	parentsOf: ReadonlyMap<KpiId, readonly KpiParent[]>
): readonly KpiId[] | undefined {
	const seen = new Set<KpiId>();
	const walk = (from: KpiId, path: readonly KpiId[]): readonly KpiId[] | undefined => {
		for (const { parent } of parentsOf.get(from) ?? []) {
			if (parent === start) return [...path, parent];
			if (seen.has(parent)) continue;
			seen.add(parent);
			const found = walk(parent, [...path, parent]);
			if (found) return found;
		}
		return undefined;
	};
	return walk(start, []);
}

/** What is out of order among the bounds in force, a sentence each. */
function disorders(kpi: ContractInForce): readonly string[] {
	const { direction, target, redBelow, amberBelow, amberAbove, redAbove } = kpi;
	const text = (value: number) => quantityText(value, kpi);
	const found: string[] = [];
	const below = (
		lower: number | undefined,
		upper: number | undefined,
		say: (a: string, b: string) => string
	) => {
		if (lower !== undefined && upper !== undefined && lower > upper)
			found.push(say(text(lower), text(upper)));
	};
	if (direction !== 'down') {
		below(
			redBelow,
			amberBelow,
			(red, amber) =>
				`red begins under ${red}, which is above amber’s ${amber}. Lower “Off target below” or raise “At risk below”.`
		);
		below(
			redBelow,
			target,
			(red, goal) =>
				`the target ${goal} lies in the red, which is under ${red}. Raise “Target” or lower “Off target below”.`
		);
	}
	if (direction !== 'up') {
		below(
			amberAbove,
			redAbove,
			(amber, red) =>
				`red begins over ${red}, which is below amber’s ${amber}. Raise “Off target above” or lower “At risk above”.`
		);
		below(
			target,
			redAbove,
			(goal, red) =>
				`the target ${goal} lies in the red, which is over ${red}. Lower “Target” or raise “Off target above”.`
		);
	}
	if (direction === 'band') {
		below(amberBelow ?? redBelow, amberAbove ?? redAbove, (lower, upper) => {
			return `its band is empty: it begins at ${lower} and ends at ${upper}. Lower the bounds below or raise those above.`;
		});
	}
	return found;
}

/** A contract's row has its KPI's id. */
function finding(kpi: KpiContract, rest: Omit<Finding, 'row'>): Finding {
	return { ...rest, row: kpi.id as string as RowId };
}
