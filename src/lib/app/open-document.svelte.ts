import { createSubscriber } from 'svelte/reactivity';
import * as Y from 'yjs';
import type { Reading } from '../docs/binding.ts';
import { UserEdit } from '../docs/origin.ts';
import { itemOfField, parsePlace, type Place } from '../docs/touched.ts';
import type { Writing } from '../domain/access.ts';
import type { Finding } from '../domain/finding.ts';
import type { DocumentId, PersonId } from '../domain/id.ts';
import type { Person, PresenceSlot } from '../domain/person.ts';
import type { ArtefactKind, PlaceWords } from '../kinds/contract.ts';
import type { Writers } from '../sync/writers.ts';
import type { DocEngine } from '../sync/engine.ts';
import { Artefact } from './artefact.svelte.ts';
import { DocumentPresence } from './presence.svelte.ts';
import { undoOf } from './undo-steps.ts';

/** A block that others changed while this device was away, and whose it is. */
export interface MergedBlock {
	readonly slot: PresenceSlot;
	readonly name: string;
}

/** Who wrote what is asked of the server at most so often. */
const ASK_WRITERS_MS = 15_000;

/** Who wrote something, and when as the server says; `atMs` is absent until it has. */
export interface WrittenBy {
	readonly person: Person | undefined;
	readonly atMs?: number | undefined;
}

/** One document as pages see it: read it, command it, see who is in it and what of it only this device has. */
export class OpenDocument<Snapshot, Commands> {
	readonly id: DocumentId;
	readonly kind: ArtefactKind<string, Snapshot, Commands>;
	readonly engine: DocEngine;
	readonly presence: DocumentPresence;
	readonly #artefact: Artefact<Snapshot>;
	readonly #writing: () => Writing;
	/** Made when they are first needed: whoever may only read lifts nothing either. */
	readonly #commandsIf: () => Commands;
	#lifted: { readonly isOk: boolean } | undefined;
	#made: Commands | undefined;
	readonly #undo: Y.UndoManager;
	readonly #trackEngine: () => void;
	readonly #today: () => string;
	readonly #nowMs: () => number;
	readonly #writers: Writers;
	#writersLoaded = $state(0);
	#askedWritersMs = -Infinity;
	/** The errors that stood before the last exchange. */
	#checked: { value: Snapshot; today: string; findings: readonly Finding[] } | undefined;
	#brokenBefore: ReadonlySet<string> = new Set();
	#merged = $state.raw<ReadonlyMap<string, ReadonlyMap<string, MergedBlock>>>(new Map());

