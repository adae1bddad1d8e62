import type { PersonId, RowId } from '#lib/domain/id.ts';
import { Random } from '#lib/util/random.ts';
import type { MeetingCommands } from '../doc.ts';
import type { Meeting } from '../schema.ts';

const NOON_MS = Date.parse('2026-06-08T10:00:00.000Z');
/** More than these are not added: people who meet at the same things are who can hurt each other. */
const FULL = 20;

/** One command on what `snapshot` says is there; the same seed and snapshot run the same. */
export function randomEdit(commands: MeetingCommands, meeting: Meeting, seed: number): void {
	const random = new Random(seed);
	const at = { commands, meeting, random, seed, at: new Date(NOON_MS + random.below(1e6)).toISOString() };
	random.pick([...itemEdits(at), ...parkedEdits(at), ...meetingEdits(at)])();
}

type Verb = () => unknown;

interface At {
	readonly commands: MeetingCommands;
	readonly meeting: Meeting;
	readonly random: Random;
	readonly seed: number;
	readonly at: string;
}

function itemEdits({ commands, meeting: { agenda }, random, seed, at }: At): readonly Verb[] {
	const after = agenda.length > 0 ? random.pick(agenda).id : 'end';
	const add = () =>
		agenda.length < FULL && commands.addItem({ title: `t${seed}`, minutes: random.below(30) }, after);
	const removed = commands.removedItems()[0]?.id;
	if (agenda.length === 0) return [add];
	const [item, other] = [random.pick(agenda).id, random.pick(agenda).id];
	return [
		add,
		() => commands.patchItem(item, { title: `t${seed}` }),
		() =>
			commands.patchItem(item, { minutes: random.below(60), purpose: random.pick(['decide', undefined]) }),
		() => commands.moveItem(item, random.chance(0.2) ? undefined : other),
		() => random.chance(0.4) && commands.removeItem(item, at),
		() => removed && commands.restoreItem(removed)
	];
}

function parkedEdits({ commands, meeting: { parking }, random, seed, at }: At): readonly Verb[] {
	const park = () => parking.length < FULL && commands.park({ text: `p${seed}`, at });
	const which = random.below(9);
	const sent = {
		id: `sent-${which}` as RowId,
		order: 'a0',
		text: `Sent on: ${which}`,
		at: '2026-06-01T10:00:00.000Z',
		state: 'next'
	} as const;
	const carry = () => commands.carryOver([sent]);
	if (parking.length === 0) return [park, carry];
	const { id } = random.pick(parking);
	return [
		park,
		carry,
		() => commands.patchParked(id, { state: random.pick(['open', 'next', 'closed']) }),
		() => commands.patchParked(id, { text: `q${seed}` }),
		() => random.chance(0.2) && commands.bringBack(id)
	];
}

const meetingEdits = ({ commands, meeting: { agenda }, random }: At): readonly Verb[] => [
	() => commands.patchMeeting({ facilitator: `p-${random.below(4)}` as PersonId }),
	() =>
		commands.patchMeeting({ scribe: random.chance(0.7) ? (`p-${random.below(4)}` as PersonId) : undefined }),
	() =>
		agenda.length > 0 &&
		random.chance(0.3) &&
		commands.run({ atMs: random.below(1e6), is: random.pick(['go', 'start']), item: random.pick(agenda).id })
];
