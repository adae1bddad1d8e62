import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { DocumentId, KpiId, RowId } from '#lib/domain/id.ts';
import type { KpiContract, Marker } from '#lib/domain/kpi.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { Person } from '#lib/domain/person.ts';
import { WHOLE, type PointShelf } from '#lib/domain/points.ts';
import type { RecordDraft, RecordLine, RecordRef } from '#lib/domain/record.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import { Toasts } from '#lib/ui/messages/toasts.svelte.ts';
import { refuse } from '#lib/util/result.ts';
import { commentaryDoc } from '../doc.ts';
import { empty } from '../fixtures.ts';
import type { Commentaries } from '../schema.ts';
import type { CommentarySurroundings } from '../surroundings.ts';

const person = (id: string, name: string, slot: Person['slot']) => ({ id, name, slot }) as Person;
export const priya = person('p-priya', 'Priya Raman', 1);
export const PEOPLE = [priya, person('p-tomas', 'Tomás Herrera', 2), person('p-mei', 'Mei Lin', 3)];

const WEEK = 7 * 86_400;
/** Monday 8 June 2026, 09:46 in UTC. */
export const NOW_MS = Date.parse('2026-06-08T09:46:00Z');
const LAST = Date.parse('2026-06-08T06:00:00Z') / 1000;

const contract = (id: string, rest: Partial<KpiContract>): KpiContract => ({
	id: id as KpiId,
	order: `a-${id}`,
	name: id,
	unit: 'min',
	direction: 'down',
	cadence: 'weekly',
	...rest
});

export const KPIS: readonly KpiContract[] = [
	contract('mttr', {
		name: 'MTTR, Sev 1/2',
		target: 45,
		redAbove: 60,
		owner: priya.id,
		description: 'Median, planned maintenance apart.'
	}),
	contract('slo-attainment', {
		name: 'SLO attainment, Tier-0',
		unit: '%',
		decimals: 2,
		direction: 'up',
		target: 99.9,
		redBelow: 99.8,
		owner: priya.id,
		segments: ['enterprise', 'self-serve']
	}),
	contract('deploys', { name: 'Deploys a day', unit: 'count', direction: 'up', target: 10, redBelow: 6 }),
	contract('spend', { name: 'Cloud spend', unit: 'currency:EUR', cadence: 'monthly', target: 40_000 })
];

const VALUES: Record<string, readonly number[]> = {
	mttr: [41, 44, 39, 47, 43, 40, 46, 49, 44, 51, 52, 74],
	'slo-attainment': [99.93, 99.94, 99.95, 99.93, 99.92, 99.94, 99.93, 99.94, 99.95, 99.94, 99.93, 99.82],
	deploys: [11, 12, 12, 10, 13, 12, 11, 12, 14, 12, 12, 13]
};

const MARKERS: readonly Marker[] = [
	{ id: 'm1', order: 'a0', at: '2026-04-14T06:00:00Z', kind: 'release', label: '2026.14' },
	{ id: 'm2', order: 'a1', at: '2026-06-04T18:00:00Z', kind: 'incident', label: 'INC-2291' }
].map((marker) => marker as unknown as Marker);

/** Points in memory; a correction is one more point at the same instant. */
class Shelf implements PointShelf {
	#series = $state.raw(
		new Map<string, PointSeries>(
			Object.entries(VALUES).map(([kpi, values]) => [
				kpi,
				mergePoints(
					EMPTY_SERIES,
					values.map((value, index) => ({ at: LAST - (values.length - 1 - index) * WEEK, value }))
				)
			])
		)
	);

	put(kpi: string, value: number, at = LAST): void {
		const known = this.#series.get(kpi) ?? EMPTY_SERIES;
		this.#series = new Map([...this.#series, [kpi, mergePoints(known, [{ at, value }])]]);
	}

	seriesOf(kpi: KpiId) {
		const series = this.#series.get(kpi);
		return {
			series: (segment: string) => (segment === WHOLE ? (series ?? EMPTY_SERIES) : EMPTY_SERIES),
			segments: series ? [WHOLE] : [],
			asOfMs: NOW_MS - 26 * 60_000,
			isPaused: false,
			isLoading: false
		};
	}

	known() {
		return [];
	}

	send(): ReturnType<PointShelf['send']> {
		return Promise.resolve(refuse({ code: 'points.forbidden', sentence: 'Nothing is taken here.' }));
	}
}

/** One person's device with a week's commentary open, and the app around its page. The document is a real one. */
export class Desk implements CommentarySurroundings {
	readonly doc = new Y.Doc();
	readonly awareness = new Awareness(this.doc);
	readonly toasts = new Toasts(() => () => undefined);
	readonly points = new Shelf();
	readonly document = 'c-2026-W24' as DocumentId;
	readonly title = 'Week 24';
	readonly me = priya;
	writesOwnAlone = false;
	readonly people = PEOPLE;
	readonly timeZone = 'UTC';
	readonly today = '2026-06-08';
	readonly kpis = KPIS;
	readonly markers = MARKERS;
	/** What was asked of the app: “list Week 24”, “copy #mttr”. */
	readonly asked: string[] = [];
	readonly said: string[] = [];
	readonly drafted: RecordDraft[] = [];
	row = $state<string>();
	records = $state.raw<readonly RecordLine[]>([]);
	before = $state.raw<Commentaries>();
	pending = $state.raw<ReadonlySet<string>>(new Set());

	constructor(commentaries: Commentaries = empty, row?: string) {
		commentaryDoc.seed(this.doc, commentaries);
		this.row = row;
	}

	get value(): Commentaries {
		return commentaryDoc.read(this.doc).value;
	}

	nowMs = () => NOW_MS;
	hrefOf = (row: string | undefined) => `#${row ?? ''}`;
	hrefOfKpi = (kpi: KpiId) => `#kpi-${kpi}`;
	hrefOfRef = ({ document, row }: DocumentRef) => `#${document}${row ? `/${row}` : ''}`;
	recordsOf = (kind: string) => this.records.filter(({ ref }) => ref.kind === kind);
	recordOf = (ref: DocumentRef) => this.records.find((one) => one.ref.row === ref.row);
	listDocument = (title: string) => void this.asked.push(`list ${title}`);
	commentaryOf = (document: DocumentId) => (document === 'c-2026-W23' ? this.before : undefined);
	textOf = (root: string) => this.doc.getXmlFragment(root);
	pendingAt = () => new Set<string>();
	mergedAt = () => new Map();
	isPending = (_root: string, row: RowId) => this.pending.has(row);
	announce = () => undefined;
	typing = () => undefined;
	saveAs = (format: string) => void this.asked.push(`save ${format}`);
	copyLink = (href: string) => void this.asked.push(`copy ${href}`);
	say = (words: string) => void this.said.push(words);

	draftRecord(kind: string, draft: RecordDraft): Promise<RecordRef> {
		this.drafted.push(draft);
		const ref = { kind, document: 'r-actions' as DocumentId, row: `a${this.drafted.length}` as RowId };
		const { title, owner, due } = draft;
		this.records = [...this.records, { ref, title, owner, due, state: 'Open', isOpen: true }];
		return Promise.resolve(ref);
	}

	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void {
		this.toasts.show({ title: message.title, actions: message.action ? [message.action] : [] });
	}
}
