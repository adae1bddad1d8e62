import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { IsoDate } from '#lib/domain/calendar.ts';
import type { KpiId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { Person, PresenceSlot } from '#lib/domain/person.ts';
import type { PointShelf } from '#lib/domain/points.ts';
import type { RecordDraft, RecordLine, RecordRef } from '#lib/domain/record.ts';

/** What the log's page needs of the app around it, besides the document itself. Getters are reactive. */
export interface DecisionsSurroundings {
	readonly me: Person;
	readonly people: readonly Person[];
	/** IANA name. */
	readonly timeZone: string;
	readonly today: IsoDate;
	/** Epoch milliseconds by the server's clock. */
	nowMs(): number;
	readonly isOffline: boolean;
	readonly kpis: readonly KpiContract[];
	readonly points: PointShelf;
	/** The decision that the address names. */
	readonly row: string | undefined;
	/** The page of a decision; undefined is the list. */
	hrefOf(row: string | undefined): string;
	hrefOfKpi(kpi: KpiId): string;
	hrefOfRef(ref: DocumentRef): string;
	/** “Weekly Ops Review, Mon 8 Jun”; empty when it is not known. */
	titleOfRef(ref: DocumentRef): string;
	/** Every record of another register: “actions”. */
	recordsOf(kind: string): readonly RecordLine[];
	draftRecord(kind: string, draft: RecordDraft): Promise<RecordRef>;
	goTo(href: string): void;
	copyLink(href: string): void;
	/** A text of the document, handed to the editor. */
	textOf(root: string): Y.XmlFragment;
	readonly awareness: Awareness;
	/** The blocks of a text that only this device has. */
	pendingAt(root: string): ReadonlySet<string>;
	mergedAt(root: string): ReadonlyMap<string, { readonly slot: PresenceSlot; readonly name: string }>;
	/** Whether a row, or a field of it, is only on this device. */
	isPending(root: string, row: string): boolean;
	/** Tells the others which decision I look at. */
	announce(row: string | undefined): void;
	typing(row: string): void;
	undo(): void;
	redo(): void;
	/** Saves the whole log. */
	saveAs(format: 'csv' | 'markdown'): void;
	/** Saves a text as a file. `type` is a media type. */
	saveFile(name: string, text: string, type: string): void;
	/** “Decision deleted. Undo”: shows a message with one thing to do. */
	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void;
	/** Polite words for screen readers. */
	say(words: string): void;
	/** Single-letter keys are on, unless the person turned them off. */
	readonly hasLetterKeys: boolean;
}

/** The part of it that a decision needs where it stands in another document. */
export type BlockSurroundings = Pick<
	DecisionsSurroundings,
	'me' | 'people' | 'today' | 'nowMs' | 'isPending'
>;
