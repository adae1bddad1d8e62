import type * as Y from 'yjs';
import type { PersonId } from '../domain/id.ts';
import type { Result } from '../util/result.ts';
import type { DocTooNew } from './migrate.ts';

/** What could be read, and what could not. Reading never throws: a merge may bring anything. */
export interface Reading<Snapshot> {
	readonly value: Snapshot;
	readonly rejected: readonly Rejected[];
}

export interface Rejected {
	/** Where it stands in the document, e.g. `agenda/i7`. */
	readonly key: string;
	readonly reason: string;
}

/** The one door between a kind and its Y.Doc. Nothing outside `docs/` and a kind's `doc.ts` knows its roots. */
export interface DocBinding<Snapshot, Commands> {
	read(doc: Y.Doc): Reading<Snapshot>;
	/** Each command validates, then makes one transaction with a `UserEdit` origin. */
	commands(doc: Y.Doc, by: PersonId): Commands;
	lift(doc: Y.Doc): Result<number, DocTooNew>;
	/** Fills an empty doc from plain values: an import, a fixture, a template. */
	seed(doc: Y.Doc, snapshot: Snapshot): void;
	/** Calls back after every transaction that touched the snapshot. Returns the unsubscriber. */
	observe(doc: Y.Doc, onChange: () => void): () => void;
	/** The root types that `undo` covers; prose keeps an undo of its own in the editor. */
	undoable(doc: Y.Doc): readonly (Y.Map<Y.Map<unknown>> | Y.Map<unknown>)[];
}
