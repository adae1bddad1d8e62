import type { DocumentId, RowId } from '../domain/id.ts';
import type { DocumentRef } from '../domain/link.ts';
import { NUMBER_PENDING, type RecordDraft, type RecordLine, type RecordRef } from '../domain/record.ts';
import { dayOf, weekdayAndDay } from '../domain/words.ts';
import { assert } from '../util/assert.ts';
import type { AnyKind, OpenEntry } from '../kinds/contract.ts';
import { kindById, kindOfDocument, kinds } from '../kinds/registry.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';

type Register = OpenDocument<unknown, unknown>;

/**
 * The registers of a space, open as long as the space is: lists, links and counts on every page are made of them. And
 * what documents may ask about each other's records without knowing their kinds.
 */
export class Records {
	readonly #space: SpaceSession;
	readonly #lines = new WeakMap<object, readonly RecordLine[]>();
	#registers = $state.raw<ReadonlyMap<string, Register>>(new Map());

	constructor(space: SpaceSession) {
		this.#space = space;
	}

	/**
	 * Opens every register from the device, one at a time and when the page has nothing else to do: a large one takes
	 * long to read, and the page that is shown goes first. They stay open until the space is closed.
	 */
	async open(): Promise<void> {
		for (const kind of kinds as readonly AnyKind[]) {
			if (!kind.only || !kind.records) continue;
			await idle();
			if (this.#space.isClosed) return;
			const register = (await this.#space.acquire(kind.only as DocumentId, kind)) as Register;
			this.#registers = new Map([...this.#registers, [kind.id, register]]);
		}
	}

	/** Every record of a register, in its own order. Empty until the register is open. */
	of(kind: string): readonly RecordLine[] {
		const register = this.#registers.get(kind);
		return register ? this.linesOf(register) : [];
	}

	/** What of a register waits for somebody today, as its kind says it. */
	openIn(kindId: string): readonly OpenEntry[] {
		const register = this.#registers.get(kindId);
		if (!register) return [];
		return (register.kind as AnyKind).summarise(register.reading.value, { today: this.#space.today }).open;
	}

	/** The records of a document that is open. */
	linesOf({ id, kind, reading }: Register): readonly RecordLine[] {
		const value = reading.value as object;
		const known = this.#lines.get(value);
		if (known) return known;
		const lines = (kind as AnyKind).records?.(value, id) ?? [];
		this.#lines.set(value, lines);
		return lines;
	}

	find({ kind, row }: DocumentRef): RecordLine | undefined {
		return row && this.of(kind).find(({ ref }) => ref.row === row);
	}

	/** What a place is called: “DEC-0148”, “Weekly Ops Review, Mon 8 Jun”. Empty when nobody knows it here. */
	titleOf(ref: DocumentRef): string {
		const record = this.find(ref);
		if (record) return record.number ?? (record.title || NUMBER_PENDING);
		const kpi = this.#space.kpis.reading.value.kpis.find(({ id }) => String(id) === ref.row);
		if (kpi && ref.kind !== 'meeting') return kpi.name;
		const entry = this.#space.entryOf(ref.document);
		if (!entry) return kindOfDocument(ref.document)?.titleOf?.(ref.document) ?? '';
		const { startsAt, title } = entry;
		return startsAt ? `${title}, ${weekdayAndDay(dayOf(Date.parse(startsAt), this.#space.timeZone))}` : title;
	}

	/** A document whose name two devices choose alike is listed with its first record. */
	#listNamed(id: DocumentId, kind: AnyKind): void {
		const title = kind.titleOf?.(id);
		if (title === undefined || this.#space.entryOf(id)) return;
		this.#space.index.commands?.list(id, {
			kind: kind.id,
			title,
			createdAt: new Date(this.#space.nowMs()).toISOString(),
			createdBy: this.#space.me.id
		});
	}

	/** Makes a record in another document. It is opened for as long as that takes, when it is not open anyway. */
	async draft(kindId: string, draft: RecordDraft, document?: DocumentId): Promise<RecordRef> {
		const kind = kindById(kindId);
		const id = document ?? (kind?.only as DocumentId | undefined);
		assert(kind?.draft && id, `no record of kind ${kindId} can be made from elsewhere`);
		const opened = (await this.#space.acquire(id, kind)) as Register;
		try {
			const { commands, readOnlyBecause } = opened;
			assert(commands, readOnlyBecause);
			const row: RowId = kind.draft(commands, draft);
			this.#listNamed(id, kind);
			return { kind: kindId, document: id, row };
		} finally {
			await this.#space.release(id);
		}
	}
}

/** The page is drawn by then even on a slow phone. */
const IDLE_MS_MAX = 500;

/** Resolves when the page has nothing to do, or after a while. */
const idle = (): Promise<void> =>
	new Promise((resolve) => {
		// Safari has no such call.
		if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: IDLE_MS_MAX });
		else setTimeout(resolve, IDLE_MS_MAX / 2);
	});
