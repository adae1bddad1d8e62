import * as Y from 'yjs';
import * as z from 'zod/mini';
import type { RowId } from '../domain/id.ts';
import { assert } from '../util/assert.ts';
import { byCodeUnit } from '../util/order.ts';
import type { Reading, Rejected } from './binding.ts';
import { rootVersion } from './root-version.ts';
import { byOrder, orderAfter, type Placed } from './row-order.ts';
import { fnv1a } from './seed.ts';

// A table of records in a Y.Doc: root map `<root>`: row id → Y.Map of field → plain value.
// Rows stand under a root type because two replicas that each create a nested one would lose one of the two.
// A removed row keeps its fields and gains `removedAt`, so that an edit made elsewhere meanwhile is not lost.

/** What every row carries besides its own fields. */
export interface RowBase {
	readonly id: RowId;
	/** Position among its siblings: a fractional index, compared by code unit. Ties break on `id`. */
	readonly order: string;
}

export type RowFields<Row extends RowBase> = Partial<Omit<Row, 'id' | 'order'>>;

/** The verbs of one table. They write at once: the caller wraps them in one transaction with an origin. */
export interface RowTable<Row extends RowBase> {
	readonly root: string;
	/** The rows that are not removed, in order, and what could not be read. */
	read(doc: Y.Doc): Reading<readonly Row[]>;
	/** The rows that were removed and can be restored, newest removal first. */
	removed(doc: Y.Doc): readonly Row[];
	has(doc: Y.Doc, id: RowId): boolean;
	/** Adds `row` right after `after`; first when `after` is undefined, last when it is `'end'`. */
	insert(doc: Y.Doc, row: Omit<Row, 'order'>, after: RowId | 'end' | undefined): void;
	/** Adds many at the end, in their order, for the cost of one look at what is there: an import. */
	append(doc: Y.Doc, rows: readonly Omit<Row, 'order'>[]): void;
	/**
	 * The same under an id that another device may choose too, while apart: a KPI's own name, an occurrence of a
	 * series. Both then fill one row; what they begin with alike gives way to any later edit, and of what differs one
	 * stands. `own` is what only this device can say, such as who did it. A row that was removed comes back.
	 */
	ensure(
		doc: Y.Doc,
		row: Omit<Row, 'order'>,
		at: { after: RowId | 'end' | undefined; own?: RowFields<Row> }
	): void;
	/** Sets what differs. `undefined` clears a field. A row that is not there is left alone: it was purged. */
	patch(doc: Y.Doc, id: RowId, fields: RowFields<Row>): void;
	move(doc: Y.Doc, id: RowId, after: RowId | undefined): void;
	/** Removes softly. `at` is an ISO instant. */
	remove(doc: Y.Doc, id: RowId, at: string): void;
	restore(doc: Y.Doc, id: RowId): void;
	seed(doc: Y.Doc, rows: readonly Row[]): void;
	map(doc: Y.Doc): Y.Map<Y.Map<unknown>>;
}

