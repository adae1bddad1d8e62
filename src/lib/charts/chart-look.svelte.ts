import { usualRange, type Range } from '#lib/domain/series-range.ts';
import { changeOf, type Change } from '#lib/domain/series-change.ts';
import { UNMEASURED } from '#lib/domain/quantity.ts';
import { chartSentence } from '#lib/domain/series-sentence.ts';
import { deviceZone, zoneClock } from '#lib/domain/series-calendar.ts';
import { cadenceOf, lastPoint, type Point } from '#lib/domain/series.ts';
import { contractAt, statusAt, type ContractInForce } from '#lib/domain/kpi-terms.ts';
import type { Status } from '#lib/domain/status.ts';
import type { KpiId } from '#lib/domain/id.ts';
import type { KpiContract, Marker } from '#lib/domain/kpi.ts';
import { WHOLE, type SeriesView } from '#lib/domain/points.ts';
import { figureOf, previousOf, shownSeries, stepsIn, type Figure } from './figure.ts';
import type { Camera } from './picture.ts';

/** What a chart is made from. Read anew whenever it changes. */
export interface ChartSource {
	readonly kpi: KpiId;
	readonly contract: KpiContract | undefined;
	readonly view: SeriesView;
	/** Those of the whole space; the chart picks its own. */
	readonly markers: readonly Marker[];
	/** What others decided to show; the person may look elsewhere for themselves. */
	readonly range: Range | undefined;
	readonly segment: string | undefined;
	readonly nowMs: number;
	/** IANA name; absent: the device's. */
	readonly zone: string | undefined;
}

const MINUTE_MS = 60_000;

/** What one person looks at in one chart: which range, which segment, as a line or as a table. */
export class ChartLook {
	readonly #source: () => ChartSource;
	#chosenRange = $state<Range>();
	#chosenSegment = $state<string>();
	showsPrevious = $state(false);
	showsTable = $state(false);
	/** Present while the chart is drawn. */
	camera: Camera | undefined;

	constructor(source: () => ChartSource) {
		this.#source = source;
	}

	/** To the minute: a clock that ticks does not redraw a chart of days every second. */
	readonly #minute = $derived.by(() => Math.floor(this.#source().nowMs / MINUTE_MS));
	readonly #clock = $derived.by(() => zoneClock(this.#source().zone ?? deviceZone()));

	/** Those that have points, in the contract's order first. */
	readonly segments = $derived.by((): readonly string[] => {
		const { contract, view } = this.#source();
		const named = (contract?.segments ?? []).filter((segment) => view.segments.includes(segment));
		return [...new Set([...view.segments.filter((one) => one === WHOLE), ...named, ...view.segments])];
	});

	readonly segment = $derived.by((): string => {
		const wanted = this.#chosenSegment ?? this.#source().segment;
		if (wanted !== undefined && this.segments.includes(wanted)) return wanted;
		return this.segments[0] ?? WHOLE;
	});

	readonly series = $derived.by(() => this.#source().view.series(this.segment));
	readonly cadence = $derived.by(() => this.#source().contract?.cadence ?? cadenceOf(this.series));
	readonly range = $derived.by(
		(): Range => this.#chosenRange ?? this.#source().range ?? usualRange(this.series, this.cadence)
	);

	readonly last = $derived.by((): Point | undefined => lastPoint(this.series));
	readonly status = $derived.by((): Status => statusAt(this.last, this.#source().contract, this.#clock.zone));
	/** The contract as it was in force at the last point's time, or is now without one. */
	readonly inForce = $derived.by((): ContractInForce | undefined => {
		const { contract } = this.#source();
		const at = this.last?.at ?? this.#minute * (MINUTE_MS / 1000);
		return contract && contractAt(contract, at, this.#clock.zone);
	});
	readonly change = $derived.by((): Change | undefined => changeOf(this.series, this.cadence));

	readonly figure = $derived.by((): Figure => {
		const { kpi, contract, markers } = this.#source();
		return figureOf({
			series: this.series,
			contract,
			markers: markers.filter((marker) => marker.kpi === undefined || marker.kpi === kpi),
			range: this.range,
			clock: this.#clock,
			nowMs: this.#minute * MINUTE_MS,
			showsPrevious: this.showsPrevious
		});
	});

	/** Whether there is a period before the one shown to compare it with. */
	readonly hasPrevious = $derived.by(
		() => previousOf(this.series, this.figure.span, this.range) !== undefined
	);

	readonly sentence = $derived.by(() => {
		const { markers } = this.#source();
		return chartSentence({
			series: shownSeries(this.figure),
			measure: this.inForce ?? UNMEASURED,
			targetBefore: this.#targetBefore,
			status: this.status,
			markers,
			clock: this.#clock,
			nowSeconds: this.figure.nowSeconds
		});
	});

	/** The target that the one in force took the place of within what is shown. */
	readonly #targetBefore = $derived.by(() => {
		const { span } = this.figure;
		const shown = stepsIn(this.figure, { min: span.from, max: this.last?.at ?? span.to });
		const [before, now] = [shown.at(-2), shown.at(-1)];
		return before?.target === undefined || before.target === now?.target
			? undefined
			: { target: before.target, until: now?.from ?? span.from };
	});

	/** Changes when another stretch or part is shown, so that a zoom into the old one ends. */
	readonly viewKey = $derived.by(() => `${this.range} ${this.segment}`);

	chooseRange(range: Range): void {
		this.#chosenRange = range;
	}

	chooseSegment(segment: string): void {
		this.#chosenSegment = segment;
	}
}
