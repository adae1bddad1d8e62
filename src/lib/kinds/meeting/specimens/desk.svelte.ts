import { untrack } from 'svelte';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { RemoteSync, UserEdit } from '#lib/docs/origin.ts';
import type { KpiId, RowId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { RecordLine } from '#lib/domain/record.ts';
import type { BlockKind } from '#lib/editor/blocks.ts';
import type { ProseComments } from '#lib/editor/prose-types.ts';
import type { Person, PresenceSlot } from '#lib/domain/person.ts';
import type { KeptChange, MissedChange, Return } from '#lib/domain/sync-state.ts';
import { Toasts } from '#lib/ui/messages/toasts.svelte.ts';
import { meetingDoc, notesOf, type MeetingCommands } from '../doc.ts';
import type { Meeting } from '../schema.ts';
import type { MeetingSurroundings, PresentInMeeting } from '../surroundings.ts';
import { DRAWN_MS, MINUTE_MS, STARTS_MS, ZONE } from './meetings.ts';
import { KPIS, MARKERS, SERIES, StillShelf } from './numbers.ts';
import { nadia, PEOPLE, present } from './people.ts';

const SECOND_MS = 1_000;

export interface DeskOptions {
	readonly me?: Person;
	/** Epoch milliseconds; absent: the moment that is drawn. */
	readonly nowMs?: number;
	readonly present?: readonly PresentInMeeting[];
	readonly kpis?: readonly KpiContract[];
	readonly series?: typeof SERIES;
	readonly minutes?: number | undefined;
}

/**
 * One person's device with the meeting open, and the app around its page. The document is a real one; time passes
 * when a test says so, and whatever the page tells the app can be looked up.
 */
export class Desk implements MeetingSurroundings {
	readonly doc = new Y.Doc();
	readonly awareness = new Awareness(this.doc);
	/** Toasts stay until they are used. */
	readonly toasts = new Toasts(() => () => undefined);
	/** What screen readers were told, oldest first. */
	readonly said: string[] = [];
	/** What else was asked of the app: “invite”, “saveCopy”. */
	readonly asked: string[] = [];
	readonly announced: (RowId | undefined)[] = [];
	readonly me: Person;
	readonly people = PEOPLE;
	readonly timeZone = ZONE;
	readonly kpis: readonly KpiContract[];
	readonly markers = MARKERS;
	readonly points: StillShelf;

	title = $state('Weekly Ops Review');
	startsAtMs = $state<number | undefined>(STARTS_MS);
	minutes = $state<number>();
	present = $state.raw<readonly PresentInMeeting[]>([]);
	isOffline = $state(false);
	isReadOnly = $state(false);
	kept = $state.raw<readonly KeptChange[]>([]);
	returned = $state.raw<Return>();
	lastSyncedAtMs = $state<number | undefined>(STARTS_MS + 8 * MINUTE_MS);
	hasLetterKeys = $state(true);
	/** Rows and blocks that only this device has, by id. */
	pending = $state.raw<ReadonlySet<string>>(new Set());
	merged = $state.raw<ReadonlyMap<string, { slot: PresenceSlot; name: string }>>(new Map());
	#item = $state<RowId>();
	#nowMs = $state(DRAWN_MS);
	readonly #minute = $derived(Math.floor(this.#nowMs / MINUTE_MS));
	readonly #undo: Y.UndoManager;

	constructor(meeting: Meeting, options: DeskOptions = {}) {
		const { me = nadia, nowMs = DRAWN_MS, minutes = 45 } = options;
		meetingDoc.seed(this.doc, meeting);
		this.me = me;
		this.#nowMs = nowMs;
		this.minutes = minutes;
		this.kpis = options.kpis ?? KPIS;
		this.present = options.present ?? [present(me, { isMe: true })];
		this.points = new StillShelf(options.series ?? SERIES, {
			isPaused: () => this.isOffline,
			asOfMs: STARTS_MS + 5 * MINUTE_MS
		});
		this.#undo = new Y.UndoManager([...meetingDoc.undoable(this.doc)], {
			trackedOrigins: new Set([UserEdit]),
			captureTimeout: 0
		});
	}

	/** What stands in the document now. */
	get value(): Meeting {
		return meetingDoc.read(this.doc).value;
	}

	get titles(): readonly string[] {
		return this.value.agenda.map(({ title }) => title);
	}

	/** What this person may do; the page is given none of it when they may only read. */
	get commands(): MeetingCommands {
		return meetingDoc.commands(this.doc, this.me.id);
	}

	/** Somebody else does something, on this very document. */
	by(person: Person): MeetingCommands {
		return meetingDoc.commands(this.doc, person.id);
	}

	pass(seconds: number): void {
		this.#nowMs += seconds * SECOND_MS;
	}

	get secondMs(): number {
		return this.#nowMs;
	}

	/** As in the app: who reads it in an effect is told of minutes. */
	nowMs(): number {
		if ($effect.tracking()) void this.#minute;
		return untrack(() => this.#nowMs);
	}

	notesOf(item: RowId): Y.XmlFragment {
		return notesOf(this.doc, item);
	}

	commentsOn(): ProseComments {
		return { threads: [], onadd: () => undefined, onopen: () => undefined };
	}

	commentOn({ row }: { readonly row: string }): void {
		this.asked.push(`comment on ${row}`);
	}

	pendingIn(): ReadonlySet<string> {
		return this.pending;
	}

	mergedIn(): ReadonlyMap<string, { slot: PresenceSlot; name: string }> {
		return this.merged;
	}

	isPending(_root: 'agenda' | 'parking', row: RowId): boolean {
		return this.pending.has(row);
	}

	hrefOfKpi(kpi: KpiId | undefined): string {
		return `#kpis/${kpi ?? ''}`;
	}

	/** What stands in registers because of this meeting; a specimen has no register. */
	records = $state.raw<Readonly<Record<string, readonly RecordLine[]>>>({});
	actionsFromEarlier = $state.raw<readonly RecordLine[]>([]);
	recordKinds: readonly BlockKind[] = [];
	readonly today = '2026-06-08';

	recordBlocks(): readonly BlockKind[] {
		return this.recordKinds;
	}

	recordsFromHere(kind: string): readonly RecordLine[] {
		return this.records[kind] ?? [];
	}

	get item(): RowId | undefined {
		return this.#item;
	}

	hrefOfRef({ kind, row }: DocumentRef): string {
		return `#${kind}/${row ?? ''}`;
	}

	showItem(item: RowId | undefined): void {
		this.#item = item;
	}

	rename(title: string): void {
		this.asked.push(`rename ${title}`);
		this.title = title;
	}

	reschedule(startsAtMs: number | undefined, minutes: number | undefined): void {
		this.asked.push(`reschedule ${startsAtMs} ${minutes}`);
		this.startsAtMs = startsAtMs;
		this.minutes = minutes;
	}

	announce(item: RowId | undefined): void {
		this.announced.push(item);
	}

	typing(item: RowId): void {
		this.asked.push(`typing ${item}`);
	}

	invite(): void {
		this.asked.push('invite');
	}

	undo(): void {
		this.#undo.undo();
	}

	redo(): void {
		this.#undo.redo();
	}

	saveCopy(): void {
		this.asked.push('saveCopy');
	}

	settle(change: MissedChange, choice: string): void {
		this.asked.push(`settle ${change.key} ${choice}`);
	}

	dismissReturn(): void {
		this.returned = undefined;
	}

	tryNow(): void {
		this.asked.push('tryNow');
	}

	tell({ title, action }: Parameters<MeetingSurroundings['tell']>[0]): void {
		this.toasts.show({ title, actions: action ? [action] : [] });
	}

	say(words: string): void {
		this.said.push(words);
	}

	close(): void {
		this.#undo.destroy();
		this.awareness.destroy();
		this.doc.destroy();
	}
}

/** Gives each desk what the other has and it has not: a connection that was there for a moment. */
export function exchange(a: Desk, b: Desk): void {
	for (const [from, to] of [
		[a, b],
		[b, a]
	] as const) {
		const update = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
		Y.applyUpdate(to.doc, update, new RemoteSync('desk'));
	}
}
