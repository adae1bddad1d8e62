import {
	AUDIT_DETAILS_MAX,
	AUDIT_ID_LENGTH_MAX,
	AUDIT_NAME_LENGTH_MAX,
	AUDIT_VALUE_LENGTH_MAX,
	auditEntry,
	type AuditEntry
} from '#lib/domain/audit.ts';
import { TOKEN_PREFIX } from '#lib/domain/token.ts';
import type { AuditActor, AuditEvent, AuditFilter } from './audit.ts';

/** What is written of an event: on one line each, within the limits, without our own secrets. */
export function writtenEvent(event: AuditEvent): Omit<AuditEntry, 'seq' | 'prev' | 'hash'> {
	const { action, actor, outcome, space, target, detail = {}, address, request } = event;
	return {
		at: instantText(event.atMs),
		action,
		actor: writtenActor(actor),
		...id('space', space),
		...id('target', target),
		outcome,
		detail: Object.fromEntries(Object.entries(detail).slice(0, AUDIT_DETAILS_MAX).map(writtenDetail)),
		...id('address', address),
		...id('request', request)
	};
}

/** An entry from what is stored of it, or undefined when that is none: `verify` names it, pages leave it out. */
export function readEntry(text: string): AuditEntry | undefined {
	try {
		return auditEntry.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined; // Not even JSON.
	}
}

/**
 * ISO 8601 in UTC with milliseconds, as `at` has it: such texts sort as their instants do. Never throws for a
 * number.
 */
export const instantText = (ms: number): string =>
	new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString();

/** The years 0 to 9999: others are written with a sign. */
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Lower case for A-Z alone, as SQLite's `lower` does. */
export const asciiLower = (text: string): string =>
	text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Whether an entry is one of those asked for. */
export function isMatch(entry: AuditEntry, filter: AuditFilter): boolean {
	const { actions, actor, space, outcome, fromMs, toMs, target } = filter;
	return (
		(actions === undefined || actions.some((action) => action === entry.action)) &&
		(actor === undefined || entry.actor.id === actor) &&
		(space === undefined || entry.space === space) &&
		(outcome === undefined || entry.outcome === outcome) &&
		(fromMs === undefined || entry.at >= instantText(fromMs)) &&
		(toMs === undefined || entry.at < instantText(toMs)) &&
		(target === undefined || asciiLower(entry.target ?? '').includes(asciiLower(target)))
	);
}

function writtenActor({ kind, id: actor, name }: AuditActor): AuditEntry['actor'] {
	return { kind, ...id('id', actor), ...id('name', name) };
}

/** The field, or nothing when there is nothing to say in it. */
function id<Name extends string>(name: Name, text: string | undefined): Partial<Record<Name, string>> {
	const written = line(text ?? '', AUDIT_ID_LENGTH_MAX);
	return written === '' ? {} : ({ [name]: written } as Record<Name, string>);
}

const writtenDetail = ([name, value]: [string, string | number]): [string, string | number] => [
	line(name, AUDIT_NAME_LENGTH_MAX),
	Number.isFinite(value) ? value : line(String(value), AUDIT_VALUE_LENGTH_MAX)
];

/** Control characters, line breaks, and what turns the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** Our own tokens, wherever they stand. */
const TOKEN = new RegExp(`(?:${Object.values(TOKEN_PREFIX).join('|')})[\\w-]{16,}`, 'g');

/** Read no further: a megabyte is not searched to keep 200 characters of it. */
const READ_LENGTH_MAX = 4_096;

function line(text: string, lengthMax: number): string {
	const read = text.slice(0, READ_LENGTH_MAX).replaceAll(UNSEEN, ' ').replaceAll(TOKEN, '[token]').trim();
	if (read.length <= lengthMax) return read.toWellFormed();
	const kept = read.slice(0, lengthMax - 1).replace(/[\ud800-\udbff]$/, '');
	return `${kept.toWellFormed()}…`;
}
