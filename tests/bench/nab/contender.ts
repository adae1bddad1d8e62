/** Something that scores a series as it comes: one value at a time, never looking ahead. */
export interface Contender {
	readonly name: string;
	/** What scores one series, from its first value on: the higher the stranger. */
	start(): (atMs: number, value: number) => number;
}
