import type { SpaceId } from '#lib/domain/id.ts';
import type { Owner } from '#lib/kinds/contract.ts';
import { KPIS_DOCUMENT } from '#lib/kinds/kpis/schema.ts';
import { parseWireName } from '#lib/protocol/names.ts';
import type { DocStore } from '../sync/doc-store.ts';
import { readKpis } from './kpis-document.ts';

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
		const { kpis } = await readKpis(this.#docs, space);
		return kpis.map(({ id, owner }) => ({ id, owner }));
	}
}
