import { seedUpdate } from '#lib/docs/seed.ts';
import { documentId, type DocumentId } from '#lib/domain/id.ts';
import { kpisDoc } from '#lib/kinds/kpis/doc.ts';
import { KPIS_DOCUMENT } from '#lib/kinds/kpis/schema.ts';
import { meetingUpdate } from '#lib/kinds/meeting/template.ts';
import { spaceDoc } from '#lib/kinds/space/doc.ts';
import { SPACE_DOCUMENT } from '#lib/kinds/space/schema.ts';
import { wireName } from '#lib/protocol/names.ts';
import type { Founding } from '../auth/create-space.ts';
import type { SeriesStore } from '../kpi/series-store.ts';
import { readUpdate } from '../sync/coverage.ts';
import type { DocStore } from '../sync/doc-store.ts';
import type { Beginning } from './beginning.ts';
import { plainSpace } from './plain-space.ts';
import { sampleSpace } from './sample-space.ts';

export interface FoundSpacePorts {
	readonly docs: DocStore;
	readonly series: SeriesStore;
	/** Epoch milliseconds: the moment of the founding. A sample is dated around it. */
	readonly nowMs: number;
}

/** Stands as author where a tool made the space. */
const TOOL_AUTHOR = 'downbeat';

/**
 * Writes what a space begins with. Throws `FoundingRefused` when a template is unknown, before anything is written.
 * When it throws later, some of it may be stored: the caller erases the space.
 */
export async function foundSpace(
	founding: Founding,
	{ docs, series, nowMs }: FoundSpacePorts
): Promise<void> {
	const { space, person, sample } = founding;
	const beginning = sample ? sampleSpace(founding, nowMs) : plainSpace(founding, nowMs);
	const author = person?.id ?? TOOL_AUTHOR;
	await docs.append(
		updatesOf(beginning, (document) => wireName({ space, document })).map(({ doc, update }) => {
			return { doc, update, author, atMs: nowMs, newClients: clientsOf(update) };
		})
	);
	for (const { kpi, points } of beginning.points) {
		await series.append({ space, kpi, points, author, storedAtMs: nowMs });
	}
}

interface NamedUpdate {
	readonly doc: string;
	readonly update: Uint8Array;
}

/** One update a document: whoever would create one of them apart, from the same values, makes the same bytes. */
function updatesOf(
	{ index, meetings, kpis, documents = [] }: Beginning,
	nameOf: (document: DocumentId) => string
): readonly NamedUpdate[] {
	const [indexName, kpisName] = [SPACE_DOCUMENT, KPIS_DOCUMENT].map((id) => nameOf(documentId.parse(id)));
	return [
		seeded(indexName as string, (doc) => spaceDoc.seed(doc, index)),
		...(kpis ? [seeded(kpisName as string, (doc) => kpisDoc.seed(doc, kpis))] : []),
		...documents.map(({ id, seed }) => seeded(nameOf(id), seed)),
		...meetings.map(({ id, meeting }) => ({ doc: nameOf(id), update: meetingUpdate(nameOf(id), meeting) }))
	];
}

const seeded = (doc: string, fill: Parameters<typeof seedUpdate>[1]): NamedUpdate => ({
	doc,
	update: seedUpdate(doc, fill)
});

const clientsOf = (update: Uint8Array): readonly number[] => [
	...new Set(readUpdate(update).structs.map(({ client }) => client))
];
