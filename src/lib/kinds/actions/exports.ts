import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import { markdownOf } from '#lib/docs/prose-markdown.ts';
import { recordNumber } from '#lib/domain/record.ts';
import { csvCell, csvLines } from '#lib/domain/series-csv.ts';
import { counted, shortDay } from '#lib/domain/words.ts';
import type { Exporter, ExportContext } from '../contract.ts';
import { cellsOf, COLUMN_WORDS, COLUMNS, type NameOf } from './cells.ts';
import { isOpen, NUMBER_PREFIX, PRIORITY_WORDS, STATUS_WORDS, type Actions } from './schema.ts';
import { standingsOf, timesMoved, type Standing } from './standing.ts';

const nobody: NameOf = () => undefined;

/** One line per action. Taken in again, it changes nothing. */
export const csvExport: Exporter<Actions> = {
	format: 'csv',
	render(snapshot, { nameOf = nobody }) {
		const lines = standingsOf(snapshot).map((standing) => {
			const cells = cellsOf(standing, nameOf);
			return COLUMNS.map((column) => csvCell(cells[column]));
		});
		return csvLines([COLUMNS.map((column) => COLUMN_WORDS[column]), ...lines]);
	}
};

/** For people: what is open, then what is done, each as a task with what is known of it. */
export const markdownExport: Exporter<Actions> = {
	format: 'markdown',
	render(snapshot, context) {
		const standings = standingsOf(snapshot);
		const section = (title: string, own: readonly Standing[]) =>
			own.length === 0
				? []
				: [`## ${title}`, own.map((one) => actionText(one, snapshot, context)).join('\n')];
		const open = standings.filter(({ action }) => isOpen(action));
		const parts = [
			`# ${escapeLine(context.title)}`,
			`${counted(open.length, 'action')} open. As of ${context.today}.`,
			...section('Open', open),
			...section(
				'Done',
				standings.filter(({ action }) => action.status === 'done')
			),
			...section(
				'Cancelled',
				standings.filter(({ action }) => action.status === 'cancelled')
			)
		];
		return `${parts.join('\n\n')}\n`;
	}
};

function actionText(standing: Standing, { notes }: Actions, { nameOf = nobody }: ExportContext): string {
	const { action, due, evidence, reschedules } = standing;
	const moved = timesMoved(reschedules);
	const facts = [
		action.owner && (nameOf(action.owner) ?? action.owner),
		action.dueTyped ? `due “${action.dueTyped}”` : due && `due ${shortDay(due)}`,
		moved > 0 && (moved === 1 ? 'moved once' : `moved ${moved} times`),
		isOpen(action) && action.status !== 'open' && STATUS_WORDS[action.status].toLowerCase(),
		action.priority &&
			action.priority !== 'normal' &&
			`${PRIORITY_WORDS[action.priority].toLowerCase()} priority`,
		action.number !== undefined && recordNumber(NUMBER_PREFIX, action.number)
	].filter((fact) => typeof fact === 'string' && fact !== '');
	const behind = facts.length > 0 ? ` (${escapeLine(facts.join(', '))})` : '';
	const below = [
		action.closedWhen && `Closed when: ${escapeLine(action.closedWhen)}`,
		action.status === 'blocked' && action.blockedWhy && `Blocked by: ${escapeLine(action.blockedWhy)}`,
		...evidence.map(
			({ text, href }) =>
				`Evidence: ${href ? `[${escapeLine(text || href)}](<${href.replaceAll(/[<>]/g, encodeURIComponent)}>)` : escapeLine(text)}`
		)
	].filter((line) => typeof line === 'string' && line !== '');
	const box = action.status === 'done' ? '[x]' : '[ ]';
	const note = markdownOf(notes[action.id] ?? [], {
		nameOf,
		blockMarkdown: ({ type }) => `*${escapeLine(type)}*`
	}).trimEnd();
	return [
		`- ${box} ${escapeLine(action.title) || 'Untitled'}${behind}`,
		...below.map((line) => `  - ${line}`),
		...(note ? ['', ...note.split('\n').map((line) => (line === '' ? '' : `  ${line}`)), ''] : [])
	].join('\n');
}
