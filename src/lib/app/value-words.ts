import { counted, dayOf, listed, longDay, timeOfDay, trueMinus } from '../domain/words.ts';

/** What stands behind the ids that values are made of. */
export interface ValueNames {
	readonly timeZone: string;
	/** What a person, a KPI or a document of this id is called; undefined when it is none that is known. */
	nameOf(id: string): string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A list that is longer than this is counted instead. */
const LISTED_MAX = 5;

/** Fields by which a value of several parts is called. */
const TITLES = ['title', 'name', 'label', 'text', 'what'];

/** A field's plain value as a person would say it; empty for nothing. For values of kinds that nobody knows here. */
export function valueWords(value: unknown, names: ValueNames): string {
	if (value === undefined || value === null || value === '') return '';
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	if (typeof value === 'number') return trueMinus(String(value));
	if (typeof value === 'string') return textWords(value, names);
	if (Array.isArray(value)) return listWords(value, names);
	return typeof value === 'object' ? partsWords(value as Record<string, unknown>, names) : '';
}

function textWords(text: string, names: ValueNames): string {
	if (DAY.test(text)) return longDay(text);
	if (INSTANT.test(text)) return instantWords(Date.parse(text), names.timeZone);
	return names.nameOf(text) ?? text;
}

const instantWords = (atMs: number, zone: string): string =>
	Number.isNaN(atMs) ? '' : `${longDay(dayOf(atMs, zone))}, ${timeOfDay(atMs, zone)}`;

function listWords(list: readonly unknown[], names: ValueNames): string {
	const words = list.map((one) => valueWords(one, names)).filter(Boolean);
	return words.length > LISTED_MAX
		? `${words.slice(0, LISTED_MAX).join(', ')} and ${counted(words.length - LISTED_MAX, 'more', 'more')}`
		: listed(words);
}

function partsWords(parts: Readonly<Record<string, unknown>>, names: ValueNames): string {
	const title = TITLES.map((key) => parts[key]).find((one) => typeof one === 'string' && one !== '');
	if (title !== undefined) return valueWords(title, names);
	return Object.entries(parts)
		.map(([key, value]) => [fieldWords(key), valueWords(value, names)])
		.filter(([, words]) => words)
		.map(([key, words]) => `${key} ${words}`)
		.join(', ');
}

/** “Red above” for `redAbove`, “Closed when” for `closedWhen`, “Parked” for `parkedAt`. */
export function fieldWords(field: string): string {
	const words = field
		.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replaceAll(/[-_.]+/g, ' ')
		.toLowerCase()
		.replace(/(?<=.) at$/, '')
		.trim();
	return words.replace(/^\p{L}/u, (letter) => letter.toUpperCase());
}
