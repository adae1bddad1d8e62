import * as z from 'zod/mini';
import type { Clash } from '../docs/clash.ts';
import { parsePlace, type Place } from '../docs/touched.ts';
import { listed } from '../domain/words.ts';
import type { MissedChange, MissedClash } from '../domain/sync-state.ts';
import type { Returned } from '../sync/engine.ts';
import type { BoardWords } from './sync-board.svelte.ts';

/** What changed while away comes in one piece; longer lists are cut, and say so by their count. */
const MISSED_MAX = 200;

/** What others changed in a document while this device was away, with what both did to one thing, in words. */
export function missedChanges(doc: string, returned: Returned, words: BoardWords): readonly MissedChange[] {
	const { atMs, clashes } = returned;
	const clashOf = new Map(clashes.map((clash) => [clash.place, clash]));
	const listed = returned.missed.slice(0, MISSED_MAX).filter(({ place }) => isWorthTelling(place, clashes));
	const plain = listed.filter(({ place }) => !clashOf.has(place));
	const both = clashes.map((clash) =>
		changeOf(doc, { ...clash, atMs, clash: clashView(doc, clash, words) }, words)
	);
	const broken = words.brokenIn(doc).map(({ row, message }): MissedChange => ({
		key: `${doc} ${row} ${message}`,
		who: bothOf(doc, { row, returned }, words),
		personId: undefined,
		atMs,
		what: 'and you, together',
		where: message,
		clash: { is: 'rule', message }
	}));
	return [...both, ...broken, ...plain.map((change) => changeOf(doc, { ...change, atMs }, words))];
}

/** Who else had a hand in a row that a rule speaks of. */
function bothOf(doc: string, at: { row: string; returned: Returned }, words: BoardWords): string {
	const touching = at.returned.missed.filter(({ place }) => place.split(/[/.#]/).includes(at.row));
	const names = touching.flatMap(({ clients }) =>
		clients.flatMap((client) => words.authorOf(doc, client)?.name ?? [])
	);
	return listed([...new Set(names)]);
}

/** Who joined is no change of theirs; and what a removal brings with it is said once. */
function isWorthTelling(place: Place, clashes: readonly Clash[]): boolean {
	const { root, row } = parsePlace(place);
	if (root === 'people') return false;
	return !clashes.some((clash) => clash.is === 'removed' && clash.place === `${root}/${row}`);
}

function changeOf(
	doc: string,
	change: { place: Place; clients: readonly number[]; atMs: number; clash?: MissedClash },
	words: BoardWords
): MissedChange {
	const { place, clients, atMs, clash } = change;
	const author = clients.map((client) => words.authorOf(doc, client)).find(Boolean);
	const said = words.wordsOf(doc, place);
	return {
		key: `${doc} ${place}`,
		who: author?.name ?? '',
		personId: author?.id,
		atMs,
		...said,
		...(clash ? { clash } : {})
	};
}

function clashView(doc: string, clash: Clash, words: BoardWords): MissedClash {
	if (clash.is === 'removed') return { is: 'removed', by: clash.by };
	if (clash.is === 'text') return { is: 'text', mine: clash.mine, merged: clash.merged };
	const side = (value: unknown) => ({ value, words: words.valueWords(value) });
	const standing = words.standingAt(doc, clash.place);
	const shows = !standing ? clash.shows : standing.value === clash.mine ? 'mine' : 'theirs';
	return { is: 'value', mine: side(clash.mine), theirs: side(clash.theirs), shows };
}

const side = z.object({ value: z.optional(z.unknown()), words: z.string() });
const clash = z.union([
	z.object({ is: z.literal('value'), mine: side, theirs: side, shows: z.enum(['mine', 'theirs']) }),
	z.object({ is: z.literal('removed'), by: z.enum(['me', 'them']) }),
	z.object({ is: z.literal('text'), mine: z.string(), merged: z.string() }),
	z.object({ is: z.literal('rule'), message: z.string() })
]);

/** A review as the device keeps it until it is read; null when there is none. */
export const returnShape = z.nullable(
	z.object({
		atMs: z.number(),
		sent: z.number(),
		missed: z.array(
			z.object({
				key: z.string(),
				who: z.string(),
				personId: z.optional(z.string()),
				atMs: z.number(),
				what: z.string(),
				where: z.string(),
				clash: z.optional(clash),
				chosen: z.optional(z.string())
			})
		)
	})
);
