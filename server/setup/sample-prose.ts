import type { ProseBlock, ProseEmbed, ProseLine, ProseRun } from '#lib/docs/prose.ts';
import { proseFromMarkdown } from '#lib/docs/prose-from-markdown.ts';
import type { RecordRef } from '#lib/domain/record.ts';
import type { Range } from '#lib/domain/series-range.ts';
import { assert } from '#lib/util/assert.ts';
import type { Cast, Role } from './sample-stage.ts';

/** Markdown, in which `@priya` mentions a person of the cast, or a block. */
export type Note = string | ProseEmbed;

/** A live chart of a KPI. One meeting holds at most one of each: the KPI names the block. */
export const chart = (kpi: string, range: Range): ProseEmbed => ({
	is: 'block',
	type: 'chart',
	key: `chart-${kpi}`,
	data: { kpi, range }
});

/** A record of a register, live among the notes. */
export const record = (type: string, { kind, document, row }: RecordRef): ProseEmbed => ({
	is: 'block',
	type,
	key: `${type}-${row}`,
	data: { kind, document, row }
});

/** The notes as they stand in a document. Tabs at the beginnings of lines are the source's, not the text's. */
export function proseOfNotes(notes: readonly Note[], cast: Cast): readonly ProseBlock[] {
	return notes.flatMap((note) =>
		typeof note === 'string' ? withMentions(proseFromMarkdown(note.replaceAll(/^\t+/gm, '')), cast) : [note]
	);
}

function withMentions(blocks: readonly ProseBlock[], cast: Cast): readonly ProseBlock[] {
	const inner = <Part extends { readonly blocks: readonly ProseBlock[] }>(part: Part): Part => ({
		...part,
		blocks: withMentions(part.blocks, cast)
	});
	return blocks.map((block): ProseBlock => {
		switch (block.is) {
			case 'paragraph':
			case 'heading':
				return { ...block, text: mentionsIn(block.text, cast) };
			case 'list':
				return { ...block, items: block.items.map(inner) };
			case 'tasks':
				return { ...block, items: block.items.map(inner) };
			case 'quote':
				return inner(block);
			case 'table':
				return { ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(inner) })) };
			default:
				return block;
		}
	});
}

const mentionsIn = (line: ProseLine, cast: Cast): ProseLine =>
	line.flatMap((run) => (run.is === 'text' && !run.marks.code ? splitAtMentions(run, cast) : [run]));

/** `text.split` with one group gives text and roles in turn. */
function splitAtMentions({ text, marks }: ProseRun & { is: 'text' }, cast: Cast): ProseLine {
	return text.split(/@([a-z]+)/).flatMap((part, index): ProseLine => {
		if (index % 2 === 0) return part ? [{ is: 'text', text: part, marks }] : [];
		assert(Object.hasOwn(cast, part), `the sample has no person called ${part}`);
		const { id, name } = cast[part as Role];
		return [{ is: 'mention', person: id, label: name }];
	});
}
