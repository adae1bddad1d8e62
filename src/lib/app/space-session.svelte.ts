import type * as Y from 'yjs';
import { parsePlace, type Place } from '../docs/touched.ts';
import type { DocumentId, KpiId, PersonId, SpaceId } from '../domain/id.ts';
import type { Finding } from '../domain/finding.ts';
import type { ClashChoice, MissedChange } from '../domain/sync-state.ts';
import { slotOf, type Person } from '../domain/person.ts';
import { dayOf } from '../domain/words.ts';
import type { AnyKind, ArtefactKind, PlaceWords } from '../kinds/contract.ts';
import { kpisKind } from '../kinds/kpis/kind.ts';
import { KPIS_DOCUMENT, type Kpis } from '../kinds/kpis/schema.ts';
import type { KpisCommands } from '../kinds/kpis/doc.ts';
import { kindById, kindOfDocument } from '../kinds/registry.ts';
import type { SpaceCommands } from '../kinds/space/doc.ts';
import { spaceKind } from '../kinds/space/kind.ts';
import { SPACE_DOCUMENT, type DocumentEntry, type SpaceIndex } from '../kinds/space/schema.ts';
import type { Notice } from '../protocol/messages.ts';
import type { KnownSpace } from '../sync/device-store.ts';
import { OFFLINE_AFTER_MS } from '../sync/durability.ts';
import type { DocEngine } from '../sync/engine.ts';
import { type Returned } from '../sync/engine.ts';
import { docOfRows } from '../sync/kept-rows.ts';
import { PointCache } from '../sync/point-cache.ts';
import { ProposalsApi } from '../sync/proposals-api.ts';
import { Transport } from '../sync/transport.ts';
import { Writers } from '../sync/writers.ts';
import { SpaceApi } from '../sync/server-api.ts';
import { CommentaryMarks } from './commentary-marks.svelte.ts';
import { Inbox } from './inbox.svelte.ts';
import { Keeper } from './keeper.ts';
import { openEngineOf, type EnginePorts, type SpacePorts } from './open-engine.ts';
import { OpenDocument, type MergedBlock } from './open-document.svelte.ts';
import { Packages } from './packages.svelte.ts';
import { SpacePointShelf } from './point-shelf.svelte.ts';
import { Records } from './records.svelte.ts';
import { chosenWords, settleClash, sideWords } from './review.ts';
import { Rights } from './rights.svelte.ts';
import { Summaries } from './summaries.svelte.ts';
import { SyncBoard } from './sync-board.svelte.ts';

/** A document of any kind, as the session holds it. */
interface Held {
	readonly engine: DocEngine;
	describe(place: Place): PlaceWords;
	standingAt(place: Place): { readonly value: unknown } | undefined;
	choose(place: Place, choice: { value: unknown; at: string }): boolean;
	readonly brokenByMerge: readonly Finding[];
	close(): Promise<void>;
}

interface Opened {
	readonly document: Promise<Held>;
	users: number;
}

/** One space on this device: its index and KPIs, the documents that are open, and where everything of it is. */
export class SpaceSession {
	readonly id: SpaceId;
	readonly api: SpaceApi;
	readonly board: SyncBoard;
	readonly points: SpacePointShelf;
	readonly summaries: Summaries;
	readonly rights: Rights;
	readonly packages: Packages;
	readonly inbox: Inbox;
	readonly records: Records;
	readonly commentaryMarks: CommentaryMarks;
	readonly index: OpenDocument<SpaceIndex, SpaceCommands>;
	readonly kpis: OpenDocument<Kpis, KpisCommands>;
	readonly #known: KnownSpace;
	readonly #ports: EnginePorts;
	readonly #open = new Map<DocumentId, Opened>();
	readonly #ready = new Map<string, Held>();
	readonly #keeper: Keeper;
	#isClosed = false;
	#me = $state.raw<Person>() as Person;

