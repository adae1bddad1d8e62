import * as Y from 'yjs';
import type { DocBinding } from '#lib/docs/binding.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad } from '#lib/docs/origin.ts';
import { proseKept, type ProseBlock } from '#lib/docs/prose.ts';
import { writeProse } from '#lib/docs/prose-write.ts';
import { commandsOf, type CommentaryCommands } from './commands.ts';
import { TEXTS, type Commentaries } from './schema.ts';
import { tables } from './tables.ts';

export type { CommentaryCommands } from './commands.ts';

export const commentaryDoc: DocBinding<Commentaries, CommentaryCommands> = {
	read,
	commands: commandsOf,
	lift: (doc) => migrate(doc, []),
	seed(doc, snapshot) {
		doc.transact(() => {
			tables.rows.seed(doc, snapshot.rows);
			tables.drivers.seed(doc, snapshot.drivers);
			tables.links.seed(doc, snapshot.links);
			tables.evidence.seed(doc, snapshot.evidence);
			tables.authors.seed(doc, snapshot.authors);
			for (const [root, blocks] of Object.entries(snapshot.texts))
				writeProse(doc.getXmlFragment(root), blocks);
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const roots = mapsOf(doc);
		const heard = (transaction: Y.Transaction) => {
			if ([...transaction.changedParentTypes.keys()].some(isText)) onChange();
		};
		for (const root of roots) root.observeDeep(onChange);
		doc.on('afterTransaction', heard);
		return () => {
			for (const root of roots) root.unobserveDeep(onChange);
			doc.off('afterTransaction', heard);
		};
	},
	undoable: mapsOf
};

function mapsOf(doc: Y.Doc) {
	return Object.values(tables).map((table) => table.map(doc));
}

function read(doc: Y.Doc) {
	const [rows, drivers, links, evidence, authors] = [
		tables.rows.read(doc),
		tables.drivers.read(doc),
		tables.links.read(doc),
		tables.evidence.read(doc),
		tables.authors.read(doc)
	];
	return {
		value: {
			rows: rows.value,
			drivers: drivers.value,
			links: links.value,
			evidence: evidence.value,
			authors: authors.value,
			texts: readTexts(doc)
		},
		rejected: [rows, drivers, links, evidence, authors].flatMap(({ rejected }) => rejected)
	};
}

const isText = (type: object): boolean => type instanceof Y.XmlFragment && type._item === null;

/** Of every root that is named like a text: one whose row has not come yet is not lost. */
function readTexts(doc: Y.Doc): Record<string, readonly ProseBlock[]> {
	const texts: Record<string, readonly ProseBlock[]> = {};
	const roots = [...doc.share.keys()].filter((root) => TEXTS.some((text) => root.endsWith(`.${text}`)));
	for (const root of roots.sort()) {
		const fragment = doc.getXmlFragment(root);
		if (fragment.length > 0) texts[root] = proseKept(fragment);
	}
	return texts;
}
