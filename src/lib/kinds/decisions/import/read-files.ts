import { readAdr } from '../adr-read.ts';
import { readCsvLog } from '../csv.ts';
import { looksLikeLog, readLog } from '../log-text.ts';
import { hasText, SOURCE_LENGTH_MAX } from '../schema.ts';
import type { Written } from '../written.ts';

/** One decision that was understood, for looking at before it goes in. */
export interface Understood {
	readonly written: Written;
	/** The file it is from; empty for pasted text. */
	readonly file: string;
	/** What is doubtful, a sentence each. */
	readonly notes: readonly string[];
	/** Headings of sections that no field holds: they are kept. */
	readonly kept: readonly string[];
}

export interface Understanding {
	readonly found: readonly Understood[];
	/** What could not be read at all, a sentence each. */
	readonly refused: readonly string[];
}

/** Characters of one text: some hundred records. */
export const TEXT_MAX = 5_000_000;

/** Whatever it is: a table, a decision log in labels, or a record. */
export function understand(text: string, file = ''): Understanding {
	const name = file || 'The text';
	if (text.length > TEXT_MAX) return { found: [], refused: [`${name} is too long to be read at once.`] };
	if (text.trim() === '') return { found: [], refused: [`${name} is empty.`] };
	if (looksLikeCsv(text, file)) {
		const reading = readCsvLog(text);
		if (!reading.ok) return { found: [], refused: [`${name}: ${reading.error}`] };
		return { found: reading.value.map((written) => plain(written, file)), refused: [] };
	}
	if (looksLikeLog(text) && !/^#{1,2} /m.test(text))
		return { found: readLog(text).map((written) => plain(written, file)), refused: [] };
	const { written, notes } = readAdr(text);
	if (written.chunks.some(({ source }) => source.length > SOURCE_LENGTH_MAX))
		return { found: [], refused: [`${name} has a section that is longer than can be kept. Cut it in two.`] };
	return { found: [{ ...plain(written, file), notes }], refused: [] };
}

const looksLikeCsv = (text: string, file: string): boolean =>
	/\.csv$/i.test(file) || /^\ufeff?[^\n#:]*\bdecision\b[^\n#:]*,[^\n]*\r?\n/i.test(text);

function plain(written: Written, file: string): Understood {
	const kept = written.chunks
		.filter((chunk) => hasText(chunk) && chunk.text)
		.map(({ heading }) => heading || 'Header');
	return { written, file, notes: [], kept };
}
