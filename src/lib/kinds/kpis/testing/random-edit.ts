import type { KpiId, PersonId } from '#lib/domain/id.ts';
import { Random } from '#lib/util/random.ts';
import type { KpisCommands } from '../doc.ts';
import { fileOf } from '../registry/file.ts';
import type { Kpis } from '../schema.ts';

const AT = '2026-06-08T10:00:00.000Z';
/** More than these are not added: people who meet at the same things are who can hurt each other. */
const FULL = 20;

/** One command on what `snapshot` says is there; the same seed and snapshot run the same. */
export function randomEdit(commands: KpisCommands, snapshot: Kpis, seed: number): void {
	const at = { commands, snapshot, random: new Random(seed), seed };
	at.random.pick([
		...kpiEdits(at),
		...markerEdits(at),
		...linkEdits(at),
		...changeEdits(at),
		...fileEdits(at)
	])();
}

type Verb = () => unknown;

interface At {
	readonly commands: KpisCommands;
	readonly snapshot: Kpis;
	readonly random: Random;
	readonly seed: number;
}

function kpiEdits({ commands, random, seed, snapshot: { kpis } }: At): readonly Verb[] {
	const fields = {
		name: `KPI ${seed}`,
		unit: random.pick<'%' | 'ms'>(['%', 'ms']),
		direction: 'up',
		cadence: random.pick<'daily' | 'weekly'>(['daily', 'weekly'])
	} as const;
	const add = () => commands.addKpi(`new-${random.below(FULL)}` as KpiId, fields);
	const removed = commands.removedKpis()[0]?.id;
	if (kpis.length === 0) return [add];
	const [{ id }, other] = [random.pick(kpis), random.pick(kpis)];
	return [
		add,
		() => commands.patchKpi(id, { name: `n${seed}`, target: random.below(100) }),
		() => commands.patchKpi(id, { owner: `p-${random.below(3)}` as PersonId }),
		() => commands.patchKpi(id, { redAbove: random.chance(0.5) ? random.below(100) : undefined }),
		() => commands.moveKpi(id, other.id === id ? undefined : other.id),
		() => random.chance(0.5) && commands.removeKpi(id, AT),
		() => removed && commands.restoreKpi(removed)
	];
}

function changeEdits({ commands, random, snapshot: { kpis, terms, changes } }: At): readonly Verb[] {
	const open = changes.filter(({ state }) => state === 'proposed');
	const verbs: Verb[] = [];
	if (kpis.length > 0 && open.length < FULL && changes.length < 4 * FULL) {
		const { id } = random.pick(kpis);
		const after = random.chance(0.5) ? { target: random.below(100) } : { formula: `f${random.below(9)}` };
		const from = `2026-0${1 + random.below(9)}-01`;
		verbs.push(() => commands.proposeChange(id, { after, from, reason: 'r', at: AT }));
	}
	if (open.length > 0) {
		const { id } = random.pick(open);
		verbs.push(
			() => commands.decideChange(id, 'approved', AT),
			() => commands.decideChange(id, 'declined', AT),
			() => commands.withdrawChange(id, AT)
		);
	}
	if (terms.length > 0) {
		const { id } = random.pick(terms);
		verbs.push(
			() => random.chance(0.5) && commands.removeTerms(id, AT),
			() => commands.restoreTerms(id)
		);
	}
	return verbs;
}

/** Somebody keeps the contract in a file, and changed a line of it. */
function fileEdits({ commands, random, seed, snapshot }: At): readonly Verb[] {
	if (snapshot.kpis.length === 0) return [];
	const file = fileOf(random.pick(snapshot.kpis).id, snapshot);
	if (!file) return [];
	const fewer = random.chance(0.3) ? { parents: file.parents?.slice(1) } : {};
	return [() => commands.setContract({ ...file, ...fewer, name: `f${seed}` }, AT)];
}

function linkEdits({ commands, random, snapshot: { kpis, parents, upstream } }: At): readonly Verb[] {
	if (kpis.length === 0) return [];
	const [{ id: one }, { id: other }] = [random.pick(kpis), random.pick(kpis)];
	const basis = random.pick<'equal' | 'revenue'>(['equal', 'revenue']);
	const verbs: Verb[] = [
		() => commands.addParent(one, other, { basis, weight: random.below(10) }),
		() => commands.addUpstream(one, other)
	];
	if (parents.length > 0) {
		const { id } = random.pick(parents);
		verbs.push(
			() => commands.patchParent(id, { weight: random.below(100) }),
			() => random.chance(0.5) && commands.removeParent(id, AT),
			() => commands.restoreParent(id)
		);
	}
	if (upstream.length > 0) {
		const { id } = random.pick(upstream);
		verbs.push(
			() => commands.removeUpstream(id, AT),
			() => commands.restoreUpstream(id)
		);
	}
	return verbs;
}

function markerEdits({ commands, random, seed, snapshot: { markers } }: At): readonly Verb[] {
	const pin = () => markers.length < FULL && commands.pinMarker({ at: AT, kind: 'note', label: `m${seed}` });
	if (markers.length === 0) return [pin];
	const { id } = random.pick(markers);
	return [
		pin,
		() => commands.patchMarker(id, { label: `l${seed}` }),
		() => random.chance(0.5) && commands.removeMarker(id, AT),
		() => commands.restoreMarker(id)
	];
}
