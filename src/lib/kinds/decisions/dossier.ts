import type { PersonId, RowId } from '#lib/domain/id.ts';
import type {
	Asked,
	Decision,
	Decisions,
	Evidence,
	Member,
	MovedKpi,
	Option,
	Reply,
	Role,
	Section,
	Tag
} from './schema.ts';

/** A decision with everything that belongs to it, in order. */
export interface Dossier {
	readonly decision: Decision;
	readonly options: readonly Option[];
	readonly members: readonly Member[];
	readonly evidence: readonly Evidence[];
	/** Who was asked in the request that counts, each once. */
	readonly asked: readonly Asked[];
	/** What they answer in it, drafts too. */
	readonly replies: readonly Reply[];
	readonly tags: readonly Tag[];
	readonly kpis: readonly MovedKpi[];
	readonly sections: readonly Section[];
	/** The decisions that were made in its place: more than one when two people did so apart. */
	readonly successors: readonly Decision[];
}

export type Dossiers = ReadonlyMap<RowId, Dossier>;

const known = new WeakMap<Decisions, Dossiers>();

/** Every decision of a snapshot with what belongs to it; worked out once per snapshot. */
export function dossiersOf(snapshot: Decisions): Dossiers {
	const found = known.get(snapshot) ?? gather(snapshot);
	known.set(snapshot, found);
	return found;
}

function gather(snapshot: Decisions): Dossiers {
	const parts = {
		options: byDecision(snapshot.options),
		members: byDecision(snapshot.members),
		evidence: byDecision(snapshot.evidence),
		asked: byDecision(snapshot.asked),
		replies: byDecision(snapshot.replies),
		tags: byDecision(snapshot.tags),
		kpis: byDecision(snapshot.kpis),
		sections: byDecision(snapshot.sections)
	};
	const replaced = Map.groupBy(snapshot.decisions, ({ supersedes }) => supersedes);
	return new Map(
		snapshot.decisions.map((decision): [RowId, Dossier] => {
			const { id, request } = decision;
			const ofRequest = <Row extends { request: RowId }>(rows: readonly Row[] | undefined) =>
				(rows ?? []).filter((row) => row.request === request);
			const dossier: Dossier = {
				decision,
				options: parts.options.get(id) ?? [],
				members: parts.members.get(id) ?? [],
				evidence: parts.evidence.get(id) ?? [],
				asked: ofRequest(parts.asked.get(id)),
				replies: ofRequest(parts.replies.get(id)),
				tags: parts.tags.get(id) ?? [],
				kpis: parts.kpis.get(id) ?? [],
				sections: parts.sections.get(id) ?? [],
				successors: (replaced.get(id) ?? []).filter((other) => other.id !== id)
			};
			return [id, dossier];
		})
	);
}

const byDecision = <Row extends { decision: RowId }>(rows: readonly Row[]) =>
	Map.groupBy(rows, ({ decision }) => decision);

export const inRole = ({ members }: Pick<Dossier, 'members'>, role: Role): readonly Member[] =>
	members.filter((member) => member.role === role);

export const decidersOf = (dossier: Pick<Dossier, 'members'>): readonly Member[] => inRole(dossier, 'decide');

/** The one who decides; undefined when that is nobody, or several. */
export function deciderOf(dossier: Pick<Dossier, 'members'>): Member | undefined {
	const deciders = decidersOf(dossier);
	return deciders.length === 1 ? deciders[0] : undefined;
}

export type NameOf = (person: PersonId) => string | undefined;

/** What a member is called: the person's name, else what was typed, else the id. */
export const nameOfMember = ({ person, name }: Pick<Member, 'person' | 'name'>, nameOf: NameOf): string =>
	(person && nameOf(person)) || name || (person && nameOf(person) === undefined ? person : 'Somebody');

/** The letter of an option: A to Z, then A2, B2, … */
export function letterOf(index: number): string {
	const turn = Math.floor(index / 26);
	return `${String.fromCodePoint(65 + (index % 26))}${turn > 0 ? turn + 1 : ''}`;
}
