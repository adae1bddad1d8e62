import type { IsoDate } from '#lib/domain/calendar.ts';
import type { KpiId } from '#lib/domain/id.ts';
import type { Period } from '#lib/domain/period.ts';
import type { Person } from '#lib/domain/person.ts';
import type { PointShelf } from '#lib/domain/points.ts';

/** What the KPI pages need of the app around them, besides the document itself. */
export interface KpisSurroundings {
	/** Everybody of the space. */
	readonly people: readonly Person[];
	readonly me: Person;
	/** IANA name of the space's time zone: terms begin with its days. */
	readonly timeZone: string;
	/** The day it is there. */
	readonly today: IsoDate;
	readonly points: PointShelf;
	/** The KPI whose page is open; absent on the list. It may have points and no contract. */
	readonly row: KpiId | undefined;
	/** Where a KPI's page is, or the list's. */
	hrefOf(kpi: KpiId | undefined): string;
	/** Where a KPI's points are sent to: the whole address. */
	apiUrlOf(kpi: KpiId): string;
	/** Whether the commentary on a KPI in a period is complete, and where it is written. */
	explanationOf(kpi: KpiId, period: Period): { readonly isComplete: boolean; readonly href: string };
	readonly isOffline: boolean;
	/** Epoch milliseconds. Reactive, if time is to move on. */
	nowMs(): number;
	/** Saves what this device has of the contracts as a file. */
	saveAs(format: 'csv' | 'markdown'): void;
	/** Where tokens for sending points are made. */
	openSettings(): void;
}
