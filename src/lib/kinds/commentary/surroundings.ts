import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { IsoDate } from '#lib/domain/calendar.ts';
import type { DocumentId, KpiId, RowId } from '#lib/domain/id.ts';
import type { KpiContract, Marker } from '#lib/domain/kpi.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { Person, PresenceSlot } from '#lib/domain/person.ts';
import type { PointShelf } from '#lib/domain/points.ts';
import type { RecordDraft, RecordLine, RecordRef } from '#lib/domain/record.ts';
import type { Commentaries } from './schema.ts';

/** What a period's commentary needs of the app around it, besides the document itself. Getters are reactive. */
export interface CommentarySurroundings {
	/** This document: its name says the period, `c-2026-W47`. */
	readonly document: DocumentId;
	readonly title: string;
	/** This person writes about the KPIs they own, and nothing else: no other's commentary, no records. */
	readonly writesOwnAlone?: boolean;
	readonly me: Person;
	readonly people: readonly Person[];
	/** IANA name. */
	readonly timeZone: string;
	readonly today: IsoDate;
	/** Epoch milliseconds by the server's clock. */
	nowMs(): number;
	readonly kpis: readonly KpiContract[];
	readonly markers: readonly Marker[];
	readonly points: PointShelf;
	/** The commentary that the address names. */
	readonly row: string | undefined;
	/** The page of a commentary of this document, or of the whole. */
	hrefOf(row: string | undefined): string;
	hrefOfKpi(kpi: KpiId): string;
	hrefOfRef(ref: DocumentRef): string;
	recordsOf(kind: string): readonly RecordLine[];
	recordOf(ref: DocumentRef): RecordLine | undefined;
	draftRecord(kind: string, draft: RecordDraft): Promise<RecordRef>;
	/** Lists this document in the space; does nothing once it is listed. Called at the first edit. */
	listDocument(title: string): void;
	/** What another document of this kind holds, where this device has it: for what was said the period before. */
	commentaryOf?(document: DocumentId): Commentaries | undefined;
	/** A text of the document by its root, for the editor. */
	textOf(root: string): Y.XmlFragment;
	readonly awareness: Awareness;
	pendingAt(root: string): ReadonlySet<string>;
	mergedAt(root: string): ReadonlyMap<string, { readonly slot: PresenceSlot; readonly name: string }>;
	/** Whether a row, or one of its fields, is only on this device. */
	isPending(root: string, row: RowId): boolean;
	announce(row: string | undefined): void;
	typing(row: string): void;
	saveAs(format: 'csv' | 'markdown'): void;
	copyLink(href: string): void;
	/** “Evidence removed. Undo”: shows a message with one thing to do. */
	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void;
	/** Polite words for screen readers. */
	say(words: string): void;
}
