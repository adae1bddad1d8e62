import type { Component, Snippet } from 'svelte';
import type { KpiId, RowId } from '../domain/id.ts';
import { assert } from '../util/assert.ts';
import type { PageProps } from './contract.ts';

/** What only the page of one document among many is given. */
export interface DocumentPageProps {
	/** The list it is in: where the phone's way back leads. */
	readonly backHref?: string;
	/** Its history: a link of the top bar on a wide screen, which the page's own menu has on a phone. */
	readonly historyHref?: string;
	/** The sync pill, for the header that such a page draws itself on a phone. */
	readonly pill?: Snippet;
	/** On a phone: given the page's own header, which stands above the strips; undefined when there is none. */
	readonly ontop?: (top: Snippet | undefined) => void;
	/** Given the page's own buttons for the top bar: “Copy link”, “Decision”; undefined when it is gone. */
	readonly onbar?: (bar: Snippet | undefined) => void;
	/** Given the page's verbs once it is there, and undefined when it is gone. */
	readonly onready?: (verbs: PageVerbs | undefined) => void;
}

/** What others, the command palette above all, may do in a document that is open. */
export interface PageVerbs {
	/** What can be done right now, best first. Reactive. Empty for those who may only read. */
	readonly commands: readonly PageCommand[];
	/** Puts a chart where the person writes. Absent where charts have no place. */
	readonly insertChart?: ((kpi: KpiId) => void) | undefined;
}

/** One line of the palette: “Next item”, with other words for it. */
export interface PageCommand {
	readonly id: string;
	readonly title: string;
	readonly keywords?: readonly string[];
	readonly icon: Component;
	run(this: void): void;
}

/** What a kind's `Block.svelte` is given: one record, live, among the notes of a meeting or beside a chart. */
export interface RecordBlockProps<Snapshot, Commands> extends PageProps<Snapshot, Commands> {
	/** The record. It may be removed, or not have come to this device yet. */
	readonly row: RowId;
	/** The page of the record. */
	readonly href: string;
	/** Whether the block as a whole is selected in the text. */
	readonly isSelected: boolean;
	/** The person has just made it: the caret goes into its first empty field. */
	readonly isNew: boolean;
	/** Takes the block out of the text. The record stays. Absent where it cannot be taken out. */
	readonly onremove?: (() => void) | undefined;
	/** Makes another one below: Enter in the last field of an action. */
	readonly onanother?: (() => void) | undefined;
}

/** What every page is given, whatever its kind: each kind's own page declares the part that it reads. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- pages of every kind stand side by side here.
export type AnyPage = Component<PageProps<any, any> & DocumentPageProps & { surroundings: any }>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export type AnyRecordBlock = Component<RecordBlockProps<any, any> & { surroundings: any }>;

const pages = import.meta.glob<{ default: AnyPage }>('./*/Page.svelte');

/** Loads the page of a kind. Browser only: the server has no use for components. */
export async function pageOf(kind: string): Promise<AnyPage> {
	const load = pages[`./${kind}/Page.svelte`];
	assert(load, `kinds/${kind}/ has no Page.svelte`);
	return (await load()).default;
}

const blocks = import.meta.glob<{ default: AnyRecordBlock }>('./*/Block.svelte');

/** Loads the block of a kind; undefined when its records have none. */
export async function blockOf(kind: string): Promise<AnyRecordBlock | undefined> {
	return (await blocks[`./${kind}/Block.svelte`]?.())?.default;
}
