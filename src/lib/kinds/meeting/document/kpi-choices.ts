import { sparkValues } from '#lib/charts/spark.ts';
import type { KpiId } from '#lib/domain/id.ts';
import { contractAt, statusAt } from '#lib/domain/kpi-terms.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { WHOLE, type PointShelf } from '#lib/domain/points.ts';
import { quantityText, UNMEASURED } from '#lib/domain/quantity.ts';
import { cadenceOf, lastPoint } from '#lib/domain/series.ts';
import { statusWord, type Status } from '#lib/domain/status.ts';
import { counted } from '#lib/domain/words.ts';

/** One KPI that a chart can show. */
export interface KpiChoice {
	readonly kpi: KpiId;
	readonly title: string;
	/** What it says under its name: what it means, or how many points came under its id. */
	readonly detail: string;
	readonly status: Status;
	/** “Off target”, “No target”, “No data”. */
	readonly word: string;
	/** Its last value, as people read it. Empty without one. */
	readonly value: string;
	readonly spark: readonly (number | undefined)[];
	readonly target: number | undefined;
}

/** Every KPI of the space, in the order of its list, and then those that have points but no contract. `zone`: its own. */
export function kpiChoices(
	kpis: readonly KpiContract[],
	points: PointShelf,
	zone: string
): readonly KpiChoice[] {
	const known = points.known();
	const bare = known.filter(({ kpi }) => !kpis.some(({ id }) => id === kpi));
	return [
		...kpis.map((contract) =>
			choiceOf(contract.id, {
				points,
				zone,
				contract,
				title: contract.name,
				detail: contract.description ?? ''
			})
		),
		...bare.map(({ kpi, count }) =>
			choiceOf(kpi, {
				points,
				zone,
				contract: undefined,
				title: kpi,
				detail: `${counted(count, 'point')}, no contract yet`
			})
		)
	];
}

interface Described {
	readonly points: PointShelf;
	readonly zone: string;
	readonly contract: KpiContract | undefined;
	readonly title: string;
	readonly detail: string;
}

function choiceOf(kpi: KpiId, { points, zone, contract, title, detail }: Described): KpiChoice {
	const view = points.seriesOf(kpi);
	const named = (contract?.segments ?? []).find((segment) => view.segments.includes(segment));
	const series = view.series(view.segments.includes(WHOLE) ? WHOLE : (named ?? view.segments[0] ?? WHOLE));
	const last = lastPoint(series);
	const status = statusAt(last, contract, zone);
	return {
		kpi,
		title,
		detail,
		status,
		word: statusWord(status, last?.value),
		value: last ? quantityText(last.value, contract ?? UNMEASURED) : '',
		spark: sparkValues(series, contract?.cadence ?? cadenceOf(series)),
		target: contract && contractAt(contract, last?.at ?? Infinity, zone).target
	};
}
