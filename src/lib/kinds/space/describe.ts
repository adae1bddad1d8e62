import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import type { SpaceIndex } from './schema.ts';

const DOCUMENT_FIELDS: Record<string, string | undefined> = {
	title: 'Title changed',
	startsAt: 'Start moved',
	minutes: 'Length changed',
	archivedAt: 'Put away',
	order: 'List reordered'
};

const SERIES_FIELDS: Record<string, string | undefined> = {
	title: 'Series renamed',
	rule: 'Rhythm changed',
	time: 'Time changed',
	minutes: 'Length changed',
	agenda: 'Agenda template changed',
	order: 'Series reordered'
};

const SPACE_FIELDS: Record<string, string | undefined> = {
	title: 'Space renamed',
	timeZone: 'Time zone changed'
};

/** Names a changed place of the index: “Meeting added, Weekly Ops Review”. */
export function describePlace(place: Place, { documents, people, series }: SpaceIndex): PlaceWords {
	const { root, row, field = '' } = parsePlace(place);
	if (root === 'documents') {
		const entry = documents.find(({ id }) => id === row);
		const added = entry?.kind === 'meeting' ? 'Meeting added' : 'Document added';
		return { what: DOCUMENT_FIELDS[field] ?? added, where: entry?.title ?? '' };
	}
	if (root === 'people') {
		return { what: 'Name changed', where: people.find(({ id }) => id === row)?.name ?? '' };
	}
	if (root === 'series') {
		const entry = series.find(({ id }) => id === row);
		const came = entry ? 'Series added' : 'Series removed';
		return { what: SERIES_FIELDS[field] ?? came, where: entry?.title ?? '' };
	}
	return { what: SPACE_FIELDS[row ?? ''] ?? 'Space changed', where: '' };
}