	constructor(options: {
		id: DocumentId;
		kind: ArtefactKind<string, Snapshot, Commands>;
		engine: DocEngine;
		/** Whose edits are made here. */
		by: PersonId;
		writers: Writers;
		me: () => Person;
		nowMs: () => number;
		today: () => string;
		/** How much of it this person may write. */
		writing: () => Writing;
	}) {
		const { id, kind, engine, me } = options;
		this.id = id;
		this.kind = kind;
		this.engine = engine;
		this.#today = options.today;
		this.#nowMs = options.nowMs;
		this.#writers = options.writers;
		this.#artefact = new Artefact(engine.doc, kind.doc);
		this.#writing = options.writing;
		this.#commandsIf = () => kind.doc.commands(engine.doc, options.by);
		if (this.#writing() !== 'none') this.#isNewer();
		this.#undo = undoOf(engine.doc, kind.doc.undoable(engine.doc));
		this.presence = new DocumentPresence({ awareness: engine.awareness, me, nowMs: options.nowMs });
		this.#trackEngine = createSubscriber((changed) => engine.onChange(changed));
		engine.beforeExchange(() => (this.#brokenBefore = new Set(this.#broken().map(keyOfFinding))));
	}

	get reading(): Reading<Snapshot> {
		return this.#artefact.reading;
	}

	/** Checked once for each reading and day, however many ask. */
	get findings(): readonly Finding[] {
		const [{ value }, today] = [this.reading, this.#today()];
		if (this.#checked?.value !== value || this.#checked.today !== today)
			this.#checked = { value, today, findings: this.#check(value, today) };
		return this.#checked.findings;
	}

	#check(value: Snapshot, today: string): readonly Finding[] {
		return this.kind.rules.flatMap((rule) => rule.check(value, { today }));
	}

	/** The rules that were kept before others' changes came in, and are not now. */
	get brokenByMerge(): readonly Finding[] {
		return this.#broken().filter((finding) => !this.#brokenBefore.has(keyOfFinding(finding)));
	}

	#broken(): readonly Finding[] {
		const { value } = this.kind.doc.read(this.engine.doc);
		return this.#check(value, this.#today()).filter(({ severity }) => severity === 'error');
	}

	/** Undefined when it must not be written. */
	get commands(): Commands | undefined {
		if (this.#writing() === 'none' || this.#isNewer()) return undefined;
		return (this.#made ??= this.#commandsIf());
	}

	/** Why it opens read-only. Empty when it can be edited. */
	get readOnlyBecause(): string {
		if (this.#writing() === 'none') return 'You can read this and not change it.';
		return this.#isNewer()
			? 'A newer Downbeat wrote this. You can read it here; update this one to write.'
			: '';
	}

	#isNewer(): boolean {
		this.#lifted ??= { isOk: this.kind.doc.lift(this.engine.doc).ok };
		return !this.#lifted.isOk;
	}

	/** A changed place of this document, in words. */
	describe(place: Place): PlaceWords {
		const { doc } = this.engine;
		const words = this.kind.describe(place, this.kind.doc.read(doc).value);
		return words.where === '' ? { ...words, where: removedTitle(doc, place) } : words;
	}

	/** What stands at a place whose value follows from other rows too. */
	standingAt(place: Place): { readonly value: unknown } | undefined {
		return this.kind.derived?.standing(this.kind.doc.read(this.engine.doc).value, place);
	}

	/** Lets a value stand at such a place. False for any other, and where nothing may be written. */
	choose(place: Place, { value, at }: { value: unknown; at: string }): boolean {
		const { commands } = this;
		return (commands && this.kind.derived?.choose(commands, { place, value, at })) ?? false;
	}

	/** Nothing of it was ever on this device, and the server has not said yet whether there is anything. */
	get isUnknown(): boolean {
		this.#trackEngine();
		return this.engine.doc.store.clients.size === 0 && !this.engine.facts.hasExchanged;
	}

	/** The blocks below `root` that only this device has. */
	pendingIn(root: string): ReadonlySet<string> {
		this.#trackEngine();
		const places = this.engine.kept.map(({ place }) => parsePlace(place));
		return new Set(places.flatMap((place) => (place.root === root && place.block ? [place.block] : [])));
	}

	/** Whether a row, or one of its fields, is only on this device. */
	isRowPending(root: string, row: string): boolean {
		this.#trackEngine();
		const prefix = `${root}/${row}`;
		return this.engine.kept.some(({ place }) => place === prefix || place.startsWith(`${prefix}/`));
	}

	/** Who wrote a field as it stands. Undefined when nothing stands there, or nobody can be named yet. */
	whoWrote(
		at: { root: string; row: string; field: string },
		people: readonly Person[],
		me: Person
	): WrittenBy | undefined {
		this.#trackEngine();
		const item = itemOfField(this.engine.doc, at);
		if (!item) return undefined;
		if (item.client === this.engine.doc.clientID) return { person: me };
		void this.#writersLoaded;
		const written = this.#writers.of(item);
		if (!written) this.#askWriters();
		const author = written?.author ?? this.engine.authorOf(item.client);
		const person = people.find(({ id }) => id === author);
		return person && { person, atMs: written?.atMs };
	}

	/** Asks the server who wrote what, unless it was asked a moment ago or there is no connection. */
	#askWriters(): void {
		const nowMs = this.#nowMs();
		if (nowMs - this.#askedWritersMs < ASK_WRITERS_MS || !this.engine.facts.hasExchanged) return;
		this.#askedWritersMs = nowMs;
		void this.#writers.load().then(() => this.#writersLoaded++);
	}

	/** The blocks below `root` that others changed while this device was away, until they were read. */
	mergedIn(root: string): ReadonlyMap<string, MergedBlock> {
		return this.#merged.get(root) ?? new Map<string, MergedBlock>();
	}

	showMerged(merged: ReadonlyMap<string, ReadonlyMap<string, MergedBlock>>): void {
		this.#merged = merged;
	}

	/** Takes back my own last change to the rows; prose has an undo of its own in the editor. */
	undo(): void {
		this.#undo.undo();
	}

	redo(): void {
		this.#undo.redo();
	}

	/** Fills the document with bytes that are the same wherever they are made (`seedUpdate`), as an edit of mine. */
	fill(update: Uint8Array, by: PersonId): void {
		this.engine.doc.transact(
			() => Y.applyUpdate(this.engine.doc, update),
			new UserEdit(by, 'document.create')
		);
		this.#undo.clear(); // Undo never empties a document that was opened for somebody.
	}

	async close(): Promise<void> {
		this.#undo.destroy();
		await this.engine.close();
	}
}

const keyOfFinding = ({ rule, row, message }: Finding) => `${rule} ${row ?? ''} ${message}`;

/** What a removed row was called: readings leave it out, and a list of changes is nothing without its name. */
function removedTitle(doc: Y.Doc, place: Place): string {
	const { root, row } = parsePlace(place);
	const map = row === undefined || !doc.share.has(root) ? undefined : doc.getMap<unknown>(root).get(row);
	if (!(map instanceof Y.Map) || !map.has('removedAt')) return '';
	const fields = map as Y.Map<unknown>;
	const title = fields.get('title') ?? fields.get('text') ?? fields.get('name');
	return typeof title === 'string' ? title : '';
}
