import * as z from 'zod/mini';
import { isIsoDate } from '#lib/domain/calendar.ts';
import { META_LINE, type Piece } from './adr-chunks.ts';
import { reversibility, type Reversibility, type Status } from './schema.ts';

// The facts about a record: in its front matter, in lines such as “* **Status:** Accepted”, or under “## Status”.

/** What a fact is called by us → by them. */
const KEYS = {
	status: ['status'],
	date: ['date', 'last modified'],
	decide: ['decision-makers', 'decision-maker', 'decision makers', 'deciders', 'decider'],
	input: ['consulted', 'input'],
	recommend: ['recommend'],
	agree: ['agree'],
	perform: ['perform'],
	tags: ['tags'],
	number: ['number'],
	proposed: ['proposed'],
	decided: ['decided'],
	settled: ['decided-by-default'],
	reversible: ['reversible'],
	'reversible-note': ['reversible-note'],
	review: ['review'],
	reviewed: ['reviewed'],
	supersedes: ['supersedes']
} as const;
export type FactName = keyof typeof KEYS;
export const FACTS = Object.keys(KEYS) as readonly FactName[];

/** One fact as it stands in the file. */
export interface Fact {
	readonly name: FactName;
	readonly value: string;
	/** Which piece, and which line of it. */
	readonly piece: number;
	readonly line: number;
	readonly style: 'front matter' | 'line' | 'heading';
}

const nameOfKey = (key: string): FactName | undefined =>
	FACTS.find((name) => (KEYS[name] as readonly string[]).includes(key.trim().toLowerCase()));

export const linesOf = (source: string): readonly string[] => source.split(/(?<=\n)/);

/** Every fact in the file, in order; one that is said twice is there twice. */
export function factsOf(pieces: readonly Piece[]): readonly Fact[] {
	return pieces.flatMap((piece, index): readonly Fact[] => {
		if (piece.is === 'front') return frontFacts(piece.source, index);
		if (piece.is === 'meta') return metaFacts(piece.source, index);
		return piece.is === 'status' ? statusFacts(piece.source, index) : [];
	});
}

const FRONT_LINE = /^([A-Za-z][\w -]*):[ \t]*(.*?)[ \t]*\r?\n?$/;

const frontFacts = (source: string, piece: number): readonly Fact[] =>
	linesOf(source).flatMap((text, line): readonly Fact[] => {
		const [, key = '', raw = ''] = FRONT_LINE.exec(text) ?? [];
		const name = nameOfKey(key);
		return name && raw ? [{ name, value: yamlText(raw), piece, line, style: 'front matter' }] : [];
	});

const metaFacts = (source: string, piece: number): readonly Fact[] =>
	linesOf(source).flatMap((text, line): readonly Fact[] => {
		const [, , key = '', , raw = ''] = META_LINE.exec(text) ?? [];
		const name = nameOfKey(key);
		const value = raw.replaceAll('&#x20;', '').trim();
		return name && value ? [{ name, value, piece, line, style: 'line' }] : [];
	});

/** Each line under “Status” that says one: a record that was replaced often keeps “Accepted” above it. */
const statusFacts = (source: string, piece: number): readonly Fact[] =>
	linesOf(source).flatMap((text, line): readonly Fact[] => {
		const value = text.trim();
		const isOne = line > 0 && value !== '' && (statusFrom(value) !== undefined || line < 3);
		return isOne ? [{ name: 'status', value, piece, line, style: 'heading' }] : [];
	});

const STATUSES: readonly (readonly [Status, RegExp])[] = [
	['decided', /^(accepted|approved|active|decided|implemented|adopted|done)\b/i],
	['superseded', /^(superseded|superceded|superseeded|replaced|deprecated|obsolete)\b/i],
	['rejected', /^(rejected|declined|withdrawn)\b/i],
	['in-review', /^(in[- ]review|under (review|discussion)|in discussion|review)\b/i],
	['proposed', /^(proposed|proposal|draft|pending|new|open)\b/i]
];

/** Our word for a status; undefined for one that is none of ours. */
export const statusFrom = (text: string): Status | undefined =>
	STATUSES.find(([, pattern]) => pattern.test(text.replaceAll(/^[*_`~\s]+/g, '')))?.[0];

/** The first date in it that there is. */
export function dateFrom(text: string): string | undefined {
	const found = text.match(/\d{4}-\d{2}-\d{2}/g)?.find(isIsoDate);
	return found;
}

/** An ISO instant; undefined for anything else. */
export const instantIn = (text: string | undefined): string | undefined =>
	z.safeParse(z.iso.datetime(), text).data;

/** The names in a list of them: “Lucas and Billy”, “A, B”, “@a @b”, a YAML list. */
export function namesFrom(text: string): readonly string[] {
	const list = /^\[(.*)\]$/.exec(text)?.[1];
	if (list !== undefined) {
		const json = parsedList(text);
		if (json) return json;
	}
	const plain = (list ?? text).replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '');
	const parts = /^@\S+(\s+@\S+)+$/.test(plain) ? plain.split(/\s+/) : plain.split(/,\s*|\s+and\s+/);
	return parts.map((name) => name.trim()).filter(Boolean);
}

export const tagsFrom = (text: string): readonly string[] => {
	const list =
		parsedList(text) ?? (text.includes(',') ? text.replaceAll(/^\[|\]$/g, '').split(',') : text.split(/\s+/));
	return [...new Set(list.map((tag) => tag.trim()).filter(Boolean))];
};

export const reversibilityFrom = (text: string): Reversibility | undefined => {
	const word = text.trim().toLowerCase();
	const found = word === 'partially' ? 'partly' : word;
	return reversibility.options.find((one) => one === found);
};

/** “["a", "b"]” as it is written by `yamlList`; undefined when it is no such list. */
function parsedList(text: string): readonly string[] | undefined {
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) && parsed.every((one) => typeof one === 'string') ? parsed : undefined;
	} catch {
		return undefined; // A list without quotes, or no list.
	}
}

function yamlText(raw: string): string {
	if (/^".*"$/.test(raw)) {
		try {
			return String(JSON.parse(raw));
		} catch {
			return raw; // Quotes of some other kind: kept as typed.
		}
	}
	return /^'.*'$/.test(raw) ? raw.slice(1, -1).replaceAll("''", "'") : raw;
}

/** A value as it stands behind “key: ”. */
export const yamlValue = (text: string): string =>
	/^[A-Za-z0-9@][^:#"'\n\\[\]{}]*$/.test(text) && text === text.trim() ? text : JSON.stringify(text);

/** Names as they stand in a front matter: plain while a comma tells them apart. */
export const yamlList = (names: readonly string[]): string =>
	names.every(
		(name) => /^[A-Za-z0-9@][^:#"'\n\\[\]{},]*$/.test(name) && !/\band\b/.test(name) && !/^@/.test(name)
	)
		? names.join(', ')
		: JSON.stringify(names);
