import type { IsoDate } from '#lib/domain/calendar.ts';
import { cellText, csvTable, type CsvLine } from '#lib/domain/csv-table.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { DAY_TEXT_LENGTH_MAX, readDay } from '#lib/domain/natural-date.ts';
import type { Person } from '#lib/domain/person.ts';
import { cellsOf, COLUMN_WORDS, evidenceText, type Column } from '../cells.ts';
import type { ImportedAction } from '../commands.ts';
import {
	CHECK_LENGTH_MAX,
	EVIDENCE_LENGTH_MAX,
	PRIORITY_WORDS,
	STATUS_WORDS,
	TITLE_LENGTH_MAX,
	type Action,
	type Actions,
	type ActionStatus,
	type Priority
} from '../schema.ts';
import { MISSING_WORDS, missingToClose, standingsOf, type Standing } from '../standing.ts';
import { columnsOf } from './columns.ts';
import { evidenceFrom } from './evidence.ts';

/** More lines than these are no register, but a database. */
export const IMPORT_LINES_MAX = 2_000;

/** What taking a file in would do: shown before it is done. */
export interface ImportPlan {
	readonly lines: readonly PlannedLine[];
	/** Lines that say what is here already. */
	readonly same: number;
	/** Lines that are left out, or not taken word for word, and why. */
	readonly remarks: readonly {
		readonly line: number;
		readonly message: string;
		readonly isLeftOut: boolean;
	}[];
}

export interface PlannedLine {
	readonly line: number;
	readonly title: string;
	/** The names of the columns that change; absent for a new action. */
	readonly changes?: readonly string[] | undefined;
	readonly action: ImportedAction;
}

export interface ImportContext {
	readonly snapshot: Actions;
	readonly people: readonly Person[];
	readonly today: IsoDate;
}

/**
 * Reads a table of actions and finds out what of it is new here. A line belongs to the action of its id, else of its
 * number, else to the one of its title that no line before it took. Never throws.
 */
export function planImport(text: string, context: ImportContext): ImportPlan {
	const table = csvTable(text);
	const columns = columnsOf(table.columns);
	if (!columns.has('title')) {
		const message = 'No column is called Title. Name it in the first row.';
		return { lines: [], same: 0, remarks: [{ line: 1, message, isLeftOut: true }] };
	}
	const finder = finderOf(standingsOf(context.snapshot));
	const plan = { lines: [] as PlannedLine[], same: 0, remarks: [] as ImportPlan['remarks'][number][] };
	for (const row of table.rows.slice(0, IMPORT_LINES_MAX)) {
		const said = sayingsOf(row, columns);
		const remark = (message: string, isLeftOut = false) =>
			void plan.remarks.push({ line: row.line, message, isLeftOut });
		const why = leftOutBecause(said);
		if (why) {
			remark(why, true);
			continue;
		}
		const known = finder(said);
		const line = plannedLine(said, { ...context, known, remark });
		if (known && line.changes?.length === 0) plan.same++;
		else plan.lines.push({ line: row.line, ...line });
	}
	const beyond = table.rows[IMPORT_LINES_MAX];
	if (beyond) {
		const message = `Only ${IMPORT_LINES_MAX} lines are taken at once. The rest is left out from here.`;
		plan.remarks.push({ line: beyond.line, message, isLeftOut: true });
	}
	return plan;
}

/** What a line says, by column; columns that the file does not have are absent. */
type Sayings = Partial<Record<Column, string>>;

function sayingsOf({ cells }: CsvLine, columns: ReadonlyMap<Column, number>): Sayings {
	const said: Sayings = {};
	for (const [column, index] of columns) said[column] = (cells[index] ?? '').replaceAll(/\r\n?/g, '\n');
	return said;
}

function leftOutBecause(said: Sayings): string | undefined {
	const title = said.title ?? '';
	if (title === '') return 'It has no title.';
	if (title.length > TITLE_LENGTH_MAX) return `Its title is longer than ${TITLE_LENGTH_MAX} letters.`;
	const long = (['closedWhen', 'blockedWhy'] as const).find(
		(one) => (said[one] ?? '').length > CHECK_LENGTH_MAX
	);
	return long && `“${COLUMN_WORDS[long]}” is longer than ${CHECK_LENGTH_MAX} letters.`;
}

/** Finds the action a line is about, each action once. */
function finderOf(standings: readonly Standing[]): (said: Sayings) => Standing | undefined {
	const cells = (one: Standing) => cellsOf(one, () => undefined);
	const byId = new Map<string, Standing>(standings.map((one) => [one.action.id, one]));
	const byNumber = new Map(standings.map((one) => [cells(one).number, one]));
	const byTitle = Map.groupBy(standings, ({ action }) => plain(action.title));
	const taken = new Set<Standing>();
	return (said) => {
		const named = byId.get(said.id ?? '') ?? (said.number ? byNumber.get(said.number) : undefined);
		const alike = byTitle.get(plain(cellText(said.title ?? ''))) ?? [];
		const found = named && !taken.has(named) ? named : alike.find((one) => !taken.has(one));
		if (found) taken.add(found);
		return found;
	};
}

const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

interface LineContext extends ImportContext {
	readonly known: Standing | undefined;
	readonly remark: (message: string) => void;
}

/** The columns that a file may change. */
const TAKEN = [
	'title',
	'owner',
	'due',
	'startOn',
	'priority',
	'closedWhen',
	'blockedWhy',
	'evidence',
	'status'
] as const satisfies readonly Column[];

