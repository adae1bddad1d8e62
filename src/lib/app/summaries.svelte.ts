import * as z from 'zod/mini';
import { documentId, rowId, type DocumentId, type SpaceId } from '../domain/id.ts';
import type { Summary } from '../kinds/contract.ts';
import type { DeviceStore } from '../sync/device-store.ts';

const summary = z.object({
	headline: z.string(),
	tone: z.enum(['good', 'watch', 'bad', 'none']),
	open: z.array(
		z.object({
			group: z.enum(['task', 'parked', 'kpi', 'decision', 'action', 'commentary']),
			what: z.string(),
			detail: z.string(),
			ref: z.object({ row: z.optional(rowId) })
		})
	)
});

/** What each document on this device says of itself, so that lists need not open them. */
export class Summaries {
	readonly #store: DeviceStore;
	readonly #space: SpaceId;
	#byDocument = $state.raw<ReadonlyMap<DocumentId, Summary>>(new Map());
	#onDevice = $state.raw<ReadonlySet<DocumentId>>(new Set());

	constructor(store: DeviceStore, space: SpaceId) {
		this.#store = store;
		this.#space = space;
	}

	of(document: DocumentId): Summary | undefined {
		return this.#byDocument.get(document);
	}

	/** Documents that open with no network. */
	get onDevice(): ReadonlySet<DocumentId> {
		return this.#onDevice;
	}

	async load(): Promise<void> {
		const marks = await this.#store.marks(this.#space);
		const known = new Map<DocumentId, Summary>();
		const onDevice = new Set<DocumentId>();
		for (const mark of marks) {
			const id = z.safeParse(documentId, mark.doc.slice(this.#space.length + 1));
			const parsed = z.safeParse(summary, mark.summary);
			if (id.success && mark.syncedAtMs !== undefined) onDevice.add(id.data);
			if (id.success && parsed.success) known.set(id.data, parsed.data);
		}
		this.#byDocument = new Map([...known, ...this.#byDocument]);
		this.#onDevice = new Set([...onDevice, ...this.#onDevice]);
	}

	put(document: DocumentId, said: Summary): void {
		this.#onDevice = new Set([...this.#onDevice, document]);
		if (JSON.stringify(this.#byDocument.get(document)) === JSON.stringify(said)) return;
		this.#byDocument = new Map([...this.#byDocument, [document, said]]);
		void this.#store.mark(`${this.#space}/${document}`, { summary: said }).catch(() => undefined); // Said again later.
	}
}
