import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import { withBody, type Piece } from './adr-chunks.ts';
import { optionBody } from './adr-fresh.ts';
import { listOf, optionFromItem } from './adr-options.ts';
import type { Written, WrittenOption } from './written.ts';

// Options in a file that they were read from: an item or a section that still says the same stays as it was.

/** The list, with an item for each option; those that are still there as they were. */
export function optionListNow(piece: Piece, { options }: Written): string {
	const { before, items, after } = listOf(piece);
	if (items.length === 0) return piece.source;
	const named = items.map(optionFromItem);
	const itemOf = ({ title, note }: WrittenOption): string => {
		const at = named.findIndex((one) => one.title === title && note.startsWith(one.note));
		return items[at] ?? escapeLine(title);
	};
	const now = options.map(itemOf);
	if (JSON.stringify(now) === JSON.stringify(items)) return piece.source;
	const sign = /^([*+-]|\d+[.)])[ \t]/m.exec(piece.source.slice(before.length))?.[1] ?? '*';
	return `${before}${now.map((item) => `${/\d/.test(sign) ? '*' : sign} ${item}`).join('\n')}\n${after}`;
}

/** The section about an option; nothing when the option is gone. */
export function optionSectionNow(
	piece: Piece,
	{
		was,
		now,
		list
	}: { was: WrittenOption | undefined; now: WrittenOption | undefined; list: Piece | undefined }
): string {
	if (!now) return '';
	if (JSON.stringify(was) === JSON.stringify(now)) return piece.source;
	const source =
		was && was.title !== now.title
			? piece.source.replace(
					/^( {0,3}#{1,6}[ \t]+).*/,
					(_, signs: string) => `${signs}${escapeLine(now.title)}`
				)
			: piece.source;
	return withBody(source, piece.level, optionBody({ ...now, note: ownNote(now, list) }));
}

/** The note without what already stands in the list behind the option's name. */
function ownNote({ title, note }: WrittenOption, list: Piece | undefined): string {
	const items = list ? listOf(list).items.map(optionFromItem) : [];
	const listed = items.find((item) => item.title === title && item.note !== '' && note.startsWith(item.note));
	return listed ? note.slice(listed.note.length).trimStart() : note;
}
