import { ok, refuse } from '#lib/util/result.ts';
import * as Y from 'yjs';
import type { PersonId } from '#lib/domain/id.ts';
import type { ExportContext, Exporter, Importer } from '../contract.ts';
import { writeAdr } from './adr-write.ts';
import { commandsOf } from './commands.ts';
import { readCsvLog, writeCsv } from './csv.ts';
import { decisionsDoc } from './doc.ts';
import type { Decisions } from './schema.ts';
import { writtenOf, type Written } from './written.ts';

const all = (snapshot: Decisions, { nameOf }: ExportContext): readonly Written[] =>
	writtenOf(snapshot, nameOf);

/** The whole log, every field of every decision; goes in again as it came out. */
export const csvExport: Exporter<Decisions> = {
	format: 'csv',
	render: (snapshot, context) => writeCsv(all(snapshot, context))
};

/** Every decision as a record, one after another. */
export const markdownExport: Exporter<Decisions> = {
	format: 'markdown',
	render: (snapshot, context) =>
		all(snapshot, context)
			.map((written) => writeAdr(written))
			.join('\n')
};

export const csvImport: Importer<Decisions> = {
	format: 'csv',
	parse(text) {
		const reading = readCsvLog(text);
		if (!reading.ok) return refuse([{ line: 1, message: reading.error }]);
		const doc = new Y.Doc();
		commandsOf(doc, 'import' as PersonId).importWritten(reading.value);
		return ok(decisionsDoc.read(doc).value);
	}
};
