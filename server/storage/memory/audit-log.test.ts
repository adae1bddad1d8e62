import { describeAuditLog } from '../../../tests/contracts/audit-log.ts';
import { MemoryAuditLog, type AuditShelf } from './audit-log.ts';

describeAuditLog('in memory', () => {
	const shelf: AuditShelf = { rows: new Map(), head: undefined };
	return {
		log: new MemoryAuditLog(shelf),
		again: new MemoryAuditLog(shelf),
		hasty: (scanMax) => new MemoryAuditLog(shelf, scanMax),
		tamper: (seq, text) => void (text === undefined ? shelf.rows.delete(seq) : shelf.rows.set(seq, text)),
		textOf: (seq) => shelf.rows.get(seq) ?? '',
		forgetHead: () => void (shelf.head = undefined)
	};
});
