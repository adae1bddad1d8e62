import type { DocumentId, KpiId, RowId } from '#lib/domain/id.ts';
import type { SeenNumber } from '#lib/domain/seen.ts';
import { Random } from '#lib/util/random.ts';
import type { CommentaryCommands } from '../doc.ts';
import type { About, Commentaries } from '../schema.ts';

const AT = '2026-06-08T10:00:00.000Z';

/** One command on what `snapshot` says is there, or on one of a few KPIs; the same seed and snapshot run the same. */
export function randomEdit(commands: CommentaryCommands, snapshot: Commentaries, seed: number): void {
	const random = new Random(seed);
	const known = snapshot.rows.map(({ kpi, segment }) => ({ kpi, segment }));
	const about: About =
		random.chance(0.2) || known.length === 0 ? { kpi: `k${random.below(5)}` as KpiId } : random.pick(known);
	const at = { commands, snapshot, random, about: { ...about, seen: seenOf(about.kpi, random) }, seed };
	random.pick([...wholeEdits(at), ...textEdits(at), ...partEdits(at)])();
}

type Verb = () => unknown;

interface At {
	readonly commands: CommentaryCommands;
	readonly snapshot: Commentaries;
	readonly random: Random;
	readonly about: About;
	readonly seed: number;
}

const seenOf = (kpi: KpiId, random: Random): SeenNumber => ({
	kpi,
	value: random.below(100),
	at: '2026-06-07T06:00:00.000Z',
	asOf: AT,
	contract: 'c0ffee'
});

function wholeEdits({ commands, random, about, snapshot: { rows } }: At): readonly Verb[] {
	const row = rows.length > 0 ? random.pick(rows).id : undefined;
	const removed = commands.removed()[0]?.id;
	return [
		() => commands.begin(about),
		() => commands.stillHolds({ ...about, status: random.pick(['red', 'amber']) }),
		() => commands.complete(about, { status: random.pick(['red', 'amber']), at: AT }),
		() => commands.reopen(about),
		() => row && random.chance(0.4) && commands.remove(row, AT),
		() => removed && commands.restore(removed)
	];
}

const textEdits = ({ commands, random, about, seed }: At): readonly Verb[] => [
	() => random.chance(0.2) && commands.write(about, random.pick(['changed', 'doing']), `words ${seed}`),
	() => commands.patch(about, { outlook: `o${seed}` }),
	() => commands.patch(about, { nature: random.pick(['trend', 'one-off', undefined]) })
];

function partEdits({ commands, random, about, seed, snapshot: { links, evidence } }: At): readonly Verb[] {
	const link = links.length > 0 ? random.pick(links).id : undefined;
	const found = evidence.length > 0 ? random.pick(evidence).id : undefined;
	const action = {
		kind: 'actions',
		document: 'r-actions' as DocumentId,
		row: `a${random.below(3)}` as RowId
	};
	return [
		() => commands.addDriver(about, `${random.pick(['d', 'D'])}${random.below(4)}`),
		() => commands.removeDriver(about, `d${random.below(4)}`, AT),
		() => commands.link(about, action),
		() => link && commands.unlink(link, AT),
		() =>
			evidence.length < 30 &&
			commands.addEvidence(about, { title: `e${seed}`, href: `https://e.example/${seed}` }),
		() => found && commands.removeEvidence(found, AT),
		() => found && commands.restoreEvidence(found)
	];
}
