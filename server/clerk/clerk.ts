import * as Y from 'yjs';
import { documentId, type SpaceId } from '#lib/domain/id.ts';
import type { AnyKind, Clerk as Duties } from '#lib/kinds/contract.ts';
import { kindOfDocument } from '#lib/kinds/registry.ts';
import { parseWireName, wireName } from '#lib/protocol/names.ts';
import type { Clock } from '../clock.ts';
import type { Service } from '../service.ts';
import type { DocStore } from '../sync/doc-store.ts';
import type { NumberStore } from './number-store.ts';

/** What the clerk asks of the server around it. */
export interface ClerkPorts {
	/** Every kind of document; those with duties are looked after. */
	readonly kinds: readonly AnyKind[];
	readonly docs: Pick<DocStore, 'load' | 'loadState'>;
	readonly numbers: NumberStore;
	readonly clock: Clock;
	/** Every space there is. */
	readonly spaces: () => readonly SpaceId[];
	/** Calls back with every change that is durable. Returns the unsubscriber. */
	readonly onChange: (listener: (name: string, update: Uint8Array) => void) => () => void;
	/** Writes into a document as a client. Resolves when it is durable. */
	readonly write: (name: string, update: Uint8Array, author: string) => Promise<void>;
	readonly failed: (event: string, error: unknown) => void;
}

/** Stands as author of what the server itself writes. */
export const CLERK_AUTHOR = 'downbeat';

/** A burst of changes is looked at once. */
const LOOK_AFTER_MS = 150;

/** A document that nobody changed for so long is no longer held in memory. */
const HELD_MS = 60_000;

/** A deadline further away is looked at again by then: no timer runs for weeks. */
const DUE_CHECK_MS_MAX = 3_600_000;

/** What is past its time and was not settled by that is looked at again by then. */
const OVERDUE_CHECK_MS = 60_000;

/** An update without structs and deletions. */
const NO_CHANGE = new Uint8Array([0, 0]);

interface Held {
	readonly doc: Y.Doc;
	readonly duties: Duties<unknown>;
	readonly kind: AnyKind;
	/** Updates that came while the document was being read. */
	waiting: Uint8Array[] | undefined;
	cancelLook: (() => void) | undefined;
	cancelDue: (() => void) | undefined;
	letGoAtMs: number;
	isBusy: boolean;
}

/**
 * Does in documents what only one can do for all: gives numbers, and records what falls due. It is a client like any
 * other, only that it lives in the server; whatever it misses, by a crash or a failed write, it finds when it next
 * looks, because every verb of a kind's duties changes only what needs changing.
 */
export class Clerk implements Service {
	readonly name = 'clerk';
	readonly #ports: ClerkPorts;
	readonly #held = new Map<string, Held>();
	readonly #work = new Set<Promise<void>>();
	readonly #stops: (() => void)[] = [];
	#isDraining = false;

	constructor(ports: ClerkPorts) {
		this.#ports = ports;
	}

	/** Begins to listen, and looks through what was written while nobody did. */
	start(): Promise<void> {
		const { onChange, clock } = this.#ports;
		this.#stops.push(onChange((name, update) => this.#heard(name, update)));
		this.#stops.push(clock.every(HELD_MS, () => this.#letGoIdle()));
		this.#run(this.#lookThrough());
		return Promise.resolve();
	}

