import { newRowId, type RowId } from '#lib/domain/id.ts';

/** The longest id there may be (`domain/id.ts`). */
const ID_LENGTH_MAX = 96;

/** A row that two devices name alike, as far as the names fit into one. */
export function namedRow(...parts: readonly string[]): RowId {
	const name = parts.join('.');
	return name.length <= ID_LENGTH_MAX ? (name as RowId) : newRowId();
}
