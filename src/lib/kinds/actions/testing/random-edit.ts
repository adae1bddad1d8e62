import type { DocumentId, PersonId, RowId } from '#lib/domain/id.ts';
import { Random } from '#lib/util/random.ts';
import type { ActionsCommands } from '../commands.ts';
import type { Actions } from '../schema.ts';

const AT = '2026-06-08T10:30:00.000Z';
const TODAY = '2026-06-08';
/** More than these are not added: people who meet at the same things are who can hurt each other. */
const FULL = 15;
const FULL_EVIDENCE = 40;

/** One command on what `snapshot` says is there; the same seed and snapshot run the same. */
export function randomEdit(commands: ActionsCommands, snapshot: Actions, seed: number): void {
	const random = new Random(seed);
	const { actions } = snapshot;
	const add = () =>
		commands.add(
			{ title: `t${seed}`, due: dayOf(random) },
			{ at: AT, after: random.chance(0.5) ? 'end' : undefined }
		);
	if (actions.length === 0 || (actions.length < FULL && random.chance(0.08))) return void add();
	const at = { commands, snapshot, random, seed, row: random.pick(actions).id };
	random.pick([...fieldEdits(at), ...statusEdits(at), ...evidenceEdits(at), ...otherEdits(at)])();
}

type Verb = () => unknown;

interface At {
	readonly commands: ActionsCommands;
	readonly snapshot: Actions;
	readonly random: Random;
	readonly row: RowId;
	readonly seed: number;
}

const dayOf = (random: Random) => `2026-06-${String(1 + random.below(28)).padStart(2, '0')}`;

const fieldEdits = ({ commands, random, row, seed }: At): readonly Verb[] => [
	() => commands.patch(row, { title: `n${seed}`, owner: `p-${random.below(3)}` as PersonId }),
	() =>
		commands.patch(row, {
			closedWhen: random.chance(0.8) ? `A drill ${seed}` : undefined,
			priority: random.pick(['high', 'low'])
		}),
	() =>
		commands.patch(row, {
			blockedWhy: random.chance(0.5) ? `Waits ${seed}` : undefined,
			startOn: dayOf(random)
		}),
	() => commands.reschedule(row, random.chance(0.8) ? dayOf(random) : undefined, AT),
	() => commands.typeDue(row, random.pick(['fri', `soonish ${seed}`, '']), { today: TODAY, at: AT })
];

const statusEdits = ({ commands, random, row, seed }: At): readonly Verb[] => [
	() => commands.setStatus(row, random.pick(['open', 'in-progress', 'blocked', 'cancelled']), AT),
	() => commands.close(row, { at: AT }),
	() => random.chance(0.3) && commands.close(row, { at: AT, evidence: [{ text: `e${seed}` }] }),
	() => random.chance(0.4) && commands.remove(row, AT),
	() => {
		const [removed] = commands.removed();
		if (removed) commands.restore(removed.id);
	}
];

function evidenceEdits({ commands, random, row, seed, snapshot: { evidence } }: At): readonly Verb[] {
	const add = () => evidence.length < FULL_EVIDENCE && commands.addEvidence(row, { text: `e${seed}` }, AT);
	if (evidence.length === 0) return [add];
	const shown = random.pick(evidence).id;
	return [
		add,
		() =>
			commands.patchEvidence(shown, {
				text: `f${seed}`,
				href: random.chance(0.5) ? 'https://e.example/' : undefined
			}),
		() => commands.removeEvidence(shown, AT),
		() => commands.restoreEvidence(shown)
	];
}

function otherEdits({ commands, random, row, seed, snapshot: { actions } }: At): readonly Verb[] {
	const other = random.pick(actions).id;
	const week = 1 + random.below(3);
	const meeting = { kind: 'meeting', document: `m-${week}` as DocumentId };
	const fresh = actions.length < FULL ? [{ fields: { title: `new ${seed}` } }] : [];
	return [
		() => commands.move(row, other === row ? undefined : other),
		() => commands.carry([row], meeting, `2026-06-0${week}`),
		() => commands.take([{ id: row, fields: { title: `i${seed}` }, status: 'done' }, ...fresh], AT)
	];
}
