import * as z from 'zod/mini';
import { dimension, type Dimension } from '#lib/domain/kpi.ts';
import type { Status } from '#lib/domain/status.ts';

/** What a table is put in order by. `status`: what needs looking at first. */
export const SORTS = ['status', 'name', 'variance', 'freshness', 'commentary', 'owner'] as const;
export type Sort = (typeof SORTS)[number];

/** What a value is held against in the table. A budget is no part of a contract. */
export const AGAINST = ['target', 'previous', 'year'] as const;
export type Against = (typeof AGAINST)[number];

/** Of those who have no dimension, or no owner. */
export const NONE = 'none';

/** What of the scoreboard is shown; the address holds all of it. */
export interface ScoreQuery {
	readonly dimension?: Dimension | typeof NONE | undefined;
	readonly status?: Status | undefined;
	/** A person's id, or NONE. */
	readonly owner?: string | undefined;
	readonly against: Against;
	readonly sort: Sort;
	readonly isDescending: boolean;
	/** Whose arithmetic lies open. */
	readonly sum?: Dimension | 'health' | undefined;
}

const USUAL: ScoreQuery = { against: 'target', sort: 'status', isDescending: false };

const ID_LENGTH_MAX = 100;

const shapes = {
	dimension: z.union([dimension, z.literal(NONE)]),
	status: z.enum(['red', 'amber', 'green', 'none']),
	owner: z.string().check(z.minLength(1), z.maxLength(ID_LENGTH_MAX)),
	against: z.enum(AGAINST),
	sort: z.enum(SORTS),
	sum: z.union([dimension, z.literal('health')])
};

/** What an address asks for. What it says wrongly is as if it said nothing. */
export function readQuery(from: URLSearchParams): ScoreQuery {
	const read = <Value>(name: keyof typeof shapes, shape: z.ZodMiniType<Value>): Value | undefined => {
		const parsed = shape.safeParse(from.get(name));
		return parsed.success ? parsed.data : undefined;
	};
	return {
		dimension: read('dimension', shapes.dimension),
		status: read('status', shapes.status),
		owner: read('owner', shapes.owner),
		against: read('against', shapes.against) ?? USUAL.against,
		sort: read('sort', shapes.sort) ?? USUAL.sort,
		isDescending: from.get('order') === 'down',
		sum: read('sum', shapes.sum)
	};
}

/** The address of a query, without what is usual: `?status=red&sort=name`. Empty when all is usual. */
export function writeQuery(query: ScoreQuery): string {
	const { dimension: of, status, owner, against, sort, isDescending, sum } = query;
	const said = {
		dimension: of,
		status,
		owner,
		against: against === USUAL.against ? undefined : against,
		sort: sort === USUAL.sort ? undefined : sort,
		order: isDescending ? 'down' : undefined,
		sum
	};
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(said)) if (value !== undefined) params.set(name, value);
	return params.size > 0 ? `?${params}` : '';
}

/** Whether fewer KPIs may be shown than there are. */
export const isFiltered = (query: ScoreQuery): boolean =>
	[query.dimension, query.status, query.owner].some((filter) => filter !== undefined);

/** By another column; once more by the same one turns it round. */
export const sortedBy = (query: ScoreQuery, sort: Sort): ScoreQuery => ({
	...query,
	sort,
	isDescending: query.sort === sort && !query.isDescending
});
