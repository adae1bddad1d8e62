import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import { markdownOf } from '#lib/docs/prose-markdown.ts';
import { csvCell, csvLines } from '#lib/domain/series-csv.ts';
import type { ExportContext, Exporter } from '../contract.ts';
import {
	NATURE_WORDS,
	TEXT_WORDS,
	TEXTS,
	textRoot,
	type Commentaries,
	type Commentary,
	type Link
} from './schema.ts';
import { STATE_WORDS, storedStanding } from './state.ts';
import { writtenOn, type Written } from './written.ts';

/** For people: each commentary under its KPI's name, with both texts as they are formatted. */
export const markdownExport: Exporter<Commentaries> = {
	format: 'markdown',
	render: (commentaries, context) =>
		`${[`# ${escapeLine(context.title)}`, ...commentaries.rows.map((row) => section(commentaries, row, context))].join('\n\n')}\n`
};

function section(commentaries: Commentaries, row: Commentary, context: ExportContext): string {
	const written = writtenOn(commentaries, row.id);
	const words = { nameOf: nameIn(context), blockMarkdown: () => '', headingsDown: 3 };
	const texts = TEXTS.filter((name) => written.texts[name] !== '').map((name) => {
		const text = markdownOf(commentaries.texts[textRoot(row.id, name)] ?? [], words);
		return `### ${TEXT_WORDS[name]}\n\n${text}`;
	});
	const facts: readonly (readonly [string, string | undefined])[] = [
		['State', stateWords(row, commentaries, context)],
		['Drivers', written.drivers.map(({ name }) => name).join(', ')],
		['One-off or trend', row.nature && NATURE_WORDS[row.nature]],
		['Outlook', row.outlook],
		['Answered by', written.links.map((link) => linkWords(link, context)).join('; ')],
		['Written by', namesOf(written, context).join(', ')]
	];
	const lines = facts
		.filter(([, text]) => text)
		.map(([name, text]) => `- ${name}: ${escapeLine(text ?? '')}`);
	const evidence = written.evidence.map(
		({ title, href }) => `- Evidence: [${escapeLine(title || href)}](<${href}>)`
	);
	return [`## ${escapeLine(headOf(row))}`, [...lines, ...evidence].join('\n'), ...texts].join('\n\n');
}

const headOf = ({ kpi, segment }: Commentary) => (segment === undefined ? kpi : `${kpi}, ${segment}`);

/** Who wrote it. Whoever must not be named has an empty name. */
const namesOf = ({ authors }: Written, context: ExportContext): readonly string[] =>
	authors.map(({ person }) => nameIn(context)(person) ?? person).filter((name) => name !== '');

const nameIn =
	({ nameOf }: ExportContext) =>
	(person: string) =>
		nameOf?.(person);

function stateWords(row: Commentary, commentaries: Commentaries, context: ExportContext): string {
	const { state } = storedStanding(writtenOn(commentaries, row.id));
	const { completed } = row;
	if (state !== 'complete' || !completed) return STATE_WORDS[state];
	const name = nameIn(context)(completed.by) ?? completed.by;
	return [STATE_WORDS[state], name, completed.at].filter(Boolean).join(', ');
}

function linkWords({ ref }: Link, { recordOf }: ExportContext): string {
	const record = recordOf?.(ref);
	if (!record) return `${ref.document}/${ref.row ?? ''}`;
	return record.number ? `${record.number} ${record.title}` : record.title;
}

const COLUMNS = [
	'kpi',
	'segment',
	'state',
	'status',
	'value',
	'valueAt',
	'whatChanged',
	'drivers',
	'whatWeAreDoing',
	'nature',
	'outlook',
	'answeredBy',
	'evidence',
	'authors',
	'completedAt',
	'completedBy'
] as const;

/** One line per KPI and segment; lists within a cell are parted by semicolons. */
export const csvExport: Exporter<Commentaries> = {
	format: 'csv',
	render: (commentaries, context) =>
		csvLines([[...COLUMNS], ...commentaries.rows.map((row) => cells(commentaries, row, context))])
};

function cells(commentaries: Commentaries, row: Commentary, context: ExportContext): readonly string[] {
	const written = writtenOn(commentaries, row.id);
	const { state, status } = storedStanding(written);
	const seen = row.completed?.seen ?? row.seen;
	const texts: readonly (string | undefined)[] = [
		row.kpi,
		row.segment,
		state,
		status,
		undefined,
		seen?.at,
		written.texts.changed,
		written.drivers.map(({ name }) => name).join('; '),
		written.texts.doing,
		row.nature,
		row.outlook,
		written.links.map((link) => linkWords(link, context)).join('; '),
		written.evidence.map(({ href }) => href).join('; '),
		written.authors.map(({ person }) => nameIn(context)(person) ?? person).join('; '),
		row.completed?.at,
		row.completed && (nameIn(context)(row.completed.by) ?? row.completed.by)
	];
	return texts.map((text, index) =>
		COLUMNS[index] === 'value' ? String(seen?.value ?? '') : csvCell(text ?? '')
	);
}