	/** Opens the index and the KPIs from the device. Resolves as soon as they can be shown. */
	static async open(known: KnownSpace, given: SpacePorts): Promise<SpaceSession> {
		const ports: EnginePorts = { ...given, transport: new Transport() };
		let session: SpaceSession | undefined = undefined;
		const board = new SyncBoard({
			store: ports.store,
			space: known.id,
			nowMs: Date.now,
			words: {
				wordsOf: (doc, place) => session?.wordsOf(doc, place) ?? { what: 'Changed', where: '' },
				authorOf: (doc, client) => session?.authorOf(doc, client),
				valueWords: (value) => session?.valueWords(value) ?? '',
				standingAt: (doc, place) => session?.standingAt(doc, place),
				brokenIn: (doc) => session?.brokenIn(doc) ?? []
			}
		});
		const openEngine = (document: string) => openEngineOf(known, { document, ports, onNotice });
		const [index, kpis] = await Promise.all([openEngine(SPACE_DOCUMENT), openEngine(KPIS_DOCUMENT)]);
		session = new SpaceSession(known, { ports, board, index, kpis });
		return session;

		function onNotice(notice: Notice) {
			if (notice.type === 'points') session?.points.cache.heard(notice.kpi as KpiId);
			else session?.rights.heard(notice);
		}
	}

