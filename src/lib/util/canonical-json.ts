import { assert } from './assert.ts';
import { byCodeUnit } from './order.ts';

/** What JSON can say. A field that is `undefined` is left out, as `JSON.stringify` does. */
export type Json =
	string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/**
 * The one way to write `value` as JSON (RFC 8785): fields by the code units of their names, no blanks, numbers as
 * ECMAScript writes them. Equal values give equal text, so that it can be hashed. Throws for a number that is not
 * finite and for half a surrogate pair: JSON cannot say them.
 */
export function canonicalJson(value: Json): string {
	if (typeof value === 'number') assert(Number.isFinite(value), `${value} is no number of JSON`);
	if (typeof value === 'string') return canonicalText(value);
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
	const fields = Object.entries(value).toSorted(([a], [b]) => byCodeUnit(a, b));
	const written = fields.flatMap(([name, field]) =>
		field === undefined ? [] : [`${canonicalText(name)}:${canonicalJson(field)}`]
	);
	return `{${written.join(',')}}`;
}

/** `Array.isArray` does not know lists that are read only. */
const isList = (value: object): value is readonly Json[] => Array.isArray(value);

function canonicalText(text: string): string {
	assert(text.isWellFormed(), `${JSON.stringify(text)} holds half a surrogate pair`);
	return JSON.stringify(text);
}
