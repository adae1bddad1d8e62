import type * as Y from 'yjs';
import type { DocBinding, Reading } from '../docs/binding.ts';
import type { Place } from '../docs/touched.ts';
import type { Finding, Rule, RuleContext } from '../domain/finding.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { DocumentId, KpiId, PersonId, RowId } from '../domain/id.ts';
import type { DocumentRef } from '../domain/link.ts';
import type { RecordDraft, RecordLine } from '../domain/record.ts';
import type { Result } from '../util/result.ts';

/**
 * Everything the workspace knows about one kind of document.
 *
 * This object runs in Node and in the browser alike. The page is found apart, by folder, in `kinds/views.ts`,
 * so that the server never sees a component.
 */
export interface ArtefactKind<Id extends string, Snapshot, Commands> {
	/** Folder name and URL segment. Never changes once shipped. */
	readonly id: Id;
	readonly label: { readonly one: string; readonly many: string };
	/** The name of its only document in a space. Absent when there are many, each listed in the index. */
	readonly only?: string;
	/** How its documents are named where there are many: this, then an id. `m-` is of meetings. */
	readonly prefix?: string;
	/** How its documents are named that stand beside another: its name, then this. It comes before any prefix. */
	readonly suffix?: string;
	/** How the frame of the app stands around its page. */
	readonly frame?: PageFrame;
	readonly doc: DocBinding<Snapshot, Commands>;
	readonly rules: readonly Rule<Snapshot>[];
	readonly exports: readonly Exporter<Snapshot>[];
	readonly imports?: readonly Importer<Snapshot>[];
	/** What Home or a digest says about this document, without knowing its kind. */
	summarise(snapshot: Snapshot, context: RuleContext): Summary;
	/** What goes on in it at the moment, in a word or two behind its title: “Live”. Empty for most of the time. */
	stateOf?(snapshot: Snapshot): PresentState;
	/** Names a changed place in words: what was done, and where in the document. */
	describe(place: Place, snapshot: Snapshot): PlaceWords;
	/** What a document is called whose name says it already: “Week 47”. Others have a title in the index. */
	titleOf?(document: string): string | undefined;
	/** The document that the list of this kind leads to on a day: that of its period. */
	documentOn?(this: void, today: IsoDate): string;
	/** What a row is called in the path above its page; otherwise its record's number or title. */
	nameOf?(snapshot: Snapshot, row: string): string | undefined;
	/** The records in it, for lists, links and searches of other kinds. */
	records?(snapshot: Snapshot, document: DocumentId): readonly RecordLine[];
	/** Makes a record from what another document knows; an unfinished one where a field is still empty. */
	draft?(commands: Commands, draft: RecordDraft): RowId;
	/** What the server writes into its documents, and no client. */
	readonly clerk?: Clerk<Snapshot>;
	/**
	 * Whether a place is somebody's own, for those who may write nothing else in a document of this kind. The server
	 * asks for each place that a change touches, of the document before it and after it.
	 */
	isOwnPlace?(this: void, doc: Y.Doc, place: Place, owner: Owner): boolean;
	/** For fields whose value follows from other rows too; the merge review asks. Any other field is what stands in it. */
	readonly derived?: DerivedFields<Snapshot, Commands>;
	/** For tests and the sample space. A new document starts from `empty`. */
	readonly fixtures: { readonly empty: Snapshot; readonly typical: Snapshot };
}

/** Somebody who may write only what is theirs, and every KPI with who owns it. */
export interface Owner {
	readonly person: PersonId;
	readonly kpis: readonly { readonly id: KpiId; readonly owner: PersonId | undefined }[];
}

/** Both answer nothing, or `false`, for a place that is as it is written. */
export interface DerivedFields<Snapshot, Commands> {
	/** What stands there. */
	standing(this: void, snapshot: Snapshot, place: Place): { readonly value: unknown } | undefined;
	/** Lets `value` stand from `at`, an ISO instant, on. */
	choose(this: void, commands: Commands, choice: { place: Place; value: unknown; at: string }): boolean;
}

