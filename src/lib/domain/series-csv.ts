import { safeCell } from './csv-table.ts';

/**
 * One cell of a CSV file (RFC 4180) that no spreadsheet will run as a formula. `csvTable` and `cellText` read it
 * back.
 */
export function csvCell(text: string): string {
	const safe = safeCell(text);
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of cells that are already written, as a file. */
export const csvLines = (lines: readonly (readonly string[])[]): string =>
	lines.map((cells) => `${cells.join(',')}\r\n`).join('');
