import AtSign from '@lucide/svelte/icons/at-sign';
import Code from '@lucide/svelte/icons/square-code';
import Heading1 from '@lucide/svelte/icons/heading-1';
import Heading2 from '@lucide/svelte/icons/heading-2';
import Heading3 from '@lucide/svelte/icons/heading-3';
import List from '@lucide/svelte/icons/list';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import ListTodo from '@lucide/svelte/icons/list-todo';
import Minus from '@lucide/svelte/icons/minus';
import Pilcrow from '@lucide/svelte/icons/pilcrow';
import Quote from '@lucide/svelte/icons/text-quote';
import Table from '@lucide/svelte/icons/table';
import type { Person } from '#lib/domain/person.ts';
import type { IconType } from '#lib/ui/icon.ts';
import type { BlockKind } from '../blocks.ts';
import * as verbs from './verbs.ts';

/** One line of the list that “/” or “@” opens. */
export interface Choice {
	readonly key: string;
	readonly title: string;
	readonly keywords: readonly string[];
	readonly icon?: IconType | undefined;
	/** What choosing it does: change the text, insert a block, name a person, or tell the page. */
	readonly does:
		| { readonly is: 'verb'; readonly verb: verbs.Verb }
		| { readonly is: 'block'; readonly kind: BlockKind }
		| { readonly is: 'mention'; readonly person: Person }
		| { readonly is: 'command'; readonly id: string };
}

/** Something the page can do from within the text: park this, record a decision. */
export interface ProseCommand {
	readonly id: string;
	readonly title: string;
	readonly keywords: readonly string[];
	readonly icon?: IconType | undefined;
}

const verb = (
	key: string,
	title: string,
	[icon, verb, ...keywords]: [IconType, verbs.Verb, ...string[]]
): Choice => ({
	key,
	title,
	keywords,
	icon,
	does: { is: 'verb', verb }
});

const BUILT_IN: readonly Choice[] = [
	verb('text', 'Text', [Pilcrow, verbs.paragraph, 'paragraph', 'plain']),
	verb('h1', 'Heading 1', [Heading1, verbs.heading(1), 'title', 'h1']),
	verb('h2', 'Heading 2', [Heading2, verbs.heading(2), 'subtitle', 'h2']),
	verb('h3', 'Heading 3', [Heading3, verbs.heading(3), 'h3']),
	verb('bullets', 'Bulleted list', [List, verbs.bulletList, 'ul', 'points', 'unordered']),
	verb('numbers', 'Numbered list', [ListOrdered, verbs.orderedList, 'ol', 'ordered', 'steps']),
	verb('tasks', 'Tasks', [ListTodo, verbs.taskList, 'todo', 'checkbox', 'check']),
	verb('table', 'Table', [Table, verbs.table, 'grid', 'rows', 'columns']),
	verb('quote', 'Quote', [Quote, verbs.quote, 'blockquote', 'citation']),
	verb('code', 'Code', [Code, verbs.codeBlock, 'pre', 'snippet']),
	verb('divider', 'Divider', [Minus, verbs.divider, 'line', 'rule', 'hr', 'separator'])
];

/** What can be inserted: blocks first, they are why people come here; then what the page can do; then plain prose. */
export function insertions(
	kinds: readonly BlockKind[],
	commands: readonly ProseCommand[]
): readonly Choice[] {
	return [
		...kinds.map((kind): Choice => ({
			key: `block-${kind.type}`,
			...kind.slash,
			does: { is: 'block', kind }
		})),
		...commands.map((command): Choice => ({
			...command,
			key: `command-${command.id}`,
			does: { is: 'command', id: command.id }
		})),
		...BUILT_IN
	];
}

export const mentions = (people: readonly Person[]): readonly Choice[] =>
	people.map((person) => ({
		key: person.id,
		title: person.name,
		keywords: [],
		icon: AtSign,
		does: { is: 'mention', person }
	}));

/** Choices that fit what was typed, best first: a title that begins so, a word in it, a keyword, then anywhere. */
export function fitting(choices: readonly Choice[], query: string): readonly Choice[] {
	const wanted = plain(query);
	if (!wanted) return choices;
	return choices
		.map((choice, index) => ({ choice, rank: rankOf(choice, wanted), index }))
		.filter(({ rank }) => rank < NO_FIT)
		.toSorted((a, b) => a.rank - b.rank || a.index - b.index)
		.map(({ choice }) => choice);
}

const NO_FIT = 4;

function rankOf({ title, keywords }: Choice, wanted: string): number {
	const name = plain(title);
	if (name.startsWith(wanted)) return 0;
	if (name.split(' ').some((word) => word.startsWith(wanted))) return 1;
	if (keywords.some((word) => plain(word).startsWith(wanted))) return 2;
	return name.replaceAll(' ', '').includes(wanted.replaceAll(' ', '')) ? 3 : NO_FIT;
}

/** Lower case without accents: “mei” finds “Méi”. */
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
