import type { KpiId, PersonId, RowId } from '#lib/domain/id.ts';
import { Random } from '#lib/util/random.ts';
import type { DecisionsCommands } from '../commands.ts';
import { ROLES, type Decisions } from '../schema.ts';
import { NOBODY, type Written } from '../written.ts';

const AT = '2026-06-08T10:00:00.000Z';
/** More than these are not added: people who meet at the same things are who can hurt each other. */
const FULL = 12;

/** One command on what `snapshot` says is there; the same seed and snapshot run the same. */
export function randomEdit(commands: DecisionsCommands, snapshot: Decisions, seed: number): void {
	const random = new Random(seed);
	const some = snapshot.decisions.length > 0 ? random.pick(snapshot.decisions).id : undefined;
	const isFull = snapshot.decisions.length >= FULL;
	if (!some || (!isFull && random.chance(0.1))) random.pick(makingOf({ commands, random, seed, id: some }))();
	else random.pick(editsOf({ commands, snapshot, random, id: some, seed }))();
}

type Verb = () => unknown;

interface At {
	readonly commands: DecisionsCommands;
	readonly snapshot: Decisions;
	readonly random: Random;
	readonly id: RowId;
	readonly seed: number;
}

function editsOf(at: At): readonly Verb[] {
	const { commands, random, id, seed } = at;
	const option = oneOf(at, at.snapshot.options)?.id;
	const people = ['nadia', 'jonas', 'mei'].map((name) => `p-${name}` as PersonId);
	return [
		() => commands.patch(id, { title: `Title ${seed}`, reversibility: random.pick(['yes', 'partly', 'no']) }),
		() => commands.patch(id, { reviewOn: `2026-07-${10 + random.below(20)}` }),
		() => commands.patch(id, { reversibilityNote: random.chance(0.5) ? `Note ${seed}` : undefined }),
		() => random.chance(0.3) && commands.remove(id, AT),
		() => restoreOne(commands),
		() => commands.choose(id, random.chance(0.8) ? option : undefined),
		() => commands.decide(id, { at: AT, on: `2026-06-${10 + random.below(20)}` }),
		() => commands.setStatus(id, random.pick(['proposed', 'in-review', 'rejected'])),
		() =>
			option &&
			commands.ask(id, {
				people,
				decideBy: `2026-07-${10 + random.below(20)}T10:00:00.000Z`,
				fallback: option,
				at: AT
			}),
		() =>
			commands.reply(id, {
				option,
				talksFirst: random.chance(0.2) || undefined,
				reason: `R${seed}`,
				sentAt: AT
			}),
		() => commands.withdrawRequest(id),
		...optionEdits(at),
		...memberEdits(at),
		...evidenceEdits(at)
	];
}

function makingOf({
	commands,
	random,
	seed,
	id
}: Omit<At, 'snapshot' | 'id'> & { id: RowId | undefined }): readonly Verb[] {
	const kpis = [{ kpi: `kpi-${seed % 3}` as KpiId }];
	return [
		() => commands.add({ title: `Decision ${seed}` }),
		() =>
			commands.addDrafted({ title: `Drafted ${seed}`, decider: `p-${random.below(3)}` as PersonId, kpis }),
		() => id && commands.supersede(id, AT),
		() => commands.importWritten([written(seed)])
	];
}

function restoreOne(commands: DecisionsCommands): void {
	const [removed] = commands.removed();
	if (removed) commands.restore(removed.id);
}

function optionEdits(at: At): readonly Verb[] {
	const { commands, random, id, seed, snapshot } = at;
	const mine = snapshot.options.filter(({ decision }) => decision === id);
	const option = oneOf(at, snapshot.options)?.id;
	if (!option) return [() => commands.addOption(id, { title: `Option ${seed}` })];
	return [
		() => mine.length < 5 && commands.addOption(id, { title: `Option ${seed}` }),
		() => commands.patchOption(option, { title: `Option, said ${seed}` }),
		() => commands.patchOption(option, { [random.pick(['pros', 'cons', 'note'])]: `Because ${seed}` }),
		() => random.chance(0.5) && commands.removeOption(option, AT),
		() => commands.restoreOption(option)
	];
}

function memberEdits(at: At): readonly Verb[] {
	const { commands, random, id, seed, snapshot } = at;
	const person = `p-${random.below(5)}` as PersonId;
	const role = random.pick(ROLES);
	const member = oneOf(at, snapshot.members)?.id;
	const who = random.chance(0.8) || snapshot.members.length > 40 ? { person } : { name: `Team ${seed}` };
	return [
		() => commands.addMember(id, { role, who }),
		() => commands.setDecider(id, random.chance(0.8) ? { person } : undefined, AT),
		() => member && commands.removeMember(member, AT),
		() =>
			member &&
			commands.setAgreed(
				member,
				random.chance(0.7) ? `2026-06-08T10:${10 + random.below(50)}:00.000Z` : undefined
			)
	];
}

function evidenceEdits(at: At): readonly Verb[] {
	const { commands, random, id, seed, snapshot } = at;
	const [found, tag, kpi] = [
		oneOf(at, snapshot.evidence)?.id,
		oneOf(at, snapshot.tags)?.id,
		oneOf(at, snapshot.kpis)?.id
	];
	return [
		() => snapshot.evidence.length < 40 && commands.addEvidence(id, { title: `Evidence ${seed}` }),
		() => found && commands.patchEvidence(found, { title: `Evidence, said ${seed}` }),
		() => found && random.chance(0.5) && commands.removeEvidence(found, AT),
		() => found && commands.restoreEvidence(found),
		() => commands.addTag(id, `tag-${seed % 4}`),
		() => tag && commands.removeTag(tag, AT),
		() => snapshot.kpis.length < 20 && commands.addKpi(id, { kpi: `kpi-${seed % 3}` as KpiId }),
		() => kpi && commands.removeKpi(kpi, AT)
	];
}

/** One of what belongs to the decision; undefined when nothing does. */
function oneOf<Part extends { readonly decision: RowId }>(
	{ random, id }: At,
	parts: readonly Part[]
): Part | undefined {
	const own = parts.filter(({ decision }) => decision === id);
	return own.length > 0 ? random.pick(own) : undefined;
}

const written = (seed: number): Written => ({
	title: `Imported ${seed}`,
	status: 'decided',
	tags: ['adr'],
	members: { ...NOBODY, decide: [{ name: 'Platform team' }] },
	options: [{ title: 'A', note: '', pros: 'x', cons: '' }],
	chosen: 0,
	evidence: [],
	context: `Text ${seed}`,
	why: '',
	outcome: '',
	chunks: []
});
