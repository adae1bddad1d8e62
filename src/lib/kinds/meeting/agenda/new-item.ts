import { ITEM_MINUTES_MAX, ITEM_TITLE_LENGTH_MAX } from '../schema.ts';

/** What an item takes when nobody says how long. */
export const USUAL_MINUTES = 5;

export interface TypedItem {
	readonly title: string;
	readonly minutes: number;
}

/**
 * An item as people type it on one line: “Cost deltas 10 min” is ten minutes of cost deltas. A bare number at the end
 * belongs to the title (“Sprint 24”). Undefined when there is no title in it.
 */
export function typedItem(line: string): TypedItem | undefined {
	const text = line.trim();
	const [, titled, digits] = /^(.*\S)[\s,]+(\d{1,4})\s*(?:m|min|mins|minutes|[’'′])\.?$/iu.exec(text) ?? [];
	const minutes = Number(digits);
	const isTimed = titled !== undefined && minutes <= ITEM_MINUTES_MAX;
	const title = (isTimed ? titled.replace(/,$/, '').trim() : text).slice(0, ITEM_TITLE_LENGTH_MAX);
	return title ? { title, minutes: isTimed ? minutes : USUAL_MINUTES } : undefined;
}
