import * as Y from 'yjs';

/** Any shared type, whatever its events are of. */
type AnyType = Pick<Y.AbstractType<unknown>, '_item'>;

/** How often each root of a document has changed since somebody first asked. */
const versions = new WeakMap<Y.Doc, Map<AnyType, number>>();

/**
 * A number that changes whenever something under `root` does, so that what was read of it can be kept. Undefined while
 * a transaction or what follows it is under way: then nobody can say yet.
 */
export function rootVersion(doc: Y.Doc, root: AnyType): number | undefined {
	const known = versions.get(doc) ?? follow(doc);
	if (doc._transaction !== null || doc._transactionCleanups.length > 0) return undefined;
	return known.get(root) ?? 0;
}

function follow(doc: Y.Doc): Map<AnyType, number> {
	const known = new Map<AnyType, number>();
	versions.set(doc, known);
	doc.on('beforeObserverCalls', ({ changed }: Y.Transaction) => {
		const roots = new Set([...changed.keys()].map((type) => rootOf(type)));
		for (const root of roots) known.set(root, (known.get(root) ?? 0) + 1);
	});
	return known;
}

function rootOf(type: AnyType): AnyType {
	let at = type;
	while (at._item?.parent instanceof Y.AbstractType) at = at._item.parent;
	return at;
}
