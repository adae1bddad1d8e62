import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import type { Node } from '@tiptap/pm/model';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { proseOf } from '#lib/docs/prose.ts';
import { writeProse } from '#lib/docs/prose-write.ts';
import { plainSchema, Replica } from '../testing/replica.ts';
import { ProseReader } from './read.ts';

// Our texts stand in documents as every y-prosemirror writes them: other Yjs tools can read and write them.

const { nodes, marks } = plainSchema;
const say = (text: string) => plainSchema.text(text);
const make = (
	name: string,
	content: Node | readonly Node[] = [],
	attrs: Record<string, unknown> | null = null
): Node => nodes[name]?.create(attrs, content) as Node;

const doc = make('doc', [
	make('heading', say('Title'), { level: 2 }),
	make('paragraph', [
		plainSchema.text('bold', [marks['bold']!.create()]),
		say(' and '),
		plainSchema.text('linked', [marks['link']!.create({ href: 'https://a.example/' })]),
		make('hardBreak'),
		make('mention', [], { id: 'p-1', label: 'Ana' })
	]),
	make('bulletList', make('listItem', make('paragraph', say('item')))),
	make('taskList', make('taskItem', make('paragraph', say('task')), { checked: true })),
	make(
		'table',
		make('tableRow', [make('tableHeader', make('paragraph', say('h'))), make('tableCell', make('paragraph'))])
	),
	make('codeBlock', say('x'), { language: 'ts' }),
	make('block', [], { type: 'chart', id: 'b1', data: { kpi: 'slo' } }),
	make('horizontalRule')
]);

test('what y-tiptap writes reads here as it was', () => {
	const fragment = new Y.Doc().getXmlFragment('notes.i1');
	prosemirrorToYXmlFragment(doc, fragment);
	expect(new ProseReader(plainSchema).read(fragment).toJSON()).toEqual(doc.toJSON());
	expect(proseOf(fragment).map(({ is }) => is)).toEqual([
		'heading',
		'paragraph',
		'list',
		'tasks',
		'table',
		'code',
		'block',
		'divider'
	]);
});

test('what is written here reads in y-tiptap as it was', () => {
	const replica = new Replica();
	replica.dispatch(replica.state.tr.replaceWith(0, replica.state.doc.content.size, doc.content));
	expect(yXmlFragmentToProseMirrorRootNode(replica.fragment, plainSchema).toJSON()).toEqual(
		replica.state.doc.toJSON()
	);
	expect(replica.state.doc.toJSON()).toEqual(doc.toJSON());
});

test('prose written without an editor reads in an editor', () => {
	const source = new Replica();
	source.dispatch(source.state.tr.replaceWith(0, source.state.doc.content.size, doc.content));
	const fragment = new Y.Doc().getXmlFragment('notes.i1');
	writeProse(fragment, proseOf(source.fragment));
	expect(new ProseReader(plainSchema).read(fragment).toJSON()).toEqual(doc.toJSON());
});
