import { contractAt, type ContractInForce } from '#lib/domain/kpi-terms.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { RowId } from '#lib/domain/id.ts';
import { periodKindOf, periodSpan, type Period } from '#lib/domain/period.ts';
import { WHOLE, type PointShelf } from '#lib/domain/points.ts';
import type { Point, PointSeries } from '#lib/domain/series.ts';
import { statusInPeriod } from '#lib/domain/status-period.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import { commentaryRow } from './row-names.ts';
import type { Commentaries } from './schema.ts';
import { isOpen, standingOf, type Standing } from './state.ts';
import { writtenOn, type Written } from './written.ts';

/** How the commentary on one KPI, or on one segment of it, stands in a period. */
export interface PeriodLine {
	readonly row: RowId;
	readonly contract: KpiContract;
	/** As it held at the last point's time, or at the period's end without one. */
	readonly inForce: ContractInForce;
	/** Absent: the KPI as a whole. */
	readonly segment: string | undefined;
	readonly standing: Standing;
	readonly written: Written;
	/** The last point of the period; undefined without one. */
	readonly last: Point | undefined;
	readonly series: PointSeries;
}

export interface PeriodSource {
	readonly kpis: readonly KpiContract[];
	readonly points: Pick<PointShelf, 'seriesOf'>;
	readonly period: Period;
	/** IANA name. */
	readonly zone: string;
}

/**
 * Everything that is explained in a period: each KPI of its cadence as a whole, and those of its segments that
 * something was written on. A KPI that is measured by segments alone stands with each of them. What waits comes
 * first, red before amber, then by owner.
 */
export function periodLines(commentaries: Commentaries, source: PeriodSource): readonly PeriodLine[] {
	const lines = source.kpis
		.filter(({ cadence }) => periodKindOf(cadence) === source.period.kind)
		.flatMap((contract) =>
			segmentsOf(contract, commentaries, source).map((segment) => ({ contract, segment }))
		)
		.map((of) => lineOf(commentaries, of, source));
	return lines.toSorted((a, b) => rankOf(a) - rankOf(b) || byOwner(a, b));
}

/** Those that somebody still has to do something about. For Home, and for what may not be closed without them. */
export const commentaryDue = (commentaries: Commentaries, source: PeriodSource): readonly PeriodLine[] =>
	periodLines(commentaries, source).filter(({ standing }) => isOpen(standing));

/** The line of a row, whether anything was written on it or not; undefined when no KPI of the period has it. */
export function lineAt(commentaries: Commentaries, row: RowId, source: PeriodSource): PeriodLine | undefined {
	for (const contract of source.kpis) {
		if (periodKindOf(contract.cadence) !== source.period.kind) continue;
		const parts = [undefined, ...(contract.segments ?? []), ...source.points.seriesOf(contract.id).segments];
		for (const segment of parts) {
			if (segment === WHOLE || commentaryRow({ kpi: contract.id, segment }) !== row) continue;
			return lineOf(commentaries, { contract, segment }, source);
		}
	}
	return undefined;
}

function segmentsOf(
	contract: KpiContract,
	{ rows }: Commentaries,
	{ points }: PeriodSource
): readonly (string | undefined)[] {
	const own = rows.filter(({ kpi }) => kpi === contract.id);
	const written = own.flatMap(({ segment }) => segment ?? []);
	const measured = points.seriesOf(contract.id).segments;
	const isPartsOnly = measured.length > 0 && !measured.includes(WHOLE);
	const isWhole = !isPartsOnly || own.some(({ segment }) => segment === undefined);
	const parts = isPartsOnly ? measured.filter((segment) => segment !== WHOLE) : [];
	return [...(isWhole ? [undefined] : []), ...new Set([...parts, ...written])];
}

function lineOf(
	commentaries: Commentaries,
	{ contract, segment }: Pick<PeriodLine, 'contract' | 'segment'>,
	{ points, period, zone }: PeriodSource
): PeriodLine {
	const series = points.seriesOf(contract.id).series(segment ?? WHOLE);
	const { status, last } = statusInPeriod(series, { contract, period, zone });
	const written = writtenOn(commentaries, { kpi: contract.id, segment });
	const at = last?.at ?? periodSpan(period, zone).to - 1;
	const inForce = contractAt(contract, at, zone);
	const standing = standingOf(written, status);
	return { row: written.id, contract, inForce, segment, standing, written, last, series };
}

const STATUS_RANK = { red: 0, amber: 1, green: 2, none: 3 } as const;

/** Red that waits, amber that waits, drafts nobody asked for, complete, not needed. */
function rankOf({ standing }: PeriodLine): number {
	if (isOpen(standing)) return STATUS_RANK[standing.status];
	return { due: 2, draft: 2, complete: 3, 'not-needed': 4 }[standing.state];
}

const byOwner = (a: PeriodLine, b: PeriodLine) =>
	byCodeUnit(a.contract.owner ?? '~', b.contract.owner ?? '~') ||
	byCodeUnit(a.contract.order, b.contract.order) ||
	byCodeUnit(a.row, b.row);
