import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { Person } from '#lib/domain/person.ts';
import type { PointShelf, SeriesView } from '#lib/domain/points.ts';
import type { RecordDraft, RecordLine, RecordRef } from '#lib/domain/record.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import { Toasts } from '#lib/ui/messages/toasts.svelte.ts';
import { refuse } from '#lib/util/result.ts';
import type { DecisionsCommands } from '../commands.ts';
import { decisionsDoc } from '../doc.ts';
import type { Decisions } from '../schema.ts';
import type { DecisionsSurroundings } from '../surroundings.ts';
import { PEOPLE, nadia } from './people.ts';

export const NOW_MS = Date.parse('2026-06-08T12:20:00Z');

const contract = (id: string, name: string, rest: Partial<KpiContract>) =>
	({ id, order: id, name, unit: 'min', direction: 'down', cadence: 'weekly', ...rest }) as KpiContract;

export const KPIS: readonly KpiContract[] = [
	contract('mttr', 'MTTR', { target: 45, redAbove: 60 }),
	contract('lead-time', 'Lead time', { unit: 'h', target: 24 })
];

/** Points in memory, as many as a test puts there. */
class StillShelf implements PointShelf {
	readonly #series = new Map<string, PointSeries>();

	put(kpi: string, points: readonly { at: number; value: number }[]): void {
		this.#series.set(kpi, mergePoints(EMPTY_SERIES, points));
	}

	seriesOf(kpi: string): SeriesView {
		const series = this.#series.get(kpi);
		return {
			series: () => series ?? EMPTY_SERIES,
			segments: series ? [''] : [],
			asOfMs: NOW_MS,
			isPaused: false,
			isLoading: false
		};
	}

	known() {
		return [];
	}

	send() {
		return Promise.resolve(refuse({ code: 'points.offline' as const, sentence: 'There is no connection.' }));
	}
}

/** One person's device with the log open, and the app around its page. The document is a real one. */
export class Desk implements DecisionsSurroundings {
	readonly doc = new Y.Doc();
	readonly awareness = new Awareness(this.doc);
	readonly toasts = new Toasts(() => () => undefined);
	readonly said: string[] = [];
	/** What else was asked of the app: “copy #keep”, “csv”. */
	readonly asked: string[] = [];
	readonly saved: { readonly name: string; readonly text: string }[] = [];
	readonly points = new StillShelf();
	readonly people = PEOPLE;
	readonly kpis = KPIS;
	readonly timeZone = 'Europe/Berlin';
	readonly today = '2026-06-08';
	me: Person = nadia;
	row = $state<string>();
	isReadOnly = $state(false);
	isOffline = $state(false);
	hasLetterKeys = $state(true);
	actions = $state.raw<readonly RecordLine[]>([]);
	now = $state(NOW_MS);
	pending = $state.raw<ReadonlySet<string>>(new Set());
	readonly #undo: Y.UndoManager;

	constructor(value: Decisions, row?: string) {
		decisionsDoc.seed(this.doc, value);
		this.row = row;
		this.points.put('mttr', [{ at: Date.parse('2026-06-08T00:00:00Z') / 1000, value: 74 }]);
		this.points.put('lead-time', [{ at: NOW_MS / 1000, value: 19.2 }]);
		this.#undo = new Y.UndoManager([...decisionsDoc.undoable(this.doc)], {
			trackedOrigins: new Set([UserEdit]),
			captureTimeout: 0
		});
	}

	get value(): Decisions {
		return decisionsDoc.read(this.doc).value;
	}

	get commands(): DecisionsCommands {
		return decisionsDoc.commands(this.doc, this.me.id);
	}

	nowMs(): number {
		return this.now;
	}

	hrefOf(row: string | undefined): string {
		return `#${row ?? ''}`;
	}

	hrefOfKpi(kpi: string): string {
		return `#kpis/${kpi}`;
	}

	hrefOfRef({ document, row }: { document: string; row?: string | undefined }): string {
		return `#${document}/${row ?? ''}`;
	}

	titleOfRef(): string {
		return 'Weekly Ops Review';
	}

	recordsOf(kind: string): readonly RecordLine[] {
		return kind === 'actions' ? this.actions : [];
	}

	draftRecord(kind: string, draft: RecordDraft): Promise<RecordRef> {
		const ref = { kind, document: `r-${kind}`, row: `new-${this.actions.length}` } as RecordRef;
		this.actions = [...this.actions, { ref, state: 'Open', isOpen: true, ...draft }];
		return Promise.resolve(ref);
	}

	goTo(href: string): void {
		this.row = href.slice(1) || undefined;
	}

	copyLink(href: string): void {
		this.asked.push(`copy ${href}`);
	}

	textOf(root: string): Y.XmlFragment {
		return this.doc.getXmlFragment(root);
	}

	pendingAt(): ReadonlySet<string> {
		return new Set();
	}

	mergedAt(): ReturnType<DecisionsSurroundings['mergedAt']> {
		return new Map<string, never>();
	}

	isPending(_root: string, row: string): boolean {
		return this.pending.has(row);
	}

	announce(row: string | undefined): void {
		this.asked.push(`at ${row ?? ''}`);
	}

	typing(row: string): void {
		this.asked.push(`typing ${row}`);
	}

	undo(): void {
		this.#undo.undo();
	}

	redo(): void {
		this.#undo.redo();
	}

	saveAs(format: string): void {
		this.asked.push(format);
	}

	saveFile(name: string, text: string): void {
		this.saved.push({ name, text });
	}

	tell({ title, action }: Parameters<DecisionsSurroundings['tell']>[0]): void {
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
