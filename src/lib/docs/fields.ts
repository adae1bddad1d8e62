import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { Reading, Rejected } from './binding.ts';

/** Some of the fields; `undefined` clears one. */
export type FieldPatch<Fields extends object> = {
	readonly [Name in keyof Fields]?: Fields[Name] | undefined;
};

/** The fields of a document itself: one flat root map of field → plain value, set one by one. */
export interface FieldMap<Fields extends object> {
	readonly root: string;
	/** Each field that can be read. One that cannot is named in `rejected` and left out. */
	read(doc: Y.Doc): Reading<Partial<Fields>>;
	/** Sets what differs. The caller wraps it in a transaction. */
	patch(doc: Y.Doc, fields: FieldPatch<Fields>): void;
	map(doc: Y.Doc): Y.Map<unknown>;
}

export function fieldMap<Fields extends object>(options: {
	root: string;
	fields: { readonly [Name in keyof Fields]-?: z.core.$ZodType<Fields[Name]> };
}): FieldMap<Fields> {
	const { root, fields: schemas } = options;
	const names = Object.keys(schemas) as (keyof Fields & string)[];

	return {
		root,
		map: (doc) => doc.getMap(root),
		read(doc) {
			const value: Partial<Fields> = {};
			const rejected: Rejected[] = [];
			for (const name of names) {
				const found = doc.getMap(root).get(name);
				if (found === undefined) continue;
				const parsed = z.safeParse(schemas[name], found);
				if (parsed.success) value[name] = parsed.data;
				else
					rejected.push({ key: `${root}/${name}`, reason: parsed.error.issues[0]?.message ?? 'unreadable' });
			}
			return { value, rejected };
		},
		patch(doc, fields) {
			const map = doc.getMap(root);
			for (const [name, value] of Object.entries(fields)) {
				if (map.get(name) === value) continue;
				if (value === undefined) map.delete(name);
				else {
					z.parse(schemas[name as keyof Fields], value);
					map.set(name, value);
				}
			}
		}
	};
}
