import type { ChangedField } from './change.ts';
import type { Direction } from '#lib/domain/kpi.ts';

/** A bound of a contract as forms show it. */
export interface BoundField {
	readonly field: Extract<ChangedField, 'redBelow' | 'amberBelow' | 'amberAbove' | 'redAbove'>;
	readonly status: 'red' | 'amber';
	readonly side: 'below' | 'above';
}

const LOWER: readonly BoundField[] = [
	{ field: 'amberBelow', status: 'amber', side: 'below' },
	{ field: 'redBelow', status: 'red', side: 'below' }
];
const UPPER: readonly BoundField[] = [
	{ field: 'amberAbove', status: 'amber', side: 'above' },
	{ field: 'redAbove', status: 'red', side: 'above' }
];

/** Those that judge in a direction. */
export const boundsFor = (direction: Direction): readonly BoundField[] =>
	({ up: LOWER, down: UPPER, band: [...LOWER, ...UPPER] })[direction];
