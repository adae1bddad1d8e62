import type { DocBinding, Reading } from '../docs/binding.ts';
import type { Place } from '../docs/touched.ts';
import type { Finding, Rule, RuleContext } from '../domain/finding.ts';
import type { DocumentRef } from '../domain/link.ts';
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
	/** For tests and the sample space. A new document starts from `empty`. */
	readonly fixtures: { readonly empty: Snapshot; readonly typical: Snapshot };
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
	readonly group: 'task' | 'parked' | 'kpi';
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
