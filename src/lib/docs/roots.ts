import * as Y from 'yjs';

/** What stands under one name at the top of a document: records and fields, or a text. */
export type Root =
	| { readonly is: 'map'; readonly map: Y.Map<unknown> }
	| { readonly is: 'text'; readonly text: Y.XmlFragment };

/** Says of which schema a document is; nothing that people wrote. */
const META = 'meta';

/** The names of everything that people wrote in `doc`, in code-unit order. */
export const rootNames = (doc: Y.Doc): readonly string[] =>
	[...doc.share.keys()].filter((name) => name !== META).toSorted();

/**
 * What stands under `name`. A document that was only loaded does not say of which sort its roots are: that follows
 * from what is in them. Undefined for an empty one, and for a sort that no kind has.
 */
export function rootOf(doc: Y.Doc, name: string): Root | undefined {
	const found: unknown = doc.share.get(name);
	if (found instanceof Y.Map) return { is: 'map', map: found };
	if (found instanceof Y.XmlFragment) return { is: 'text', text: found };
	if (!isLoadedOnly(found)) return undefined;
	if (found._map.size > 0) return { is: 'map', map: doc.getMap(name) };
	return found._start ? { is: 'text', text: doc.getXmlFragment(name) } : undefined;
}

/** Of no sort yet: nobody has asked for it by one. */
const isLoadedOnly = (type: unknown): type is Y.AbstractType<unknown> =>
	type instanceof Y.AbstractType && type.constructor === Y.AbstractType;

/** Whether a value says what another says, so that writing it again would change nothing. */
export const isSameValue = (a: unknown, b: unknown): boolean =>
	a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** A value of a map as plain data. */
export const plainOf = (value: unknown): unknown =>
	value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value;
