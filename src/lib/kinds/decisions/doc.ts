import * as Y from 'yjs';
import type { DocBinding, Rejected } from '#lib/docs/binding.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad } from '#lib/docs/origin.ts';
import { proseKept, type ProseBlock } from '#lib/docs/prose.ts';
import { writeProse } from '#lib/docs/prose-write.ts';
import type { RowBase, RowTable } from '#lib/docs/rows.ts';
import { commandsOf, type DecisionsCommands } from './commands.ts';
import { hasText, sectionRoot, TEXT_FIELDS, textRoot, type Decisions } from './schema.ts';
import { tables } from './tables.ts';

type TableName = keyof typeof tables;
const NAMES = Object.keys(tables) as TableName[];
const mapsOf = (doc: Y.Doc) => NAMES.map((name) => tables[name].map(doc));

export const decisionsDoc: DocBinding<Decisions, DecisionsCommands> = {
	read(doc) {
		const rejected: Rejected[] = [];
		const rows = <Row extends RowBase>(table: RowTable<Row>): readonly Row[] => {
			const reading = table.read(doc);
			rejected.push(...reading.rejected);
			return reading.value;
		};
		const value = {
			decisions: rows(tables.decisions),
			options: rows(tables.options),
			members: rows(tables.members),
			evidence: rows(tables.evidence),
			asked: rows(tables.asked),
			replies: rows(tables.replies),
			tags: rows(tables.tags),
			kpis: rows(tables.kpis),
			sections: rows(tables.sections)
		};
		return { value: { ...value, texts: readTexts(doc, value) }, rejected };
	},
	commands: (doc, by) => commandsOf(doc, by),
	lift: (doc) => migrate(doc, []),
	seed(doc, snapshot) {
		doc.transact(() => {
			for (const name of NAMES) (tables[name] as RowTable<RowBase>).seed(doc, snapshot[name]);
			for (const [root, blocks] of Object.entries(snapshot.texts))
				writeProse(doc.getXmlFragment(root), blocks);
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const maps = mapsOf(doc);
		const heard = (transaction: Y.Transaction) => {
			if ([...transaction.changedParentTypes.keys()].some(isText)) onChange();
		};
		for (const map of maps) map.observeDeep(onChange);
		doc.on('afterTransaction', heard);
		return () => {
			for (const map of maps) map.unobserveDeep(onChange);
			doc.off('afterTransaction', heard);
		};
	},
	undoable: mapsOf
};

const isText = (type: object): boolean => type instanceof Y.XmlFragment && type._item === null;

function readTexts(doc: Y.Doc, { decisions, sections }: Pick<Decisions, 'decisions' | 'sections'>) {
	const texts: Record<string, readonly ProseBlock[]> = {};
	const read = (root: string) => {
		if (!doc.share.has(root)) return; // Asking for a root makes it: thousands of empty ones.
		const fragment = doc.getXmlFragment(root);
		if (fragment.length > 0) texts[root] = proseKept(fragment);
	};
	for (const { id } of decisions) for (const field of TEXT_FIELDS) read(textRoot(id, field));
	for (const one of sections) if (hasText(one)) read(sectionRoot(one.id));
	return texts;
}
