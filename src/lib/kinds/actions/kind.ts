import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { DocumentId, RowId } from '#lib/domain/id.ts';
import { recordNumber, type RecordDraft, type RecordLine } from '#lib/domain/record.ts';
import type { RuleContext } from '#lib/domain/finding.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import { counted, listed, shortDay } from '#lib/domain/words.ts';
import { defineKind, type Summary } from '../contract.ts';
import type { ActionsCommands, NewAction } from './commands.ts';
import { describePlace } from './describe.ts';
import { actionsDoc, setNumber } from './doc.ts';
import { csvExport, markdownExport } from './exports.ts';
import { empty, typical } from './fixtures.ts';
import { rules } from './rules.ts';
import {
	ACTIONS_DOCUMENT,
	CHECK_LENGTH_MAX,
	isOpen,
	NUMBER_PREFIX,
	STATUS_WORDS,
	TITLE_LENGTH_MAX,
	type Actions
} from './schema.ts';
import {
	isOverdue,
	meetingsCount,
	meetingsWords,
	standingOf,
	standingsOf,
	type Standing
} from './standing.ts';

export const actionsKind = defineKind({
	id: 'actions',
	label: { one: 'Action', many: 'Actions' },
	only: ACTIONS_DOCUMENT,
	frame: { scrolls: 'inside' },
	doc: actionsDoc,
	rules,
	exports: [csvExport, markdownExport],
	summarise,
	describe: describePlace,
	records,
	draft,
	clerk: {
		prefix: NUMBER_PREFIX,
		numbered: ({ actions }) =>
			actions
				.toSorted((a, b) => byCodeUnit(a.createdAt ?? '', b.createdAt ?? '') || byCodeUnit(a.id, b.id))
				.map(({ id, number }) => ({ id, number })),
		setNumber
	},
	derived: {
		standing(snapshot, place) {
			const id = actionOfDue(place);
			const standing = id && standingOf(snapshot, id);
			return standing ? { value: standing.due } : undefined;
		},
		choose(commands, { place, value, at }) {
			const id = actionOfDue(place);
			if (id) commands.reschedule(id, typeof value === 'string' ? value : undefined, at);
			return id !== undefined;
		}
	},
	fixtures: { empty, typical }
});

/** The action whose due date a place is. Which day stands follows from how it was moved. */
function actionOfDue(place: Place): RowId | undefined {
	const { root, row, field } = parsePlace(place);
	return root === 'actions' && field === 'due' ? (row as RowId) : undefined;
}

/** Open actions, what is due first at the top. Whose they are is in `records`. */
function summarise(snapshot: Actions, { today }: RuleContext): Summary {
	const open = standingsOf(snapshot)
		.filter(({ action }) => isOpen(action))
		.toSorted(byDue);
	const overdue = open.filter((one) => isOverdue(one, today)).length;
	const unchecked = open.filter(({ action }) => !action.closedWhen?.trim()).length;
	const behind = [
		...(overdue > 0 ? [`${overdue} overdue`] : []),
		...(unchecked > 0 ? [`${unchecked} without a check`] : [])
	];
	return {
		headline: `${counted(open.length, 'action')} open${behind.length > 0 ? `, ${behind.join(', ')}` : ''}.`,
		tone: overdue > 0 || unchecked > 0 ? 'watch' : 'none',
		open: open.map((one) => ({
			group: 'action',
			what: one.action.title || 'Untitled action',
			detail: detailOf(one, today),
			ref: { row: one.action.id }
		}))
	};
}

const byDue = (a: Standing, b: Standing): number => byCodeUnit(a.due ?? '9', b.due ?? '9');

function detailOf(standing: Standing, today: string): string {
	const { action, due } = standing;
	const when = due && (isOverdue(standing, today) ? `was due ${shortDay(due)}` : `due ${shortDay(due)}`);
	const lacks = [
		...(action.owner ? [] : ['an owner']),
		...(due ? [] : ['a due date']),
		...(action.closedWhen?.trim() ? [] : ['a check'])
	];
	const parts = [
		when,
		action.status === 'blocked' && 'blocked',
		lacks.length > 0 && `needs ${listed(lacks)}`
	].filter((part) => typeof part === 'string');
	const text = parts.join(', ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function records(snapshot: Actions, document: DocumentId): readonly RecordLine[] {
	return standingsOf(snapshot).map((standing) => ({ ...recordOf(standing, document), ...noteOf(standing) }));
}

/** How often it came up, once that is worth a word. */
function noteOf(standing: Standing): Pick<RecordLine, 'note'> {
	const meetings = meetingsCount(standing);
	return meetings > 1 ? { note: meetingsWords(meetings) } : {};
}

function recordOf({ action, due }: Standing, document: DocumentId): RecordLine {
	return {
		ref: { kind: 'actions', document, row: action.id },
		...(action.number === undefined ? {} : { number: recordNumber(NUMBER_PREFIX, action.number) }),
		title: action.title,
		state: STATUS_WORDS[action.status],
		isOpen: isOpen(action),
		owner: action.owner,
		due,
		source: action.source,
		...(action.kpi ? { kpis: [action.kpi] } : {})
	};
}

function draft(commands: ActionsCommands, from: RecordDraft): RowId {
	const { title, closedWhen, seen, ...rest } = from;
	const check = closedWhen?.trim().slice(0, CHECK_LENGTH_MAX);
	const fields: NewAction = {
		...present(rest),
		title: title.trim().slice(0, TITLE_LENGTH_MAX),
		...(check ? { closedWhen: check } : {}),
		...(seen ? { seen: [...seen] } : {})
	};
	return commands.add(fields, { at: new Date().toISOString() });
}

const present = <Fields extends object>(fields: Fields): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
