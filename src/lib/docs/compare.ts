import * as Y from 'yjs';
import { proseOf } from './prose.ts';
import { textOfBlocks } from './prose-text.ts';
import { isSameValue, plainOf, rootNames, rootOf } from './roots.ts';
import { alignPieces, stepsBetween, wordsIn, type Piece, type Step } from './sequence.ts';
import { blockIdOf, type Place } from './touched.ts';
import { xmlValueOf } from './prose-xml.ts';

// What changed between two states of one document, in the places of `touched.ts`: for the history, and for anybody who
// was away. A picture is all that counts of a state, as plain values, so that the state itself can be let go.

export interface DocPicture {
	/** Root → row or field → what it says. */
	readonly maps: ReadonlyMap<string, ReadonlyMap<string, Entry>>;
	/** Root → its blocks in order. */
	readonly texts: ReadonlyMap<string, readonly Passage[]>;
}

type Entry =
	{ readonly is: 'row'; readonly fields: Fields } | { readonly is: 'value'; readonly value: unknown };
type Fields = Readonly<Record<string, unknown>>;

/** One block at the top of a text. */
interface Passage extends Piece {
	readonly text: string;
	/** What sort of block: `paragraph`, `list`, or the type of an embedded one. */
	readonly sort: string;
}

/** One record, one field of the document, or one passage of a text. */
export type Change = RowChange | FieldChange | PassageChange;

export interface RowChange {
	readonly is: 'row';
	readonly place: Place;
	readonly root: string;
	readonly row: string;
	/** `back`: it had been removed softly. */
	readonly how: 'came' | 'back' | 'went' | 'changed';
	/** What differs; for a record that came or went, all that it says. Without its id and its marks. */
	readonly fields: readonly FieldValues[];
}

/** A field of the document itself: `place` has no third part. */
export interface FieldChange extends FieldValues {
	readonly is: 'field';
	readonly root: string;
	readonly row: string;
}

export interface FieldValues {
	readonly place: Place;
	readonly field: string;
	/** Plain values; undefined where there is none. */
	readonly before: unknown;
	readonly after: unknown;
}

export interface PassageChange {
	readonly is: 'passage';
	readonly place: Place;
	readonly root: string;
	/** The block (`blockIdOf`), as it is called afterwards; as it was called before when it went. */
	readonly block: string;
	readonly how: 'came' | 'went' | 'changed';
	readonly sort: string;
	/** Its words. All of one sort where it came or went; all kept where only its look changed. */
	readonly words: readonly Step[];
}

export function pictureOf(doc: Y.Doc): DocPicture {
	const maps = new Map<string, ReadonlyMap<string, Entry>>();
	const texts = new Map<string, readonly Passage[]>();
	for (const name of rootNames(doc)) {
		const root = rootOf(doc, name);
		if (root?.is === 'map')
			maps.set(name, new Map([...root.map].map(([key, value]) => [key, entryOf(value)])));
		else if (root) texts.set(name, passagesOf(root.text));
	}
	return { maps, texts };
}

/** Every change from `before` to `after`: records first, by root, then texts, each in its order. */
export function changesBetween(before: DocPicture, after: DocPicture): readonly Change[] {
	const none = new Map<string, Entry>();
	return [
		...namesIn(before.maps, after.maps).flatMap((root) =>
			entryChanges(root, before.maps.get(root) ?? none, after.maps.get(root) ?? none)
		),
		...namesIn(before.texts, after.texts).flatMap((root) =>
			passageChanges(root, before.texts.get(root) ?? [], after.texts.get(root) ?? [])
		)
	];
}

const namesIn = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): readonly string[] =>
	[...new Set([...a.keys(), ...b.keys()])].toSorted();

const entryOf = (value: unknown): Entry =>
	value instanceof Y.Map ? { is: 'row', fields: value.toJSON() } : { is: 'value', value: plainOf(value) };

