import type * as Y from 'yjs';
import { assert } from '../util/assert.ts';
import { ok, refuse, type Result } from '../util/result.ts';
import { SchemaLift } from './origin.ts';

/**
 * One step of a document's schema.
 *
 * Two replicas may take the same step apart from each other, so a step must be idempotent and must merge
 * with itself: it writes plain values under keys that were absent, and never replaces a shared type, whose
 * old content the merge would throw away.
 */
export interface DocMigration {
	readonly to: number;
	readonly why: string;
	apply(doc: Y.Doc): void;
}

export interface DocTooNew {
	readonly code: 'doc.too-new';
	readonly found: number;
	readonly known: number;
}

/** Lifts `doc` to the newest known version. Refuses a doc from the future: the caller opens it read-only. */
export function migrate(doc: Y.Doc, migrations: readonly DocMigration[]): Result<number, DocTooNew> {
	const known = migrations.at(-1)?.to ?? 1;
	const found = docVersion(doc);
	if (found > known) return refuse({ code: 'doc.too-new', found, known });
	if (found === known) return ok(known);

	doc.transact(
		() => {
			for (const step of migrations) if (step.to > found) step.apply(doc);
			doc.getMap('meta').set('version', known);
		},
		new SchemaLift(found, known)
	);

	assert(docVersion(doc) === known, `doc is at ${docVersion(doc)} after a lift to ${known}`);
	return ok(known);
}

/** The schema version a doc was written with. A doc that does not say is of version 1. */
export function docVersion(doc: Y.Doc): number {
	const version = doc.getMap('meta').get('version');
	return typeof version === 'number' ? version : 1;
}
