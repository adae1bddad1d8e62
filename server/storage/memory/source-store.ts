import type { SpaceId } from '#lib/domain/id.ts';
import { SOURCE_RUNS_KEPT, type ListedRun } from '#lib/domain/source.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import type { Source, SourceChange, SourceStore, Timetable } from '../../connect/source-store.ts';

/** For tests and for trying things: loses everything with the process. */
export class MemorySourceStore implements SourceStore {
	readonly #kept = new Map<string, { source: Source; runs: readonly ListedRun[] }>();

	add(source: Source): void {
		this.#kept.set(source.id, { source, runs: [] });
	}

	find(space: SpaceId, id: string): Source | undefined {
		return this.#of(space, id)?.source;
	}

	list(space: SpaceId): readonly Source[] {
		return [...this.#kept.values()]
			.map(({ source }) => source)
			.filter((source) => source.space === space)
			.sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.id, b.id));
	}

	timetable(): readonly Timetable[] {
		return [...this.#kept.values()]
			.filter(({ source }) => !source.isPaused)
			.map(({ source: { id, space, schedule, zone, createdAtMs }, runs: [last] }) => ({
				id,
				space,
				schedule,
				zone,
				sinceMs: last ? Date.parse(last.at) : createdAtMs
			}));
	}

	change(space: SpaceId, id: string, change: SourceChange): Source | undefined {
		const kept = this.#of(space, id);
		if (!kept) return undefined;
		kept.source = { ...kept.source, ...change, revision: kept.source.revision + 1 };
		return kept.source;
	}

	remove(space: SpaceId, id: string): boolean {
		return this.#of(space, id) !== undefined && this.#kept.delete(id);
	}

	finish(
		{ space, id, revision }: Pick<Source, 'space' | 'id' | 'revision'>,
		run: ListedRun,
		uptoMs?: number
	) {
		const kept = this.#of(space, id);
		if (!kept) return;
		kept.runs = [run, ...kept.runs].slice(0, SOURCE_RUNS_KEPT);
		if (uptoMs !== undefined && kept.source.revision === revision) kept.source = { ...kept.source, uptoMs };
	}

	runs(space: SpaceId, id: string): readonly ListedRun[] {
		return this.#of(space, id)?.runs ?? [];
	}

	removeSpace(space: SpaceId): void {
		for (const [id, { source }] of this.#kept) if (source.space === space) this.#kept.delete(id);
	}

	#of(space: SpaceId, id: string) {
		const kept = this.#kept.get(id);
		return kept?.source.space === space ? kept : undefined;
	}
}
