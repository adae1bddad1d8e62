import type { IsoDate } from './calendar.ts';
import type { KpiContract, KpiTerms } from './kpi.ts';
import { zoneClock, type ZoneClock } from './series-calendar.ts';
import type { Point } from './series.ts';
import { judgeOf, type Judged, type Status } from './status.ts';

// What a contract asks for, and from which day on. A value is judged by what was in force when it was measured, so a
// target that is moved in July leaves June as it was.

/** The fields that decide whether a value is good. They come into force together. */
export const TERM_FIELDS = [
	'direction',
	'target',
	'redBelow',
	'amberBelow',
	'amberAbove',
	'redAbove'
] as const satisfies readonly (keyof KpiContract)[];

export type TermField = (typeof TERM_FIELDS)[number];

export const isTermField = (field: string): field is TermField =>
	(TERM_FIELDS as readonly string[]).includes(field);

/** A contract as it was at one time. Only such a one judges: it has no other terms. */
export type ContractInForce = Omit<KpiContract, 'terms' | 'turns'> & { readonly terms?: undefined };

/** `contracts` with their terms beside them, each in the order in which they came into force. */
export function withTerms(
	contracts: readonly KpiContract[],
	terms: readonly KpiTerms[]
): readonly KpiContract[] {
	if (terms.length === 0) return contracts;
	const byKpi = Map.groupBy(terms, ({ kpi }) => kpi);
	return contracts.map((contract) => {
		const own = byKpi.get(contract.id);
		// Sorting is stable: of two that begin on one day the later in the list holds.
		return own ? { ...contract, terms: own.toSorted((a, b) => compare(a.from, b.from)) } : contract;
	});
}

const compare = (a: IsoDate, b: IsoDate) => (a < b ? -1 : a > b ? 1 : 0);

/** The contract with the bounds that are in force on `day`: its own before the first of its terms. */
export function termsAt(contract: KpiContract, day: IsoDate): ContractInForce {
	const { terms = [] } = contract;
	return inForce(contract, terms[lastNotAfter(terms.length, (index) => (terms[index]?.from ?? '') <= day)]);
}

/** The bounds that hold from an instant on. */
export interface TermStep {
	/** Epoch seconds: midnight of the first day in the space's time zone; `-Infinity` for the first step. */
	readonly from: number;
	readonly contract: ContractInForce;
}

const stepsByZone = new WeakMap<KpiContract, Map<string, readonly TermStep[]>>();

/** The steps of a contract, at least one, by the instants at which they begin in `zone`. Worked out once. */
export function termSteps(contract: KpiContract, zone: string): readonly TermStep[] {
	const known = stepsByZone.get(contract)?.get(zone);
	if (known) return known;
	const { terms = [] } = contract;
	const clock = terms.length > 0 ? zoneClock(zone) : undefined;
	const steps: TermStep[] = [{ from: -Infinity, contract: inForce(contract, undefined) }];
	for (const [index, one] of terms.entries()) {
		if (terms[index + 1]?.from === one.from || !clock) continue;
		steps.push({ from: startOf(one.from, clock), contract: inForce(contract, one) });
	}
	const byZone = stepsByZone.get(contract) ?? new Map<string, readonly TermStep[]>();
	stepsByZone.set(contract, byZone.set(zone, steps));
	return steps;
}

/** Epoch seconds of the midnight that `day` begins with. */
export function startOf(day: IsoDate, clock: ZoneClock): number {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	return clock.instantOf({ year, month, day: date, hour: 0, minute: 0, second: 0 });
}

/** The contract as it was in force at an instant, in epoch seconds. */
export function contractAt(contract: KpiContract, seconds: number, zone: string): ContractInForce {
	return stepAt(termSteps(contract, zone), seconds).contract;
}

function stepAt(steps: readonly TermStep[], seconds: number): TermStep {
	const index = lastNotAfter(steps.length, (at) => (steps[at]?.from ?? 0) <= seconds);
	return steps[Math.max(0, index)] as TermStep;
}

/** The judgement of many points, each by what was in force at its time. */
export function judgeAt(contract: KpiContract | undefined, zone: string): (point: Point) => Status {
	if (!contract) return () => 'none';
	const steps = termSteps(contract, zone);
	const judges = new Map(steps.map((step) => [step, judgeOf(step.contract)]));
	const [only] = judges.values();
	if (judges.size === 1 && only) return ({ value }) => only(value);
	return ({ at, value }) => judges.get(stepAt(steps, at))?.(value) ?? 'none';
}

/** The status of a point by what was in force at its time. Without a point, a contract or any bound there is none. */
export function statusAt(point: Point | undefined, contract: KpiContract | undefined, zone: string): Status {
	return point ? judgeAt(contract, zone)(point) : 'none';
}

function inForce(
	{ terms: _terms, turns: _turns, ...contract }: KpiContract,
	own: KpiTerms | undefined
): ContractInForce {
	if (!own) return contract;
	const bounds = Object.fromEntries(TERM_FIELDS.map((field) => [field, own[field]])) as unknown as Judged;
	return withoutAbsent({ ...contract, ...bounds, direction: own.direction ?? contract.direction });
}

const withoutAbsent = <Fields extends object>(fields: Fields): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;

/** The last of `count` places, in order, for which `holds` holds; -1 when it does for none. */
function lastNotAfter(count: number, holds: (index: number) => boolean): number {
	let [low, high] = [0, count];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
