import * as Y from 'yjs';
import { UserEdit } from '../docs/origin.ts';
import { placesTouched } from '../docs/touched.ts';

/**
 * Undo for what people do to rows, by acts: letters typed into one field at a stretch go together, what was done in
 * another place is a step of its own, however fast one is.
 */
export function undoOf(
	doc: Y.Doc,
	types: readonly (Y.Map<Y.Map<unknown>> | Y.Map<unknown>)[]
): Y.UndoManager {
	let last = '';
	const cut = (transaction: Y.Transaction) => {
		if (!(transaction.origin instanceof UserEdit)) return;
		const touched = placesTouched(transaction).toSorted().join('\n');
		if (touched !== last) undo.stopCapturing();
		last = touched;
	};
	doc.on('afterTransaction', cut); // Before the manager hears of the same transaction.
	const undo = new Y.UndoManager([...types], { trackedOrigins: new Set([UserEdit]) });
	doc.on('destroy', () => doc.off('afterTransaction', cut));
	return undo;
}
