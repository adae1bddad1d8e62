import type { DocumentId } from '../domain/id.ts';
import type { AnyKind } from '../kinds/contract.ts';
import { DocumentHistory } from './history.svelte.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';
import type { ValueNames } from './value-words.ts';

/** The history of a document of a space. The document is open as long: give both back with `close`. */
export async function openHistory(
	space: SpaceSession,
	id: DocumentId,
	kind: AnyKind
): Promise<{ readonly history: DocumentHistory; close(): Promise<void> }> {
	const document = (await space.acquire(id, kind)) as OpenDocument<unknown, unknown>;
	const history = new DocumentHistory({
		api: space.api,
		id,
		kind,
		doc: document.engine.doc,
		mayWrite: document.commands !== undefined,
		names: namesIn(space),
		me: () => space.me,
		people: () => space.people,
		nowMs: () => space.nowMs()
	});
	return {
		history,
		async close() {
			history.close();
			await space.release(id);
		}
	};
}

/** What the ids in values stand for: people, KPIs and documents of the space. */
export function namesIn(space: SpaceSession): ValueNames {
	return {
		timeZone: space.timeZone,
		nameOf: (id) =>
			space.people.find((person) => String(person.id) === id)?.name ??
			space.kpis.reading.value.kpis.find((kpi) => String(kpi.id) === id)?.name ??
			space.entryOf(id as DocumentId)?.title
	};
}
