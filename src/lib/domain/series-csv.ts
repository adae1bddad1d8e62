/**
 * One cell of a CSV file (RFC 4180) that no spreadsheet will run as a formula: text that begins with `=`, `+`, `-`,
 * `@`, a tab or a return gets a quote in front. Numbers are written by the caller as they are.
 */
export function csvCell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of cells that are already written, as a file. */
export const csvLines = (lines: readonly (readonly string[])[]): string =>
	lines.map((cells) => `${cells.join(',')}\r\n`).join('');
