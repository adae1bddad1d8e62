import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { IsoDate } from '#lib/domain/calendar.ts';
import type { KpiId, RowId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { Person, Presence, PresenceSlot } from '#lib/domain/person.ts';
import type { PointShelf } from '#lib/domain/points.ts';

/** What an action's fields need of the app around them, in the register as among the notes of a meeting. */
export interface FieldSurroundings {
	readonly me: Person;
	readonly people: readonly Person[];
	/** In the space's time zone. */
	readonly today: IsoDate;
	/** Epoch milliseconds by the server's clock. */
	nowMs(): number;
	/** Whether only this device has the row, or something of it. */
	isPending(root: string, row: RowId): boolean;
	/** “Action deleted. Undo”: shows a message with one thing to do. */
	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void;
}

/** What the register needs besides. Getters are reactive. */
export interface ActionsSurroundings extends FieldSurroundings {
	/** IANA name. */
	readonly timeZone: string;
	readonly present: readonly Presence[];
	readonly kpis: readonly KpiContract[];
	readonly points: PointShelf;
	/** The action that the address names. */
	readonly row: string | undefined;
	/** The page of an action, or the list. */
	hrefOf(row: string | undefined): string;
	hrefOfKpi(kpi: KpiId): string;
	hrefOfRef(ref: DocumentRef): string;
	/** “Weekly Ops Review, Mon 8 Jun”; empty when nobody knows it here. */
	titleOfRef(ref: DocumentRef): string;
	goTo(href: string): void;
	copyLink(href: string): void;
	/** A text of the document by its root, for the editor. */
	textOf(root: string): Y.XmlFragment;
	readonly awareness: Awareness;
	pendingAt(root: string): ReadonlySet<string>;
	mergedAt(root: string): ReadonlyMap<string, { slot: PresenceSlot; name: string }>;
	/** Who wrote a field as it stands; undefined when nobody knows yet. */
	whoWrote(
		root: string,
		row: string,
		field: string
	): { readonly person?: Person | undefined; readonly atMs?: number | undefined } | undefined;
	/** Tells the others which action I am at. */
	announce(row: string | undefined): void;
	typing(row: string): void;
	undo(): void;
	redo(): void;
	saveAs(format: 'csv' | 'markdown'): void;
	readonly hasLetterKeys: boolean;
}
