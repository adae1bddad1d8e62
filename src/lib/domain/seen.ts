import * as z from 'zod/mini';
import { kpiId } from './id.ts';
import { contractAt, type ContractInForce } from './kpi-terms.ts';
import type { KpiContract } from './kpi.ts';
import { SEGMENT_LENGTH_MAX, WHOLE, type PointShelf } from './points.ts';
import { quantityText } from './quantity.ts';
import { indexFrom, lastPoint, pointAt } from './series.ts';

// The number as seen: what somebody looked at when they wrote, decided or promised. It stays in the record when a
// point is corrected later, and the record can then say so.

/** One value that somebody saw, and under which contract. */
export const seenNumber = z.object({
	kpi: kpiId,
	segment: z.optional(z.string().check(z.maxLength(SEGMENT_LENGTH_MAX))),
	value: z.number(),
	/** The instant that the value is of. */
	at: z.iso.datetime(),
	/** When it was looked at, by the device's own idea of the server's clock. */
	asOf: z.iso.datetime(),
	/** `contractVersion` of the contract at that time. */
	contract: z.string().check(z.maxLength(40))
});
export type SeenNumber = z.infer<typeof seenNumber>;

/** What became of a seen number since. */
export interface Restated {
	readonly was: number;
	/** Undefined: there is no point at that instant any more. */
	readonly now: number | undefined;
}

/** The fields that decide what a number means and how it is judged. */
const MEANING = ['unit', 'direction', 'target', 'redBelow', 'amberBelow', 'amberAbove', 'redAbove'] as const;

/** Names what a contract says, in 8 hex digits; the same text for the same meaning on every device. */
export function contractVersion(contract: ContractInForce): string {
	const text = JSON.stringify(MEANING.map((field) => contract[field] ?? null));
	let hash = 0x811c9dc5;
	for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	return hash.toString(16).padStart(8, '0');
}

/** The latest value of a KPI as somebody sees it now, in the space's time zone. Undefined without a point. */
export function seeNumber(
	contract: KpiContract,
	from: { points: PointShelf; nowMs: number; zone: string; segment?: string | undefined }
): SeenNumber | undefined {
	const segment = from.segment ?? WHOLE;
	const last = lastPoint(from.points.seriesOf(contract.id).series(segment));
	if (!last) return undefined;
	return {
		kpi: contract.id,
		...(segment === WHOLE ? {} : { segment }),
		value: last.value,
		at: new Date(last.at * 1000).toISOString(),
		asOf: new Date(from.nowMs).toISOString(),
		contract: contractVersion(contractAt(contract, last.at, from.zone))
	};
}

/** Whether the point that was seen has another value now. Undefined while it stands as it was seen. */
export function restated(seen: SeenNumber, points: PointShelf): Restated | undefined {
	const view = points.seriesOf(seen.kpi);
	if (view.isLoading) return undefined;
	const series = view.series(seen.segment ?? WHOLE);
	const at = Date.parse(seen.at) / 1000;
	const point = pointAt(series, indexFrom(series, at));
	const now = point?.at === at ? point.value : undefined;
	return now === seen.value ? undefined : { was: seen.value, now };
}

/** “Decided at 3.1%, now 2.4%.” `verb`: what was done with the number. */
export function restatedWords(verb: string, { was, now }: Restated, contract: KpiContract): string {
	const value = (number: number) => quantityText(number, contract);
	return now === undefined
		? `${verb} at ${value(was)}. That point is no longer there.`
		: `${verb} at ${value(was)}, now ${value(now)}.`;
}
