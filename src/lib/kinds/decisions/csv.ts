import { isIsoDate } from '#lib/domain/calendar.ts';
import { cellText } from '#lib/domain/csv-table.ts';
import { csvCell, csvLines } from '#lib/domain/series-csv.ts';
import { instantIn, namesFrom, reversibilityFrom, statusFrom, yamlList } from './adr-facts.ts';
import { evidenceText } from './adr-fresh.ts';
import { evidenceIn, memberFrom } from './adr-read.ts';
import { optionsFrom, optionsText } from './log-text.ts';
import { ROLES, STATUS_WORDS } from './schema.ts';
import { canonical, memberText, present, sectionsText, type Chunk, type Written } from './written.ts';

// The whole log as a table, and back. Lists within a cell are a line each; texts are Markdown.

const COLUMNS = [
	'number',
	'decision',
	'status',
	'date',
	'proposed',
	'decided',
	'decided by default',
	'reversible',
	'reversible note',
	'review',
	'reviewed',
	'supersedes',
	'tags',
	...ROLES,
	'options',
	'chosen',
	'evidence',
	'context',
	'why',
	'outcome',
	'other sections'
] as const;
type Column = (typeof COLUMNS)[number];

/** The log as CSV (RFC 4180) that no spreadsheet runs as formulas. */
export const writeCsv = (all: readonly Written[]): string =>
	csvLines([
		[...COLUMNS],
		...all.map((written) => {
			const cells = cellsOf(written);
			return COLUMNS.map((column) => csvCell(cells[column]));
		})
	]);

function cellsOf(written: Written): Record<Column, string> {
	const { members, options, chosen } = written;
	const names = Object.fromEntries(
		ROLES.map((role) => [role, yamlList(members[role].map(memberText))])
	) as Record<(typeof ROLES)[number], string>;
	return {
		number: written.number ?? '',
		decision: written.title,
		status: STATUS_WORDS[written.status],
		date: written.madeOn ?? '',
		proposed: written.proposedAt ?? '',
		decided: written.decidedAt ?? '',
		'decided by default': written.settledAt ?? '',
		reversible: written.reversibility ?? '',
		'reversible note': written.reversibilityNote ?? '',
		review: written.reviewOn ?? '',
		reviewed: written.reviewedOn ?? '',
		supersedes: written.supersedes ?? '',
		tags: written.tags.join('\n'),
		...names,
		options: optionsText(options),
		chosen: chosen === undefined ? '' : String(chosen + 1),
		evidence: evidenceText(written.evidence),
		context: written.context,
		why: written.why,
		outcome: written.outcome,
		'other sections': sectionsText(written.chunks)
	};
}

export type CsvReading =
	{ readonly ok: true; readonly value: readonly Written[] } | { readonly ok: false; readonly error: string };

/** Every decision of a table that has at least the column “decision”. Columns may stand in any order. */
export function readCsvLog(text: string): CsvReading {
	const [head = [], ...rows] = cellsIn(text.replace(/^\ufeff/, ''));
	const columns = head.map((name) => name.trim().toLowerCase());
	if (!columns.includes('decision'))
		return { ok: false, error: 'It has no column called “decision”. The first line names the columns.' };
	const all = rows
		.filter((cells) => cells.some((cell) => cell.trim() !== ''))
		.map((cells) => writtenFromCells((column) => cellText(cells[columns.indexOf(column)] ?? '')));
	return { ok: true, value: all };
}

function writtenFromCells(cell: (column: Column) => string): Written {
	const text = (column: Column) => cell(column) || undefined;
	const day = (column: Column) => (isIsoDate(cell(column)) ? cell(column) : undefined);
	const options = optionsFrom(cell('options'));
	const chosen = Number.parseInt(cell('chosen'), 10) - 1;
	const members = Object.fromEntries(
		ROLES.map((role) => [role, namesFrom(cell(role)).map(memberFrom)])
	) as unknown as Written['members'];
	const evidence = { is: 'evidence', heading: '', level: 0, source: `\n${cell('evidence')}\n` } as const;
	return present({
		title: cell('decision').replaceAll(/\s*\n\s*/g, ' '),
		status: statusFrom(cell('status')) ?? 'proposed',
		number: text('number'),
		madeOn: day('date'),
		proposedAt: instantIn(cell('proposed')),
		decidedAt: instantIn(cell('decided')),
		settledAt: instantIn(cell('decided by default')),
		reversibility: reversibilityFrom(cell('reversible')),
		reversibilityNote: text('reversible note'),
		reviewOn: day('review'),
		reviewedOn: day('reviewed'),
		supersedes: text('supersedes'),
		tags: cell('tags').split('\n').filter(Boolean),
		members,
		options,
		chosen: options[chosen] ? chosen : undefined,
		evidence: evidenceIn([evidence]),
		context: canonical(cell('context')),
		why: canonical(cell('why')),
		outcome: canonical(cell('outcome')),
		chunks: sectionsFrom(cell('other sections'))
	});
}

function sectionsFrom(text: string): readonly Chunk[] {
	if (!text.trim()) return [];
	// Below a title, every second-level heading is a section, whatever its words.
	const parts = `\n${text}`.split(/\n(?=## )/).filter((part) => part.trim() !== '');
	return parts.map((part): Chunk => {
		const [, heading = '', body = ''] = /^(?:## (.*)\n)?([\s\S]*)$/.exec(part.trimStart()) ?? [];
		return { is: 'named', heading: heading.trim(), source: '', text: canonical(body) };
	});
}

/** The cells of a table, by the rules of RFC 4180; a ragged file gives ragged rows. */
function cellsIn(text: string): readonly (readonly string[])[] {
	const rows: string[][] = [[]];
	const pattern = /("(?:[^"]|"")*"?|[^",\r\n]*)(,|\r\n|\r|\n|$)/g;
	for (const [, raw = '', end] of text.matchAll(pattern)) {
		const isQuoted = raw.startsWith('"');
		rows.at(-1)?.push(isQuoted ? raw.slice(1).replace(/"$/, '').replaceAll('""', '"') : raw);
		if (end === '') break;
		if (end !== ',') rows.push([]);
	}
	return rows;
}
