import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import type { Raci } from './schema.ts';

const ACTIVITY_FIELDS: Record<string, string | undefined> = {
	title: 'Activity renamed',
	note: 'Activity’s second line changed',
	order: 'Activity moved'
};

const ROLE_FIELDS: Record<string, string | undefined> = {
	title: 'Role renamed',
	person: 'Role handed on',
	name: 'Role handed on',
	order: 'Role moved'
};

const RACI_FIELDS: Record<string, string | undefined> = {
	published: 'Published',
	hasTurnedHeads: 'Headers turned'
};

/** Names a changed place of a matrix: “A changed, Weekly Product Metrics, CTO”. */
export function describePlace(place: Place, raci: Raci): PlaceWords {
	const { root, row = '', field } = parsePlace(place);
	if (root === 'cells') return { what: `${letterOf(place)} changed`, where: cellName(raci, row, field) };
	if (root === 'cellNotes') return { what: 'Note of a cell changed', where: cellName(raci, row, field) };
	if (root === 'activities')
		return wordsOf(raci.activities, { row, field, one: 'Activity', fields: ACTIVITY_FIELDS });
	if (root === 'roles') return wordsOf(raci.roles, { row, field, one: 'Role', fields: ROLE_FIELDS });
	return { what: RACI_FIELDS[row] ?? 'Matrix changed', where: '' };
}

/** `cells/<activity>/<role>/<letter>`. */
const letterOf = (place: Place): string => place.split('/')[3] ?? 'Cell';

/** “Weekly Product Metrics, CTO”. */
function cellName({ activities, roles }: Raci, row: string, column: string | undefined): string {
	const names = [
		activities.find(({ id }) => id === row)?.title,
		roles.find(({ id }) => id === column)?.title
	];
	return names.filter(Boolean).join(', ');
}

function wordsOf(
	rows: readonly { readonly id: string; readonly title: string }[],
	at: { row: string; field: string | undefined; one: string; fields: Record<string, string | undefined> }
): PlaceWords {
	const found = rows.find(({ id }) => id === at.row);
	const where = found?.title ?? '';
	if (at.field === 'removedAt') return { what: `${at.one} ${found ? 'restored' : 'deleted'}`, where };
	if (at.field === undefined) return { what: `${at.one} ${found ? 'added' : 'deleted'}`, where };
	return { what: at.fields[at.field] ?? `${at.one} changed`, where };
}
