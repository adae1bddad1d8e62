import type { AuditEntry } from '#lib/domain/audit.ts';
import type { NameOf } from './audit-words.ts';

/** What the table and the cards draw. */
export interface AuditRowsProps {
	entries: readonly AuditEntry[];
	nameOf: NameOf;
	/** IANA name. */
	timeZone: string;
	/** Names the space of each entry. */
	isOfAll: boolean;
}
