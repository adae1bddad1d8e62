import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import type { DocumentId, KpiId, PersonId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { Person, PresenceSlot } from '#lib/domain/person.ts';
import type { PointShelf } from '#lib/domain/points.ts';
import { EMPTY_SERIES, mergePoints } from '#lib/domain/series.ts';
import { refuse } from '#lib/util/result.ts';
import type { ActionsCommands } from '../commands.ts';
import { typical } from '../fixtures.ts';
import { actionsKind } from '../kind.ts';
import type { Actions } from '../schema.ts';
import type { ActionsSurroundings } from '../surroundings.ts';
import { nadia, PEOPLE } from './people.ts';

/** Mon 8 June 2026, 10:31. */
export const NOW_MS = Date.parse('2026-06-08T10:31:00Z');
const SEEN_S = Date.parse('2026-06-07T00:00:00Z') / 1000;

export const SLO: KpiContract = {
	id: 'slo-attainment' as KpiId,
	order: 'a0',
	name: 'SLO attainment, Tier-0',
	unit: '%',
	decimals: 2,
	direction: 'up',
	target: 99.9,
	cadence: 'daily'
};

/** One person's device with the register open, and the app around its page. */
export class Desk implements ActionsSurroundings {
	readonly doc = new Y.Doc();
	readonly awareness = new Awareness(this.doc);
	readonly timeZone = 'UTC';
	readonly present = [];
	readonly kpis = [SLO];
	/** What was shown as messages, oldest first. */
	readonly told: { title: string; action?: { label: string; run(): void } }[] = [];
	readonly went: string[] = [];
	readonly saved: string[] = [];
	readonly announced: (string | undefined)[] = [];
	people: readonly Person[] = $state.raw(PEOPLE);
	today = $state('2026-06-08');
	row = $state<string>();
	isReadOnly = $state(false);
	hasLetterKeys = $state(true);
	pending: ReadonlySet<string> = $state.raw(new Set());
	/** The value of the SLO at the seen instant, as it is now. */
	sloNow = $state(99.82);
	readonly me: Person;
	readonly #undo: Y.UndoManager;

	constructor(snapshot: Actions = typical, me: Person = nadia) {
		actionsKind.doc.seed(this.doc, snapshot);
		this.me = me;
		this.#undo = new Y.UndoManager([...actionsKind.doc.undoable(this.doc)], {
			trackedOrigins: new Set([UserEdit]),
			captureTimeout: 0
		});
	}

	get value(): Actions {
		return actionsKind.doc.read(this.doc).value;
	}

	get commands(): ActionsCommands {
		return actionsKind.doc.commands(this.doc, this.me.id);
	}

	/** Somebody else does something, on this very document. */
	by(person: string): ActionsCommands {
		return actionsKind.doc.commands(this.doc, person as PersonId);
	}

	readonly points: PointShelf = {
		seriesOf: () => ({
			series: () => mergePoints(EMPTY_SERIES, [{ at: SEEN_S, value: this.sloNow }]),
			segments: [],
			asOfMs: NOW_MS,
			isPaused: false,
			isLoading: false
		}),
		known: () => [],
		send: () => Promise.resolve(refuse({ code: 'points.offline', sentence: 'There is no connection.' }))
	};

	nowMs = (): number => NOW_MS;
	isPending = (_root: string, row: string): boolean => this.pending.has(row);
	hrefOf = (row: string | undefined): string => `#${row ?? ''}`;
	hrefOfKpi = (kpi: string): string => `#kpi/${kpi}`;
	hrefOfRef = ({ document }: DocumentRef): string => `#${document}`;
	titleOfRef = ({ document }: DocumentRef): string =>
		document === ('m-ops-24' as DocumentId) ? 'Weekly Ops Review, Mon 8 Jun' : '';
	copyLink = (href: string): void => void this.saved.push(href);
	textOf = (root: string): Y.XmlFragment => this.doc.getXmlFragment(root);
	pendingAt = (): ReadonlySet<string> => new Set();
	mergedAt = (): ReadonlyMap<string, { slot: PresenceSlot; name: string }> => new Map();
	whoWrote = (_root: string, row: string, field: string): { person: Person } | undefined =>
		row === 'a-canary' && field === 'due' ? { person: PEOPLE[1] as Person } : undefined;
	announce = (row: string | undefined): void => void this.announced.push(row);
	typing = (): void => undefined;
	saveAs = (format: string): void => void this.saved.push(format);
	undo = (): void => void this.#undo.undo();
	redo = (): void => void this.#undo.redo();

	goTo(href: string): void {
		this.went.push(href);
		this.row = href.slice(1) || undefined;
	}

	tell(message: { title: string; action?: { label: string; run(): void } }): void {
		this.told.push(message);
	}
}
