import { isSegment, SEGMENT_RULE, WHOLE, type SentPoint } from '#lib/domain/points.ts';
import { csvCell, csvLines } from '#lib/domain/series-csv.ts';
import { zoneClock } from '#lib/domain/series-calendar.ts';
import type { CsvRow, CsvTable } from './csv.ts';
import { isNothing, quarterTime, readNumber, readTime, type TimeReading } from './csv-cells.ts';
import type { Mapping } from './csv-mapping.ts';

/** A row that can be sent. */
export interface GoodRow {
	readonly line: number;
	readonly atMs: number;
	readonly value: number;
	readonly segment: string;
}

/** A row that cannot, and why, in a sentence. */
export interface BadRow {
	readonly line: number;
	readonly reason: string;
}

export interface ReadRows {
	/** In order of time, one for each instant and segment. */
	readonly good: readonly GoodRow[];
	readonly bad: readonly BadRow[];
	/** Rows left out because a later one has the same time and segment. */
	readonly shared: readonly BadRow[];
}

/** Every row as a point or with the reason why it is none. `latestMs`: no later time is taken by the server. */
export function readRows(table: CsvTable, mapping: Mapping, latestMs: number): ReadRows {
	const reading: TimeReading = { clock: zoneClock(mapping.zone), isDayFirst: mapping.isDayFirst };
	const byKey = new Map<string, GoodRow>();
	const bad: BadRow[] = [];
	const shared: BadRow[] = [];
	for (const row of table.rows) {
		const read = readRow(row, { mapping, reading, latestMs });
		if (typeof read === 'string') {
			bad.push({ line: row.line, reason: read });
			continue;
		}
		const key = `${read.atMs} ${read.segment}`;
		const earlier = byKey.get(key);
		if (earlier)
			shared.push({
				line: earlier.line,
				reason: `Line ${read.line} has the same time. The later line counts.`
			});
		byKey.set(key, read);
	}
	const good = [...byKey.values()].sort((a, b) => a.atMs - b.atMs || a.line - b.line);
	return { good, bad, shared };
}

interface Reader {
	readonly mapping: Mapping;
	readonly reading: TimeReading;
	readonly latestMs: number;
}

function readRow({ line, cells }: CsvRow, { mapping, reading, latestMs }: Reader): GoodRow | string {
	const cell = (at: number) => cells[at] ?? '';
	const { time, value, segment, decimalSign } = mapping;
	const written = time.is === 'column' ? cell(time.at) : `${cell(time.year)} ${cell(time.quarter)}`.trim();
	if (written === '') return 'The time is empty.';
	const atMs =
		time.is === 'column'
			? readTime(written, reading)
			: quarterTime(cell(time.year), cell(time.quarter), reading);
	if (atMs === undefined) return `The time “${short(written)}” cannot be read.`;
	if (atMs > latestMs) return `The time ${short(written)} lies more than 24 hours ahead.`;
	if (isNothing(cell(value)))
		return cell(value) ? `The value is ${short(cell(value))}.` : 'The value is empty.';
	const number = readNumber(cell(value), decimalSign);
	if (number === undefined) return `The value “${short(cell(value))}” is not a number.`;
	const part = segment === undefined ? WHOLE : cell(segment);
	if (part !== WHOLE && !isSegment(part)) return SEGMENT_RULE;
	return { line, atMs: Math.round(atMs), value: number, segment: part };
}

const SHOWN_LENGTH_MAX = 40;
const short = (text: string) =>
	text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;

/** As the API takes it. */
export const sentPoint = ({ atMs, value, segment }: GoodRow): SentPoint => ({
	at: new Date(atMs).toISOString(),
	value,
	...(segment ? { segment } : {})
});

/** The rows that were not used, as a file with their lines and reasons. */
export function badRowsCsv(rows: readonly BadRow[]): string {
	const sorted = rows.toSorted((a, b) => a.line - b.line);
	return csvLines([['line', 'reason'], ...sorted.map(({ line, reason }) => [String(line), csvCell(reason)])]);
}
