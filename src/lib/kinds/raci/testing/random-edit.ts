import { Random } from '#lib/util/random.ts';
import type { RaciCommands } from '../doc.ts';
import { LETTERS, type Letter } from '../letters.ts';
import { cellKey, type Activity, type CellKey, type Raci, type Role } from '../schema.ts';

const AT = '2026-06-08T10:00:00.000Z';
/** More than these are not added: people who meet at the same things are who can hurt each other. */
const FULL = 14;

/** One command on what `snapshot` says is there; the same seed and snapshot run the same. */
export function randomEdit(commands: RaciCommands, raci: Raci, seed: number): void {
	const random = new Random(seed);
	const { activities, roles } = raci;
	if (activities.length === 0) return void commands.addActivity({ title: `a${seed}` }, 'end');
	if (roles.length === 0) return void commands.addRole({ title: `r${seed}` }, 'end');
	const at = { commands, raci, random, seed, activity: random.pick(activities), role: random.pick(roles) };
	random.pick([...cellEdits(at), ...cellEdits(at), ...rowEdits(at), ...columnEdits(at), ...wholeEdits(at)])();
}

type Verb = () => unknown;

interface At {
	readonly commands: RaciCommands;
	readonly raci: Raci;
	readonly random: Random;
	readonly activity: Activity;
	readonly role: Role;
	readonly seed: number;
}

function cellEdits({ commands, raci, random, activity, role, seed }: At): readonly Verb[] {
	const letter = random.pick<Letter>(LETTERS);
	const here: CellKey = cellKey(activity.id, role.id);
	const there = cellKey(random.pick(raci.activities).id, random.pick(raci.roles).id);
	return [
		() => commands.type([here], letter),
		() => commands.toggle([here, there], letter),
		() => commands.clear([here]),
		() => commands.fill([{ from: here, to: there }]),
		() => commands.put([{ cell: here, letters: random.pick(['RA', 'C', '']) }]),
		() => commands.note(here, random.chance(0.7) ? `n${seed}` : undefined)
	];
}

function rowEdits({
	commands,
	raci: { activities, roles },
	random,
	activity: { id },
	seed
}: At): readonly Verb[] {
	const other = random.pick(activities).id;
	return [
		() => activities.length < FULL && commands.addActivity({ title: `a${seed}` }, other),
		() => commands.patchActivity(id, { title: `t${seed}`, note: random.pick([`weekly ${seed}`, undefined]) }),
		() => commands.moveActivity(id, random.chance(0.2) ? undefined : other),
		() => random.chance(0.3) && commands.removeActivity(id, AT),
		() => commands.restoreActivity(id),
		() => commands.chooseAccountable(id, random.pick(roles).id)
	];
}

function columnEdits({ commands, raci: { roles }, random, role: { id }, seed }: At): readonly Verb[] {
	const other = random.pick(roles).id;
	return [
		() => roles.length < FULL && commands.addRole({ title: `r${seed}` }, other),
		() => commands.patchRole(id, { name: random.pick([`p${seed}`, undefined]) }),
		() => commands.moveRole(id, random.chance(0.2) ? undefined : other),
		() => random.chance(0.3) && commands.removeRole(id, AT),
		() => commands.restoreRole(id)
	];
}

/** A row that names nobody accountable, or two, cannot be published: everything is put right now and then. */
function wholeEdits({ commands, raci, random, seed }: At): readonly Verb[] {
	const [keeper] = raci.roles;
	const all = raci.activities.flatMap(({ id }) =>
		raci.roles.map((role) => ({ cell: cellKey(id, role.id), letters: role === keeper ? 'RA' : 'I' }))
	);
	return [
		() => random.chance(0.05) && commands.put(all),
		() => commands.publish(AT),
		() => commands.patchRaci({ hasTurnedHeads: random.chance(0.5) }),
		() =>
			raci.activities.length < FULL &&
			commands.add({
				activities: [{ title: `a${seed % 9}` }],
				roles: [{ title: 'CEO' }],
				cells: [[{ letters: 'RA' }]]
			})
	];
}
