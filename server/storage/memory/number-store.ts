import type { RowId, SpaceId } from '#lib/domain/id.ts';
import type { NumberSeries, NumberStore } from '../../clerk/number-store.ts';

/** For tests and for trying things: loses everything with the process. */
export class MemoryNumberStore implements NumberStore {
	readonly #given = new Map<string, Map<RowId, number>>();

	give({ space, prefix }: NumberSeries, rows: readonly RowId[]): Promise<ReadonlyMap<RowId, number>> {
		const key = `${space} ${prefix}`;
		const given = this.#given.get(key) ?? new Map<RowId, number>();
		this.#given.set(key, given);
		for (const row of rows) if (!given.has(row)) given.set(row, given.size + 1);
		return Promise.resolve(new Map(rows.map((row) => [row, given.get(row) ?? 0])));
	}

	removeSpace(space: SpaceId): Promise<void> {
		for (const key of this.#given.keys()) if (key.startsWith(`${space} `)) this.#given.delete(key);
		return Promise.resolve();
	}
}
