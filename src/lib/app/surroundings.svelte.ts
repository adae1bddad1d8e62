import type { Component } from 'svelte';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { IsoDate } from '../domain/calendar.ts';
import type { DocumentId, KpiId, RowId } from '../domain/id.ts';
import type { DocumentRef } from '../domain/link.ts';
import type { RecordDraft, RecordLine, RecordRef } from '../domain/record.ts';
import type { KpiContract, Marker } from '../domain/kpi.ts';
import type { Period } from '../domain/period.ts';
import type { Person } from '../domain/person.ts';
import type { PointShelf } from '../domain/points.ts';
import type { ClashChoice, KeptChange, MissedChange, Return } from '../domain/sync-state.ts';
import type { TextComments } from '../kinds/comments/surroundings.ts';
import { notesOf } from '../kinds/meeting/doc.ts';
import { notesRoot } from '../kinds/meeting/schema.ts';
import type { Commentaries } from '../kinds/commentary/schema.ts';
import type { RecordAsk, UnderChartProps } from '../kinds/meeting/surroundings.ts';
import type { BlockKind } from '../kinds/record-blocks.ts';
import { kindById } from '../kinds/registry.ts';
import type { DocumentEntry } from '../kinds/space/schema.ts';
import { meetingsBefore } from './carry-over.ts';
import { commentaryDocument, isExplained } from './explanation.ts';
import { DocumentComments } from './comments.svelte.ts';
import type { MergedBlock, OpenDocument, WrittenBy } from './open-document.svelte.ts';
import type { Present } from './presence.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';
import type { Ticker } from './ticker.svelte.ts';

/** The formats a document can be saved in: those that people read. */
export type SavedFormat = 'csv' | 'markdown';

/** What the route gives: the address, and what only the window can do. */
export interface SurroundingsPorts {
	readonly space: SpaceSession;
	readonly seconds: Ticker;
	readonly minutes: Ticker;
	/** The row that the address names. Reactive. */
	readonly row: () => string | undefined;
	readonly showRow: (row: string | undefined) => void;
	readonly hrefOf: (place: { readonly kind: string; readonly document?: string }) => string;
	readonly openInvite: () => void;
	readonly openSettings: () => void;
	readonly saveAs: (format: SavedFormat) => void;
	readonly saveFile: (name: string, text: string, type: string) => void;
	readonly goTo: (href: string) => void;
	readonly copyLink: (href: string) => void;
	readonly underChart: Component<UnderChartProps>;
	readonly recordBlocks: (ask: RecordAsk) => readonly BlockKind[];
	readonly tell: (message: { title: string; action?: { label: string; run(): void } }) => void;
	readonly say: (words: string) => void;
	readonly hasLetterKeys: () => boolean;
}

/** What a page of any kind may ask of the app around it. Getters are reactive; verbs act at once. */
export class Surroundings {
	readonly #ports: SurroundingsPorts;
	readonly #document: OpenDocument<unknown, unknown>;
	/** What people say about the document. */
	readonly comments: DocumentComments;

	constructor(document: OpenDocument<unknown, unknown>, ports: SurroundingsPorts) {
		this.#document = document;
		this.#ports = ports;
		this.comments = new DocumentComments(document, ports);
	}

	/** The comments on one of its texts, for the editor. */
	commentsOn(root: string): TextComments {
		return this.comments.on(root);
	}

	/** Begins a thread on a record, or on one field of it. */
	commentOn(at: { readonly root: string; readonly row: string; readonly field?: string }): void {
		this.comments.onRecord(at);
	}

	/** The document's own name: of some kinds it says what they are about. */
	get document(): DocumentId {
		return this.#document.id;
	}

	get title(): string {
		const { id, kind } = this.#document;
		return this.#entry?.title ?? kind.titleOf?.(id) ?? kind.label.one;
	}

	get startsAtMs(): number | undefined {
		const { startsAt } = this.#entry ?? {};
		return startsAt === undefined ? undefined : Date.parse(startsAt);
	}

	get minutes(): number | undefined {
		return this.#entry?.minutes;
	}

	/** This person may write in it what is theirs, and nothing else. */
	get writesOwnAlone(): boolean {
		return this.#space.rights.writing(this.#document.kind.id) === 'own';
	}

