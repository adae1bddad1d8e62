import { ROLE_WORDS, isRole } from '#lib/domain/access.ts';
import type { AuditEntry } from '#lib/domain/audit.ts';
import { counted } from '#lib/domain/words.ts';

/** What ids are called: people and documents. Empty for those nobody knows here. */
export type NameOf = (id: string) => string;

const ACTOR_WORDS: Record<AuditEntry['actor']['kind'], string> = {
	person: 'Somebody',
	tool: 'A program',
	guest: 'A guest',
	operator: 'Whoever runs the server',
	server: 'The server',
	stranger: 'A stranger'
};

/** Who did it: by the name they have now, else the one they had then, else what is known of them. */
export const actorWords = ({ actor }: AuditEntry, nameOf: NameOf): string =>
	(actor.id && nameOf(actor.id)) ||
	actor.name ||
	(actor.kind === 'person' && actor.id) ||
	ACTOR_WORDS[actor.kind];

/** To whom or what: a name where one is known, else the id. Empty where there is none. */
export const targetWords = ({ target = '' }: AuditEntry, nameOf: NameOf): string => nameOf(target) || target;

const SCOPE_WORDS: Readonly<Record<string, string>> = {
	points: 'sends points',
	read: 'reads everything',
	write: 'reads and writes'
};

/** What else was said, in words: “Viewer → Editor”, “30 days”. Empty where nothing was. */
export function detailWords({ detail }: AuditEntry, nameOf: NameOf): string {
	const { from, to, ...rest } = detail;
	const isRoleChange = isRole(String(from)) && isRole(String(to));
	const change = isRoleChange
		? [`${wordOf('role', from ?? '', nameOf)} → ${wordOf('role', to ?? '', nameOf)}`]
		: [];
	const others = Object.entries(isRoleChange ? rest : detail).map(([name, value]) =>
		wordOf(name, value, nameOf)
	);
	return [...change, ...others].join(', ');
}

function wordOf(name: string, value: string | number, nameOf: NameOf): string {
	const text = String(value);
	if (name === 'role' && isRole(text)) return ROLE_WORDS[text].name;
	if (name === 'scope') return SCOPE_WORDS[text] ?? text;
	if (name === 'days') return counted(Number(value), 'day');
	if (name === 'document') return nameOf(text) || text;
	return `${name}: ${text}`;
}
