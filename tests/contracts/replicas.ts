import * as Y from 'yjs';
import type { PersonId } from '#lib/domain/id.ts';
import type { ArtefactKind } from '#lib/kinds/contract.ts';

/** One person's copy of a document. */
export interface Replica<Snapshot, Commands> {
	readonly id: PersonId;
	readonly doc: Y.Doc;
	readonly commands: Commands;
	readonly value: Snapshot;
}

/** `count` people, each with a copy of the kind's typical fixture. They learn of each other only by `meet`. */
export function replicas<S, C>(kind: ArtefactKind<string, S, C>, count: number): readonly Replica<S, C>[] {
	const origin = new Y.Doc();
	kind.doc.seed(origin, kind.fixtures.typical);
	return Array.from({ length: count }, (_, index) => {
		const doc = clone(origin);
		const id = `person-${index}` as PersonId;
		return {
			id,
			doc,
			commands: kind.doc.commands(doc, id),
			get value(): S {
				return kind.doc.read(doc).value;
			}
		};
	});
}

/** Two people by name, for tests that tell a story. */
export function two<S, C>(kind: ArtefactKind<string, S, C>): readonly [Replica<S, C>, Replica<S, C>] {
	return replicas(kind, 2) as [Replica<S, C>, Replica<S, C>];
}

export function clone(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

/** Both sides learn what the other knows. */
export function meet(a: { readonly doc: Y.Doc }, b: { readonly doc: Y.Doc }): void {
	Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(b.doc)));
	Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc)));
}
