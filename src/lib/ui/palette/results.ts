import type { PaletteEntry, PaletteSecond } from './entry.ts';
import { rank, type Prepared } from './match.ts';

/** A row that can be chosen: an entry, or the second action of the first entry, on a line of its own. */
export type PaletteRow =
	| { readonly is: 'entry'; readonly id: string; readonly entry: PaletteEntry; readonly index: number }
	| {
			readonly is: 'second';
			readonly id: string;
			readonly entry: PaletteEntry;
			readonly second: PaletteSecond;
			readonly index: number;
	  };

export interface PaletteGroup {
	readonly label: string;
	readonly rows: readonly PaletteRow[];
}

/** Enough to choose from without reading a list. */
const PER_GROUP_MAX = 6;
const ENTRIES_MAX = 40;

/**
 * What the palette shows. Groups with a better kind of match come first, equal ones in the order the entries were
 * given; in each the best comes first. The first entry's second action, if it has one, stands under it.
 */
export function paletteGroups(
	prepared: readonly Prepared<PaletteEntry>[],
	query: string,
	found: readonly PaletteEntry[]
): readonly PaletteGroup[] {
	const ranked = rank(prepared, query);
	const isKnown = new Set(ranked.map(({ entry }) => entry.id));
	const others = found.filter(({ id }) => !isKnown.has(id)).map((entry) => ({ entry, tier: -1 }));
	const order = [...new Set(prepared.map(({ entry }) => entry.group))];
	const placeOf = (label: string) => (order.includes(label) ? order.indexOf(label) : order.length);
	const groups = [...Map.groupBy([...ranked, ...others], ({ entry }) => entry.group)].toSorted(
		([labelA, a], [labelB, b]) => bestTier(b) - bestTier(a) || placeOf(labelA) - placeOf(labelB)
	);
	let left = ENTRIES_MAX;
	let index = 0;
	return groups.flatMap(([label, members]) => {
		const shown = members.slice(0, Math.min(PER_GROUP_MAX, left)).map(({ entry }) => entry);
		left -= shown.length;
		const rows = shown.flatMap((entry) => {
			const row: PaletteRow = { is: 'entry', id: entry.id, entry, index: index++ };
			if (row.index > 0 || !entry.second) return [row];
			return [
				row,
				{ is: 'second' as const, id: `${entry.id}/second`, entry, second: entry.second, index: index++ }
			];
		});
		return rows.length > 0 ? [{ label, rows }] : [];
	});
}

const bestTier = (members: readonly { readonly tier: number }[]): number =>
	Math.max(...members.map(({ tier }) => tier));

/** The row an arrow leads to, round and round. `undefined` for any other key or an empty list. */
export function nextRow(index: number, count: number, key: string): number | undefined {
	const way = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[key];
	if (way === undefined || count === 0) return undefined;
	if (Math.abs(way) > 1) return Math.min(count - 1, Math.max(0, index + way));
	return (index + way + count) % count;
}
