import type { IsoDate } from './calendar.ts';
import type { DocumentId, KpiId, PersonId, RowId } from './id.ts';
import type { DocumentRef } from './link.ts';
import type { SeenNumber } from './seen.ts';

// A record (a decision, an action, a commentary) as documents of other kinds know it.

/** Points at one record. */
export interface RecordRef extends DocumentRef {
	readonly document: DocumentId;
	readonly row: RowId;
}

/** A record in one line: for lists, links and searches that do not know its kind. */
export interface RecordLine {
	readonly ref: RecordRef;
	/** “DEC-0148”; absent until the server has numbered it. */
	readonly number?: string | undefined;
	readonly title: string;
	/** “Decided”, “Waiting”, “Open”. */
	readonly state: string;
	/** Somebody still has to do something about it. */
	readonly isOpen: boolean;
	/** Who has to; absent when nobody is named. */
	readonly owner?: PersonId | undefined;
	readonly due?: IsoDate | undefined;
	/** Where it came from: a meeting's item, a decision, a commentary. */
	readonly source?: DocumentRef | undefined;
	readonly kpis?: readonly KpiId[] | undefined;
	/** What else is worth a word in a list: “3rd meeting in a row”. */
	readonly note?: string | undefined;
}

/** What a record begins with when it is made in another document. */
export interface RecordDraft {
	readonly title: string;
	readonly owner?: PersonId | undefined;
	readonly due?: IsoDate | undefined;
	/** How one will know that it worked. */
	readonly closedWhen?: string | undefined;
	readonly source?: DocumentRef | undefined;
	/** The numbers that its author looked at. */
	readonly seen?: readonly SeenNumber[] | undefined;
	readonly kpi?: KpiId | undefined;
	readonly segment?: string | undefined;
}

/** Stands where the number will be. */
export const NUMBER_PENDING = 'Numbered when synced';

const NUMBER_DIGITS = 4;

/** “DEC-0148”. */
export const recordNumber = (prefix: string, number: number): string =>
	`${prefix}-${String(number).padStart(NUMBER_DIGITS, '0')}`;
