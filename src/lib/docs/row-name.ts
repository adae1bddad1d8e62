import type { RowId } from '../domain/id.ts';
import { fnv1a } from './seed.ts';

/** The longest id there may be (`domain/id.ts`). */
const ID_LENGTH_MAX = 96;
const KEPT_LENGTH = 60;

/** The name of a row that two devices may make while apart: of what it belongs to and what it is, whatever their length. */
export function namedRow(row: string, name: string): RowId {
	const whole = `${row}.${name}`;
	const isShort = whole.length <= ID_LENGTH_MAX;
	return (
		isShort ? whole : `${whole.slice(0, KEPT_LENGTH)}-${hashText(whole)}${hashText(`${whole}\n`)}`
	) as RowId;
}

/** 8 hex digits. */
export const hashText = (text: string): string =>
	fnv1a(new TextEncoder().encode(text)).toString(16).padStart(8, '0');
