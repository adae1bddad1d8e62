import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import { TEXT_FIELDS, TEXT_WORDS, type Decisions } from './schema.ts';

const DECISION_FIELDS: Record<string, string | undefined> = {
	title: 'Title changed',
	status: 'Status changed',
	madeOn: 'Date changed',
	decidedAt: 'Decided',
	reversibility: 'Reversibility changed',
	reversibilityNote: 'Reversibility changed',
	reviewOn: 'Review date changed',
	reviewedOn: 'Review held',
	chosen: 'Option chosen',
	supersedes: 'Replaced decision changed',
	source: 'Source changed',
	number: 'Numbered',
	request: 'Input asked for',
	decideBy: 'Input asked for',
	requestedAt: 'Input asked for',
	requestedBy: 'Input asked for',
	fallback: 'Default changed',
	settledAt: 'Decided by default'
};

/** What a row of a list is called: when it came, when it went, and when it changed. */
const LISTS: Record<string, string | undefined> = {
	options: 'Option',
	members: 'Role',
	evidence: 'Evidence',
	asked: 'Question',
	replies: 'Reply',
	tags: 'Tag',
	kpis: 'KPI',
	sections: 'Section'
};

/** Names a changed place of the log: “Option added, Keep the 15-minute page threshold”. */
export function describePlace(place: Place, snapshot: Decisions): PlaceWords {
	const { root, row = '', field } = parsePlace(place);
	if (root === 'decisions') {
		const isThere = snapshot.decisions.some(({ id }) => id === row);
		return { what: whatOfRow('Decision', { isThere, field }), where: titleOf(snapshot, row) };
	}
	const list = LISTS[root];
	if (list) {
		const own = rowsOf(snapshot, root).find(({ id }) => id === row);
		return {
			what: whatOfRow(list, { isThere: own !== undefined, field }),
			where: titleOf(snapshot, own?.decision ?? '')
		};
	}
	return textWords(root, snapshot);
}

const titleOf = ({ decisions }: Decisions, id: string): string =>
	decisions.find((row) => row.id === id)?.title ?? '';

const rowsOf = (snapshot: Decisions, root: string): readonly { id: string; decision: string }[] => {
	const { decisions, texts, ...lists } = snapshot;
	void [decisions, texts];
	return Object.hasOwn(lists, root) ? lists[root as keyof typeof lists] : [];
};

function whatOfRow(
	name: string,
	{ isThere, field }: { isThere: boolean; field: string | undefined }
): string {
	if (field === 'removedAt') return `${name} ${isThere ? 'restored' : 'deleted'}`;
	if (field === undefined) return `${name} ${isThere ? 'added' : 'deleted'}`;
	return (name === 'Decision' && DECISION_FIELDS[field]) || `${name} changed`;
}

function textWords(root: string, snapshot: Decisions): PlaceWords {
	const [row = '', name = ''] = root.split(/\.(?=[^.]*$)/);
	const field = TEXT_FIELDS.find((one) => one === name);
	if (field) return { what: `${TEXT_WORDS[field]} edited`, where: titleOf(snapshot, row) };
	const section = snapshot.sections.find(({ id }) => id === row);
	return {
		what: section?.heading ? `${section.heading} edited` : 'Text edited',
		where: titleOf(snapshot, section?.decision ?? '')
	};
}
