import { cellKey, type CellKey } from '../schema.ts';

// A place in the grid, by the ids of its row and column: it stays with them when others move them.

/** The row of heads, and the columns that are no role. No id looks like these. */
export const HEAD = '@head';
export const NAME = '@name';
export const CHECK = '@check';

export interface Spot {
	/** An activity, or `HEAD`. */
	readonly row: string;
	/** A role, `NAME` or `CHECK`. */
	readonly column: string;
}

export const isCell = ({ row, column }: Spot): boolean => row !== HEAD && column !== NAME && column !== CHECK;

/** Only of a spot that is a cell. */
export const keyOf = ({ row, column }: Spot): CellKey => cellKey(row, column);

/** As an attribute of an element. */
export const spotName = ({ row, column }: Spot): string => `${row}/${column}`;

export function spotNamed(name: string | undefined): Spot | undefined {
	const [row, column] = name?.split('/') ?? [];
	return row && column ? { row, column } : undefined;
}

export const isSame = (a: Spot | undefined, b: Spot | undefined): boolean =>
	a?.row === b?.row && a?.column === b?.column;
