import { createSubscriber, SvelteMap } from 'svelte/reactivity';
import type { TextMark } from '../docs/anchor.ts';
import type { RowId } from '../domain/id.ts';
import type { Person } from '../domain/person.ts';
import type { CommentsCommands } from '../kinds/comments/commands.ts';
import { commentsKind } from '../kinds/comments/kind.ts';
import {
	commentsOn,
	isTextAnchor,
	type Anchor,
	type Comments,
	type RecordAnchor
} from '../kinds/comments/schema.ts';
import { standingsOf, type Standing } from '../kinds/comments/standing.ts';
import type {
	CommentsSurroundings,
	FocusWish,
	ShownRecord,
	ShownThread,
	TextComments,
	ThreadDraft
} from '../kinds/comments/surroundings.ts';
import { byStanding, placeOfAnchor, rootOfRow, rowOfAnchor, standingOfAnchor } from './anchors.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';

export interface CommentsPorts {
	readonly space: SpaceSession;
	/** The row that the address names. Reactive. */
	readonly row: () => string | undefined;
	readonly showRow: (row: string | undefined) => void;
	readonly tell: CommentsSurroundings['tell'];
	readonly say: (words: string) => void;
}

/** What one record of a register is called within a sentence, by kind. */
const NOUNS: Readonly<Record<string, string>> = { decisions: 'decision', actions: 'action', kpis: 'KPI' };

/** What people say about one document: its threads, the panel that shows them, and the marks in its texts. */
export class DocumentComments implements CommentsSurroundings {
	readonly #document: OpenDocument<unknown, unknown>;
	readonly #ports: CommentsPorts;
	readonly #followDocument: () => void;
	readonly #typed = new SvelteMap<string, string>();
	#opened = $state.raw<OpenDocument<Comments, CommentsCommands>>();
	#isShown = $state(false);
	#isQuiet = $state(false);
	#activeId = $state<RowId>();
	#about = $state.raw<{ readonly anchor: Anchor; readonly quote: string }>();
	#wish = $state.raw<FocusWish>();

