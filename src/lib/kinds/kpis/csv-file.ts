import { ok, refuse, type Result } from '#lib/util/result.ts';

/** A file of 500,000 rows has about 20 MB; the browser keeps it in memory three times over while it is read. */
export const FILE_BYTES_MAX = 32 * 1024 * 1024;

export interface FileRefused {
	readonly code: 'csv.too-large' | 'csv.empty' | 'csv.binary';
	readonly sentence: string;
}

/** The text of a file, whichever encoding spreadsheets of this world gave it. */
export async function textOf(file: Blob): Promise<Result<string, FileRefused>> {
	if (file.size > FILE_BYTES_MAX) return refuse(tooLarge);
	const bytes = new Uint8Array(await file.arrayBuffer());
	if (bytes.every((byte) => byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte === 32)) {
		return refuse(empty);
	}
	const text = decode(bytes);
	return text.includes('\u0000') ? refuse(binary) : ok(text);
}

/** A byte order mark decides; else UTF-8 when it is valid; else what Windows programs write in Europe. */
function decode(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes); // The decoder has no other way to ask.
	}
}

const tooLarge: FileRefused = {
	code: 'csv.too-large',
	sentence: `This file is over ${FILE_BYTES_MAX / 1024 / 1024} MB. Split it, or send its points with the API.`
};
const empty: FileRefused = { code: 'csv.empty', sentence: 'This file is empty.' };
const binary: FileRefused = {
	code: 'csv.binary',
	sentence: 'This is not a text file. Save the sheet as CSV and choose that file.'
};
