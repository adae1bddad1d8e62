import type { KpiId } from '#lib/domain/id.ts';
import type { PointShelf, SendRefused } from '#lib/domain/points.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { sentPoint, type BadRow, type GoodRow } from './csv-points.ts';
import { POINTS_PER_CALL_MAX } from '#lib/protocol/limits.ts';

export interface Sent {
	/** New points and corrections. */
	readonly added: number;
	/** Points that the server had already, with the same value. */
	readonly known: number;
	/** What the server did not take, by line. */
	readonly rejected: readonly BadRow[];
}

/** What came of a stop on the way: what is in stays in, and sending everything again adds nothing twice. */
export interface StoppedAt {
	readonly why: SendRefused;
	readonly sent: Sent;
}

/**
 * Sends `rows` call by call, each after the one before. Rows of one instant stay in one call, so that nobody sees
 * half of a moment. `onprogress` hears how many rows are through.
 */
export async function sendRows(
	rows: readonly GoodRow[],
	to: { shelf: PointShelf; kpi: KpiId; onprogress: (done: number) => void }
): Promise<Result<Sent, StoppedAt>> {
	let sent: Sent = { added: 0, known: 0, rejected: [] };
	let done = 0;
	for (const call of callsOf(rows)) {
		const answer = await to.shelf.send(to.kpi, call.map(sentPoint));
		if (!answer.ok) return refuse({ why: answer.error, sent });
		const { added, duplicates, rejected } = answer.value;
		const lines = rejected.map(({ index, reason }) => ({ line: call[index]?.line ?? 0, reason }));
		sent = {
			added: sent.added + added,
			known: sent.known + duplicates,
			rejected: [...sent.rejected, ...lines]
		};
		to.onprogress((done += call.length));
	}
	return ok(sent);
}

/** Stretches of at most `POINTS_PER_CALL_MAX` rows that never cut an instant in two, unless it alone is longer. */
export function callsOf(rows: readonly GoodRow[]): readonly (readonly GoodRow[])[] {
	const calls: (readonly GoodRow[])[] = [];
	for (let start = 0; start < rows.length;) {
		let end = Math.min(start + POINTS_PER_CALL_MAX, rows.length);
		while (end < rows.length && end > start && rows[end - 1]?.atMs === rows[end]?.atMs) end--;
		if (end === start) end = Math.min(start + POINTS_PER_CALL_MAX, rows.length);
		calls.push(rows.slice(start, end));
		start = end;
	}
	return calls;
}
