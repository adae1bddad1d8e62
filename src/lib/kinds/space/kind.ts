import { counted } from '#lib/domain/words.ts';
import { defineKind, type Exporter, type Summary } from '../contract.ts';
import { describePlace } from './describe.ts';
import { spaceDoc } from './doc.ts';
import { empty, typical } from './fixtures.ts';
import { agendaFitsSlot, rulesCanBeRead } from './rules.ts';
import { SPACE_DOCUMENT, type SpaceIndex } from './schema.ts';

const json: Exporter<SpaceIndex> = {
	format: 'json',
	render: (index) => `${JSON.stringify(index, null, '\t')}\n`
};

/** The index of a space. It has no page of its own: Home, the side bar and the palette are made of it. */
export const spaceKind = defineKind({
	id: 'space',
	label: { one: 'Space', many: 'Spaces' },
	only: SPACE_DOCUMENT,
	doc: spaceDoc,
	rules: [rulesCanBeRead, agendaFitsSlot],
	exports: [json],
	summarise,
	describe: describePlace,
	fixtures: { empty, typical }
});

function summarise({ documents, series }: SpaceIndex): Summary {
	const meetings = documents.filter(({ kind, archivedAt }) => kind === 'meeting' && !archivedAt);
	return {
		headline: `${counted(meetings.length, 'meeting')}, ${series.length} series.`,
		tone: 'none',
		open: []
	};
}
