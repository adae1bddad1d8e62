import { addDays, daysFrom, weekdayOf, type IsoDate } from '#lib/domain/calendar.ts';
import { kpiId } from '#lib/domain/id.ts';
import { cadence as cadenceName, type Cadence } from '#lib/domain/kpi.ts';
import { WHOLE } from '#lib/domain/points.ts';
import { fnv1a } from '#lib/docs/seed.ts';
import { Random } from '#lib/util/random.ts';
import type { MeasuredPoint } from '../kpi/series-store.ts';
import type { KpiPoints } from './beginning.ts';
import { contracts } from './sample-contracts.ts';
import { paths, type Gap, type Path } from './sample-paths.ts';
import type { Stage } from './sample-stage.ts';

/** The points of every KPI that has some, each up to now at its cadence. */
export function samplePoints(stage: Stage): readonly KpiPoints[] {
	const due = new Map(CADENCES.map((cadence) => [cadence, instantsOf(cadence, stage)]));
	return contracts.flatMap(({ id, cadence, decimals = 0 }) => {
		const path = paths[id];
		if (!path) return [];
		const instants = due.get(cadence) ?? [];
		const random = new Random(fnv1a(new TextEncoder().encode(id)));
		const values = valuesOf(path, { instants, stage, random }).map((value) => rounded(value, decimals));
		const isMeasured = (atMs: number) => !path.gap || !isIn(path.gap, atMs, stage);
		const whole = instants
			.map((atMs, index): MeasuredPoint => ({ atMs, value: values[index] ?? 0, segment: WHOLE }))
			.filter(({ atMs }) => isMeasured(atMs));
		return [
			{ kpi: kpiId.parse(id), points: path.parts ? [...whole, ...split(whole, path.parts, random)] : whole }
		];
	});
}

const CADENCES = cadenceName.options;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const HOURLY_DAYS = 14;
const DAILY_DAYS = 27 * 7;
const WEEKLY_DAYS = 53 * 7;
const MONTHLY_DAYS = 25 * 31;

/** Hourly values are read every five minutes of the clock. */
const READ_EVERY_MS = 5 * MINUTE_MS;

const FRIDAY = 5;

/** When values came, ascending: each hour, each morning, at the end of each working week, on the first of a month. */
function instantsOf(cadence: Cadence, { today, at, nowMs }: Stage): readonly number[] {
	const newestMs = Math.floor(nowMs / READ_EVERY_MS) * READ_EVERY_MS;
	const hours = HOURLY_DAYS * 24;
	const onDays = (days: number, time: string, isDue: (day: IsoDate) => boolean) =>
		daysFrom(addDays(today, -days), today)
			.filter(isDue)
			.map((day) => at(day, time))
			.filter((atMs) => atMs <= nowMs);
	switch (cadence) {
		case 'hourly':
			return Array.from({ length: hours + 1 }, (_, index) => newestMs - (hours - index) * HOUR_MS);
		case 'daily':
			return onDays(DAILY_DAYS, '06:00', () => true);
		case 'weekly':
			return onDays(WEEKLY_DAYS, '17:00', (day) => weekdayOf(day) === FRIDAY);
		case 'monthly':
		case 'quarterly':
			return onDays(MONTHLY_DAYS, '07:00', (day) => day.endsWith('-01'));
	}
}

interface Course {
	readonly instants: readonly number[];
	readonly stage: Stage;
	readonly random: Random;
}

/** One value an instant: where the path says so that value, else one near the level of that time. */
function valuesOf(path: Path, { instants, stage, random }: Course): readonly number[] {
	const { level, spread, before = [], since = [], during, latest = [] } = path;
	const { releaseMs, rollbackMs } = stage.story;
	const [from, to] = level;
	const found = instants.findIndex((atMs) => atMs > releaseMs);
	const firstSince = found < 0 ? instants.length : found;
	return instants.map((atMs, index) => {
		const isSlow = during !== undefined && atMs > releaseMs && atMs < rollbackMs;
		const usual = isSlow ? during : from + ((to - from) * index) / Math.max(1, instants.length - 1);
		const near = usual + spread * bell(random);
		const after = index - firstSince;
		const told = after < 0 ? before[before.length + after] : (since[after] ?? since.at(-1));
		return told ?? latest[latest.length - (instants.length - index)] ?? near;
	});
}

/** Between -1 and 1, near 0 more often. */
const bell = (random: Random): number => ((random.next() + random.next() + random.next()) / 3) * 2 - 1;

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

const isIn = ({ fromDaysAgo, toDaysAgo }: Gap, atMs: number, { nowMs }: Stage): boolean =>
	atMs > nowMs - fromDaysAgo * DAY_MS && atMs < nowMs - toDaysAgo * DAY_MS;

/** Whole numbers that add up to the whole. */
function split(
	whole: readonly MeasuredPoint[],
	{ first, share, rest }: NonNullable<Path['parts']>,
	random: Random
): readonly MeasuredPoint[] {
	const WOBBLE = 0.006;
	const firsts = whole.map((point) => ({
		...point,
		value: Math.round(point.value * (share + WOBBLE * bell(random))),
		segment: first
	}));
	const rests = whole.map((point, index) => ({
		...point,
		value: point.value - (firsts[index]?.value ?? 0),
		segment: rest
	}));
	return [...firsts, ...rests];
}
