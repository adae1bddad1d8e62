import * as Y from 'yjs';
import type { SpaceId } from '#lib/domain/id.ts';
import type { Owner } from '#lib/kinds/contract.ts';
import { kpisDoc } from '#lib/kinds/kpis/doc.ts';
import { KPIS_DOCUMENT } from '#lib/kinds/kpis/schema.ts';
import { parseWireName } from '#lib/protocol/names.ts';
import type { DocStore } from '../sync/doc-store.ts';

/** Spaces whose owners are remembered: each is a short list. */
const SPACES_KEPT_MAX = 200;

type Docs = Pick<DocStore, 'load' | 'loadState'>;

/** Who owns which KPI of a space, as its contracts say, read again only after they changed. */
export class KpiOwners {
	readonly #docs: Docs;
	readonly #kept = new Map<SpaceId, Promise<Owner['kpis']>>();

	constructor(docs: Docs) {
		this.#docs = docs;
	}

	/** A document has durably changed. */
	heard(name: string): void {
		const parsed = parseWireName(name);
		if (parsed.ok && parsed.value.document === (KPIS_DOCUMENT as string))
			this.#kept.delete(parsed.value.space);
	}

	of(space: SpaceId): Promise<Owner['kpis']> {
		const known = this.#kept.get(space);
		if (known) return known;
		if (this.#kept.size >= SPACES_KEPT_MAX) this.#kept.clear();
		const reading = this.#read(space);
		this.#kept.set(space, reading);
		reading.catch(() => this.#kept.delete(space)); // Whoever asked hears of it, and the next one asks anew.
		return reading;
	}

	async #read(space: SpaceId): Promise<Owner['kpis']> {
		const name = `${space}/${KPIS_DOCUMENT}`;
		const { tail } = await this.#docs.load(name);
		const state = await this.#docs.loadState(name);
		const doc = new Y.Doc();
		doc.transact(() => {
			if (state) Y.applyUpdate(doc, state);
			for (const { update } of tail) Y.applyUpdate(doc, update);
		});
		const { kpis } = kpisDoc.read(doc).value;
		doc.destroy();
		return kpis.map(({ id, owner }) => ({ id, owner }));
	}
}