function plannedLine(said: Sayings, context: LineContext): Omit<PlannedLine, 'line'> {
	const { known, people } = context;
	const nameOf = (person: string) => people.find(({ id }) => id === person)?.name;
	const here = known && cellsOf(known, nameOf);
	const differs = (column: Column) => {
		const cell = said[column];
		if (cell === undefined) return false;
		const before = (here?.[column] ?? '').trim();
		return cell !== before && cellText(cell) !== before;
	};
	const draft: Draft = { fields: {} };
	const changes = TAKEN.filter(differs).filter((column) =>
		TAKERS[column](draft, { ...context, text: cellText(said[column] ?? '') })
	);
	const title = draft.fields.title ?? known?.action.title ?? '';
	const action: ImportedAction = { ...(known ? { id: known.action.id } : {}), ...draft };
	return known ? { title, changes: changes.map((one) => COLUMN_WORDS[one]), action } : { title, action };
}

type Draft = Writable<Omit<ImportedAction, 'fields'>> & {
	readonly fields: Writable<ImportedAction['fields']>;
};
type Writable<Of> = { -readonly [Name in keyof Of]: Of[Name] };

interface Cell extends LineContext {
	readonly text: string;
}

/** Each takes one cell into the draft, and says whether there was something to take. */
const TAKERS: Record<(typeof TAKEN)[number], (draft: Draft, cell: Cell) => boolean> = {
	title: (draft, { text, known }) => set(draft, known, { title: text }),
	closedWhen: (draft, { text, known }) => set(draft, known, { closedWhen: text || undefined }),
	blockedWhy: (draft, { text, known }) => set(draft, known, { blockedWhy: text || undefined }),
	owner(draft, { text, known, people, remark }) {
		const owner = text === '' ? undefined : personCalled(text, people);
		if (owner !== undefined || text === '') return set(draft, known, { owner });
		remark(`Nobody here is called ${text}. The owner is left open.`);
		return false;
	},
	due(draft, { text, known, today }) {
		const read = readDay(text, today);
		if (read.ok && read.value === known?.due && !known.action.dueTyped) return false;
		if (text === '') draft.due = null;
		else if (read.ok) draft.due = read.value;
		else draft.dueTyped = text.slice(0, DAY_TEXT_LENGTH_MAX);
		return true;
	},
	startOn(draft, { text, known, today, remark }) {
		const read = readDay(text, today);
		if (read.ok || text === '') return set(draft, known, { startOn: read.ok ? read.value : undefined });
		remark(`Starts: ${read.error.sentence}`);
		return false;
	},
	priority(draft, { text, known, remark }) {
		const found = keyOf(PRIORITY_WORDS, text);
		if (found || text === '') return set(draft, known, { priority: found as Priority | undefined });
		remark(`“${text}” is no priority. It is High, Normal or Low.`);
		return false;
	},
	evidence(draft, { text, known }) {
		const before = new Set((known?.evidence ?? []).map(evidenceText));
		const more = text
			.split('\n')
			.map((one) => one.trim().slice(0, EVIDENCE_LENGTH_MAX))
			.filter((one) => one !== '' && !before.has(one))
			.map(evidenceFrom);
		if (more.length > 0) draft.evidence = more;
		return more.length > 0;
	},
	status(draft, { text, known, remark }) {
		const found = statusCalled(text);
		if (!found) {
			if (text !== '') remark(`“${text}” is no status. It is left as it is.`);
			return false;
		}
		if (found === (known?.action.status ?? 'open')) return false;
		const after = { ...known?.action, ...draft.fields } as Partial<Action>;
		const missing =
			found === 'done' ? missingToClose(after, [...(known?.evidence ?? []), ...(draft.evidence ?? [])]) : [];
		if (missing.length > 0) {
			remark(`It is not closed yet. ${missing.map((one) => MISSING_WORDS[one]).join(' ')}`);
			return false;
		}
		draft.status = found;
		return true;
	}
};

/** However it was written: what is here already is no change. */
function set(draft: Draft, known: Standing | undefined, fields: Draft['fields']): boolean {
	const names = Object.keys(fields) as (keyof typeof fields & keyof Action)[];
	if (known && names.every((name) => known.action[name] === fields[name])) return false;
	Object.assign(draft.fields, fields);
	return names.some((name) => fields[name] !== undefined) || known !== undefined;
}

/** By id, by name, or by given name where only one has it. */
function personCalled(text: string, people: readonly Person[]): PersonId | undefined {
	const called = plain(text.replace(/^@/, ''));
	const exact = people.find(({ id, name }) => id === text || plain(name) === called);
	const byGiven = people.filter(({ name }) => plain(name).split(' ')[0] === called);
	return exact?.id ?? (byGiven.length === 1 ? byGiven[0]?.id : undefined);
}

const keyOf = (words: Record<string, string>, text: string): string | undefined =>
	Object.keys(words).find((key) => key === plain(text) || plain(words[key] ?? '') === plain(text));

/** Words that other tools have for ours. */
const STATUS_ELSEWHERE: Readonly<Record<string, ActionStatus>> = {
	'to do': 'open',
	todo: 'open',
	new: 'open',
	'not started': 'open',
	doing: 'in-progress',
	started: 'in-progress',
	'on hold': 'blocked',
	waiting: 'blocked',
	closed: 'done',
	complete: 'done',
	completed: 'done',
	canceled: 'cancelled',
	dropped: 'cancelled'
};

const statusCalled = (text: string): ActionStatus | undefined =>
	(keyOf(STATUS_WORDS, text) as ActionStatus | undefined) ?? STATUS_ELSEWHERE[plain(text)];
