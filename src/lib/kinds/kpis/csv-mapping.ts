import { zoneClock } from '#lib/domain/series-calendar.ts';
import type { CsvTable } from './csv.ts';
import {
	dayOrderOf,
	decimalSignOf,
	isNothing,
	quarterTime,
	readNumber,
	readTime,
	type DecimalSign
} from './csv-cells.ts';

/** Which column is what. Columns are named by their index. */
export interface Mapping {
	readonly time: TimeColumns;
	readonly value: number;
	readonly segment: number | undefined;
	readonly decimalSign: DecimalSign;
	readonly isDayFirst: boolean;
	/** IANA zone of times that do not bring one. */
	readonly zone: string;
}

/** One column of times, or one of years beside one of quarters. */
export type TimeColumns =
	{ readonly is: 'column'; readonly at: number } | { readonly is: 'quarter'; year: number; quarter: number };

/** Rows looked at to tell what a column holds. */
const SAMPLE_ROWS = 200;
/** Share of a column's filled cells that must be of a kind for the column to be. */
const ENOUGH_SHARE = 0.8;
/** A column with more different texts than this names things, not parts of a KPI. */
const SEGMENTS_MAX = 400;

/**
 * What the columns look like. Undefined when there is no column of times or none of numbers: `lackingSentence`
 * then says what was found and what is needed.
 */
export function suggestMapping(table: CsvTable, zone: string): Mapping | undefined {
	const columns = table.columns.map((name, at) => profile(table, { name, at }));
	const time = timeColumns(columns);
	if (!time) return undefined;
	const taken = time.is === 'column' ? [time.at] : [time.year, time.quarter];
	const free = columns.filter(({ at }) => !taken.includes(at));
	const value =
		free.find(({ name, isNumber }) => isNumber && VALUE_NAME.test(name)) ??
		free.find(({ isNumber }) => isNumber);
	if (!value) return undefined;
	const segment = free.find((column) => column !== value && isSegmentColumn(column));
	const timeCells = time.is === 'column' ? (columns[time.at]?.cells ?? []) : [];
	return {
		time,
		value: value.at,
		segment: segment?.at,
		decimalSign: decimalSignOf(value.cells),
		isDayFirst: dayOrderOf(timeCells) !== 'month',
		zone
	};
}

/** What was found and what is needed, for a file whose columns do not do. */
export function lackingSentence(table: CsvTable): string {
	if (table.columns.length === 0) return 'This file has no rows.';
	const found = table.columns.length === 1 ? 'one column' : `${table.columns.length} columns`;
	const names = table.columns.slice(0, 8).join(', ') + (table.columns.length > 8 ? ', …' : '');
	const columns = table.columns.map((name, at) => profile(table, { name, at }));
	const lacks = [
		...(timeColumns(columns) ? [] : ['a column of times, such as 2026-06-08 10:05:00']),
		...(columns.some(({ isNumber, isTime }) => isNumber && !isTime) ? [] : ['a column of numbers'])
	];
	return `Found ${found}: ${names}. Needed: ${lacks.join(' and ') || 'a time and a number in each row'}. Nothing was sent.`;
}

interface Column {
	readonly name: string;
	readonly at: number;
	/** Filled cells of the sample. */
	readonly cells: readonly string[];
	readonly isTime: boolean;
	readonly isNumber: boolean;
	readonly differentTexts: number;
}

const TIME_NAME = /time|date|^at$|stamp|day|month|week|period|when/i;
const VALUE_NAME = /value|amount|count|total|wert|betrag/i;
const SEGMENT_NAME = /segment|region|country|iso|tenant|team|economy|group/i;

function profile({ rows }: CsvTable, { name, at }: { name: string; at: number }): Column {
	const sample = rows.slice(0, SAMPLE_ROWS).map(({ cells }) => cells[at] ?? '');
	const cells = sample.filter((cell) => !isNothing(cell));
	const reading = { clock: zoneClock('UTC'), isDayFirst: dayOrderOf(cells) !== 'month' };
	const sign = decimalSignOf(cells);
	const isMost = (test: (cell: string) => boolean) =>
		cells.length > 0 && cells.filter(test).length >= ENOUGH_SHARE * cells.length;
	return {
		name,
		at,
		cells,
		isTime: isMost((cell) => readTime(cell, reading) !== undefined),
		isNumber: isMost((cell) => readNumber(cell, sign) !== undefined),
		differentTexts: new Set(cells).size
	};
}

function timeColumns(columns: readonly Column[]): TimeColumns | undefined {
	const year = columns.find(
		({ name, cells }) => /^year$|^jahr$/i.test(name) && cells.some((cell) => /^\d{4}$/.test(cell))
	);
	const quarter = columns.find(({ name }) => /^(quarter|quartal|q)$/i.test(name));
	const utc = { clock: zoneClock('UTC'), isDayFirst: true };
	if (year && quarter && quarter.cells.some((cell) => quarterTime('2020', cell, utc) !== undefined)) {
		return { is: 'quarter', year: year.at, quarter: quarter.at };
	}
	const times = columns.filter(({ isTime }) => isTime);
	// Epoch numbers are numbers too: a column that can only be a time, or is called one, comes first.
	const best =
		times.find(({ name }) => TIME_NAME.test(name)) ?? times.find(({ isNumber }) => !isNumber) ?? times[0];
	return best && { is: 'column', at: best.at };
}

/** Called a part, or holding few texts that are neither times nor numbers. */
function isSegmentColumn({ name, isTime, isNumber, cells, differentTexts }: Column): boolean {
	if (isTime || cells.length === 0 || differentTexts > SEGMENTS_MAX) return false;
	if (SEGMENT_NAME.test(name)) return true;
	return !isNumber && differentTexts > 1 && differentTexts <= cells.length / 2;
}
