import { counted } from '#lib/domain/words.ts';
import { lettersAt, type Publication, type Raci, type Role } from './schema.ts';
import { titleOf } from './tally.ts';
import { lettersWords } from './letters.ts';
import { UNTITLED_ROLE } from './rules.ts';

const UNTITLED = 'Untitled activity';

const whoOf = ({ person, name }: Role): string => person ?? name ?? '';

/** The matrix as one plain value: what was published, to be compared with what stands there later. */
export const copyOf = ({ activities, roles, cells }: Raci): Pick<Publication, 'activities' | 'roles'> => ({
	activities: activities.map(({ id, title }) => ({
		id,
		title,
		letters: roles.map((role) => lettersAt({ cells }, id, role.id))
	})),
	roles: roles.map((role) => ({ id: role.id, title: role.title, who: whoOf(role) }))
});

/** One thing that differs from what was published, in words; `row` is the activity it is in. */
export interface PublishedChange {
	readonly key: string;
	readonly words: string;
	readonly row?: string;
}

/** What changed since it was published, activities first, in their order. Empty when it stands as published. */
export function changesSince(published: Publication, raci: Raci): readonly PublishedChange[] {
	return [...activityChanges(published, raci), ...roleChanges(published, raci)];
}

/** “3 changes since published”; empty when there are none. */
export const changesWord = (changes: readonly PublishedChange[]): string =>
	changes.length === 0 ? '' : `${counted(changes.length, 'change')} since published`;

function activityChanges(published: Publication, raci: Raci): readonly PublishedChange[] {
	const before = new Map<string, Publication['activities'][number]>(
		published.activities.map((one) => [one.id, one])
	);
	const now = new Set<string>(raci.activities.map(({ id }) => id));
	const changes = raci.activities.flatMap((activity): readonly PublishedChange[] => {
		const { id } = activity;
		const title = titleOf(activity, UNTITLED);
		const old = before.get(id);
		if (!old) return [{ key: id, row: id, words: `${title} was added` }];
		const renamed =
			old.title === activity.title
				? []
				: [{ key: id, row: id, words: `${old.title || UNTITLED} is now ${title}` }];
		return [...renamed, ...cellChanges(published, { raci, id, title, letters: old.letters })];
	});
	const gone = published.activities
		.filter(({ id }) => !now.has(id))
		.map(({ id, title }) => ({ key: id, words: `${title || UNTITLED} was removed` }));
	return [...changes, ...gone];
}

function cellChanges(
	published: Publication,
	{ raci, id, title, letters }: { raci: Raci; id: string; title: string; letters: readonly string[] }
): readonly PublishedChange[] {
	const old = new Map<string, string>(published.roles.map((role, index) => [role.id, letters[index] ?? '']));
	return raci.roles.flatMap((role) => {
		const [before, after] = [old.get(role.id) ?? '', lettersAt(raci, id, role.id)];
		if (before === after) return [];
		const words = `${title}, ${titleOf(role, UNTITLED_ROLE)}: ${spoken(before)}, now ${spoken(after)}`;
		return [{ key: `${id}/${role.id}`, row: id, words }];
	});
}

const spoken = (letters: string): string =>
	letters === '' ? 'nothing' : lettersWords(letters).toLowerCase();

function roleChanges(published: Publication, { roles }: Raci): readonly PublishedChange[] {
	const before = new Map<string, Publication['roles'][number]>(published.roles.map((one) => [one.id, one]));
	const now = new Set<string>(roles.map(({ id }) => id));
	const changes = roles.flatMap((role) => {
		const title = titleOf(role, UNTITLED_ROLE);
		const old = before.get(role.id);
		if (!old) return [{ key: role.id, words: `${title} was added` }];
		const renamed =
			old.title === role.title
				? []
				: [{ key: role.id, words: `${old.title || UNTITLED_ROLE} is now ${title}` }];
		const handed =
			old.who === whoOf(role) ? [] : [{ key: `${role.id}/who`, words: `${title} is held by somebody else` }];
		return [...renamed, ...handed];
	});
	const gone = published.roles
		.filter(({ id }) => !now.has(id))
		.map(({ id, title }) => ({ key: id, words: `${title || UNTITLED_ROLE} was removed` }));
	return [...changes, ...gone];
}
