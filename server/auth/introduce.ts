import { spaceDoc } from '#lib/kinds/space/doc.ts';
import { SPACE_DOCUMENT } from '#lib/kinds/space/schema.ts';
import { wireName } from '#lib/protocol/names.ts';
import { documentId } from '#lib/domain/id.ts';
import type { SyncServer } from '../sync/sync-server.ts';
import type { MemberRecord } from './directory.ts';

/**
 * Writes somebody who came in into the space's own list of people: those who may only read cannot do it themselves.
 * Their own device writes the same row when it may, and both are one.
 */
export async function introduce(
	{ space, person, name, joinedAtMs }: MemberRecord,
	sync: Pick<SyncServer, 'edit'>
): Promise<void> {
	const document = documentId.parse(SPACE_DOCUMENT);
	const joinedAt = new Date(joinedAtMs).toISOString();
	await sync.edit(wireName({ space, document }), person, (doc) =>
		spaceDoc.commands(doc, person).introduce(person, { name, joinedAt })
	);
}
