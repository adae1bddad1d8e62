import * as Y from 'yjs';
import { documentId, type KpiId, type SpaceId } from '#lib/domain/id.ts';
import type { RecordLine } from '#lib/domain/record.ts';
import { kindOfDocument } from '#lib/kinds/registry.ts';
import { parseWireName } from '#lib/protocol/names.ts';
import { kpisKind } from '#lib/kinds/kpis/kind.ts';
import type { Kpis } from '#lib/kinds/kpis/schema.ts';
import { meetingKind } from '#lib/kinds/meeting/kind.ts';
import type { Meeting } from '#lib/kinds/meeting/schema.ts';
import { spaceKind } from '#lib/kinds/space/kind.ts';
import type { SpaceIndex } from '#lib/kinds/space/schema.ts';
import type { DocBinding } from '#lib/docs/binding.ts';
import type { KeptPoint, SeriesStore } from '../../server/kpi/series-store.ts';
import type { DocStore } from '../../server/sync/doc-store.ts';

/** All that a store holds of a space, read as the app reads it. */
export interface FoundSpace {
	readonly index: SpaceIndex;
	readonly kpis: Kpis;
	/** By document id. */
	readonly meetings: ReadonlyMap<string, Meeting>;
	readonly points: ReadonlyMap<string, readonly KeptPoint[]>;
	/** Of its registers, matrices and commentary. */
	readonly records: readonly RecordLine[];
	/** What could not be read, of all documents. */
	readonly rejected: readonly string[];
}

export async function readSpace(
	space: SpaceId,
	{ docs, series }: { docs: DocStore; series: SeriesStore }
): Promise<FoundSpace> {
	const rejected: string[] = [];
	const read = async <Snapshot>(document: string, binding: DocBinding<Snapshot, unknown>) => {
		const reading = binding.read(await openDoc(docs, `${space}/${document}`));
		rejected.push(...reading.rejected.map(({ key, reason }) => `${document} ${key}: ${reason}`));
		return reading.value;
	};
	const meetings = new Map<string, Meeting>();
	const records: RecordLine[] = [];
	for (const name of await docs.list(space)) {
		const parsed = parseWireName(name);
		const document: string = parsed.ok ? parsed.value.document : name;
		const kind = kindOfDocument(document);
		if (document.startsWith('m-')) meetings.set(document, await read(document, meetingKind.doc));
		else if (kind?.records) {
			const value: unknown = await read(document, kind.doc);
			records.push(...kind.records(value, documentId.parse(document)));
		}
	}
	const points = new Map<string, readonly KeptPoint[]>();
	for (const { kpi } of await series.kpis(space)) points.set(kpi, await pointsOf(series, space, kpi));
	const index = await read('index', spaceKind.doc);
	const kpis = await read('kpis', kpisKind.doc);
	return { index, kpis, meetings, points, records, rejected };
}

/** A document out of its log. */
export async function openDoc(docs: DocStore, name: string): Promise<Y.Doc> {
	const doc = new Y.Doc();
	for (const { update } of (await docs.load(name)).tail) Y.applyUpdate(doc, update);
	return doc;
}

const pointsOf = (series: SeriesStore, space: SpaceId, kpi: KpiId): Promise<readonly KeptPoint[]> =>
	series.read({ space, kpi }, { afterSeq: 0, limit: 100_000 });
