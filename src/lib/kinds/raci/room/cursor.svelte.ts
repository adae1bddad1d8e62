import type { Activity, CellKey, Role } from '../schema.ts';
import { cellKey } from '../schema.ts';
import { CHECK, HEAD, isCell, isSame, NAME, type Spot } from './spot.ts';

interface Lines {
	readonly rows: readonly Activity[];
	readonly columns: readonly Role[];
}

/** Rows and columns of a range, both ends included, as indices. */
export interface Range {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

/** Where the keyboard is in the grid, and the range that is held from there. */
export class Cursor {
	readonly #lines: () => Lines;
	#spot = $state.raw<Spot>();
	/** The other end of the range. */
	#anchor = $state.raw<Spot>();
	/** Where the spot stood when its row or column was last there. */
	#last = { row: 0, column: 0 };
	/** The grid has the focus: only then is the cell outlined and others are told of it. */
	isOn = $state(false);
	/** The head that what is dragged would take the place of. */
	droppingOn = $state.raw<Spot>();
	/** A head is being renamed. */
	editing = $state.raw<Spot>();

	constructor(lines: () => Lines) {
		this.#lines = lines;
	}

	readonly #rowIndex = $derived.by(
		() => new Map<string, number>(this.#lines().rows.map(({ id }, at) => [id, at]))
	);
	readonly #columnIndex = $derived.by(
		() => new Map<string, number>(this.#lines().columns.map(({ id }, at) => [id, at]))
	);

	/** The one tab stop. When its row or column is gone, what stands there now. */
	readonly spot = $derived.by((): Spot => {
		const { rows, columns } = this.#lines();
		const { row = rows[0]?.id ?? HEAD, column = columns[0]?.id ?? NAME } = this.#spot ?? {};
		const isRow = row === HEAD || this.#rowIndex.has(row);
		const isColumn = column === NAME || column === CHECK || this.#columnIndex.has(column);
		return {
			row: isRow ? row : (rows[Math.min(this.#last.row, rows.length - 1)]?.id ?? HEAD),
			column: isColumn ? column : (columns[Math.min(this.#last.column, columns.length - 1)]?.id ?? NAME)
		};
	});

	readonly range = $derived.by((): Range | undefined => {
		const [a, b] = [this.#placeOf(this.spot), this.#anchor && this.#placeOf(this.#anchor)];
		if (!a || !b) return undefined;
		return {
			top: Math.min(a.row, b.row),
			bottom: Math.max(a.row, b.row),
			left: Math.min(a.column, b.column),
			right: Math.max(a.column, b.column)
		};
	});

	/** What a letter goes into: the range, or the cell. */
	get cells(): readonly CellKey[] {
		const { rows, columns } = this.#lines();
		const range = this.range;
		if (!range) return isCell(this.spot) ? [cellKey(this.spot.row, this.spot.column)] : [];
		return rows
			.slice(range.top, range.bottom + 1)
			.flatMap(({ id }) => columns.slice(range.left, range.right + 1).map((role) => cellKey(id, role.id)));
	}

	/** The first and last column of the range in this row; undefined when it is not in the range. */
	heldIn(row: RowIndex): string {
		const range = this.range;
		return range && row >= range.top && row <= range.bottom ? `${range.left}-${range.right}` : '';
	}

	go(spot: Spot): void {
		this.#anchor = undefined;
		this.#put(spot);
	}

	/** Holds on to where it was, as far as it is a cell. */
	reach(spot: Spot): void {
		if (!isCell(spot) || !isCell(this.spot)) return;
		this.#anchor ??= this.spot;
		this.#put(spot);
		if (isSame(this.#anchor, spot)) this.#anchor = undefined;
	}

	drop(): void {
		this.#anchor = undefined;
	}

	/** The spot so many rows and columns away, as far as the grid goes. Heads come first, the check last. */
	away(rowsAway: number, columnsAway: number): Spot {
		const rows = [HEAD, ...this.#lines().rows.map(({ id }) => id)];
		const columns = [NAME, ...this.#lines().columns.map(({ id }) => id), CHECK];
		const { row, column } = this.spot;
		return {
			row: rows[clamp(rows.indexOf(row) + rowsAway, rows.length)] ?? row,
			column: columns[clamp(columns.indexOf(column) + columnsAway, columns.length)] ?? column
		};
	}

	/** What fills what: down the range, or from above into the single cell. */
	fillPairs(): readonly { readonly from: CellKey; readonly to: CellKey }[] {
		const { rows, columns } = this.#lines();
		const place = this.#placeOf(this.spot);
		const range =
			this.range ??
			(place && { top: place.row - 1, bottom: place.row, left: place.column, right: place.column });
		const source = range && rows[range.top];
		if (!range || !source || range.top === range.bottom) return [];
		return rows
			.slice(range.top + 1, range.bottom + 1)
			.flatMap(({ id }) =>
				columns
					.slice(range.left, range.right + 1)
					.map((role) => ({ from: cellKey(source.id, role.id), to: cellKey(id, role.id) }))
			);
	}

	#put(spot: Spot): void {
		this.#spot = spot;
		this.#last = {
			row: this.#rowIndex.get(spot.row) ?? this.#last.row,
			column: this.#columnIndex.get(spot.column) ?? this.#last.column
		};
	}

	#placeOf(spot: Spot): { readonly row: number; readonly column: number } | undefined {
		const [row, column] = [this.#rowIndex.get(spot.row), this.#columnIndex.get(spot.column)];
		return row === undefined || column === undefined ? undefined : { row, column };
	}
}

type RowIndex = number;

const clamp = (index: number, length: number): number => Math.max(0, Math.min(index, length - 1));
