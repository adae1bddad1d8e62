import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { KpiId, RowId } from '#lib/domain/id.ts';
import type { KpiContract, Marker } from '#lib/domain/kpi.ts';
import type { Person, PresenceSlot, Presence } from '#lib/domain/person.ts';
import type { Component } from 'svelte';
import type { PointShelf, SeriesView } from '#lib/domain/points.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { IsoDate } from '#lib/domain/calendar.ts';
import type { RecordLine } from '#lib/domain/record.ts';
import type { BlockKind } from '#lib/editor/blocks.ts';
import type { ProseComments } from '#lib/editor/prose-types.ts';
import type { PickQuestion } from '../record-blocks.ts';
import type { ClashChoice, KeptChange, MissedChange, Return } from '#lib/domain/sync-state.ts';

/** What the meeting's page needs of the app around it, besides the document itself. Getters are reactive. */
export interface MeetingSurroundings {
	readonly title: string;
	/** Epoch milliseconds; undefined for a meeting without a date. */
	readonly startsAtMs: number | undefined;
	/** The slot. */
	readonly minutes: number | undefined;
	readonly timeZone: string;

	readonly me: Person;
	readonly people: readonly Person[];
	/** Who has it open, I first, those who left lately last. */
	readonly present: readonly PresentInMeeting[];

	/** The server's time in epoch milliseconds; turns every second while it is read. */
	readonly secondMs: number;
	/** The same at this very moment, for recording facts. */
	nowMs(): number;

	readonly isOffline: boolean;
	/** Of this meeting only, newest first. */
	readonly kept: readonly KeptChange[];
	/** What came of the last reconnection, until it is read. */
	readonly returned: Return | undefined;
	readonly lastSyncedAtMs: number | undefined;

	/** An item's notes, handed to the editor. */
	notesOf(item: RowId): Y.XmlFragment;
	/** What is commented on in a text of the meeting. */
	commentsOn(root: string): ProseComments;
	/** Begins a thread on an item. */
	commentOn(at: { readonly root: string; readonly row: string }): void;
	readonly awareness: Awareness;
	/** The blocks of an item's notes that only this device has. */
	pendingIn(item: RowId): ReadonlySet<string>;
	/** The blocks that others changed while this device was away. */
	mergedIn(item: RowId): ReadonlyMap<string, { readonly slot: PresenceSlot; readonly name: string }>;
	/** Whether an item, a parked thing or one of its fields is only on this device. */
	isPending(root: 'agenda' | 'parking', row: RowId): boolean;

	readonly kpis: readonly KpiContract[];
	readonly markers: readonly Marker[];
	readonly points: PointShelf;
	/** Draws what is said about the number of a chart, below it. Absent where nothing can be. */
	readonly underChart?: Component<UnderChartProps> | undefined;
	/** A KPI's page; undefined is the list of all. */
	hrefOfKpi(kpi: KpiId | undefined): string;

	/** The kinds of records that the notes of an item can hold, each made in its own register. */
	recordBlocks(ask: RecordAsk): readonly BlockKind[];
	/** The open actions that earlier meetings of the same series left. */
	readonly actionsFromEarlier: readonly RecordLine[];
	hrefOfRef(ref: DocumentRef): string;
	readonly today: IsoDate;
	/** The records of a register that came from this meeting: its decisions, its actions. */
	recordsFromHere(kind: string): readonly RecordLine[];

	/** The item that the address names; undefined follows the meeting. */
	readonly item: RowId | undefined;
	/** Puts an item into the address; undefined follows the meeting again. */
	showItem(item: RowId | undefined): void;
	rename(title: string): void;
	reschedule(startsAtMs: number | undefined, minutes: number | undefined): void;
	/** Tells the others which item I look at, and that I type there. */
	announce(item: RowId | undefined): void;
	typing(item: RowId): void;
	invite(): void;
	undo(): void;
	redo(): void;
	/** Saves what this device has of the meeting as a file. */
	saveCopy(): void;
	/** What the person chose about something that others changed too while they were away. */
	settle(change: MissedChange, choice: ClashChoice): void;
	/** The return was read. */
	dismissReturn(): void;
	tryNow(): void;
	/** “Item deleted. Undo”: shows a message with one thing to do. */
	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void;
	/** Polite words for screen readers. */
	say(words: string): void;
	/** Single-letter keys are on, unless the person turned them off. */
	readonly hasLetterKeys: boolean;
}

export interface UnderChartProps {
	readonly contract: KpiContract;
	readonly view: SeriesView;
	readonly segment: string | undefined;
	readonly isEditable: boolean;
}

/** What a new record may ask of the page it is made on. */
export interface RecordAsk {
	readonly item: RowId;
	askKpi(this: void): Promise<KpiId | undefined>;
	pick(this: void, question: PickQuestion): Promise<string | undefined>;
}

export interface PresentInMeeting extends Presence {
	/** The item they look at; empty when they did not say. */
	readonly row: string;
	readonly device: 'phone' | 'laptop';
}
