import type { DocumentId, KpiId } from '../domain/id.ts';
import type { DocumentRef } from '../domain/link.ts';
import type { RecordDraft, RecordRef } from '../domain/record.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { IconType } from '../ui/icon.ts';

// Records as blocks of the notes. A kind that offers one has a `block.ts` beside its `Block.svelte`: what the slash
// menu says, and how a new one begins. The block holds only where the record is; the record stands in its register.

/** A question with a list of answers. */
export interface PickQuestion {
	readonly title: string;
	readonly description: string;
	/** Names what the list is of: “RACI matrices”, “RACI matrix”. */
	readonly name: string;
	readonly one: string;
	readonly entries: readonly { readonly id: string; readonly title: string; readonly detail?: string }[];
}

/** What a kind may ask of the app and of the person when its block is inserted. */
export interface BlockPorts {
	/** Where the block is put: the record says that it came from there. */
	readonly source: DocumentRef;
	readonly today: IsoDate;
	/** Each answers nothing when the person thought better of it. */
	askKpi(this: void): Promise<KpiId | undefined>;
	pick(this: void, question: PickQuestion): Promise<string | undefined>;
	/** Makes a record in the register of a kind, or in `document`. */
	draft(this: void, kind: string, draft: RecordDraft, document?: DocumentId): Promise<RecordRef>;
	/** The cadence of a KPI, which decides the period its commentary is of. */
	cadenceOf(this: void, kpi: KpiId): string | undefined;
	/** The documents of a kind that has many. */
	documentsOf(this: void, kind: string): readonly { readonly id: DocumentId; readonly title: string }[];
	/** Makes and lists a document of a kind that has many. */
	createDocument(this: void, kind: string): DocumentId;
	/** The rows of a document that can stand in a block each, opened for the asking. */
	rowsOf(
		this: void,
		kind: string,
		document: DocumentId
	): Promise<readonly { readonly id: string; readonly title: string }[]>;
}

/** Where a block's record is; `row` is absent for a block that shows a whole document. */
export type BlockPlace = DocumentRef;

export type { BlockKind, BlockProps } from '../editor/blocks.ts';

export interface RecordBlockKind {
	/** What stands in documents. Never changes once shipped. */
	readonly type: string;
	/** “Decision”. */
	readonly title: string;
	readonly keywords: readonly string[];
	readonly icon: IconType;
	/** The kind whose record it is. */
	readonly kind: string;
	/** The record of a new block. Nothing when the person thought better of it. */
	create(this: void, ports: BlockPorts): Promise<BlockPlace | undefined>;
}

const offered = import.meta.glob<{ recordBlock: RecordBlockKind }>('./*/block.ts', { eager: true });

/** Every kind of record that can stand in notes, in the order of their titles. */
export const recordBlocks: readonly RecordBlockKind[] = Object.values(offered)
	.map(({ recordBlock }) => recordBlock)
	.toSorted((a, b) => (a.title < b.title ? -1 : 1));
