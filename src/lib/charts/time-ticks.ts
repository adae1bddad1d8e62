import type { Cadence } from '#lib/domain/kpi.ts';
import {
	clockText,
	dayShort,
	isoWeek,
	monthShort,
	weekday,
	type WallTime,
	type ZoneClock
} from '#lib/domain/series-calendar.ts';
import { xOf, type Frame } from './frame.ts';
import { quarterOf } from './moment.ts';

/** A label below the x axis. `x` is in CSS pixels; the text is set from, around or up to it. */
export interface TimeTick {
	readonly x: number;
	readonly label: string;
	readonly align: 'left' | 'center' | 'right';
}

/** Closer than this, labels crowd: the longest is about 45 px, and the eye needs as much again. */
const TICK_GAP_MIN = 88;
/** A label at the edge may come this much closer to its neighbour. */
const EDGE_GAP_MIN = 62;

const DAY_SECONDS = 86_400;

type Step =
	| { readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'; readonly count: number }
	| { readonly unit: 'edges'; readonly count: 0 };

/** From fine to coarse. */
const STEPS: readonly Step[] = [
	...[1, 5, 15, 30].map((count) => ({ unit: 'minute' as const, count })),
	...[1, 3, 6, 12].map((count) => ({ unit: 'hour' as const, count })),
	...[1, 2, 7, 14].map((count) => ({ unit: 'day' as const, count })),
	...[1, 2, 3, 6].map((count) => ({ unit: 'month' as const, count })),
	...[1, 2, 5, 10, 20, 50].map((count) => ({ unit: 'year' as const, count }))
];

const WEEK_STEPS: readonly Step[] = [
	...[1, 2, 3, 4, 5, 6, 8, 13].map((count) => ({ unit: 'week' as const, count })),
	...STEPS.filter(({ unit }) => unit === 'year')
];

const SECONDS: Record<Exclude<Step['unit'], 'edges'>, number> = {
	minute: 60,
	hour: 3_600,
	day: DAY_SECONDS,
	week: 7 * DAY_SECONDS,
	month: 30.4 * DAY_SECONDS,
	year: 365.25 * DAY_SECONDS
};

/** What the labels go by: how values come, and the moment of the last one, whose time of day the ticks share. */
export interface TickBasis {
	readonly cadence: Cadence;
	readonly clock: ZoneClock;
	readonly lastAt: number | undefined;
}

/** Labels at round moments, and at both edges where there is room. */
export function timeTicks(frame: Frame, basis: TickBasis): readonly TimeTick[] {
	const step = stepFor(frame, basis.cadence);
	const edge = (seconds: number) => ({ seconds, label: labelOf(seconds, step, basis) });
	const inner = momentsOf(frame, step, basis).map(edge);
	const { min, max } = frame.x;
	const first = inner[0];
	const last = inner.at(-1);
	const gapBefore = first ? xOf(frame, first.seconds) - frame.plot.left : Infinity;
	const gapAfter = last ? frame.plot.left + frame.plot.width - xOf(frame, last.seconds) : Infinity;
	const all = [
		...(gapBefore > EDGE_GAP_MIN ? [edge(min)] : []),
		...inner,
		...(gapAfter > EDGE_GAP_MIN ? [edge(max)] : [])
	];
	return all.map(({ seconds, label }) => aligned(frame, { x: xOf(frame, seconds), label }));
}

/** At the left edge a label starts there; at the right one it ends there unless the margin has room for half. */
function aligned(frame: Frame, { x, label }: { x: number; label: string }): TimeTick {
	const HALF_LABEL = 22;
	const { plot, width } = frame;
	if (x < plot.left + HALF_LABEL / 2) return { x, label, align: 'left' };
	const isCrowded = x + HALF_LABEL > width - 40 && x > plot.left + plot.width - HALF_LABEL;
	return { x, label, align: isCrowded ? 'right' : 'center' };
}

function stepFor({ plot, x }: Frame, cadence: Cadence): Step {
	const perPixel = (x.max - x.min) / plot.width;
	const DAILY_WEEKS = 8;
	const steps =
		cadence === 'weekly' && x.max - x.min > DAILY_WEEKS * SECONDS.week ? WEEK_STEPS : stepsOf(cadence);
	const wide = steps.filter(
		({ unit, count }) => unit !== 'edges' && (SECONDS[unit] * count) / perPixel >= TICK_GAP_MIN
	);
	const [finest] = wide;
	if (finest?.unit !== 'week') return finest ?? { unit: 'edges', count: 0 };
	// A little coarser is better when both edges then have a label.
	const weeks = Math.round((x.max - x.min) / SECONDS.week);
	const isEven = ({ unit, count }: Step) =>
		unit === 'week' && weeks % count === 0 && count <= finest.count * COARSER_MAX;
	return wide.find(isEven) ?? finest;
}

const COARSER_MAX = 1.5;

/** A moment finer than the values would be made up. */
function stepsOf(cadence: Cadence): readonly Step[] {
	if (cadence === 'hourly') return STEPS;
	const finest = cadence === 'monthly' || cadence === 'quarterly' ? 'month' : 'day';
	const steps = STEPS.slice(STEPS.findIndex(({ unit }) => unit === finest));
	return cadence === 'quarterly' ? steps.filter(({ unit, count }) => unit !== 'month' || count >= 3) : steps;
}

function momentsOf(frame: Frame, step: Step, basis: TickBasis): readonly number[] {
	if (step.unit === 'edges') return [];
	if (step.unit === 'week') return weeksBack(frame, step.count, basis.lastAt ?? frame.x.max);
	const { clock } = basis;
	const phase = basis.cadence === 'hourly' ? undefined : clock.wallTime(basis.lastAt ?? frame.x.max);
	const found: number[] = [];
	const TICKS_MAX = 64;
	let wall: WallTime = floor(clock.wallTime(frame.x.min), step);
	for (let count = 0; count < TICKS_MAX; count++) {
		const at = clock.instantOf(phase ? withPhase(wall, phase, step) : wall);
		if (at > frame.x.max) break;
		if (at >= frame.x.min) found.push(at);
		wall = next(wall, step);
	}
	return found;
}

/** Weeks are counted back from the last value, so that it has a label. */
function weeksBack({ x }: Frame, count: number, lastAt: number): readonly number[] {
	const step = count * SECONDS.week;
	const first = lastAt - Math.floor((lastAt - x.min) / step) * step;
	const moments: number[] = [];
	for (let at = first; at <= x.max; at += step) moments.push(at);
	return moments;
}

/** The latest round moment of `step` at or before `wall`. */
function floor(wall: WallTime, step: Step): WallTime {
	const { year, month, day, hour, minute } = wall;
	const midnight = { year, month, day, hour: 0, minute: 0, second: 0 };
	switch (step.unit) {
		case 'minute':
			return { ...midnight, hour, minute: minute - (minute % step.count) };
		case 'hour':
			return { ...midnight, hour: hour - (hour % step.count) };
		case 'day': {
			const ordinal = Math.floor(Date.UTC(year, month - 1, day) / 1000 / DAY_SECONDS);
			// Day 4 of the epoch was a Monday: whole weeks are counted from there.
			const back = step.count % 7 === 0 ? (ordinal - 4) % step.count : ordinal % step.count;
			return { ...midnight, day: day - back };
		}
		case 'month':
			return { ...midnight, month: month - ((month - 1) % step.count), day: 1 };
		default:
			return { ...midnight, year: year - (year % (step.count || 1)), month: 1, day: 1 };
	}
}

/** Parts may run over: the clock carries them, as `Date.UTC` does. */
function next(wall: WallTime, { unit, count }: Step): WallTime {
	if (unit === 'edges' || unit === 'week') return wall;
	return { ...wall, [unit]: wall[unit] + count };
}

function withPhase(wall: WallTime, phase: WallTime, { unit }: Step): WallTime {
	const { hour, minute, second } = phase;
	const LAST_COMMON_DAY = 28;
	const day = unit === 'month' || unit === 'year' ? Math.min(phase.day, LAST_COMMON_DAY) : wall.day;
	return { ...wall, day, hour, minute, second };
}

function labelOf(seconds: number, step: Step, { cadence, clock }: TickBasis): string {
	const wall = clock.wallTime(seconds);
	switch (step.unit) {
		case 'minute':
			return clockText(wall);
		case 'hour':
			return wall.hour === 0 && wall.minute === 0 ? dayShort(wall) : clockText(wall);
		case 'week':
			return `W${isoWeek(wall).week}`;
		case 'month':
			return monthLabel(wall, cadence);
		case 'year':
			return String(wall.year);
		default:
			return weekday(wall) > 0 ? dayShort(wall) : '';
	}
}

function monthLabel(wall: WallTime, cadence: Cadence): string {
	if (cadence === 'quarterly') return `Q${quarterOf(wall)} ${String(wall.year).slice(2)}`;
	return wall.month === 1 ? String(wall.year) : monthShort(wall.month);
}
