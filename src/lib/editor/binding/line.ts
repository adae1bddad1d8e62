import { Mark, type Node } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { xmlTextFrom, type XmlRun } from '#lib/docs/prose-xml.ts';
import { formatChange } from './attributes.ts';
import { runFor, typesFor } from './create.ts';
import { changesBetween, type Change } from './diff.ts';
import type { Ledger } from './ledger.ts';
import { indexIn, isText, segmentsOf, type Segment } from './standing.ts';

// A line as it is written back: letters and marks one by one, so that what somebody else writes into the same
// line at the same time stays where they wrote it.

/** One letter (a whole code point, or its halves would be torn apart) or one thing in the line. */
interface Unit {
	readonly key: string;
	readonly size: number;
	readonly node: Node;
}

/** Makes the line `element`, which reads as `before`, read as `after`. */
export function writeLine(
	element: Y.XmlElement,
	{ before, after, ledger }: { before: Node; after: Node; ledger: Ledger }
): void {
	const span = changedSpan(before, after);
	if (!span) return;
	const old = unitsIn(before, span.from, span.to);
	const now = unitsIn(after, span.from, span.end);
	const changes = changesBetween(
		old.map((unit) => unit.key),
		now.map((unit) => unit.key)
	);
	for (const change of changes.toReversed()) {
		const at = span.from + sizeOf(old.slice(0, change.from));
		removeFrom(element, at, at + sizeOf(old.slice(change.from, change.to)));
		insertInto(element, at, { units: now.slice(change.at, change.end), ledger });
	}
	formatKept(element, { old, now, changes, from: span.from });
}

/** What differs: `from` to `to` before, `from` to `end` after. Undefined when nothing does. */
function changedSpan(before: Node, after: Node): { from: number; to: number; end: number } | undefined {
	const start = before.content.findDiffStart(after.content);
	const ends = before.content.findDiffEnd(after.content);
	if (start === null || !ends) return undefined;
	const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
	const from = splitsLetter(before, start) || splitsLetter(after, start) ? start - 1 : start;
	const tail = splitsLetter(before, ends.a + overlap) || splitsLetter(after, ends.b + overlap) ? 1 : 0;
	return { from, to: ends.a + overlap + tail, end: ends.b + overlap + tail };
}

function splitsLetter(line: Node, offset: number): boolean {
	if (offset <= 0 || offset >= line.content.size) return false;
	const pair = line.textBetween(offset - 1, offset + 1, undefined, '\ufffc');
	return /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair);
}

function unitsIn(line: Node, from: number, to: number): readonly Unit[] {
	const units: Unit[] = [];
	line.nodesBetween(from, to, (node, pos) => {
		if (!node.isText) {
			units.push({ key: keyOf(node), size: node.nodeSize, node });
			return false;
		}
		const text = (node.text ?? '').slice(Math.max(0, from - pos), to - pos);
		for (const letter of text) units.push({ key: letter, size: letter.length, node });
		return false;
	});
	return units;
}

/** Longer than a letter, so that nothing in a line is taken for text. */
const keyOf = (node: Node): string =>
	`${node.type.name} ${JSON.stringify(node.attrs)} ${JSON.stringify(node.marks)}`;

const sizeOf = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + unit.size, 0);

function removeFrom(element: Y.XmlElement, from: number, to: number): void {
	for (const { child, from: start, size } of segmentsOf(element).toReversed()) {
		const lower = Math.max(from, start);
		const upper = Math.min(to, start + size);
		if (lower >= upper) continue;
		// An emptied text stays: somebody else may be writing into it.
		if (isText(child)) child.delete(lower - start, upper - lower);
		else element.delete(indexIn(element, child), 1);
	}
}

function insertInto(
	element: Y.XmlElement,
	at: number,
	{ units, ledger }: { units: readonly Unit[]; ledger: Ledger }
): void {
	let offset = at;
	for (const { node, text, size } of piecesOf(units)) {
		const run = runFor(node);
		if (run) insertRun(element, offset, { run: node.isText ? { ...run, insert: text } : run, ledger });
		else insertNode(element, offset, node);
		offset += size;
	}
}

interface Piece {
	readonly node: Node;
	/** Its letters, when it is text. */
	readonly text: string;
	readonly size: number;
}

