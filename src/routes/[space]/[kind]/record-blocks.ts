import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import { newId, type DocumentId } from '#lib/domain/id.ts';
import type { AnyKind } from '#lib/kinds/contract.ts';
import type { RecordAsk } from '#lib/kinds/meeting/surroundings.ts';
import { recordBlocks, type BlockKind, type BlockPorts } from '#lib/kinds/record-blocks.ts';
import { kindById } from '#lib/kinds/registry.ts';
import { blockOf } from '#lib/kinds/views.ts';
import { noteFresh } from './fresh-records.ts';
import RecordBlock from './RecordBlock.svelte';

/** Longest that the rows of a document that was never here are waited for. */
const EXCHANGE_COMES_MS = 5_000;

/** Every kind of record as a block for the notes of `document`. */
export function recordBlocksIn(
	space: SpaceSession,
	document: DocumentId,
	ask: RecordAsk
): readonly BlockKind[] {
	const ports = portsOf(space, document, ask);
	fetchBlocks();
	return recordBlocks.map(({ type, title, keywords, icon, kind, create }) => ({
		type,
		title,
		slash: { title, keywords, icon },
		component: RecordBlock,
		async create() {
			const place = await create(ports);
			if (!place) return undefined;
			if (place.row !== undefined) noteFresh(place.row);
			return { ...place, kind };
		}
	}));
}

let areFetched = false;

/** Here before they are asked for: what somebody types right after D goes into the field of the block. */
function fetchBlocks(): void {
	if (areFetched) return;
	areFetched = true;
	for (const { kind } of recordBlocks) blockOf(kind).catch(() => (areFetched = false));
}

function portsOf(space: SpaceSession, document: DocumentId, { item, askKpi, pick }: RecordAsk): BlockPorts {
	return {
		source: { kind: 'meeting', document, row: item },
		get today() {
			return space.today;
		},
		askKpi,
		pick,
		draft: (kind, draft, into) => space.records.draft(kind, draft, into),
		cadenceOf: (kpi) => space.kpis.reading.value.kpis.find(({ id }) => id === kpi)?.cadence,
		documentsOf: (kind) =>
			space.index.reading.value.documents
				.filter((entry) => entry.kind === kind && !entry.archivedAt)
				.map(({ id, title }) => ({ id: id as string as DocumentId, title })),
		createDocument(kind) {
			const { prefix = '', label } = kindById(kind) as AnyKind;
			const id = `${prefix}${newId()}` as DocumentId;
			space.index.commands?.list(id, {
				kind,
				title: `New ${label.one}`,
				createdAt: new Date(space.nowMs()).toISOString(),
				createdBy: space.me.id
			});
			return id;
		},
		async rowsOf(kind, id) {
			const opened = await space.acquire(id, kindById(kind) as AnyKind);
			// One that was never here comes with the first exchange.
			if (opened.isUnknown && !space.isOffline) await opened.engine.untilExchanged(EXCHANGE_COMES_MS);
			const lines = space.records.linesOf(opened).map(({ ref, title }) => ({ id: ref.row, title }));
			await space.release(id);
			return lines;
		}
	};
}
