import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import { TEXT_WORDS, TEXTS, type Commentaries } from './schema.ts';

const FIELDS: Record<string, string | undefined> = {
	outlook: 'Outlook changed',
	nature: 'One-off or trend changed',
	completed: 'Commentary completed or reopened',
	seen: 'Number as seen changed',
	status: 'Number as seen changed',
	order: 'Commentary moved'
};

const PARTS: Record<string, string | undefined> = {
	drivers: 'Driver',
	links: 'Action',
	evidence: 'Evidence'
};

/** Names a changed place of a period's commentary: “What changed edited, mttr”. */
export function describePlace(place: Place, commentaries: Commentaries): PlaceWords {
	const { root, row = '', field } = parsePlace(place);
	const text = TEXTS.find((name) => root.endsWith(`.${name}`));
	if (text) {
		const of = root.slice(0, -`.${text}`.length);
		return { what: `${TEXT_WORDS[text]}: edited`, where: titleOf(commentaries, of) };
	}
	if (root === 'commentaries') {
		const isThere = commentaries.rows.some(({ id }) => id === row);
		return { what: rowWords(field, isThere), where: titleOf(commentaries, row) };
	}
	const parts = { ...commentaries }[root as 'drivers' | 'links' | 'evidence'] as
		readonly { readonly id: string; readonly commentary: string }[] | undefined;
	const part = parts?.find(({ id }) => id === row);
	const noun = PARTS[root];
	const what = noun ? `${noun} ${part ? 'added' : 'removed'}` : 'Commentary changed';
	return { what, where: titleOf(commentaries, part?.commentary ?? '') };
}

function rowWords(field: string | undefined, isThere: boolean): string {
	if (field === 'removedAt') return isThere ? 'Commentary restored' : 'Commentary removed';
	if (field === undefined) return isThere ? 'Commentary begun' : 'Commentary removed';
	return FIELDS[field] ?? 'Commentary changed';
}

/** A document of commentary knows its KPIs by their ids alone. */
function titleOf({ rows }: Commentaries, id: string): string {
	const row = rows.find((one) => one.id === id);
	return row ? [row.kpi, row.segment].filter(Boolean).join(', ') : '';
}
