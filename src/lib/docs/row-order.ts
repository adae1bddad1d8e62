import { generateKeyBetween } from 'fractional-indexing';
import { byCodeUnit } from '../util/order.ts';

/** Where a row stands among its siblings: by `order`, then by `id`, both by code unit. */
export interface Placed {
	readonly id: string;
	readonly order: string;
}

export const byOrder = (a: Placed, b: Placed): number =>
	byCodeUnit(a.order, b.order) || byCodeUnit(a.id, b.id);

/**
 * A key that sorts right after the row `after`; first when that is undefined, last when it is `'end'`. Concurrent inserts
 * can leave two siblings with one key; the next strictly greater key is then used. A key that no library made (a tool
 * wrote it) counts as absent. Looks at each row once and sorts none: a register has thousands.
 */
export function orderAfter(rows: readonly Placed[], after: string | undefined): string {
	const lower = after === 'end' ? outermost(rows, (a, b) => a > b) : keyOf(rows, after);
	if (after === 'end') return generateKeyBetween(lower, null);
	const above = lower === null ? rows : rows.filter(({ order }) => order > lower);
	return generateKeyBetween(
		lower,
		outermost(above, (a, b) => a < b)
	);
}

function keyOf(rows: readonly Placed[], id: string | undefined): string | null {
	const order = rows.find((row) => row.id === id)?.order;
	return order !== undefined && isOrderKey(order) ? order : null;
}

/** The first or last key there is. One that is none is met rarely, and then looked past. */
function outermost(rows: readonly Placed[], isFurther: (a: string, b: string) => boolean): string | null {
	let best: string | null = null;
	for (const { order } of rows) if (best === null || isFurther(order, best)) best = order;
	if (best === null || isOrderKey(best)) return best;
	return outermost(
		rows.filter(({ order }) => isOrderKey(order)),
		isFurther
	);
}

function isOrderKey(order: string): boolean {
	try {
		generateKeyBetween(order, null);
		return true;
	} catch {
		return false; // The library has no other way to ask.
	}
}