	private constructor(
		known: KnownSpace,
		parts: { ports: EnginePorts; board: SyncBoard; index: DocEngine; kpis: DocEngine }
	) {
		const { ports, board, index, kpis } = parts;
		this.id = known.id;
		this.#known = known;
		this.#ports = ports;
		this.board = board;
		this.rights = new Rights(known.role, ports.onRole);
		const secret = known.token ?? ports.cookie;
		const proposals = new ProposalsApi(known.id, secret);
		this.packages = new Packages(this, proposals);
		this.inbox = new Inbox(this, proposals);
		this.api = new SpaceApi(known.id, secret);
		this.#me = { id: known.person.id, name: known.person.name, slot: slotOf(0) };
		this.points = new SpacePointShelf(
			(changed) =>
				new PointCache({ store: ports.store, space: known.id, api: this.api, nowMs: Date.now, changed }),
			() => this.isOffline
		);
		this.index = this.#document(SPACE_DOCUMENT as DocumentId, spaceKind, index);
		this.kpis = this.#document(KPIS_DOCUMENT as DocumentId, kpisKind, kpis);
		this.#keeper = new Keeper({
			store: ports.store,
			space: known.id,
			openEngine: (document) =>
				openEngineOf(known, { document, ports, onNotice: (notice) => this.rights.heard(notice) }),
			board,
			kept: (document, engine) => this.#summarise(document as DocumentId, engine)
		});
		this.summaries = new Summaries(ports.store, known.id);
		for (const document of [this.index, this.kpis]) {
			this.#open.set(document.id, { document: Promise.resolve(document), users: 1 });
		}
		this.records = new Records(this);
		this.commentaryMarks = new CommentaryMarks(this);
	}

	get me(): Person {
		const slot = this.people.find(({ id }) => id === this.#me.id)?.slot ?? this.#me.slot;
		return { ...this.#me, slot };
	}

	/** Everybody of the space, in the order they joined. */
	get people(): readonly Person[] {
		return this.index.reading.value.people.map(({ id, name }, place) => ({
			id: id as string as PersonId,
			name,
			slot: slotOf(place)
		}));
	}

	get title(): string {
		return this.index.reading.value.fields.title ?? this.#known.title;
	}

	/** Whose ten o'clock it is. */
	get timeZone(): string {
		return this.index.reading.value.fields.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
	}

	get isOffline(): boolean {
		const { is } = this.board.state;
		return is === 'offline' || is === 'paused' || is === 'memory';
	}

	get today(): string {
		return dayOf(this.#ports.clock.nowMs(), this.timeZone);
	}

	/** The server's time, as well as this device knows it. */
	nowMs(): number {
		return this.#ports.clock.nowMs();
	}

	/** Nothing of it is to be opened any more. */
	get isClosed(): boolean {
		return this.#isClosed;
	}

	entryOf(id: DocumentId): DocumentEntry | undefined {
		return this.index.reading.value.documents.find((entry) => entry.id === String(id));
	}

	/** What a document is called: in the index, or by its name or kind. */
	titleOf(id: DocumentId): string {
		const kind = this.kindOf(id);
		return this.entryOf(id)?.title ?? kind?.titleOf?.(id) ?? kind?.label.many ?? '';
	}

	/** What kind of document it is, whether the index lists it or its name says so. */
	kindOf(id: DocumentId): AnyKind | undefined {
		const entry = this.entryOf(id);
		return entry ? kindById(entry.kind) : kindOfDocument(id);
	}

	/** Whoever may not write the list of people asks the server to. */
	rename(name: string): void {
		this.#me = { ...this.#me, name };
		if (this.index.commands) this.index.commands.introduce(this.#me.id, { name });
		else void this.api.rename(name);
	}

	/** Connects, sends what earlier visits left, and keeps what will be needed soon. */
	start(): void {
		this.index.engine.connect();
		this.kpis.engine.connect();
		this.index.engine.onReturn(() => void this.points.cache.refreshAll());
		const isIn = this.rights.standing !== 'former';
		void this.points.cache.loadKnown().then(() => (isIn ? this.points.cache.refreshKnown() : undefined));
		void this.board.lookElsewhere();
		void this.board.loadReturned();
		void this.summaries.load();
		this.index.presence.announce({ row: '' });
		void this.#keeper.start();
		void this.records.open();
		this.commentaryMarks.load();
	}

	/** Asks the documents that may be needed soon to be on this device: those of this week, unless they are open. */
	keep(documents: readonly DocumentId[]): void {
		this.#keeper.keep(documents.filter((id) => !this.#open.has(id)));
	}

	/** The document, opened once however many components ask. Give it back with `release`. */
	acquire<S, C>(id: DocumentId, kind: ArtefactKind<string, S, C>): Promise<OpenDocument<S, C>> {
		const known = this.#open.get(id);
		const opened = known ?? this.#openNew(id, kind);
		opened.users++;
		return opened.document as Promise<OpenDocument<S, C>>;
	}

	async release(id: DocumentId): Promise<void> {
		const opened = this.#open.get(id);
		if (!opened || --opened.users > 0) return;
		this.#open.delete(id);
		const document = await opened.document;
		this.board.remove(document.engine);
		this.#ready.delete(document.engine.name);
		this.#summarise(id, document.engine);
		const isUnsent = document.engine.kept.length > 0;
		await document.close();
		if (isUnsent) this.#keeper.keep([id]);
	}

	/**
	 * Forgets what this device has of a document, also what only it has: hand that in first. The page must be loaded anew,
	 * and has the document as the server has it.
	 */
	async setAside(id: DocumentId): Promise<void> {
		await this.#keeper.letGo(id);
		const opened = this.#open.get(id);
		this.#open.delete(id);
		const document = await opened?.document;
		if (document) {
			this.board.remove(document.engine);
			this.#ready.delete(document.engine.name);
			await document.close();
		}
		await this.#ports.store.forget(`${this.id}/${id}`);
	}

	/** What the device keeps of a document, as a copy of its own; undefined when it keeps nothing of it. */
	async readKept(id: DocumentId): Promise<Y.Doc | undefined> {
		const rows = await this.#ports.store.rows(`${this.id}/${id}`, 0);
		return rows.length > 0 ? docOfRows(rows).doc : undefined;
	}

	wordsOf(doc: string, place: Place): PlaceWords {
		const document = this.#ready.get(doc);
		if (document) return document.describe(place);
		const id = doc.slice(doc.indexOf('/') + 1) as DocumentId;
		const kind = this.kindOf(id);
		const words = kind?.describe(place, kind.fixtures.empty);
		return { what: words?.what ?? 'Changed', where: this.titleOf(id) };
	}

	authorOf(doc: string, client: number): { id: string; name: string } | undefined {
		const id = this.#ready.get(doc)?.engine.authorOf(client);
		const person = this.people.find((one) => one.id === id);
		return id && id !== this.#me.id ? { id, name: person?.name ?? '' } : undefined;
	}

	standingAt(doc: string, place: Place): { readonly value: unknown } | undefined {
		return this.#ready.get(doc)?.standingAt(place);
	}

	valueWords(value: unknown): string {
		const nameOf = (id: string) => this.people.find((person) => String(person.id) === id)?.name;
		return sideWords(value, { nameOf, timeZone: this.timeZone });
	}

	brokenIn(doc: string): readonly { readonly row: string; readonly message: string }[] {
		const document = this.#ready.get(doc);
		return (document?.brokenByMerge ?? []).map(({ row = '', message }) => ({
			row,
			message: this.#named(message)
		}));
	}

	/** Rules know people by their ids alone: `{p-…}` stands for a name. */
	#named(message: string): string {
		return message.replaceAll(/\{([^{}]+)\}/g, (_whole, id: string) => this.valueWords(id));
	}

	/** Carries out what somebody chose in the merge review, and says so in the list. */
	async settle(change: MissedChange, choice: ClashChoice): Promise<void> {
		const { key, clash } = change;
		const [name = '', place = ''] = key.split(' ');
		const id = name.slice(name.indexOf('/') + 1) as DocumentId;
		const kind = this.kindOf(id);
		if (!clash || !kind) return;
		const opened: Held = await this.acquire(id, kind);
		const side =
			clash.is === 'value' && choice !== 'keep' ? clash[choice === 'mine' ? 'mine' : 'theirs'] : undefined;
		const at = new Date(this.nowMs()).toISOString();
		if (!side || !opened.choose(place, { value: side.value, at }))
			settleClash(opened.engine.doc, { place, clash, choice, by: this.#me.id });
		await this.release(id);
		this.board.settled(key, chosenWords(clash, choice));
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		this.#keeper.close();
		this.board.close();
		await Promise.all([...this.#ready.values()].map((document) => document.close()));
	}

	/** The blocks of prose that others changed while this device was away, by root and block. */
	#mergedOf(doc: string, { missed, wasAwayMs }: Returned): Map<string, Map<string, MergedBlock>> {
		const merged = new Map<string, Map<string, MergedBlock>>();
		for (const { place, clients } of wasAwayMs < OFFLINE_AFTER_MS ? [] : missed) {
			const { root, block } = parsePlace(place);
			const author = clients.map((client) => this.authorOf(doc, client)).find(Boolean);
			const person = this.people.find(({ id }) => id === author?.id);
			if (!block || !person) continue;
			const blocks = merged.get(root) ?? new Map<string, MergedBlock>();
			merged.set(root, blocks.set(block, { slot: person.slot, name: person.name }));
		}
		return merged;
	}

	/** Writes down what a document says of itself, by its kind. */
	#summarise(id: DocumentId, { doc }: DocEngine): void {
		this.commentaryMarks.heard(id, doc);
		const kind = this.kindOf(id);
		if (kind) this.summaries.put(id, kind.summarise(kind.doc.read(doc).value, { today: this.today }));
	}

	#openNew<S, C>(id: DocumentId, kind: ArtefactKind<string, S, C>): Opened {
		const opening = async () => {
			await this.#keeper.letGo(id);
			const engine = await openEngineOf(this.#known, {
				document: id,
				ports: this.#ports,
				onNotice: (notice) => this.rights.heard(notice)
			});
			const document = this.#document(id, kind, engine);
			engine.connect();
			return document;
		};
		const opened: Opened = { document: opening(), users: 0 };
		this.#open.set(id, opened);
		return opened;
	}

	#document<S, C>(id: DocumentId, kind: ArtefactKind<string, S, C>, engine: DocEngine): OpenDocument<S, C> {
		const document = new OpenDocument({
			id,
			kind,
			engine,
			by: this.#me.id,
			writers: new Writers((after) => this.api.writers(id, after)),
			me: () => this.me,
			nowMs: () => Date.now(),
			today: () => this.today,
			writing: () => this.rights.writing(kind.id)
		});
		this.#ready.set(engine.name, document);
		engine.onReturn((returned) => document.showMerged(this.#mergedOf(engine.name, returned)));
		engine.onChange(() => {
			const { link } = engine.facts;
			if (link.is === 'refused' && link.why === 'forbidden') this.rights.ended();
		});
		this.board.add(engine);
		return document;
	}
}
