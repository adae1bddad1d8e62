/** One line of a report: what was measured, and what came out. */
export const row = (what: string, value: string): string => `${what.padEnd(72)} ${value}`;

/** Of a list that is not empty. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
