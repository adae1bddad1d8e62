import type { ProseBlock } from '#lib/docs/prose.ts';
import type { RowId } from '#lib/domain/id.ts';
import type { AgendaItem, ClockFact, Meeting, ParkedThing } from '../schema.ts';
import { ingrid, jonas, mei, nadia, priya, tomas } from './people.ts';
import { SLO } from './numbers.ts';

const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
/** Monday 8 June, 10:00 where the review is held. */
export const STARTS_MS = Date.parse('2026-06-08T08:00:00Z');
export const ZONE = 'Europe/Berlin';
/** The moment that is drawn: 3:12 left of the second item. */
export const DRAWN_MS = STARTS_MS + 10 * MINUTE_MS + 58 * SECOND_MS;

const id = (text: string) => text as RowId;

export function item(name: string, rest: Partial<AgendaItem> = {}): AgendaItem {
	return { id: id(name), order: '', title: name, minutes: 5, ...rest };
}

/** Items in the order they are given in. */
export const ordered = <Row extends { order: string }>(rows: readonly Row[]): readonly Row[] =>
	rows.map((row, index) => ({ ...row, order: `a${index}` }));

export const SIX_ITEMS = ordered<AgendaItem>([
	item('actions', { title: 'Last week’s actions', owner: nadia.id, minutes: 5 }),
	item('slo', { title: 'SLO & reliability signals', owner: priya.id, minutes: 10 }),
	item('cost', { title: 'Cost deltas', owner: mei.id, minutes: 10 }),
	item('security', { title: 'Security events', owner: tomas.id, minutes: 10 }),
	item('autonomy', { title: 'Autonomy actions', owner: jonas.id, minutes: 5 }),
	item('owners', { title: 'Actions & owners', owner: nadia.id, minutes: 5 })
]);

const parked = (name: string, rest: Partial<ParkedThing>): ParkedThing => ({
	id: id(name),
	order: '',
	text: name,
	at: '2026-06-08T08:04:00Z',
	state: 'open',
	...rest
});

const TWO_PARKED = ordered<ParkedThing>([
	parked('free-tier', {
		text: 'Should free-tier traffic count towards the Tier-0 SLO?',
		by: jonas.id,
		at: '2026-06-08T08:04:00Z'
	}),
	parked('vendor', {
		text: 'Vendor status page was 40 minutes late on INC-2291.',
		by: mei.id,
		at: '2026-06-08T08:09:00Z'
	})
]);

export const words = (text: string): ProseBlock => ({
	is: 'paragraph',
	text: text ? [{ is: 'text', text, marks: {} }] : []
});

export const chart = (data: Readonly<Record<string, unknown>>, key = 'c1'): ProseBlock => ({
	is: 'block',
	type: 'chart',
	key,
	data
});

const NOTES: Meeting['notes'] = {
	actions: [words('Four of five closed. The runbook drill moved to Thursday.')],
	slo: [
		words(
			'Attainment held near 99.93% until Tuesday. The 2026.22 release of search-api pushed p95 from 310 ms to 640 ms and used 23 points of error budget before Thursday’s rollback.'
		),
		{
			is: 'list',
			items: [
				{
					blocks: [words('billing-sync and ingest-edge are inside budget; no failover anomalies this week.')]
				},
				{
					blocks: [
						words(
							'The p95 regression lock did not fire: the canary window is 15 minutes and the breach took 22.'
						)
					]
				}
			]
		},
		chart({ kpi: SLO, range: '28d' }),
		{
			is: 'tasks',
			items: [
				{ isDone: false, blocks: [words('Extend search-api canary to 60 min')] },
				{ isDone: false, blocks: [words('Re-run the week 22 breach against the lock')] },
				{ isDone: true, blocks: [words('Add p95 panel to the release envelope')] }
			]
		}
	]
};

type Fact = Omit<ClockFact, 'id' | 'atMs'> & { readonly afterMs: number };

/** Facts so many milliseconds after the scheduled start. */
export const facts = (...given: readonly Fact[]): readonly ClockFact[] =>
	given.map(({ afterMs, ...fact }, index) => ({ ...fact, id: id(`f${index}`), atMs: STARTS_MS + afterMs }));

const started: Fact = { is: 'start', item: id('actions'), afterMs: 0 };
const stepped: Fact = { is: 'step', from: id('actions'), item: id('slo'), afterMs: 250 * SECOND_MS };

export const draft: Meeting = {
	fields: { facilitator: nadia.id },
	agenda: SIX_ITEMS,
	parking: TWO_PARKED,
	clock: [],
	notes: NOTES
};

/** As it is drawn: the second of six items, three minutes and twelve seconds left. */
export const live: Meeting = { ...draft, clock: facts(started, stepped) };

export const paused: Meeting = {
	...draft,
	clock: facts(started, stepped, { is: 'pause', afterMs: 9 * MINUTE_MS })
};

export const ended: Meeting = {
	...draft,
	clock: facts(
		started,
		stepped,
		{ is: 'step', from: id('slo'), item: id('cost'), afterMs: 12 * MINUTE_MS },
		{ is: 'end', afterMs: 43 * MINUTE_MS }
	)
};

export const TITLE_OF_200 =
	'Whether the canary window of search-api and of every other service that shares its connection pool should be sixty minutes long from now on, and who tells the vendors of it before the freeze of the quarter'
		.padEnd(200, '.')
		.slice(0, 200);

/** Long words everywhere, a parked item, an item nobody named and more minutes than there are. */
export const long: Meeting = {
	fields: {},
	agenda: ordered([
		item('long', { title: TITLE_OF_200, owner: ingrid.id, minutes: 45, purpose: 'decide' }),
		item('unbroken', { title: 'W'.repeat(120), minutes: 20 }),
		item('parked', { title: 'Security events', minutes: 10, parkedAt: '2026-06-08T08:03:00Z' }),
		item('untitled', { title: '', minutes: 0 })
	]),
	parking: ordered([
		parked('long', { text: `${TITLE_OF_200} ${TITLE_OF_200}`, by: nadia.id }),
		parked('unbroken', { text: 'W'.repeat(300), state: 'next' })
	]),
	clock: facts({ is: 'start', item: id('long'), afterMs: 0 }),
	notes: { long: [words(TITLE_OF_200), words('W'.repeat(200)), chart({ kpi: 'latency-p95' })] }
};