/** Letters with the same marks, together. */
function piecesOf(units: readonly Unit[]): readonly Piece[] {
	const pieces: Piece[] = [];
	for (const { key, size, node } of units) {
		const last = pieces.at(-1);
		const isMore = last?.node.isText && node.isText && Mark.sameSet(last.node.marks, node.marks);
		if (isMore) pieces[pieces.length - 1] = { node, text: last.text + key, size: last.size + size };
		else pieces.push({ node, text: node.isText ? key : '', size });
	}
	return pieces;
}

function insertRun(
	element: Y.XmlElement,
	offset: number,
	{ run, ledger }: { run: XmlRun; ledger: Ledger }
): void {
	const { insert, attributes = {} } = run;
	const segments = segmentsOf(element);
	const segment = textAt(segments, offset);
	if (!segment) {
		const text = xmlTextFrom([run]);
		element.insert(childIndexAt(element, segments, offset), [text]);
		ledger.comes(text);
	} else if (typeof insert === 'string') {
		const index = offset - segment.from;
		segment.text.insert(index, insert, attributes);
		ledger.grows(segment.text, index, insert);
	} else segment.text.insertEmbed(offset - segment.from, insert, attributes);
}

/** The text that ends at `offset` or holds it; else the one that begins there. */
function textAt(segments: readonly Segment[], offset: number): { text: Y.XmlText; from: number } | undefined {
	let found: { text: Y.XmlText; from: number } | undefined;
	for (const { child, from, size } of segments) {
		if (!isText(child) || offset < from || offset > from + size) continue;
		if (offset > from) return { text: child, from };
		found ??= { text: child, from };
	}
	return found;
}

/** Where among the children something stands that comes at `offset`, which is not inside a text. */
function childIndexAt(element: Y.XmlElement, segments: readonly Segment[], offset: number): number {
	const next = segments.find(({ from, size }) => from + size > offset);
	return next ? indexIn(element, next.child) : element.length;
}

function insertNode(element: Y.XmlElement, offset: number, node: Node): void {
	const segments = segmentsOf(element);
	const around = segments.find(
		({ child, from, size }) => isText(child) && from < offset && offset < from + size
	);
	const types = typesFor([node]);
	if (!around || !isText(around.child)) {
		element.insert(childIndexAt(element, segments, offset), types);
		return;
	}
	const tail = tailOf(around.child, offset - around.from);
	around.child.delete(offset - around.from, around.child.length - (offset - around.from));
	element.insert(indexIn(element, around.child) + 1, [...types, xmlTextFrom(tail)]);
}

/** The runs of a text from `index` on, as they stand: marks that a line does not show are kept too. */
function tailOf(text: Y.XmlText, index: number): readonly XmlRun[] {
	const runs: XmlRun[] = [];
	let at = 0;
	for (const run of text.toDelta() as XmlRun[]) {
		const size = typeof run.insert === 'string' ? run.insert.length : 1;
		if (at >= index) runs.push(run);
		else if (at + size > index && typeof run.insert === 'string') {
			runs.push({ ...run, insert: run.insert.slice(index - at) });
		}
		at += size;
	}
	return runs;
}

/** Formats the letters that stayed but got other marks. */
function formatKept(
	element: Y.XmlElement,
	{
		old,
		now,
		changes,
		from
	}: { old: readonly Unit[]; now: readonly Unit[]; changes: readonly Change[]; from: number }
): void {
	let shift = 0;
	let offset = from;
	const changeAt = new Map(changes.map((change) => [change.at, change]));
	const stretches: { from: number; to: number; format: Record<string, unknown> }[] = [];
	for (let j = 0; j < now.length; j += 1) {
		const change = changeAt.get(j);
		if (change) {
			shift = change.to - change.end;
			offset += sizeOf(now.slice(change.at, change.end));
			j = change.end;
			if (j >= now.length) break;
		}
		const [before, after] = [old[j + shift], now[j]];
		if (!before || !after) break;
		const format = after.node.isText ? formatChange(before.node.marks, after.node.marks) : undefined;
		const last = stretches.at(-1);
		if (format && last?.to === offset && JSON.stringify(last.format) === JSON.stringify(format)) {
			last.to = offset + after.size;
		} else if (format) stretches.push({ from: offset, to: offset + after.size, format });
		offset += after.size;
	}
	for (const stretch of stretches) formatIn(element, stretch);
}

function formatIn(
	element: Y.XmlElement,
	{ from, to, format }: { from: number; to: number; format: Record<string, unknown> }
): void {
	for (const { child, from: start, size } of segmentsOf(element)) {
		const lower = Math.max(from, start);
		const upper = Math.min(to, start + size);
		if (isText(child) && lower < upper) child.format(lower - start, upper - lower, format);
	}
}
