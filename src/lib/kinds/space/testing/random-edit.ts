import type { DocumentId, PersonId } from '#lib/domain/id.ts';
import { Random } from '#lib/util/random.ts';
import type { SpaceCommands } from '../doc.ts';
import type { SpaceIndex } from '../schema.ts';

const AT = '2026-06-08T10:00:00.000Z';
/** More than these are not added: people who meet at the same things are who can hurt each other. */
const FULL = 12;

/** One command on what `snapshot` says is there; the same seed and snapshot run the same. */
export function randomEdit(commands: SpaceCommands, index: SpaceIndex, seed: number): void {
	const at = { commands, index, random: new Random(seed), seed };
	at.random.pick([...documentEdits(at), ...seriesEdits(at), ...spaceEdits(at)])();
}

type Verb = () => unknown;

interface At {
	readonly commands: SpaceCommands;
	readonly index: SpaceIndex;
	readonly random: Random;
	readonly seed: number;
}

function documentEdits({ commands, index: { documents }, random, seed }: At): readonly Verb[] {
	const fresh = `m-${random.below(FULL)}` as DocumentId;
	const entry = {
		kind: 'meeting',
		title: `t${random.below(4)}`,
		createdAt: AT,
		createdBy: `p-${random.below(3)}` as PersonId
	};
	const list = () => commands.list(fresh, entry);
	if (documents.length === 0) return [list];
	const id = random.pick(documents).id as string as DocumentId;
	return [
		list,
		() => commands.patchDocument(id, { title: `t${seed}` }),
		() => commands.patchDocument(id, { minutes: 5 + random.below(90) }),
		() => commands.archive(id, `2026-06-08T10:${10 + random.below(50)}:00.000Z`),
		() => commands.unarchive(id)
	];
}

function seriesEdits({ commands, index: { series }, random, seed }: At): readonly Verb[] {
	const entry = {
		title: `s${seed}`,
		rule: 'FREQ=WEEKLY;BYDAY=MO',
		from: '2026-01-05',
		time: '10:00',
		timeZone: 'Europe/Berlin',
		minutes: 30,
		agenda: []
	};
	const add = () => series.length < FULL && commands.addSeries(entry);
	if (series.length === 0) return [add];
	const [id, other] = [random.pick(series).id, random.pick(series).id];
	return [
		add,
		() => commands.patchSeries(id, { time: `1${random.below(10)}:30` }),
		() => commands.patchSeries(id, { title: `r${seed}` }),
		() => commands.moveSeries(id, other),
		() => random.chance(0.4) && commands.removeSeries(id, AT),
		() => commands.restoreSeries(id)
	];
}

const spaceEdits = ({ commands, random, seed }: At): readonly Verb[] => [
	() => commands.introduce(`p-${random.below(6)}` as PersonId, { name: `n${seed}`, joinedAt: AT }),
	() => commands.patchSpace({ title: `s${seed}` })
];
