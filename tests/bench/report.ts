/** One line of a report: what was measured, and what came out. */
export const row = (what: string, value: string): string => `${what.padEnd(72)} ${value}`;

/** Of a list that is not empty. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** “21 Nov 2026”. */
export const today = (): string =>
	new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
