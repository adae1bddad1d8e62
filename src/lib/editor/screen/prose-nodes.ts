import type { Mark, Node, Schema } from '@tiptap/pm/model';
import { assert } from '#lib/util/assert.ts';
import type { ProseBlock, ProseCell, ProseLine, ProseMarks } from '#lib/docs/prose.ts';

/** Prose as nodes of an editor: pasted Markdown, pasted text. */
export function nodesFrom(schema: Schema, blocks: readonly ProseBlock[]): readonly Node[] {
	const make = (name: string, attrs: Record<string, unknown> | null, content: readonly Node[] = []): Node => {
		const node = schema.nodes[name]?.create(attrs, content);
		assert(node, `the schema has ${name}`);
		return node;
	};
	const body = (inner: readonly ProseBlock[]): readonly Node[] =>
		inner.length > 0 ? inner.map(nodeOf) : [make('paragraph', null)];

	function nodeOf(block: ProseBlock): Node {
		switch (block.is) {
			case 'paragraph':
				return make('paragraph', null, line(block.text));
			case 'heading':
				return make('heading', { level: block.level }, line(block.text));
			case 'code':
				return make(
					'codeBlock',
					{ language: block.language || null },
					block.text ? [schema.text(block.text)] : []
				);
			case 'quote':
				return make('blockquote', null, body(block.blocks));
			case 'divider':
				return make('horizontalRule', null);
			case 'list': {
				const items = block.items.map((item) => make('listItem', null, body(item.blocks)));
				if (block.from === undefined) return make('bulletList', null, items);
				return make('orderedList', { start: block.from }, items);
			}
			case 'tasks':
				return make(
					'taskList',
					null,
					block.items.map((task) => make('taskItem', { checked: task.isDone }, body(task.blocks)))
				);
			case 'table':
				return make(
					'table',
					null,
					block.rows.map((row) => make('tableRow', null, row.cells.map(cell)))
				);
			case 'block':
				return make('block', { type: block.type, id: block.key, data: { ...block.data } });
			case 'unknown':
				return make('foreignBlock', { xml: block.value });
		}
	}

	const cell = ({ isHeader, columns, rows, blocks: inner }: ProseCell): Node =>
		make(isHeader ? 'tableHeader' : 'tableCell', { colspan: columns ?? 1, rowspan: rows ?? 1 }, body(inner));

	const line = (runs: ProseLine): readonly Node[] =>
		runs.flatMap((run): readonly Node[] => {
			if (run.is === 'break') return [make('hardBreak', null)];
			if (run.is === 'mention') return [make('mention', { id: run.person, label: run.label })];
			if (run.is === 'unknown') return [make('foreignInline', { xml: run.value })];
			return run.text.split(/(\n)/).flatMap((text) => {
				if (text === '\n') return [make('hardBreak', null)];
				return text ? [schema.text(text, marksOf(schema, run.marks))] : [];
			});
		});

	return blocks.map(nodeOf);
}

function marksOf(schema: Schema, { bold, italic, strike, code, link }: ProseMarks): readonly Mark[] {
	const wanted = { bold, italic, strike, code };
	const marks = Object.entries(wanted).flatMap(([name, isOn]) =>
		isOn ? (schema.marks[name]?.create() ?? []) : []
	);
	const linked = link ? schema.marks['link']?.create({ href: link }) : undefined;
	return linked ? [...marks, linked] : marks;
}
