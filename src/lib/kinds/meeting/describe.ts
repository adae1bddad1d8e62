import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import type { Meeting } from './schema.ts';

const ITEM_FIELDS: Record<string, string | undefined> = {
	title: 'Item renamed',
	owner: 'Owner changed',
	minutes: 'Minutes changed',
	purpose: 'Purpose changed',
	order: 'Item moved',
	parkedAt: 'Item parked or brought back'
};

const CLOCK_WORDS: Record<string, string | undefined> = {
	start: 'Meeting started',
	pause: 'Clock paused',
	resume: 'Clock resumed',
	step: 'Item changed',
	go: 'Item changed',
	extend: 'Time added',
	end: 'Meeting ended',
	reopen: 'Meeting reopened'
};

const MEETING_FIELDS: Record<string, string | undefined> = {
	facilitator: 'Facilitator changed',
	scribe: 'Scribe changed'
};

const NOTES = 'notes.';

/** Names a changed place of a meeting: “Notes edited, SLO & reliability signals”. */
export function describePlace(place: Place, meeting: Meeting): PlaceWords {
	const { root, row = '', field } = parsePlace(place);
	if (root.startsWith(NOTES))
		return { what: 'Notes edited', where: titleOf(meeting, root.slice(NOTES.length)) };
	if (root === 'agenda') return { what: whatOfItem(meeting, row, field), where: titleOf(meeting, row) };
	if (root === 'parking') return parkingWords(meeting, row, field);
	if (root === 'clock') {
		const fact = meeting.clock.find(({ id }) => id === row);
		return {
			what: CLOCK_WORDS[fact?.is ?? ''] ?? 'Clock changed',
			where: titleOf(meeting, fact?.item ?? '')
		};
	}
	return { what: MEETING_FIELDS[row] ?? 'Meeting changed', where: '' };
}

const titleOf = ({ agenda }: Meeting, id: string): string =>
	agenda.find((item) => item.id === id)?.title ?? '';

function whatOfItem({ agenda }: Meeting, row: string, field: string | undefined): string {
	const isThere = agenda.some(({ id }) => id === row);
	if (field === 'removedAt') return isThere ? 'Item restored' : 'Item deleted';
	if (field === undefined) return isThere ? 'Item added' : 'Item deleted';
	return ITEM_FIELDS[field] ?? 'Item changed';
}

function parkingWords({ parking }: Meeting, row: string, field: string | undefined): PlaceWords {
	const thing = parking.find(({ id }) => id === row);
	const closed = thing?.state === 'closed' ? 'Parked thing closed' : 'Parked thing moved on';
	const what = field === undefined ? 'Parked' : field === 'state' ? closed : 'Parked thing changed';
	return { what, where: thing?.text ?? '' };
}
