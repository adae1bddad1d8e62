import type { Cadence } from './kpi.ts';
import { indexNear, lastPoint, pointAt, type Point, type PointSeries } from './series.ts';

/** How the last value differs from the one a period earlier. */
export interface Change {
	readonly now: Point;
	readonly before: Point;
	/** `now − before`, in the KPI's unit. */
	readonly difference: number;
	readonly period: Period;
}

/** Day on day, week on week, month on month, quarter on quarter. */
export type Period = 'DoD' | 'WoW' | 'MoM' | 'QoQ';

export const PERIOD_WORDS: Record<Period, string> = {
	DoD: 'against the day before',
	WoW: 'against the week before',
	MoM: 'against the month before',
	QoQ: 'against the quarter before'
};

const DAY_SECONDS = 86_400;

/** How far back to look, and how far off that a value may lie. A month has 28-31 days, a quarter 90-92. */
const LOOKS: Record<Cadence, { period: Period; backDays: number; slackDays: number }> = {
	hourly: { period: 'DoD', backDays: 1, slackDays: 1 / 24 },
	daily: { period: 'WoW', backDays: 7, slackDays: 0.6 },
	weekly: { period: 'WoW', backDays: 7, slackDays: 3.5 },
	monthly: { period: 'MoM', backDays: 30.4, slackDays: 10 },
	quarterly: { period: 'QoQ', backDays: 91.3, slackDays: 30 }
};

/** The change of the last value, or undefined when there is no value near the moment one period earlier. */
export function changeOf(series: PointSeries, cadence: Cadence): Change | undefined {
	const now = lastPoint(series);
	if (!now) return undefined;
	const { period, backDays, slackDays } = LOOKS[cadence];
	const wanted = now.at - backDays * DAY_SECONDS;
	const before = pointAt(series, indexNear(series, wanted));
	if (!before || Math.abs(before.at - wanted) > slackDays * DAY_SECONDS || before.at === now.at)
		return undefined;
	return { now, before, difference: now.value - before.value, period };
}
