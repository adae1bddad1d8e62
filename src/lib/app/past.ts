import * as Y from 'yjs';
import { changesBetween, pictureOf, type Change, type DocPicture } from '../docs/compare.ts';
import { StorageLoad, type UserEdit } from '../docs/origin.ts';
import { restoreAll, restorePassage, restoreRow } from '../docs/restore.ts';
import { rootNames, rootOf } from '../docs/roots.ts';
import type { BringsBack } from '../domain/history.ts';
import type { AnyKind } from '../kinds/contract.ts';

/** A document at one moment of its past, lifted to the schema of this app. */
export interface PastDoc {
	readonly doc: Y.Doc;
	readonly picture: DocPicture;
	/** What its kind reads in it. */
	readonly reading: unknown;
}

export function pastDoc(kind: AnyKind, state: Uint8Array): PastDoc {
	const doc = new Y.Doc();
	doc.transact(() => Y.applyUpdate(doc, state), new StorageLoad());
	kind.doc.lift(doc);
	return { doc, picture: pictureOf(doc), reading: kind.doc.read(doc).value };
}

/** What a version changed, and what of it has changed again since. */
export class PastVersion {
	readonly before: PastDoc;
	readonly after: PastDoc;
	readonly changes: readonly Change[];
	readonly #since: ReadonlySet<string>;

	constructor(before: PastDoc, after: PastDoc, now: Y.Doc) {
		this.before = before;
		this.after = after;
		this.changes = changesBetween(before.picture, after.picture);
		this.#since = new Set(changesBetween(after.picture, pictureOf(now)).map(targetOf));
	}

	/** The document says now what it said at the end of this version. */
	get isPresent(): boolean {
		return this.#since.size === 0;
	}

	/** What of a change there is to bring back. */
	bringsBack(change: Change): BringsBack {
		return this.#since.has(targetOf(change)) ? 'then' : 'before';
	}
}

/** The thing that a change is of: a record whatever became of it, a field, a block. */
const targetOf = (change: Change): string =>
	change.is === 'passage' ? `${change.root}#${change.block}` : `${change.root}/${change.row}`;

/** What is to be brought back: everything, or what one change is of. */
export type Wish = { readonly all: true } | { readonly change: Change };

/** Takes back what was brought back, and nothing that others wrote since. */
export interface Restoration {
	/** Nothing had to be written: it is like that already. */
	readonly isNothing: boolean;
	undo(): void;
	/** Undo is not offered any more. */
	forget(): void;
}

/** Brings back what `past` says, as one change of `by`. `at`: ISO instant of now. */
export function restoreFrom(
	doc: Y.Doc,
	options: { readonly past: Y.Doc; readonly wish: Wish; readonly by: UserEdit; readonly at: string }
): Restoration {
	const { past, wish, by, at } = options;
	const undo = new Y.UndoManager(typesIn(doc, past), { trackedOrigins: new Set([by]) });
	doc.transact(() => {
		if ('all' in wish) restoreAll(doc, { past, at });
		else if (wish.change.is === 'passage') {
			restorePassage(doc, { past, root: wish.change.root, block: wish.change.block });
		} else restoreRow(doc, { past, at, root: wish.change.root, row: wish.change.row });
	}, by);
	const isNothing = undo.undoStack.length === 0;
	return {
		isNothing,
		undo: () => void undo.undo(),
		forget: () => undo.destroy()
	};
}

/** Everything in `doc` that restoring may touch, those included that only the past has. */
function typesIn(doc: Y.Doc, past: Y.Doc): (Y.Map<unknown> | Y.XmlFragment)[] {
	return [...new Set([...rootNames(doc), ...rootNames(past)])].flatMap((name) => {
		const root = rootOf(doc, name) ?? rootOf(past, name);
		if (!root) return [];
		return [root.is === 'map' ? doc.getMap<unknown>(name) : doc.getXmlFragment(name)];
	});
}
