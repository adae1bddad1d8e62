import * as Y from 'yjs';
import { placesTouched } from '#lib/docs/touched.ts';
import { mayWrite, type Writing } from '#lib/domain/access.ts';
import type { DocumentId, SpaceId } from '#lib/domain/id.ts';
import type { Owner } from '#lib/kinds/contract.ts';
import { kindOfDocument } from '#lib/kinds/registry.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { GuardedChange, WriteGuard } from '../sync/write-guard.ts';
import type { Principal } from './access.ts';

export interface RoleGuardPorts {
	/** Every KPI of a space with its owner. */
	readonly kpisOf: (space: SpaceId) => Promise<Owner['kpis']>;
}

/** Decides by role, and proves for each change of a commenter that it touches nothing but what is theirs. */
export class RoleGuard implements WriteGuard {
	readonly #ports: RoleGuardPorts;

	constructor(ports: RoleGuardPorts) {
		this.#ports = ports;
	}

	rightOf({ role, scope }: Principal, document: DocumentId): Writing {
		return mayWrite(role, scope, kindOfDocument(document)?.id);
	}

	async judge({ principal, document, update, state }: GuardedChange): Promise<Result<void, string>> {
		const isOwnPlace = kindOfDocument(document)?.isOwnPlace;
		const { person, space } = principal;
		if (!isOwnPlace || !person) return refuse(notYours);
		const owner: Owner = { person, kpis: await this.#ports.kpisOf(space) };
		const [before, after] = [await state(), new Y.Doc()];
		Y.applyUpdate(after, Y.encodeStateAsUpdate(before));
		const places = tried(after, update);
		const isOwn = places?.every((place) => [before, after].every((doc) => isOwnPlace(doc, place, owner)));
		for (const doc of [before, after]) doc.destroy();
		return isOwn ? ok(undefined) : refuse(notYours);
	}
}

const notYours = 'You may write the commentary on your own KPIs here. Nobody else sees this change.';

type SharedType = Y.Transaction['changed'] extends Map<infer Type, unknown> ? Type : never;

/** The places that `update` touches in `doc`; undefined when that cannot be told for all of it. */
function tried(doc: Y.Doc, update: Uint8Array): readonly string[] | undefined {
	let places: readonly string[] | undefined;
	doc.on('afterTransaction', (transaction: Y.Transaction) => {
		// The version of a document is nobody's own, and places leave it out.
		const isMeta = [...transaction.changed.keys()].some((type) => doc.share.get('meta') === rootOf(type));
		if (!isMeta) places = [...(places ?? []), ...placesTouched(transaction)];
		else places = undefined;
	});
	Y.applyUpdate(doc, update);
	// What waits for something that nobody has shown yet could turn out to be anything.
	const { pendingStructs, pendingDs } = doc.store;
	return pendingStructs || pendingDs ? undefined : places;
}

function rootOf(type: SharedType): SharedType {
	let at = type;
	while (at._item) at = at._item.parent as SharedType;
	return at;
}
