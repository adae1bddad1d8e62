import { clockText, dayShort, type ZoneClock } from '#lib/domain/series-calendar.ts';
import { lastPoint } from '#lib/domain/series.ts';
import type { Figure } from './figure.ts';
import { momentText } from './moment.ts';

/**
 * How old what a chart shows is: “as of 10:05”, “as of 8 Jun, 09:20”, “as of 10:08, paused”. When values stopped
 * coming it names the last one's moment instead. Empty before the server has answered once.
 */
export function asOfText(figure: Figure, view: { asOfMs: number | undefined; isPaused: boolean }): string {
	const last = lastPoint(figure.series);
	const paused = view.isPaused ? ', paused' : '';
	if (figure.span.isStale && last) return `as of ${momentText(last.at, figure)}${paused}`;
	if (view.asOfMs === undefined) return view.isPaused ? 'paused' : '';
	return `as of ${whenText(view.asOfMs / 1000, figure)}${paused}`;
}

function whenText(seconds: number, { clock, nowSeconds }: { clock: ZoneClock; nowSeconds: number }): string {
	const [wall, now] = [clock.wallTime(seconds), clock.wallTime(nowSeconds)];
	const isToday = wall.day === now.day && wall.month === now.month && wall.year === now.year;
	return isToday ? clockText(wall) : `${dayShort(wall)}, ${clockText(wall)}`;
}