	get timeZone(): string {
		return this.#space.timeZone;
	}

	get today(): IsoDate {
		return this.#space.today;
	}

	get me(): Person {
		return this.#space.me;
	}

	get people(): readonly Person[] {
		return this.#space.people;
	}

	get present(): readonly Present[] {
		return this.#document.presence.peopleAmong(this.#space.people);
	}

	get secondMs(): number {
		return this.#ports.seconds.nowMs;
	}

	/** Reading it in an effect follows the minute. */
	nowMs(): number {
		return $effect.tracking() ? this.#ports.minutes.nowMs : this.#space.nowMs();
	}

	get isOffline(): boolean {
		return this.#space.isOffline;
	}

	get kept(): readonly KeptChange[] {
		const prefix = `${this.#document.engine.name} `;
		return this.#space.board.kept.filter(({ key }) => key.startsWith(prefix));
	}

	get returned(): Return | undefined {
		return this.#space.board.returned;
	}

	get lastSyncedAtMs(): number | undefined {
		return this.#space.board.lastSyncedAtMs;
	}

	notesOf(item: RowId): Y.XmlFragment {
		return notesOf(this.#document.engine.doc, item);
	}

	/** A text of the document by its root, for the editor. */
	textOf(root: string): Y.XmlFragment {
		return this.#document.engine.doc.getXmlFragment(root);
	}

	pendingAt(root: string): ReadonlySet<string> {
		return this.#document.pendingIn(root);
	}

	mergedAt(root: string): ReadonlyMap<string, MergedBlock> {
		return this.#document.mergedIn(root);
	}

	get awareness(): Awareness {
		return this.#document.engine.awareness;
	}

	pendingIn(item: RowId): ReadonlySet<string> {
		return this.#document.pendingIn(notesRoot(item));
	}

	mergedIn(item: RowId): ReadonlyMap<string, MergedBlock> {
		return this.#document.mergedIn(notesRoot(item));
	}

	isPending(root: string, row: RowId): boolean {
		return this.#document.isRowPending(root, row);
	}

	/** Who wrote a field as it stands, when the server has said; this person's own fields name them too. */
	whoWrote(root: string, row: string, field: string): WrittenBy | undefined {
		return this.#document.whoWrote({ root, row, field }, this.#space.people, this.me);
	}

	get kpis(): readonly KpiContract[] {
		return this.#space.kpis.reading.value.kpis;
	}

	get markers(): readonly Marker[] {
		return [...this.#space.kpis.reading.value.markers, ...this.#space.commentaryMarks.markers];
	}

	/** What another period's document says, where this device keeps it. */
	commentaryOf(document: DocumentId): Commentaries | undefined {
		return this.#space.commentaryMarks.of(document);
	}

	/** Whether the commentary on a KPI in a period is complete, as far as this device knows, and where it is written. */
	explanationOf(kpi: KpiId, period: Period): { readonly isComplete: boolean; readonly href: string } {
		const document = commentaryDocument(period);
		const contract = this.kpis.find(({ id }) => id === kpi);
		const of = contract && { contract, points: this.points, period, zone: this.timeZone };
		return {
			isComplete: of !== undefined && isExplained(this.commentaryOf(document), of),
			href: this.hrefOfRef({ kind: 'commentary', document })
		};
	}

	get underChart(): Component<UnderChartProps> {
		return this.#ports.underChart;
	}

	get points(): PointShelf {
		return this.#space.points;
	}

	hrefOfKpi(kpi: KpiId): string {
		return this.#ports.hrefOf({ kind: 'kpis', document: kpi });
	}

	/** The page of a row of this document, or of the whole. */
	hrefOf(row: string | undefined): string {
		const { id, kind } = this.#document;
		return this.hrefOfRef({
			kind: kind.id,
			document: id,
			...(row === undefined ? {} : { row: row as RowId })
		});
	}

	hrefOfRef({ kind, document, row }: DocumentRef): string {
		const isOnly = kindById(kind)?.only === document;
		if (isOnly) return this.#ports.hrefOf(row === undefined ? { kind } : { kind, document: row });
		return this.#ports.hrefOf({ kind, document }) + (row === undefined ? '' : `?item=${row}`);
	}

	titleOfRef(ref: DocumentRef): string {
		return this.#space.records.titleOf(ref);
	}

	/** The records of a register, whatever its kind. */
	recordsOf(kind: string): readonly RecordLine[] {
		return this.#space.records.of(kind);
	}

	/** Those of them that came from this document. */
	recordsFromHere(kind: string): readonly RecordLine[] {
		return this.recordsOf(kind).filter(({ source }) => source?.document === this.#document.id);
	}

	/** The open actions that earlier meetings of the same series left. */
	get actionsFromEarlier(): readonly RecordLine[] {
		const earlier = new Set<string>(
			meetingsBefore(this.#space.index.reading.value.documents, this.#document.id)
		);
		if (earlier.size === 0) return [];
		return this.recordsOf('actions').filter(
			({ isOpen, source }) => isOpen && source !== undefined && earlier.has(source.document)
		);
	}

	/** The kinds of records that can stand in the notes of an item. */
	recordBlocks(ask: RecordAsk): readonly BlockKind[] {
		return this.#ports.recordBlocks(ask);
	}

	recordOf(ref: DocumentRef): RecordLine | undefined {
		return this.#space.records.find(ref);
	}

	/** Makes a record in a register, or in another document that holds such records. */
	draftRecord(kind: string, draft: RecordDraft, document?: DocumentId): Promise<RecordRef> {
		return this.#space.records.draft(kind, draft, document);
	}

	/** Lists this document in the space: for those whose name two devices choose alike, at their first edit. */
	listDocument(title: string): void {
		if (this.#entry) return;
		const { id, kind } = this.#document;
		this.#space.index.commands?.list(id, {
			kind: kind.id,
			title,
			createdAt: new Date(this.#space.nowMs()).toISOString(),
			createdBy: this.me.id
		});
	}

	apiUrlOf(kpi: KpiId): string {
		return `${location.origin}/api/v1/spaces/${this.#space.id}/kpis/${kpi}/points`;
	}

	get row(): KpiId | undefined {
		return this.#ports.row() as KpiId | undefined;
	}

	get item(): RowId | undefined {
		return this.#ports.row() as RowId | undefined;
	}

	showItem(item: RowId | undefined): void {
		this.#ports.showRow(item);
	}

	rename(title: string): void {
		this.#space.index.commands?.patchDocument(this.#document.id, { title });
	}

	reschedule(startsAtMs: number | undefined, minutes: number | undefined): void {
		const startsAt = startsAtMs === undefined ? undefined : new Date(startsAtMs).toISOString();
		this.#space.index.commands?.patchDocument(this.#document.id, { startsAt, minutes });
	}

	announce(item: string | undefined): void {
		this.#document.presence.announce({ row: item ?? '' });
	}

	typing(item: string): void {
		this.#document.presence.typing(item);
	}

	invite(): void {
		this.#ports.openInvite();
	}

	openSettings(): void {
		this.#ports.openSettings();
	}

	undo(): void {
		this.#document.undo();
	}

	redo(): void {
		this.#document.redo();
	}

	saveCopy(): void {
		this.saveAs('markdown');
	}

	saveAs(format: SavedFormat): void {
		this.#ports.saveAs(format);
	}

	saveFile(name: string, text: string, type: string): void {
		this.#ports.saveFile(name, text, type);
	}

	goTo(href: string): void {
		this.#ports.goTo(href);
	}

	copyLink(href: string): void {
		this.#ports.copyLink(href);
	}

	settle(change: MissedChange, choice: ClashChoice): void {
		void this.#space.settle(change, choice);
	}

	dismissReturn(): void {
		this.#document.showMerged(new Map());
		this.#space.board.dismissReturn();
	}

	tryNow(): void {
		this.#space.board.tryNow();
	}

	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void {
		this.#ports.tell(message);
	}

	say(words: string): void {
		this.#ports.say(words);
	}

	get hasLetterKeys(): boolean {
		return this.#ports.hasLetterKeys();
	}

	get #space(): SpaceSession {
		return this.#ports.space;
	}

	get #entry(): DocumentEntry | undefined {
		return this.#space.entryOf(this.#document.id);
	}
}
