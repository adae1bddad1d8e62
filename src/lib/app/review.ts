import * as Y from 'yjs';
import { blockWith } from '../docs/clash.ts';
import { UserEdit } from '../docs/origin.ts';
import { isXmlElement } from '../docs/prose-xml.ts';
import { parsePlace, type Place } from '../docs/touched.ts';
import { isIsoDate } from '../domain/calendar.ts';
import type { PersonId } from '../domain/id.ts';
import type { ClashChoice, MissedClash } from '../domain/sync-state.ts';
import { shortDay } from '../domain/words.ts';
import { valueWords, type ValueNames } from './value-words.ts';

// The merge review: what two people did to one thing while apart, as the person reads it, and what they choose.

/** Carries out a choice, as an ordinary new change. What cannot be done any more, because the thing is gone, is not. */
export function settleClash(
	doc: Y.Doc,
	{ place, clash, choice, by }: { place: Place; clash: MissedClash; choice: ClashChoice; by: PersonId }
): void {
	const { root, row, block } = parsePlace(place);
	doc.transact(
		() => {
			if (clash.is === 'value' && choice !== 'keep')
				setValue(doc, place, clash[choice === 'mine' ? 'mine' : 'theirs'].value);
			else if (clash.is === 'removed' && choice === 'restore') rowOf(doc, root, row)?.delete('removedAt');
			else if (clash.is === 'text' && choice === 'mine' && block) rewriteBlock(doc, block, clash.mine);
		},
		new UserEdit(by, 'review.choose')
	);
}

function rowOf(doc: Y.Doc, root: string, row: string | undefined): Y.Map<unknown> | undefined {
	const found = row === undefined ? undefined : doc.getMap<unknown>(root).get(row);
	return found instanceof Y.Map ? (found as Y.Map<unknown>) : undefined;
}

function setValue(doc: Y.Doc, place: Place, value: unknown): void {
	const { root, row = '', field } = parsePlace(place);
	const map = field === undefined ? doc.getMap<unknown>(root) : rowOf(doc, root, row);
	const key = field ?? row;
	if (value === undefined) map?.delete(key);
	else map?.set(key, value);
}

/** Writes only what differs, so that what was formatted outside of it stays so. */
function rewriteBlock(doc: Y.Doc, block: string, wanted: string): void {
	const text = onlyTextOf(blockWith(doc, block));
	if (!text) return;
	const now = piecesOf(text).join('');
	let start = 0;
	while (start < Math.min(now.length, wanted.length) && now[start] === wanted[start]) start++;
	let end = 0;
	const rest = Math.min(now.length, wanted.length) - start;
	while (end < rest && now.at(-1 - end) === wanted.at(-1 - end)) end++;
	text.delete(start, now.length - start - end);
	text.insert(start, wanted.slice(start, wanted.length - end));
}

function onlyTextOf(element: Y.XmlElement | undefined): Y.XmlText | undefined {
	const [child, ...others] = element?.toArray() ?? [];
	if (others.length > 0) return undefined;
	if (child instanceof Y.XmlText) return isPlain(child) ? child : undefined;
	return isXmlElement(child) ? onlyTextOf(child) : undefined;
}

const isPlain = (text: Y.XmlText): boolean => piecesOf(text).every((piece) => typeof piece === 'string');

const piecesOf = (text: Y.XmlText): readonly unknown[] =>
	(text.toDelta() as { insert: unknown }[]).map(({ insert }) => insert);

/** What stands in the list once somebody chose. */
export function chosenWords(clash: MissedClash, choice: ClashChoice): string {
	if (clash.is === 'value' && choice !== 'keep') {
		const side = clash[choice === 'mine' ? 'mine' : 'theirs'];
		return choice === clash.shows ? `Kept: ${side.words}.` : `Now ${side.words}.`;
	}
	if (clash.is === 'removed') return choice === 'restore' ? 'Brought back.' : 'Left deleted.';
	if (clash.is === 'text') return choice === 'mine' ? 'Your words are used.' : 'Both edits are kept.';
	return 'Read.';
}

/** Longer values are cut: the whole of it is in the document. */
const VALUE_LENGTH_MAX = 60;

/** One of two values, short enough for a button: “11 Jun”, “Priya Raman”, “empty”. */
export function sideWords(value: unknown, names: ValueNames): string {
	if (typeof value === 'string' && isIsoDate(value)) return shortDay(value);
	const words = valueWords(value, names) || 'empty';
	return words.length > VALUE_LENGTH_MAX ? `${words.slice(0, VALUE_LENGTH_MAX).trimEnd()}…` : words;
}
