import type { ScoreRow } from './rhythm.ts';

/** A block by its place in the score. */
export interface ScorePlace {
	readonly row: number;
	readonly column: number;
	readonly block: number;
}

/** All places that hold a block, in reading order. */
export const placesOf = (rows: readonly ScoreRow[]): readonly ScorePlace[] =>
	rows.flatMap(({ cells }, row) =>
		cells.flatMap((blocks, column) => blocks.map((_, block) => ({ row, column, block })))
	);

/**
 * Where an arrow leads: left and right along the row, up and down to the nearest block of the next row that has
 * one. `undefined` when there is nothing that way, or the key is no arrow.
 */
export function nextPlace(rows: readonly ScoreRow[], from: ScorePlace, key: string): ScorePlace | undefined {
	const places = placesOf(rows);
	if (key === 'Home') return places[0];
	if (key === 'End') return places.at(-1);
	const way = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
	if (way === undefined) return undefined;
	const here = places.findIndex((place) => isSame(place, from));
	if (key === 'ArrowLeft' || key === 'ArrowRight') {
		const along = places[here + way];
		return along?.row === from.row ? along : undefined;
	}
	for (let row = from.row + way; row >= 0 && row < rows.length; row += way) {
		const candidates = places.filter((place) => place.row === row);
		const nearest = candidates.toSorted((a, b) => distance(a, from) - distance(b, from))[0];
		if (nearest) return nearest;
	}
	return undefined;
}

const isSame = (a: ScorePlace, b: ScorePlace): boolean =>
	a.row === b.row && a.column === b.column && a.block === b.block;
const distance = (a: ScorePlace, b: ScorePlace): number => Math.abs(a.column - b.column) + a.block / 100;
