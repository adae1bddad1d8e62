import type { RowId, SpaceId } from '#lib/domain/id.ts';

/** Whose numbers: those under one prefix in one space. */
export interface NumberSeries {
	readonly space: SpaceId;
	/** “DEC”. */
	readonly prefix: string;
}

/**
 * The port behind which the numbers of records are given out: 1, 2, 3 … in each space and prefix, each to one row, for
 * ever. What a document says of its numbers is a copy of this.
 */
export interface NumberStore {
	/**
	 * The number of each of `rows`; those that have none get the next ones, in the order given. All or none of them;
	 * durable when it resolves.
	 */
	give(series: NumberSeries, rows: readonly RowId[]): Promise<ReadonlyMap<RowId, number>>;
	/** Forgets a space: for a founding that failed halfway. */
	removeSpace(space: SpaceId): Promise<void>;
}
