import type { PersonId } from '#lib/domain/id.ts';

// A mention is written into the text as `@[Mei Lin](p-mei)`: it keeps whom it means when the person is renamed, and
// reads as a name wherever the text ends up. While it is typed it stands as “@Mei Lin”.

/** A stretch of a comment: words, or somebody who is meant. */
export type CommentPart =
	| { readonly is: 'words'; readonly words: string }
	| { readonly is: 'mention'; readonly person: PersonId; readonly name: string };

/** Somebody who can be mentioned. */
export interface Named {
	readonly id: PersonId;
	readonly name: string;
}

const MENTION = /@\[([^\]\n]{1,80})\]\(([A-Za-z0-9_-][A-Za-z0-9._-]{0,95})\)/g;

export function partsOf(text: string): readonly CommentPart[] {
	const parts: CommentPart[] = [];
	let passed = 0;
	for (const { 0: whole, 1: name = '', 2: person = '', index } of text.matchAll(MENTION)) {
		if (index > passed) parts.push({ is: 'words', words: text.slice(passed, index) });
		parts.push({ is: 'mention', person: person as PersonId, name });
		passed = index + whole.length;
	}
	if (passed < text.length) parts.push({ is: 'words', words: text.slice(passed) });
	return parts;
}

/** The people a comment means, each once. */
export const mentionedIn = (text: string): readonly PersonId[] => [
	...new Set(partsOf(text).flatMap((part) => (part.is === 'mention' ? [part.person] : [])))
];

/** As one reads and types it. `nameOf`: what somebody is called now. */
export const readable = (text: string, nameOf?: (person: string) => string | undefined): string =>
	partsOf(text)
		.map((part) => (part.is === 'words' ? part.words : `@${nameOf?.(part.person) ?? part.name}`))
		.join('');

/** Turns “@Mei Lin” into a mention of her. Of two people with one name the first of `people` is meant. */
export function withMentions(typed: string, people: readonly Named[]): string {
	const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length);
	let text = '';
	let rest = typed;
	for (let at = rest.indexOf('@'); at >= 0; at = rest.indexOf('@')) {
		const isWordBefore = /[\p{L}\p{N}]$/u.test(text + rest.slice(0, at));
		const behind = rest.slice(at + 1);
		const who = isWordBefore ? undefined : longestFirst.find(({ name }) => isNamed(behind, name));
		text += rest.slice(0, at) + (who ? `@[${plainName(who.name)}](${who.id})` : '@');
		rest = who ? behind.slice(who.name.length) : behind;
	}
	return text + rest;
}

const isNamed = (text: string, name: string): boolean =>
	name !== '' && text.startsWith(name) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length));

const plainName = (name: string): string => name.replaceAll(/[[\]\n]/g, ' ').slice(0, 80);
