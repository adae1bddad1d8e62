import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import { isNotesRoot, notesRoot, type Actions } from './schema.ts';

/** What a change of each field is called. A field of a newer app is “Action changed”. */
const FIELDS: Record<string, string | undefined> = {
	title: 'Title changed',
	owner: 'Owner changed',
	due: 'Due date changed',
	dueTyped: 'Due date changed',
	startOn: 'Start changed',
	status: 'Status changed',
	priority: 'Priority changed',
	closedWhen: 'Check changed',
	blockedWhy: 'Blocker changed',
	blockedSince: 'Status changed',
	closedAt: 'Status changed',
	closedBy: 'Status changed',
	number: 'Numbered',
	source: 'Source changed',
	order: 'Action moved'
};

export function describePlace(place: Place, snapshot: Actions): PlaceWords {
	const { root, row, field } = parsePlace(place);
	const { actions } = snapshot;
	const titleOf = (id: string | undefined) => actions.find((one) => one.id === id)?.title ?? '';
	if (isNotesRoot(root))
		return { what: 'Note changed', where: titleOf(root.slice(0, -notesRoot('').length)) };
	if (row === undefined) return { what: 'Actions changed', where: '' };
	if (root === 'evidence') {
		const one = snapshot.evidence.find(({ id }) => id === row);
		return { what: happened('Evidence', { field, isThere: !!one }), where: titleOf(one?.action) };
	}
	if (root === 'reschedules') {
		const one = snapshot.reschedules.find(({ id }) => id === row);
		return { what: 'Due date moved', where: titleOf(one?.action) };
	}
	if (root === 'carried') {
		const one = snapshot.carried.find(({ id }) => id === row);
		return { what: 'Still open in a meeting', where: titleOf(one?.action) };
	}
	const isThere = actions.some(({ id }) => id === row);
	const named = field === undefined ? undefined : FIELDS[field];
	return { what: named ?? happened('Action', { field, isThere }), where: titleOf(row) };
}

function happened(noun: string, { field, isThere }: { field: string | undefined; isThere: boolean }): string {
	if (field === 'removedAt') return `${noun} ${isThere ? 'restored' : 'removed'}`;
	if (field !== undefined) return `${noun} changed`;
	return `${noun} ${isThere ? 'added' : 'removed'}`;
}
