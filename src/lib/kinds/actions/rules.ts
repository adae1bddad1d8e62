import { daysBetween } from '#lib/domain/calendar.ts';
import type { Finding, Rule } from '#lib/domain/finding.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { readDay } from '#lib/domain/natural-date.ts';
import { counted, shortDay } from '#lib/domain/words.ts';
import { isOpen, type Action, type Actions } from './schema.ts';
import {
	isOverdue,
	isStuck,
	missingToClose,
	MISSING_WORDS,
	rivalMoves,
	standingsOf,
	STUCK_MEETINGS,
	type Standing
} from './standing.ts';

/** Where on an action a finding belongs. */
export type ActionField = 'title' | 'owner' | 'due' | 'startOn' | 'closedWhen' | 'evidence' | 'blockedWhy';

interface Judgement {
	readonly id: string;
	readonly field: ActionField;
	readonly source: string;
	readonly severity: Finding['severity'];
	/** What is wrong with one action, in a sentence; undefined when nothing is. */
	judge(this: void, standing: Standing, today: string): string | undefined;
}

const ruleOf = ({ id, source, severity, judge }: Judgement): Rule<Actions> => ({
	id,
	source,
	check(snapshot, { today }) {
		const found: Finding[] = [];
		for (const standing of standingsIn(snapshot)) {
			const message = judge(standing, today);
			if (message) found.push({ rule: id, severity, row: standing.action.id, message });
		}
		return found;
	}
});

/** All rules look at one reading: what follows from it is found once. */
const known = new WeakMap<Actions, readonly Standing[]>();

function standingsIn(snapshot: Actions): readonly Standing[] {
	const standings = known.get(snapshot) ?? standingsOf(snapshot);
	known.set(snapshot, standings);
	return standings;
}

const JUDGEMENTS: readonly Judgement[] = [
	{
		id: 'actions/has-title',
		field: 'title',
		source: 'An action says what is to be done',
		severity: 'warn',
		judge: ({ action }) =>
			isOpen(action) && action.title.trim() === '' ? 'Say what is to be done.' : undefined
	},
	{
		id: 'actions/has-owner',
		field: 'owner',
		source: 'Every action has exactly one owner',
		severity: 'warn',
		judge: ({ action }) =>
			isOpen(action) && !action.owner ? 'Nobody owns this yet. Name one person.' : undefined
	},
	{
		id: 'actions/has-due',
		field: 'due',
		source: 'Every action has a due date',
		severity: 'warn',
		judge: ({ action, due }) =>
			isOpen(action) && !due && !action.dueTyped ? 'Say when it is due.' : undefined
	},
	{
		id: 'actions/due-is-a-day',
		field: 'due',
		source: 'A due date is a day',
		severity: 'error',
		judge: dueTyped
	},
	{
		id: 'actions/not-overdue',
		field: 'due',
		source: 'A due date is met or moved',
		severity: 'warn',
		judge: (standing, today) =>
			isOverdue(standing, today) && standing.due
				? `Was due ${shortDay(standing.due)}, ${counted(daysBetween(standing.due, today), 'day')} ago.`
				: undefined
	},
	{
		id: 'actions/due-after-start',
		field: 'due',
		source: 'Work begins before it is due',
		severity: 'error',
		judge: ({ action: { startOn }, due }) =>
			startOn && due && due < startOn ? `It is due before it starts on ${shortDay(startOn)}.` : undefined
	},
	{
		id: 'actions/one-due',
		field: 'due',
		source: 'Of two due dates set at once the later one stands',
		severity: 'note',
		judge: (standing) => rivalDue(standing)
	},
	{
		id: 'actions/has-check',
		field: 'closedWhen',
		source: 'Every action says how one will know that it worked',
		severity: 'warn',
		judge: ({ action }) => (isOpen(action) && !action.closedWhen?.trim() ? MISSING_WORDS.check : undefined)
	},
	{
		id: 'actions/closed-with-evidence',
		field: 'evidence',
		source: 'An action is closed by what shows that it worked',
		severity: 'error',
		judge({ action, evidence }) {
			if (action.status !== 'done') return undefined;
			const missing = missingToClose(action, evidence);
			if (missing.length === 0) return undefined;
			return `It is closed, and lacks ${missing.map((one) => (one === 'check' ? 'a check' : 'evidence')).join(' and ')}.`;
		}
	},
	{
		id: 'actions/blocked-by',
		field: 'blockedWhy',
		source: 'What is blocked says by what',
		severity: 'warn',
		judge: ({ action }) =>
			action.status === 'blocked' && !action.blockedWhy?.trim() ? 'Say what blocks it.' : undefined
	},
	{
		id: 'actions/not-stuck',
		field: 'blockedWhy',
		source: 'The same blocker in three meetings running is for somebody else to clear',
		severity: 'error',
		judge: (standing) =>
			isStuck(standing)
				? `The same blocker in ${STUCK_MEETINGS} meetings running. Take it to whoever can clear it.`
				: undefined
	}
];

export const rules: readonly Rule<Actions>[] = JUDGEMENTS.map(ruleOf);

/** The field a finding belongs to. */
export const fieldOf = (rule: string): ActionField | undefined =>
	JUDGEMENTS.find(({ id }) => id === rule)?.field;

/** What is said at each field of one action. Of several things at one field, the gravest. */
export type FieldFindings = Partial<Record<ActionField, Finding>>;

const GRAVITY: Record<Finding['severity'], number> = { error: 2, warn: 1, note: 0 };

export function findingsByField(findings: readonly Finding[]): FieldFindings {
	const said: FieldFindings = {};
	for (const finding of findings) {
		const field = fieldOf(finding.rule);
		if (!field) continue;
		const before = said[field];
		if (!before || GRAVITY[finding.severity] > GRAVITY[before.severity]) said[field] = finding;
	}
	return said;
}

/** Whether the owner is nobody of the space any more. Who is in it is not in the document. */
export function hasLeft(
	{ owner }: Pick<Action, 'owner'>,
	people: readonly { readonly id: PersonId }[]
): boolean {
	return owner !== undefined && !people.some(({ id }) => id === owner);
}

export const OWNER_LEFT = 'Its owner has left the space. Name another person.';

function dueTyped({ action, due }: Standing, today: string): string | undefined {
	if (!action.dueTyped) return undefined;
	const read = readDay(action.dueTyped, today);
	const sentence = read.ok ? `Say when it is due.` : read.error.sentence;
	return due ? `${sentence} Until then ${shortDay(due)} stands.` : sentence;
}

function rivalDue(standing: Standing): string | undefined {
	const [rival] = rivalMoves(standing);
	if (!rival || !isOpen(standing.action)) return undefined;
	const other = rival.to ? shortDay(rival.to) : 'no date';
	const stands = standing.due ? `${shortDay(standing.due)} is later, so it stands.` : '';
	return `Two people moved this at once. ${stands} The other said ${other}.`;
}
