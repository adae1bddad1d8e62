import type { Attrs, Mark, MarkType, Node, NodeType, Schema } from '@tiptap/pm/model';
import { allowedHref } from '#lib/docs/prose-href.ts';
import { CELL_SPAN_MAX } from '#lib/docs/prose.ts';
import { RIDING } from '../schema/foreign.ts';

// Attributes and marks between the shared document and ProseMirror. What comes in is made safe: a merge or a
// stranger may have written anything. What goes out is everything that is not null, as every y-prosemirror does it.

type Record_ = Readonly<Record<string, unknown>>;

/** The attribute in which an element within a line keeps the marks that lie on it; texts keep theirs as formats. */
export const MARKS = 'marks';

/** The attributes of `type` out of those of an element. Those the type does not know ride along. */
export function attrsFrom(type: NodeType | MarkType, attributes: Record_): Attrs {
	const attrs: Record<string, unknown> = {};
	const riding: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(attributes)) {
		if (key === RIDING) continue;
		if (!knows(type, key)) riding[key] = value;
		else {
			const safe = safeValue(type.name, key, value);
			if (safe !== undefined) attrs[key] = safe;
		}
	}
	return Object.keys(riding).length > 0 ? { ...attrs, [RIDING]: riding } : attrs;
}

/** What is written for `attrs`: riders first, so that what we know wins. */
export function attributesFrom(attrs: Attrs): Record<string, unknown> {
	const attributes: Record<string, unknown> = { ...((attrs[RIDING] as Record_ | null) ?? {}) };
	for (const [key, value] of Object.entries(attrs)) {
		if (key !== RIDING && value !== null && value !== undefined) attributes[key] = value;
	}
	return attributes;
}

/** Attributes of `after` that differ from `before`, with null for those to take away. Riders never change here. */
export function attributesChanged(before: Node, after: Node): ReadonlyMap<string, unknown> {
	const changed = new Map<string, unknown>();
	for (const [key, value] of Object.entries(after.attrs)) {
		if (key !== RIDING && !isEqual(before.attrs[key], value)) changed.set(key, value ?? null);
	}
	return changed;
}

const knows = (type: NodeType | MarkType, key: string): boolean => Object.hasOwn(type.spec.attrs ?? {}, key);

const isCount = (value: unknown, lower: number, upper: number): value is number =>
	typeof value === 'number' && Number.isInteger(value) && value >= lower && value <= upper;

const isWord = (value: unknown, max: number): boolean => typeof value === 'string' && value.length <= max;

const isPlain = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same value when it is safe to draw, else undefined: the type's default then stands in its place. */
const safeties: Readonly<Record<string, (value: unknown) => boolean>> = {
	'heading.level': (value) => isCount(value, 1, 3),
	'orderedList.start': (value) => isCount(value, 0, 999_999_999),
	'orderedList.type': (value) => typeof value === 'string' && /^[1aAiI]$/.test(value),
	'taskItem.checked': (value) => typeof value === 'boolean',
	'cell.colspan': (value) => isCount(value, 1, CELL_SPAN_MAX),
	'cell.rowspan': (value) => isCount(value, 1, CELL_SPAN_MAX),
	'cell.colwidth': () => false,
	'cell.align': (value) => typeof value === 'string' && /^(left|center|right)$/.test(value),
	'codeBlock.language': (value) => isWord(value, 40),
	'mention.id': (value) => isWord(value, 96),
	'mention.label': (value) => isWord(value, 200),
	'block.type': (value) => isWord(value, 96),
	'block.id': (value) => isWord(value, 96),
	'block.data': isPlain,
	'link.href': (value) => allowedHref(value) !== undefined
};

function safeValue(name: string, key: string, value: unknown): unknown {
	const owner = name === 'tableCell' || name === 'tableHeader' ? 'cell' : name;
	return safeties[`${owner}.${key}`]?.(value) === false ? undefined : value;
}

/** The marks of a run. One we do not know, or a link to where none may go, is carried under its own name. */
export function marksFrom(schema: Schema, attributes: Record_): readonly Mark[] {
	const marks = Object.entries(attributes).flatMap(([key, value]) => {
		if (value === null || value === undefined) return [];
		const type = key === FOREIGN ? undefined : schema.marks[key];
		const isSafe = key !== 'link' || allowedHref(isPlain(value) && (value as Record_)['href']) !== undefined;
		if (type && isSafe) return [type.create(attrsFrom(type, isPlain(value) ? (value as Record_) : {}))];
		return schema.marks[FOREIGN]?.create({ key, value }) ?? [];
	});
	return marks;
}

const FOREIGN = 'foreignMark';

/** Under which name a mark stands in the document. */
export const markKey = (mark: Mark): string =>
	mark.type.name === FOREIGN ? String(mark.attrs['key']) : mark.type.name;

export const markValue = (mark: Mark): unknown =>
	mark.type.name === FOREIGN ? mark.attrs['value'] : attributesFrom(mark.attrs);

export const formatOf = (marks: readonly Mark[]): Record<string, unknown> =>
	Object.fromEntries(marks.map((mark) => [markKey(mark), markValue(mark)]));

/** What to format so that text with `before` gets `after`; undefined when nothing changes. */
export function formatChange(
	before: readonly Mark[],
	after: readonly Mark[]
): Record<string, unknown> | undefined {
	const change: Record<string, unknown> = {};
	for (const mark of before) if (!mark.isInSet(after)) change[markKey(mark)] = null;
	for (const mark of after) if (!mark.isInSet(before)) change[markKey(mark)] = markValue(mark);
	return Object.keys(change).length > 0 ? change : undefined;
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function isEqual(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	return keys.every((key) => Object.hasOwn(b, key) && isEqual((a as Record_)[key], (b as Record_)[key]));
}