	constructor(document: OpenDocument<unknown, unknown>, ports: CommentsPorts) {
		this.#document = document;
		this.#ports = ports;
		this.#followDocument = createSubscriber((changed) => {
			const { doc } = document.engine;
			doc.on('afterTransaction', changed);
			return () => doc.off('afterTransaction', changed);
		});
	}

	/** Opens the comments from the device. They stay open until `close`. */
	async open(): Promise<void> {
		this.#opened = await this.#ports.space.acquire(commentsOn(this.#document.id), commentsKind);
	}

	async close(): Promise<void> {
		if (!this.#opened) return;
		this.#opened = undefined;
		await this.#ports.space.release(commentsOn(this.#document.id));
	}

	readonly #standings = $derived.by((): readonly Standing[] =>
		this.#opened ? standingsOf(this.#opened.reading.value) : []
	);

	get openCount(): number {
		return this.#standings.filter(({ isResolved }) => !isResolved).length;
	}

	/** How many open threads there are on a record and its texts. */
	countOn(row: string): number {
		const { doc } = this.#document.engine;
		return this.#standings.filter(
			({ thread, isResolved }) => !isResolved && rowOfAnchor(doc, thread.anchor) === row
		).length;
	}

	/** Whether the panel is on the screen. */
	get isShown(): boolean {
		return this.#isShown;
	}

	/** Whether it came without being asked for by the keyboard: then the focus stays where it is. */
	get isQuiet(): boolean {
		return this.#isQuiet;
	}

	turn(isShown: boolean): void {
		this.#isQuiet = false;
		this.#isShown = isShown;
		if (!isShown) this.#activeId = undefined;
	}

	/** The marks of one text, for the editor. */
	on(root: string): TextComments {
		const threads = this.#standings.flatMap(({ thread: { id, anchor, quote }, isResolved }) =>
			!isResolved && isTextAnchor(anchor) && anchor.root === root ? [{ id, mark: { ...anchor, quote } }] : []
		);
		return {
			threads,
			activeId: this.#activeId,
			onadd: ({ quote, ...places }: TextMark) => this.#ask({ root, ...places }, quote),
			onopen: (id, by) => this.#choose(id as RowId, by)
		};
	}

	/** Begins a thread on a record, or on one field of it. */
	onRecord(anchor: RecordAnchor): void {
		this.#ask(anchor, '');
	}

	readonly threads: readonly ShownThread[] = $derived.by(() => {
		this.#followDocument();
		const { doc } = this.#document.engine;
		const shown = this.#ports.row();
		return this.#standings
			.map((one) => ({ one, at: standingOfAnchor(doc, one.thread.anchor, one.thread.quote) }))
			.toSorted((a, b) => byStanding(a.at, b.at))
			.map(({ one, at }) => ({
				...one,
				where: this.#whereOf(one.thread.anchor, at.row),
				isDetached: at.isDetached,
				isOfShown: at.row !== undefined && at.row === shown
			}));
	});

	get draft(): ThreadDraft | undefined {
		if (!this.#about) return undefined;
		const { anchor, quote } = this.#about;
		return { quote, where: this.#whereOf(anchor, rowOfAnchor(this.#document.engine.doc, anchor)) };
	}

	get record(): ShownRecord | undefined {
		const { kind } = this.#document;
		const row = kind.only === undefined ? undefined : this.#ports.row();
		if (row === undefined || rootOfRow(this.#document.engine.doc, row) === undefined) return undefined;
		return { noun: NOUNS[kind.id] ?? 'record' };
	}

	commentOnRecord(): void {
		const row = this.#ports.row();
		const root = row === undefined ? undefined : rootOfRow(this.#document.engine.doc, row);
		if (row !== undefined && root !== undefined) this.onRecord({ root, row });
	}

	show(id: RowId): void {
		this.#activeId = id;
		const thread = this.#standings.find((one) => one.thread.id === id)?.thread;
		const row = thread && rowOfAnchor(this.#document.engine.doc, thread.anchor);
		if (row !== undefined && row !== this.#ports.row()) this.#ports.showRow(row);
	}

	begin(text: string): string | undefined {
		if (!this.#about || !this.commands) return 'The comments are not on this device yet.';
		const done = this.commands.begin({ ...this.#about, text }, new Date(this.nowMs()).toISOString());
		if (!done.ok) return done.error.sentence;
		this.#about = undefined;
		this.#activeId = done.value;
		this.#wish = { is: 'thread', id: done.value };
		return undefined;
	}

	dropDraft(): void {
		this.#about = undefined;
	}

	get activeId(): string | undefined {
		return this.#activeId;
	}

	get wish(): FocusWish | undefined {
		return this.#wish;
	}

	fulfil(): void {
		this.#wish = undefined;
	}

	get me(): Person {
		return this.#ports.space.me;
	}

	get people(): readonly Person[] {
		return this.#ports.space.people;
	}

	get present(): ReadonlySet<string> {
		const { space } = this.#ports;
		const here = this.#document.presence.peopleAmong(space.people);
		return new Set(
			here
				.filter(({ state, isMe }) => isMe || (state !== 'away' && !space.isOffline))
				.map(({ person }) => person.id)
		);
	}

	get timeZone(): string {
		return this.#ports.space.timeZone;
	}

	get today(): string {
		return this.#ports.space.today;
	}

	nowMs(): number {
		return this.#ports.space.nowMs();
	}

	get commands(): CommentsCommands | undefined {
		return this.#opened?.commands;
	}

	get isLoading(): boolean {
		return !this.#opened || this.#opened.isUnknown;
	}

	typedIn(key: string): string {
		return this.#typed.get(key) ?? '';
	}

	keepTyped(key: string, text: string): void {
		this.#typed.set(key, text);
	}

	isPending(root: 'threads' | 'replies', row: RowId): boolean {
		return this.#opened?.isRowPending(root, row) ?? false;
	}

	tell(message: Parameters<CommentsSurroundings['tell']>[0]): void {
		this.#ports.tell(message);
	}

	say(words: string): void {
		this.#ports.say(words);
	}

	/** Opens the panel with a thread that is to be begun. */
	#ask(anchor: Anchor, quote: string): void {
		this.#about = { anchor, quote };
		this.#activeId = undefined;
		this.#isShown = true;
	}

	#choose(id: RowId, by: 'click' | 'key'): void {
		this.#activeId = id;
		if (by === 'key') this.#wish = { is: 'thread', id };
		else this.#isQuiet = true;
		this.#isShown = true;
	}

	#whereOf(anchor: Anchor, row: string | undefined): string {
		const { kind, id, reading } = this.#document;
		const line = row && this.#ports.space.records.linesOf(this.#document).find(({ ref }) => ref.row === row);
		if (line) return line.number === undefined ? line.title : `${line.number} ${line.title}`;
		const { where } = kind.describe(placeOfAnchor(anchor), reading.value);
		return where || (row && kind.nameOf?.(reading.value, row)) || this.#ports.space.titleOf(id);
	}
}