export interface PageFrame {
	/** The side bar is a rail of icons: the page needs the room. */
	readonly isCompact?: boolean;
	/** The phone shows no tabs: the page has a bar of its own. */
	readonly isTabless?: boolean;
	/** The page as a whole, or parts of it each for itself. */
	readonly scrolls?: 'page' | 'inside';
}

/**
 * What only one can do for all: numbers without gaps, and what falls due by itself. The server does it, as a client of
 * its own; each verb changes what needs changing and nothing when there is nothing to do, so that doing it twice is
 * doing it once.
 */
export interface Clerk<Snapshot> {
	/** “DEC”: records are numbered under it, each once, in the order in which they reach the server. */
	readonly prefix: string;
	/** Every record that is to have a number, in the order of their making, with what the document says it has. */
	numbered(snapshot: Snapshot): readonly { readonly id: RowId; readonly number?: number | undefined }[];
	setNumber(doc: Y.Doc, row: RowId, number: number): void;
	/** Epoch milliseconds of the next thing that falls due by itself, past or to come; undefined when nothing does. */
	nextDueMs?(snapshot: Snapshot): number | undefined;
	/** Records whatever has fallen due by `nowMs`. */
	settle?(doc: Y.Doc, nowMs: number): void;
}

export interface PresentState {
	readonly words: string;
	/** It is on now: drawn in the colour of you and now. */
	readonly isOn: boolean;
}

export interface PlaceWords {
	/** “Note added”, “Owner changed”. */
	readonly what: string;
	/** The title of the nearest thing that has one, or empty. */
	readonly where: string;
}

/** Turns a snapshot into text someone else can read. Pure: same snapshot, same text. */
export interface Exporter<Snapshot> {
	readonly format: 'markdown' | 'csv' | 'yaml' | 'ics' | 'json';
	render(this: void, snapshot: Snapshot, context: ExportContext): string;
}

export interface ExportContext {
	readonly title: string;
	/** ISO date in the space's time zone. */
	readonly today: string;
	/** What a person is called; undefined for somebody unknown. Absent: nobody is known. */
	readonly nameOf?: (this: void, person: string) => string | undefined;
	/** A record of another document in one line; undefined for one that is not on this device. */
	readonly recordOf?: (this: void, ref: DocumentRef) => RecordLine | undefined;
}

/** The way back. Refuses with every problem it found, each with a line, not only the first. */
export interface Importer<Snapshot> {
	readonly format: Exporter<Snapshot>['format'];
	parse(text: string): Result<Snapshot, readonly { readonly line: number; readonly message: string }[]>;
}

export interface Summary {
	/** One sentence, no markup: “2 of 5 items are done.” */
	readonly headline: string;
	readonly tone: 'good' | 'watch' | 'bad' | 'none';
	/** What is still open in it, for the lists on Home. */
	readonly open: readonly OpenEntry[];
}

export interface OpenEntry {
	/** Groups on Home: each a card of its own. */
	readonly group: 'task' | 'parked' | 'kpi' | 'decision' | 'action' | 'commentary';
	readonly what: string;
	readonly detail: string;
	readonly ref: Pick<DocumentRef, 'row'>;
}

/** What a kind's `Page.svelte` is given. Values in, commands out: a page knows neither sync nor storage. */
export interface PageProps<Snapshot, Commands> {
	readonly reading: Reading<Snapshot>;
	readonly findings: readonly Finding[];
	/** Absent when the reader may not write, or the doc comes from a newer app. */
	readonly commands: Commands | undefined;
}

export function defineKind<const Id extends string, Snapshot, Commands>(
	kind: ArtefactKind<Id, Snapshot, Commands>
): ArtefactKind<Id, Snapshot, Commands> {
	return kind;
}

/** The registry holds kinds of many shapes; this `any` is the price, paid once. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyKind = ArtefactKind<string, any, any>;