function passagesOf(text: Y.XmlFragment): readonly Passage[] {
	const contents = new Map(
		text.toArray().map((child) => [blockIdOf(child as Y.XmlElement), JSON.stringify(xmlValueOf(child))])
	);
	return proseOf(text).map((block) => ({
		id: block.id ?? '',
		sort: block.is === 'block' ? block.type : block.is,
		text: textOfBlocks([block]),
		content: contents.get(block.id) ?? ''
	}));
}

function entryChanges(
	root: string,
	before: ReadonlyMap<string, Entry>,
	after: ReadonlyMap<string, Entry>
): readonly Change[] {
	return [...new Set([...after.keys(), ...before.keys()])].flatMap((row): readonly Change[] => {
		const [was, is] = [before.get(row), after.get(row)];
		if (was?.is !== 'value' && is?.is !== 'value') return rowChanges({ root, row }, was?.fields, is?.fields);
		const values = { before: saidBy(was), after: saidBy(is) };
		if (isSameValue(values.before, values.after)) return [];
		return [{ is: 'field', root, row, place: `${root}/${row}`, field: row, ...values }];
	});
}

const saidBy = (entry: Entry | undefined): unknown => (entry?.is === 'row' ? entry.fields : entry?.value);

function rowChanges(
	at: { readonly root: string; readonly row: string },
	was: Fields | undefined,
	is: Fields | undefined
): readonly Change[] {
	const [stood, stands] = [isThere(was), isThere(is)];
	const path = `${at.root}/${at.row}`;
	if (!stood && !stands) return [];
	if (stood && stands) {
		const fields = fieldsBetween(path, was ?? {}, is ?? {});
		return fields.length > 0 ? [{ is: 'row', ...at, place: path, how: 'changed', fields }] : [];
	}
	const isMarked = was !== undefined && is !== undefined;
	const shown = (fields: Fields | undefined) =>
		Object.fromEntries(Object.entries(fields ?? {}).filter(([field]) => field !== 'order'));
	return [
		{
			is: 'row',
			...at,
			place: isMarked ? `${path}/removedAt` : path,
			how: stood ? 'went' : isMarked ? 'back' : 'came',
			fields: stood ? fieldsBetween(path, shown(was), {}) : fieldsBetween(path, {}, shown(is))
		}
	];
}

const isThere = (fields: Fields | undefined): boolean =>
	fields !== undefined && fields['removedAt'] === undefined;

/** Not what a person would call a field. */
const MARKS = new Set(['id', 'removedAt']);

const fieldsBetween = (path: string, was: Fields, is: Fields): readonly FieldValues[] =>
	[...new Set([...Object.keys(was), ...Object.keys(is)])]
		.filter((field) => !MARKS.has(field) && !isSameValue(was[field], is[field]))
		.map((field) => ({ place: `${path}/${field}`, field, before: was[field], after: is[field] }));

function passageChanges(
	root: string,
	before: readonly Passage[],
	after: readonly Passage[]
): readonly PassageChange[] {
	const changes: PassageChange[] = [];
	const came = (passage: Passage) => changes.push(changeOf(root, 'came', passage));
	const went = (passage: Passage) => changes.push(changeOf(root, 'went', passage));
	let [from, to] = [0, 0];
	for (const [was, is] of [...alignPieces(before, after), [before.length, after.length] as const]) {
		before.slice(from, was).forEach(went);
		after.slice(to, is).forEach(came);
		[from, to] = [was + 1, is + 1];
		const [earlier, later] = [before[was], after[is]];
		if (!earlier || !later || earlier.content === later.content) continue;
		const words = stepsBetween(wordsIn(earlier.text), wordsIn(later.text));
		changes.push({ ...changeOf(root, 'changed', later), words });
	}
	return changes;
}

function changeOf(root: string, how: PassageChange['how'], { id, sort, text }: Passage): PassageChange {
	const words: Step[] = text ? [{ is: how === 'went' ? 'removed' : 'added', units: wordsIn(text) }] : [];
	return { is: 'passage', root, place: `${root}#${id}`, block: id, how, sort, words };
}
