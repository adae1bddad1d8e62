import { addDays, type IsoDate } from '../calendar.ts';

/** A year of a company's books. */
export interface FiscalYear {
	readonly kind: 'year';
	/** `FY2026`: named after the calendar year that it ends in. */
	readonly id: string;
	/** Both included. */
	readonly first: IsoDate;
	readonly last: IsoDate;
}

/** The fiscal year that holds the day `on`. It begins on the first of `startMonth`, 1-12; throws RangeError for another. */
export function fiscalYearOf(on: IsoDate, startMonth = 1): FiscalYear {
	if (!Number.isInteger(startMonth) || startMonth < 1 || startMonth > 12)
		throw new RangeError(`There is no month ${startMonth}.`);
	const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
	const begins = month >= startMonth ? year : year - 1;
	const first = `${digits(begins, 4)}-${digits(startMonth, 2)}-01`;
	const last = addDays(`${digits(begins + 1, 4)}-${digits(startMonth, 2)}-01`, -1);
	return { kind: 'year', id: `FY${last.slice(0, 4)}`, first, last };
}

const digits = (value: number, length: number) => String(value).padStart(length, '0');