/** Reads and writes the rows under root map `root`; `row` is their shape at rest. */
export function rowTable<Row extends RowBase>(options: {
	root: string;
	row: z.core.$ZodType<Row>;
}): RowTable<Row> {
	const { root, row: schema } = options;
	const map = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>(root);

	/** A register has thousands of rows and an edit changes one: what was parsed is kept with the row it is of. */
	const parsedRows = new WeakMap<Y.Map<unknown>, Parsed<Row>>();

	/** Of many tables an edit changes one: the others give the very list they gave before, in order already. */
	const lastRead = new WeakMap<
		Y.Map<Y.Map<unknown>>,
		{
			readonly version: number | undefined;
			readonly found: readonly Row[];
			readonly reading: Reading<readonly Row[]>;
		}
	>();

	function parseRow(id: string, fields: unknown): Parsed<Row> {
		if (!(fields instanceof Y.Map)) return parsePlain(id, fields, []);
		const known = parsedRows.get(fields);
		if (known && isMadeOf(fields, known.items)) return known;
		const items = [...fields._map.values()].filter(({ deleted }) => !deleted);
		const parsed = parsePlain(id, fields.toJSON(), items);
		parsedRows.set(fields, parsed);
		return parsed;
	}

	function parsePlain(id: string, plain: unknown, items: readonly Y.Item[]): Parsed<Row> {
		const isRemoved = isRecord(plain) && plain['removedAt'] !== undefined;
		const parsed = z.safeParse(schema, plain);
		if (parsed.success && parsed.data.id === id) return { items, isRemoved, row: parsed.data };
		const reason = parsed.success ? 'its id differs from its key' : describe(parsed.error);
		return { items, isRemoved, rejected: { key: `${root}/${id}`, reason } };
	}

	function parse(doc: Y.Doc, isWanted: (parsed: Parsed<Row>) => boolean) {
		const value: Row[] = [];
		const rejected: Rejected[] = [];
		for (const [id, fields] of map(doc)) {
			const parsed = parseRow(id, fields);
			if (!isWanted(parsed)) continue;
			if (parsed.row) value.push(parsed.row);
			else if (parsed.rejected) rejected.push(parsed.rejected);
		}
		return { value, rejected };
	}

	/** Where each row stands, in no order, also of what cannot be read otherwise: nothing is parsed for it. */
	function siblings(doc: Y.Doc): readonly Placed[] {
		const placed: Placed[] = [];
		map(doc).forEach((fields, id) => {
			const order = fields instanceof Y.Map ? fields.get('order') : undefined;
			if (typeof order === 'string') placed.push({ id, order });
		});
		return placed;
	}

	return {
		root,
		map,
		read(doc) {
			const last = lastRead.get(map(doc));
			const version = rootVersion(doc, map(doc));
			if (last && version !== undefined && version === last.version) return last.reading;
			const { value: found, rejected } = parse(doc, ({ isRemoved }) => !isRemoved);
			const isSameAsLast =
				last && isSameList(last.found, found) && isSameList(last.reading.rejected, rejected);
			const reading = isSameAsLast ? last.reading : { value: found.toSorted(byOrder), rejected };
			lastRead.set(map(doc), { version, found, reading });
			return reading;
		},
		removed(doc) {
			const at = (row: Row) => String(map(doc).get(row.id)?.get('removedAt'));
			return parse(doc, ({ isRemoved }) => isRemoved).value.sort((a, b) => byCodeUnit(at(b), at(a)));
		},
		has: (doc, id) => map(doc).has(id),
		insert(doc, row, after) {
			assert(!map(doc).has(row.id), `row ${root}/${row.id} exists`);
			const full = z.parse(schema, { ...row, order: orderAfter(siblings(doc), after) });
			map(doc).set(full.id, new Y.Map(present(full)));
		},
		append(doc, rows) {
			let before = siblings(doc);
			for (const row of rows) {
				assert(!map(doc).has(row.id), `row ${root}/${row.id} exists`);
				const full = z.parse(schema, { ...row, order: orderAfter(before, 'end') });
				map(doc).set(full.id, new Y.Map(present(full)));
				before = [full];
			}
		},
		ensure(doc, row, { after, own = {} }) {
			const known = map(doc).get(row.id);
			const order = known instanceof Y.Map ? known.get('order') : orderAfter(siblings(doc), after);
			z.parse(schema, { ...row, ...own, order });
			if (!(known instanceof Y.Map)) addNamedRow(doc, map(doc), { root, row });
			const target = map(doc).get(row.id);
			if (!(target instanceof Y.Map)) return; // Somebody else's junk stands there; reading names it.
			target.delete('removedAt');
			for (const [name, value] of present({ ...row, ...own, order })) {
				if (!isSame(target.get(name), value)) target.set(name, value);
			}
		},
		patch(doc, id, fields) {
			const target = map(doc).get(id);
			if (!(target instanceof Y.Map)) return;
			z.parse(schema, { ...target.toJSON(), ...fields });
			for (const [name, value] of Object.entries(fields)) {
				if (isSame(target.get(name), value)) continue;
				if (value === undefined) target.delete(name);
				else target.set(name, value);
			}
		},
		move(doc, id, after) {
			const target = map(doc).get(id);
			if (!(target instanceof Y.Map) || id === after) return;
			const others = siblings(doc).filter((row) => row.id !== id);
			target.set('order', orderAfter(others, after));
		},
		remove(doc, id, at) {
			const target = map(doc).get(id);
			if (target instanceof Y.Map && !target.has('removedAt')) target.set('removedAt', at);
		},
		restore(doc, id) {
			map(doc).get(id)?.delete('removedAt');
		},
		seed(doc, rows) {
			for (const row of rows) map(doc).set(row.id, new Y.Map(present(row)));
		}
	};
}

/**
 * Adds a row and what it begins with under author numbers that follow from its name and its content: the same items
 * on every device, so that two of them are one and count as older than any edit. Written by hand into the running
 * transaction, because applying an update would make the whole transaction count as somebody else's.
 */
function addNamedRow(
	doc: Y.Doc,
	rows: Y.Map<Y.Map<unknown>>,
	{ root, row }: { root: string; row: { readonly id: RowId } }
): void {
	const name = `${root}/${row.id}`;
	addItem(doc, {
		author: name,
		clock: 0,
		parent: rows,
		key: row.id,
		content: new Y.ContentType(new Y.Map())
	});
	const parent = rows.get(row.id);
	if (!(parent instanceof Y.Map)) return;
	const fields = present(row);
	const author = `${name} ${JSON.stringify(fields)}`;
	fields.forEach(([key, value], clock) =>
		addItem(doc, { author, clock, parent, key, content: new Y.ContentAny([value]) })
	);
}

function addItem(
	doc: Y.Doc,
	at: {
		author: string;
		clock: number;
		parent: NonNullable<Y.Item['parent']>;
		key: string;
		content: Y.ContentType | Y.ContentAny;
	}
): void {
	const client = fnv1a(new TextEncoder().encode(at.author));
	if (Y.getState(doc.store, client) > at.clock) return;
	const id = Y.createID(client, at.clock);
	const item = new Y.Item(id, null, null, null, null, at.parent, at.key, at.content);
	doc.transact((transaction) => item.integrate(transaction, 0));
}

/** What a row said when it was last read: by the very items it consisted of, so that no event can be missed. */
interface Parsed<Row> {
	readonly items: readonly Y.Item[];
	readonly isRemoved: boolean;
	readonly row?: Row;
	readonly rejected?: Rejected;
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]) =>
	a.length === b.length && a.every((one, index) => one === b[index]);

function isMadeOf(fields: Y.Map<unknown>, items: readonly Y.Item[]): boolean {
	let at = 0;
	for (const item of fields._map.values()) if (!item.deleted && item !== items[at++]) return false;
	return at === items.length;
}

const present = (row: object) => Object.entries(row).filter(([, value]) => value !== undefined);

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Plain values are compared by content, so that writing an equal list again makes no change. */
const isSame = (a: unknown, b: unknown) =>
	a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

const describe = (error: z.core.$ZodError) =>
	error.issues.map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`).join('; ');
