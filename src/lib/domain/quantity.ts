import * as z from 'zod/mini';

// A number with its unit, as people read it. A unit is a word: one of those below, `currency:` and an ISO 4217
// code, or any other short text, which then stands behind the number as it is ("req/s").

/** A unit of measure as a contract holds it. */
export const unitWord = z.string().check(z.minLength(1), z.maxLength(24));

/** The units that a form offers; any other word may be typed. */
export const UNITS: readonly { readonly word: string; readonly label: string }[] = [
	{ word: 'count', label: 'A count' },
	{ word: '%', label: 'Per cent' },
	{ word: 'ms', label: 'Milliseconds' },
	{ word: 's', label: 'Seconds' },
	{ word: 'min', label: 'Minutes' },
	{ word: 'h', label: 'Hours' },
	{ word: 'd', label: 'Days' },
	{ word: 'currency:EUR', label: 'Euro' },
	{ word: 'currency:USD', label: 'US dollar' },
	{ word: 'currency:GBP', label: 'Pound sterling' }
];

/** What is needed to write a value: its unit, and how many digits stand after the point. */
export interface Measure {
	readonly unit: string;
	/** 0-8. Absent: as many as the value needs, two at most, more for values below a hundredth. */
	readonly decimals?: number | undefined;
}

/** For numbers whose meaning nobody has said yet. */
export const UNMEASURED: Measure = { unit: '' };

/** A value in its three parts, so that the unit can be set smaller than the number. */
export interface QuantityParts {
	readonly before: string;
	/** Digits with a true minus sign (U+2212). */
	readonly number: string;
	readonly after: string;
}

/** Digits after the point, at most: a cost of 8e-7 has seven. */
export const DECIMALS_MAX = 8;

const MINUS = '\u2212';
const NARROW_SPACE = '\u00a0';

export function quantityParts(value: number, measure: Measure): QuantityParts {
	const { before, after } = affixes(measure.unit);
	return { before, number: numberText(value, measure.decimals), after };
}

/** `99.82%`, `74 min`, `−€0.17`, `1,204`. */
export function quantityText(value: number, measure: Measure): string {
	const { before, number, after } = quantityParts(value, measure);
	if (!before || !number.startsWith(MINUS)) return before + number + after;
	return MINUS + before + number.slice(1) + after;
}

/** How far apart two values are, without a sign: an arrow or a word says which way. Per cents differ in points. */
export function differenceText(difference: number, measure: Measure): string {
	const unsigned = quantityText(Math.abs(difference), measure);
	return measure.unit === '%' ? unsigned.replace(/%$/, `${NARROW_SPACE}pt`) : unsigned;
}

/** What a person may type for a value of this unit, and what stands behind the field. */
export const unitSuffix = (unit: string): string => {
	const { before, after } = affixes(unit);
	return (before || after).trim();
};

/** What a form calls the unit. */
export function unitLabel(unit: string): string {
	return UNITS.find(({ word }) => word === unit)?.label ?? unit.replace(/^currency:/, '');
}

/** Counts have a meaningful zero, so their axis starts there. */
export const startsAtZero = (unit: string): boolean => unit === 'count';

/** The largest value that a unit can have while all `values` keep to it: a share does not pass 100 %. */
export const naturalMax = (unit: string): number => (unit === '%' ? 100 : Infinity);

/**
 * A tick's label: `99.9%`, `20`, `€4`, `21.4M`. `step` is the distance between ticks and decides the digits. Only
 * signs that are one letter wide stay (`%`, currency): the heading names the unit. `isNarrow` drops those too.
 */
export function axisText(value: number, tick: { unit: string; step: number; isNarrow?: boolean }): string {
	const { before, after } = affixes(tick.unit);
	const isSign = tick.unit === '%' || before !== '';
	const number = Math.abs(value) >= COMPACT_FROM ? compact(value) : numberText(value, digitsOf(tick));
	const short = Number(value.toFixed(6)) === Math.round(value) ? number.replace(/\.0+$/, '') : number;
	if (tick.isNarrow || !isSign) return short;
	return short.startsWith(MINUS) && before ? MINUS + before + short.slice(1) : before + short + after;
}

/** 10,000 is the first number whose digits crowd an axis. */
const COMPACT_FROM = 10_000;

const compactFormat = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const compact = (value: number) => compactFormat.format(value).replace('-', MINUS).replace('K', 'k');

function digitsOf({ step }: { step: number }): number {
	for (let digits = 0; digits < DECIMALS_MAX; digits++) {
		if (Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6) return digits;
	}
	return DECIMALS_MAX;
}

/** Digits with grouping. A value that rounds to nothing has no sign. */
export function numberText(value: number, decimals?: number): string {
	const text = formatFor(value, decimals).format(Math.abs(value));
	return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** Below this, two digits after the point would hide the value. */
const SMALL_BELOW = 0.01;

/** Making a formatter takes longer than using it a hundred times, and an axis asks on every frame. */
const FIXED = Array.from(
	{ length: DECIMALS_MAX + 1 },
	(_, digits) =>
		new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
);
const SMALL = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });
const FREE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

function formatFor(value: number, decimals: number | undefined): Intl.NumberFormat {
	if (decimals !== undefined) return FIXED[Math.min(decimals, DECIMALS_MAX)] ?? FREE;
	return value !== 0 && Math.abs(value) < SMALL_BELOW ? SMALL : FREE;
}

function affixes(unit: string): { before: string; after: string } {
	if (unit === '%') return { before: '', after: '%' };
	if (unit === 'count' || unit === '') return { before: '', after: '' };
	const currency = /^currency:([A-Z]{3})$/.exec(unit)?.[1];
	if (currency) return { before: currencySign(currency), after: '' };
	return { before: '', after: NARROW_SPACE + unit };
}

function currencySign(code: string): string {
	const format = new Intl.NumberFormat('en-GB', {
		style: 'currency',
		currency: code,
		currencyDisplay: 'narrowSymbol'
	});
	const sign = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? code;
	return sign.length > 2 ? sign + NARROW_SPACE : sign;
}
