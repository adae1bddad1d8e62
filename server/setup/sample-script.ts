import type { ProseBlock } from '#lib/docs/prose.ts';
import { rowId } from '#lib/domain/id.ts';
import { meetingFromTemplate } from '#lib/kinds/meeting/template.ts';
import type { ClockFact, Meeting, ParkedThing } from '#lib/kinds/meeting/schema.ts';
import type { TemplateItem } from '#lib/kinds/space/schema.ts';
import { fnv1a } from '#lib/docs/seed.ts';
import { Random } from '#lib/util/random.ts';
import { ordered } from './beginning.ts';
import { proseOfNotes, type Note } from './sample-prose.ts';
import type { Role, Stage } from './sample-stage.ts';

/** What a meeting of the sample holds besides the agenda of its series. */
export interface Script {
	readonly facilitator: Role;
	readonly scribe?: Role;
	/** Who owns each item, in the agenda's order. */
	readonly owners: readonly Role[];
	/** The notes of each item. An item without some keeps its prompt. */
	readonly notes?: readonly (readonly Note[] | undefined)[];
	readonly parked?: readonly Parked[];
}

export interface Parked {
	readonly text: string;
	readonly by: Role;
	readonly atMs: number;
	/** Index of the item that was on. */
	readonly item: number;
	readonly state: ParkedThing['state'];
}

/** The meeting that a template and a script make, not begun. */
export function prepared(agenda: readonly TemplateItem[], script: Script, { cast }: Stage): Meeting {
	const { facilitator, scribe, owners, notes = [], parked = [] } = script;
	const blank = meetingFromTemplate(agenda);
	const written = blank.agenda.flatMap(({ id }, index): [string, readonly ProseBlock[]][] => {
		const parts = notes[index];
		return parts ? [[id, proseOfNotes(parts, cast)]] : [];
	});
	return {
		...blank,
		fields: { facilitator: cast[facilitator].id, ...(scribe ? { scribe: cast[scribe].id } : {}) },
		agenda: blank.agenda.map((item, index) => ({ ...item, owner: cast[owners[index] ?? facilitator].id })),
		parking: ordered(
			parked.map(({ text, by, atMs, item, state }) => {
				const on = blank.agenda[item]?.id;
				// It may go into another meeting, so its id is its own and not that of its place.
				const id = rowId.parse(`parked-${fnv1a(new TextEncoder().encode(text)).toString(36)}`);
				const thing = { id, text, by: cast[by].id, state };
				return { ...thing, at: new Date(atMs).toISOString(), ...(on ? { item: on } : {}) };
			})
		),
		notes: { ...blank.notes, ...Object.fromEntries(written) }
	};
}

const MINUTE_MS = 60_000;

/** How long an item took, against its timebox. */
const SHORTEST_SHARE = 0.7;
const LONGEST_SHARE = 1.2;
/** People come a little late. */
const LATE_MS_MAX = 2 * MINUTE_MS;

/** The same meeting after it was held from `startsAtMs` on: started, stepped through, and ended within its slot. */
export function held(meeting: Meeting, startsAtMs: number): Meeting {
	const random = new Random(fnv1a(new TextEncoder().encode(String(startsAtMs))));
	const startMs = startsAtMs + random.below(LATE_MS_MAX);
	const tookMs = meeting.agenda.map(
		({ minutes }) => minutes * MINUTE_MS * (SHORTEST_SHARE + random.next() * (LONGEST_SHARE - SHORTEST_SHARE))
	);
	const slotMs = meeting.agenda.reduce((sum, { minutes }) => sum + minutes, 0) * MINUTE_MS;
	const pace = Math.min(1, (slotMs - LATE_MS_MAX) / tookMs.reduce((sum, ms) => sum + ms, 0));
	const by = meeting.fields.facilitator;
	const clock: ClockFact[] = [];
	const note = (atMs: number, fact: Omit<ClockFact, 'id' | 'atMs' | 'by'>) =>
		clock.push({ ...fact, id: rowId.parse(`f${clock.length + 1}`), atMs, ...(by ? { by } : {}) });

	let atMs = startMs;
	for (const [index, { id }] of meeting.agenda.entries()) {
		const from = meeting.agenda[index - 1]?.id;
		note(atMs, from ? { is: 'step', from, item: id } : { is: 'start', item: id });
		atMs += Math.round((tookMs[index] ?? 0) * pace);
	}
	note(atMs, { is: 'end' });
	return { ...meeting, clock };
}
