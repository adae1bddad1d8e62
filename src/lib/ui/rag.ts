/** Where a KPI stands. Red means off target and nothing else in Downbeat is red. */
export type RagStatus = 'red' | 'amber' | 'green' | 'none';

export interface RagWords {
	/** Stands in the shape. */
	readonly letter: string;
	/** “Off target”. Said before the number. */
	readonly word: string;
}

export const ragWords: Readonly<Record<RagStatus, RagWords>> = {
	red: { letter: 'R', word: 'Off target' },
	amber: { letter: 'A', word: 'At risk' },
	green: { letter: 'G', word: 'On target' },
	none: { letter: '–', word: 'No data' }
};
