import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import { csvCell, csvLines } from '#lib/domain/series-csv.ts';
import type { ExportContext, Exporter } from '../contract.ts';
import { cellKey, type Raci, type Role } from './schema.ts';

/** Heads of the parts that are not letters. Reading a table back looks for the same words. */
export const ACTIVITY_HEAD = 'Activity';
export const NOTE_HEAD = 'Note';
export const HOLDER_HEAD = 'Held by';

/**
 * One line per activity, one column per role, `R/A` for two letters and `(veto)` for what else a cell says. Second
 * lines are a column, and who holds a role a line of its own, where there are any.
 */
export const csvExport: Exporter<Raci> = {
	format: 'csv',
	render: (raci, context) => csvLines(tableOf(raci, context).map((line) => line.map((text) => csvCell(text))))
};

export const markdownExport: Exporter<Raci> = {
	format: 'markdown',
	render(raci, context) {
		const [head = [], ...lines] = tableOf(raci, context).map((line) => line.map(markdownCell));
		const table = [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`);
		const legend = '**Legend**: R = Responsible, A = Accountable, C = Consulted, I = Informed';
		return `# ${escapeLine(context.title)}\n\n${table.join('\n')}\n\n${legend}\n`;
	}
};

/** A table cell is one line; blanks at its edges are not part of it. */
const markdownCell = (text: string): string => escapeLine(text.replaceAll(/\s+/g, ' ').trim());

/** The matrix as lines of plain text, heads first. */
function tableOf(raci: Raci, { nameOf = () => undefined }: ExportContext): readonly (readonly string[])[] {
	const { activities, roles } = raci;
	const hasNotes = activities.some(({ note }) => note);
	const noteCells = (text: string) => (hasNotes ? [text] : []);
	const holderOf = ({ person, name = '' }: Role) => (person ? (nameOf(person) ?? person) : name);
	const holders = roles.some((role) => holderOf(role) !== '')
		? [[HOLDER_HEAD, ...noteCells(''), ...roles.map(holderOf)]]
		: [];
	return [
		[ACTIVITY_HEAD, ...noteCells(NOTE_HEAD), ...roles.map(({ title }) => title)],
		...holders,
		...activities.map(({ id, title, note }) => [
			title,
			...noteCells(note ?? ''),
			...roles.map((role) => cellText(raci, id, role.id))
		])
	];
}

function cellText({ cells, notes }: Raci, activity: string, role: string): string {
	const key = cellKey(activity, role);
	const note = notes[key];
	return [[...(cells[key] ?? '')].join('/'), note ? `(${note})` : ''].filter(Boolean).join(' ');
}
