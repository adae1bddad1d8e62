import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import { counted, shortDay } from '#lib/domain/words.ts';
import type { Exporter, ExportContext } from '../contract.ts';
import { readable } from './mentions.ts';
import type { Comments } from './schema.ts';
import { standingsOf, type Standing } from './standing.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** For people: the open threads, then the resolved ones, each with what was said, by whom and when. */
export const markdownExport: Exporter<Comments> = {
	format: 'markdown',
	render(snapshot, context) {
		const standings = standingsOf(snapshot);
		const [open, resolved] = [
			standings.filter(({ isResolved }) => !isResolved),
			standings.filter(({ isResolved }) => isResolved)
		];
		const section = (title: string, own: readonly Standing[]) =>
			own.length === 0 ? [] : [`## ${title}`, ...own.map((one) => threadText(one, context))];
		const parts = [
			`# ${escapeLine(context.title)}`,
			`${counted(open.length, 'open thread')}. As of ${context.today}.`,
			...section('Open', open),
			...section('Resolved', resolved)
		];
		return `${parts.join('\n\n')}\n`;
	}
};

function threadText({ thread, replies }: Standing, { nameOf }: ExportContext): string {
	const called = (person: string) => nameOf?.(person) ?? person;
	const dayOf = (at: string) => shortDay(at.slice(0, DAY_LENGTH));
	const { quote, resolvedAt, resolvedBy } = thread;
	const quoted = quote === '' ? [] : [linesOf(quote, '> ')];
	const said = replies.map(({ by, at, text }) => {
		const [first = '', ...rest] = readable(text, nameOf).split('\n').map(escapeLine);
		return [
			`- ${escapeLine(called(by))}, ${dayOf(at)}: ${first}`,
			...rest.map((line) => (line === '' ? '' : `  ${line}`))
		].join('\n');
	});
	const settled =
		resolvedAt === undefined
			? []
			: [
					`Resolved ${dayOf(resolvedAt)}${resolvedBy === undefined ? '' : ` by ${escapeLine(called(resolvedBy))}`}.`
				];
	return [...quoted, said.join('\n'), ...settled].join('\n\n');
}

const linesOf = (text: string, before: string): string =>
	text
		.split('\n')
		.map((line) => before + escapeLine(line))
		.join('\n');
