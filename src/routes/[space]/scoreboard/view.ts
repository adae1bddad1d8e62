import { DIMENSIONS, healthOf, type Health } from '#lib/domain/health/score.ts';
import { isStale } from '#lib/domain/health/freshness.ts';
import { DIMENSION_WORDS } from '#lib/domain/kpi.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import { NONE, type ScoreQuery, type Sort } from './query.ts';
import type { ScoreRow } from './rows.ts';

/** The scores of all KPIs; filters do not change them. */
export const healthOfRows = (rows: readonly ScoreRow[]): Health =>
	healthOf(
		rows.map(({ contract: { id, name, dimension }, score }) => ({
			id,
			name,
			dimension,
			score: score?.score
		})),
		DIMENSION_WORDS
	);

/** The rows that a query asks for, in its order. Those that are alike keep the order of the list. */
export function chosenRows(rows: readonly ScoreRow[], query: ScoreQuery): readonly ScoreRow[] {
	const shown = rows.filter(
		({ contract, status }) =>
			fits(contract.dimension, query.dimension) &&
			fits(contract.owner, query.owner) &&
			(query.status === undefined || status === query.status)
	);
	const sign = query.isDescending ? -1 : 1;
	return shown.toSorted((a, b) => order(keyOf(a, query), keyOf(b, query), sign));
}

const fits = (value: string | undefined, wanted: string | undefined) =>
	wanted === undefined || (value ?? NONE) === wanted;

type Key = string | number | undefined;

const STATUS_RANK = { red: 0, amber: 1, green: 2, none: 3 } as const;
const EXPLAINED_RANK = { due: 0, draft: 1, complete: 2, 'not-needed': 3 } as const;

function keyOf(row: ScoreRow, { sort, against }: ScoreQuery): Key {
	const keys: Record<Sort, () => Key> = {
		status: () => STATUS_RANK[row.status],
		name: () => row.contract.name.toLocaleLowerCase('en'),
		owner: () => row.owner?.name.toLocaleLowerCase('en'),
		variance: () => row.variances[against].perCent,
		// How many budgets old: an hour is much for one KPI and nothing for another.
		freshness: () => lateness(row),
		commentary: () => row.explained && EXPLAINED_RANK[row.explained.state]
	};
	return keys[sort]();
}

function lateness({ freshness: { ageHours, budgetHours } }: ScoreRow): number | undefined {
	return ageHours === undefined ? undefined : -ageHours / budgetHours;
}

/** What has no key comes last, whichever way round. */
function order(a: Key, b: Key, sign: 1 | -1): number {
	if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
	if (typeof a === 'string' || typeof b === 'string') return sign * byCodeUnit(String(a), String(b));
	return sign * (a - b);
}

/** Whose values stopped coming, the most budgets late first. */
export const lateRows = (rows: readonly ScoreRow[]): readonly ScoreRow[] =>
	rows
		.filter(({ freshness }) => isStale(freshness))
		.toSorted((a, b) => (lateness(a) ?? 0) - (lateness(b) ?? 0));

/** The oldest moment that a shown value was confirmed at, in epoch milliseconds; undefined before any was. */
export function asOfMs(rows: readonly ScoreRow[]): number | undefined {
	const moments = rows.flatMap(({ last, asOfMs: ms }) => (last && ms !== undefined ? [ms] : []));
	return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** What may be chosen: only what some KPI has, by name. */
export function ownersOf(
	rows: readonly ScoreRow[]
): readonly { readonly id: string; readonly name: string }[] {
	const known = new Map(rows.flatMap(({ owner }) => (owner ? [[String(owner.id), owner.name]] : [])));
	return [...known].map(([id, name]) => ({ id, name })).toSorted((a, b) => byCodeUnit(a.name, b.name));
}

/** The dimensions in the order they are told, and whether some KPI has none. */
export function dimensionsOf(rows: readonly ScoreRow[]): {
	readonly all: typeof DIMENSIONS;
	readonly isSomeWithout: boolean;
} {
	return { all: DIMENSIONS, isSomeWithout: rows.some(({ contract }) => contract.dimension === undefined) };
}
