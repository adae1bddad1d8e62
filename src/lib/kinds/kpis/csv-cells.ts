import type { WallTime, ZoneClock } from '#lib/domain/series-calendar.ts';

// One cell as a time or as a number. Nothing is guessed here: what is ambiguous is decided once, for the column.

/** How the times of a file are to be read. */
export interface TimeReading {
	/** For times without a zone of their own. */
	readonly clock: ZoneClock;
	/** `08/06/2026` is the eighth of June; else the sixth of August. */
	readonly isDayFirst: boolean;
}

/** Values of days, months and quarters stand at noon: in every zone within twelve hours it is the same day. */
const NOON = 12;

const ISO =
	/^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const SLASHED = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const MONTH = /^(\d{4})-(\d{1,2})$/;
const QUARTER = /^(?:(\d{4})[-\s]?Q([1-4])|Q([1-4])[-\s]?(\d{4}))$/i;
const EPOCH = /^\d{9,14}(?:\.\d+)?$/;
/** Epoch seconds have ten digits until the year 2286, milliseconds thirteen. */
const EPOCH_MS_FROM = 1e11;

/** Epoch milliseconds, or undefined when the cell is no time. */
export function readTime(cell: string, reading: TimeReading): number | undefined {
	if (EPOCH.test(cell)) return Number(cell) < EPOCH_MS_FROM ? Number(cell) * 1000 : Number(cell);
	const iso = ISO.exec(cell);
	if (iso) return isoTime(iso, reading);
	const slashed = SLASHED.exec(cell);
	if (slashed) return slashedTime(slashed, reading);
	const quarter = QUARTER.exec(cell);
	if (quarter) return quarterTime(quarter[1] ?? quarter[4] ?? '', quarter[2] ?? quarter[3] ?? '', reading);
	const month = MONTH.exec(cell);
	return month ? dayTime({ year: Number(month[1]), month: Number(month[2]), day: 1 }, reading) : undefined;
}

/** The first day of a quarter, or undefined when the cells are no year and quarter. */
export function quarterTime(year: string, quarter: string, reading: TimeReading): number | undefined {
	const number = Number(quarter.replace(/^Q/i, ''));
	if (!/^\d{4}$/.test(year) || ![1, 2, 3, 4].includes(number)) return undefined;
	return dayTime({ year: Number(year), month: number * 3 - 2, day: 1 }, reading);
}

function isoTime(match: RegExpExecArray, reading: TimeReading): number | undefined {
	const [, year = '', month = '', day = '', hour, minute = '0', second = '0', zone] = match;
	const date = { year: Number(year), month: Number(month), day: Number(day) };
	if (hour === undefined) return dayTime(date, reading);
	const wall = { ...date, hour: Number(hour), minute: Number(minute), second: Number(second) };
	const fraction = Number(`0.${/[.,](\d+)/.exec(match[0])?.[1] ?? '0'}`);
	const atMs = zone ? zonedMs(wall, zone) : wallMs(wall, reading);
	return atMs === undefined ? undefined : Math.round(atMs + fraction * 1000);
}

function slashedTime(match: RegExpExecArray, reading: TimeReading): number | undefined {
	const [, first = '', separator, second = '', year = '', hour, minute = '0', seconds = '0'] = match;
	// With dots the day comes first wherever dots are used.
	const isDayFirst = separator === '.' || reading.isDayFirst;
	const [day, month] = isDayFirst ? [first, second] : [second, first];
	const date = { year: Number(year), month: Number(month), day: Number(day) };
	if (hour === undefined) return dayTime(date, reading);
	return wallMs({ ...date, hour: Number(hour), minute: Number(minute), second: Number(seconds) }, reading);
}

const dayTime = (date: Pick<WallTime, 'year' | 'month' | 'day'>, reading: TimeReading) =>
	wallMs({ ...date, hour: NOON, minute: 0, second: 0 }, reading);

function wallMs(wall: WallTime, { clock }: TimeReading): number | undefined {
	return isReal(wall) ? clock.instantOf(wall) * 1000 : undefined;
}

function zonedMs(wall: WallTime, zone: string): number | undefined {
	if (!isReal(wall)) return undefined;
	const { year, month, day, hour, minute, second } = wall;
	const utc = Date.UTC(year, month - 1, day, hour, minute, second);
	if (/z/i.test(zone)) return utc;
	const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
	const offsetMs = (hours * 60 + minutes) * 60_000;
	return zone.startsWith('-') ? utc + offsetMs : utc - offsetMs;
}

/** 30 February and 25 o'clock do not exist. */
function isReal({ year, month, day, hour, minute, second }: WallTime): boolean {
	const date = new Date(Date.UTC(year, month - 1, day));
	const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return isDate && hour < 24 && minute < 60 && second < 60;
}

export type DecimalSign = '.' | ',';

/** What programs write where there is no value. */
const NOTHING = /^(null|nil|none|nan|n\/?a|#n\/?a|-|–|—)?$/i;

export const isNothing = (cell: string): boolean => NOTHING.test(cell);

/** The number in a cell: grouped, with a per cent or currency sign, in brackets when it is negative. */
export function readNumber(cell: string, sign: DecimalSign): number | undefined {
	const inBrackets = /^\((.*)\)$/.exec(cell)?.[1];
	const bare = (inBrackets ?? cell)
		.replaceAll(/[\s\u00a0\u202f'’_]/g, '')
		.replace(/^(?:[A-Z]{3}|[$€£¥])|(?:[A-Z]{3}|[$€£¥%])$/g, '')
		.replace('−', '-');
	const grouped = sign === '.' ? /,(?=\d{3}(?:\D|$))/g : /\.(?=\d{3}(?:\D|$))/g;
	const plain = bare.replaceAll(grouped, '').replace(',', '.');
	if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain)) return undefined;
	const value = Number(plain);
	if (!Number.isFinite(value)) return undefined;
	return inBrackets === undefined ? value : -value;
}

/** The sign that makes sense of most of a column: the last of comma and point, unless it only groups thousands. */
export function decimalSignOf(cells: readonly string[]): DecimalSign {
	let commas = 0;
	for (const cell of cells) {
		const [comma, point] = [cell.lastIndexOf(','), cell.lastIndexOf('.')];
		if (comma === -1 && point === -1) continue;
		const isGrouping = /^\D*\d{1,3}([.,]\d{3})+\D*$/.test(cell);
		if (isGrouping) continue;
		commas += comma > point ? 1 : -1;
	}
	return commas > 0 ? ',' : '.';
}

/** Whether the dates of a column put the day first. Undefined when they never tell: no first number is over 12. */
export function dayOrderOf(cells: readonly string[]): 'day' | 'month' | undefined {
	for (const cell of cells) {
		const match = SLASHED.exec(cell);
		if (!match) continue;
		if (match[2] === '.' || Number(match[1]) > 12) return 'day';
		if (Number(match[3]) > 12) return 'month';
	}
	return undefined;
}

/** Whether the column has dates whose order may need to be told. */
export const hasSlashedDates = (cells: readonly string[]): boolean =>
	cells.some((cell) => /^\d{1,2}[/-]\d{1,2}[/-]\d{4}/.test(cell));
