import * as Y from 'yjs';

// Prose as it lies in a Y.XmlFragment, as plain values: what nobody here understands is carried in this form.

/** One element with everything below it. */
export interface XmlValue {
	readonly name: string;
	readonly attributes: Readonly<Record<string, unknown>>;
	readonly children: readonly XmlChild[];
}

export type XmlChild = XmlValue | XmlText;

/** One shared text: its runs in order. */
export type XmlText = readonly XmlRun[];

export interface XmlRun {
	/** Text, or an object that stands in the text as one character. */
	readonly insert: string | object;
	readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Deeper than this nobody writes; protects the call stack from a hostile document. */
export const PROSE_DEPTH_MAX = 48;

export const isXmlText = (child: XmlChild): child is XmlText => Array.isArray(child);

export const isXmlElement = (type: unknown): type is Y.XmlElement => type instanceof Y.XmlElement;

/** What stands at `type`, or undefined when it is of no sort that prose knows. Never throws. */
export function xmlValueOf(type: unknown, depth = 0): XmlChild | undefined {
	if (type instanceof Y.XmlText) return runsOf(type);
	if (!isXmlElement(type)) return undefined;
	const children = depth < PROSE_DEPTH_MAX ? type.toArray() : [];
	return {
		name: type.nodeName,
		attributes: attributesOf(type),
		children: children.map((child) => xmlValueOf(child, depth + 1)).filter((child) => child !== undefined)
	};
}

/** The runs of a shared text, no two neighbours alike. A nested type inside it becomes its plain value. */
export function runsOf(text: Y.XmlText): XmlText {
	return mergedRuns(plainRuns(text));
}

/** Text of one look that was marked in two steps lies in two pieces. */
export function mergedRuns(runs: XmlText): XmlText {
	const merged: XmlRun[] = [];
	for (const run of runs) {
		const last = merged.at(-1);
		if (typeof last?.insert === 'string' && typeof run.insert === 'string' && isAlike(last, run)) {
			merged[merged.length - 1] = { ...last, insert: last.insert + run.insert };
		} else merged.push(run);
	}
	return merged;
}

const isAlike = ({ attributes: a = {} }: XmlRun, { attributes: b = {} }: XmlRun): boolean =>
	a === b || JSON.stringify(a) === JSON.stringify(b);

function plainRuns(text: Y.XmlText): XmlText {
	const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
	return delta.flatMap(({ insert, attributes }) => {
		const value = insert instanceof Y.AbstractType ? (insert.toJSON() as unknown) : insert;
		if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return [];
		return { insert: value, ...(attributes ? { attributes } : {}) };
	});
}

/** The attributes of an element. A nested type among them becomes its plain value. */
export function attributesOf(element: Y.XmlElement): Record<string, unknown> {
	const attributes: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(element.getAttributes() as Record<string, unknown>)) {
		attributes[key] = value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value;
	}
	return attributes;
}

/** A new shared type with the same content, not yet standing anywhere. */
export function xmlFrom(value: XmlChild): Y.XmlElement | Y.XmlText {
	if (isXmlText(value)) return xmlTextFrom(value);
	const element = new Y.XmlElement(value.name);
	for (const [key, attribute] of Object.entries(value.attributes)) {
		// Yjs declares attributes as strings and keeps any JSON value.
		element.setAttribute(key, attribute as string);
	}
	element.insert(0, value.children.map(xmlFrom));
	return element;
}

export function xmlTextFrom(runs: XmlText): Y.XmlText {
	const text = new Y.XmlText();
	text.applyDelta(runs.filter(({ insert }) => insert !== ''));
	return text;
}

/** All text below `value`, in order. Elements that stand under each other are lines, those in a line are not. */
export function plainTextOf(value: XmlChild): string {
	if (isXmlText(value)) return value.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
	const isLine = value.children.some(isXmlText);
	return value.children.map(plainTextOf).join(isLine ? '' : '\n');
}