	async drain(): Promise<void> {
		this.#isDraining = true;
		for (const stop of this.#stops) stop();
		for (const { cancelLook, cancelDue } of this.#held.values()) {
			cancelLook?.();
			cancelDue?.();
		}
		while (this.#work.size > 0) await Promise.all(this.#work);
	}

	/** Resolves when nothing is left to do for what has been heard so far. For tests. */
	async settled(): Promise<void> {
		while (this.#work.size > 0) await Promise.all(this.#work);
	}

	async #lookThrough(): Promise<void> {
		for (const space of this.#ports.spaces()) {
			for (const { only, clerk } of this.#ports.kinds) {
				if (!only || !clerk || this.#isDraining) continue;
				const name = wireName({ space, document: documentId.parse(only) });
				await this.#hold(name, kindOfDocument(only, this.#ports.kinds));
				await this.#look(name);
			}
		}
	}

	#heard(name: string, update: Uint8Array): void {
		const parsed = parseWireName(name);
		const kind = parsed.ok ? kindOfDocument(parsed.value.document, this.#ports.kinds) : undefined;
		if (!kind?.clerk || this.#isDraining) return;
		const held = this.#held.get(name);
		if (!held) this.#run(this.#hold(name, kind).then(() => this.#lookSoon(name)));
		else if (held.waiting) held.waiting.push(update);
		else {
			Y.applyUpdate(held.doc, update);
			this.#lookSoon(name);
		}
	}

	/** Reads a document, and follows it from then on. */
	async #hold(name: string, kind: AnyKind | undefined): Promise<void> {
		if (!kind?.clerk || this.#held.has(name)) return;
		const held: Held = {
			doc: new Y.Doc(),
			duties: kind.clerk,
			kind,
			waiting: [],
			cancelLook: undefined,
			cancelDue: undefined,
			letGoAtMs: this.#ports.clock.nowMs() + HELD_MS,
			isBusy: false
		};
		this.#held.set(name, held);
		const { tail } = await this.#ports.docs.load(name);
		const state = await this.#ports.docs.loadState(name);
		held.doc.transact(() => {
			if (state) Y.applyUpdate(held.doc, state);
			for (const { update } of tail) Y.applyUpdate(held.doc, update);
			for (const update of held.waiting ?? []) Y.applyUpdate(held.doc, update);
		});
		held.waiting = undefined;
	}

	#lookSoon(name: string): void {
		const held = this.#held.get(name);
		if (!held || held.cancelLook || this.#isDraining) return;
		held.cancelLook = this.#ports.clock.after(LOOK_AFTER_MS, () => {
			held.cancelLook = undefined;
			this.#run(this.#look(name));
		});
	}

	async #look(name: string): Promise<void> {
		const held = this.#held.get(name);
		if (!held || held.isBusy || this.#isDraining) return;
		held.isBusy = true;
		held.letGoAtMs = this.#ports.clock.nowMs() + HELD_MS;
		try {
			const update = await this.#doDuties(name, held);
			if (update) await this.#ports.write(name, update, CLERK_AUTHOR);
			this.#watchDue(name, held);
		} catch (error) {
			// What stands in memory may not be what the log holds: it is read anew with the next change, or in a while.
			this.#forget(name, held);
			this.#stops.push(this.#ports.clock.after(OVERDUE_CHECK_MS, () => this.#heard(name, NO_CHANGE)));
			this.#ports.failed('clerk.failed', error);
		} finally {
			held.isBusy = false;
		}
	}

	/** What the duties change, as one update; undefined when there was nothing to do. */
	async #doDuties(name: string, { doc, kind, duties }: Held): Promise<Uint8Array | undefined> {
		const parsed = parseWireName(name);
		const made: Uint8Array[] = [];
		const collect = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
			if (local) made.push(update);
		};
		doc.on('update', collect);
		try {
			if (!parsed.ok || !kind.doc.lift(doc).ok) return undefined; // A newer app's document is left alone.
			const { space } = parsed.value;
			const ids = duties.numbered(kind.doc.read(doc).value).map(({ id }) => id);
			const given = await this.#ports.numbers.give({ space, prefix: duties.prefix }, ids);
			doc.transact(() => {
				for (const { id, number } of duties.numbered(kind.doc.read(doc).value)) {
					const right = given.get(id);
					if (right !== undefined && right !== number) duties.setNumber(doc, id, right);
				}
				duties.settle?.(doc, this.#ports.clock.nowMs());
			});
		} finally {
			doc.off('update', collect);
		}
		return made.length > 0 ? Y.mergeUpdates(made) : undefined;
	}

	#watchDue(name: string, held: Held): void {
		held.cancelDue?.();
		held.cancelDue = undefined;
		const dueMs = held.duties.nextDueMs?.(held.kind.doc.read(held.doc).value);
		if (dueMs === undefined) return;
		const toGoMs = dueMs - this.#ports.clock.nowMs();
		const inMs = toGoMs > 0 ? Math.min(toGoMs, DUE_CHECK_MS_MAX) : OVERDUE_CHECK_MS;
		held.cancelDue = this.#ports.clock.after(inMs, () => this.#run(this.#look(name)));
	}

	/** Documents with a deadline to come stay. */
	#letGoIdle(): void {
		const nowMs = this.#ports.clock.nowMs();
		for (const [name, held] of this.#held) {
			const isIdle = held.letGoAtMs < nowMs && !held.isBusy && !held.waiting && !held.cancelLook;
			if (!isIdle || held.cancelDue) continue;
			this.#forget(name, held);
		}
	}

	#forget(name: string, held: Held): void {
		held.cancelLook?.();
		held.cancelDue?.();
		this.#held.delete(name);
		held.doc.destroy();
	}

	#run(work: Promise<void>): void {
		const done = work
			.catch((error: unknown) => this.#ports.failed('clerk.failed', error))
			.finally(() => this.#work.delete(done));
		this.#work.add(done);
	}
}
