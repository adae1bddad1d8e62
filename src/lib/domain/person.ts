import type { PersonId } from './id.ts';

/** Somebody of a space, as every device knows them. */
export interface Person {
	readonly id: PersonId;
	readonly name: string;
	/** 1-8: which presence colour is theirs, the same on every device. */
	readonly slot: PresenceSlot;
}

export type PresenceSlot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const SLOTS = 8;

/** The colour of the person who joined as number `index` of their space, from 0. The ninth begins again. */
export const slotOf = (index: number): PresenceSlot => ((index % SLOTS) + 1) as PresenceSlot;

/** Longest name a person may give themselves; protects rows and flags from a pasted page. */
export const NAME_LENGTH_MAX = 60;

/** One or two capital letters: of the first and the last word of the name. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/u).filter(Boolean);
	const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
	return letters.map((word) => firstLetter(word ?? '')).join('') || '?';
}

/** The first letter as a reader sees it, which may be several code points. */
function firstLetter(word: string): string {
	const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word);
	return first?.segment.toLocaleUpperCase() ?? '';
}

/** What stands on a caret's flag and in a dense list. */
export const givenName = (name: string): string => name.trim().split(/\s+/u)[0] ?? name;

/** Somebody who has a document open at this moment, or had it until the connection went. */
export interface Presence {
	readonly person: Person;
	readonly isMe: boolean;
	/** `away`: last seen before this device went offline, or before they did. */
	readonly state: 'here' | 'typing' | 'away';
	/** Where in the document, in words: “SLO & reliability signals”. Empty when unknown. */
	readonly where: string;
	/** Epoch milliseconds of the last sign of them. */
	readonly seenAtMs: number;
}
