import { expect, test } from 'vitest';
import type { Cadence } from '#lib/domain/kpi.ts';
import { zoneClock } from '#lib/domain/series-calendar.ts';
import type { Frame } from './frame.ts';
import { timeTicks } from './time-ticks.ts';

const DAY = 86_400;
const at = (iso: string) => Date.parse(iso) / 1000;

function labels(options: { from: string; to: string; cadence: Cadence; width?: number; zone?: string }) {
	const { from, to, cadence, width = 576, zone = 'UTC' } = options;
	const frame: Frame = {
		width: width + 128,
		height: 172,
		plot: { left: 46, top: 30, width, height: 118 },
		x: { min: at(from), max: at(to) },
		y: { min: 0, max: 1 }
	};
	return timeTicks(frame, { cadence, clock: zoneClock(zone), lastAt: at(to) });
}

const texts = (ticks: ReturnType<typeof labels>) => ticks.map(({ label }) => label);

test('four weeks of days are labelled on Mondays and at the last day', () => {
	const month = { from: '2026-05-11T10:00:00Z', to: '2026-06-07T10:00:00Z', cadence: 'daily' as const };
	expect(texts(labels(month))).toEqual(['11 May', '18 May', '25 May', '1 Jun', '7 Jun']);
	expect(texts(labels({ ...month, width: 270 }))).toEqual(['11 May', '25 May', '7 Jun']);
});

test('half a year of weeks is labelled by week, counted back from the last', () => {
	const half = labels({ from: '2025-12-15T07:00:00Z', to: '2026-06-08T07:00:00Z', cadence: 'weekly' });
	expect(texts(half).at(-1)).toBe('W24');
	expect(texts(half)).toEqual(['W51', 'W4', 'W9', 'W14', 'W19', 'W24']);
});

test('a day of five-minute values is labelled by hours, and midnight by its date', () => {
	const day = labels({ from: '2014-02-14T14:30:00Z', to: '2014-02-15T14:30:00Z', cadence: 'hourly' });
	expect(texts(day)).toEqual(['14:30', '18:00', '15 Feb', '06:00', '12:00']);
});

test('months and quarters are named, years where they begin', () => {
	const year = labels({ from: '2025-03-01T00:00:00Z', to: '2026-02-01T00:00:00Z', cadence: 'monthly' });
	expect(texts(year)).toContain('2026');
	expect(texts(year)).toContain('Jul');
	const quarters = labels({ from: '2020-01-01T00:00:00Z', to: '2022-07-01T00:00:00Z', cadence: 'quarterly' });
	expect(texts(quarters)).toContain('Q3 20');
});

test('labels never crowd, however far one looks', () => {
	for (const days of [0.01, 0.1, 1, 3, 9, 30, 100, 365, 1000, 4000, 20_000]) {
		for (const cadence of ['hourly', 'daily', 'weekly', 'monthly', 'quarterly'] as const) {
			const to = at('2026-06-08T10:00:00Z');
			const ticks = labels({
				from: new Date((to - days * DAY) * 1000).toISOString(),
				to: '2026-06-08T10:00:00Z',
				cadence
			});
			expect(ticks.length).toBeLessThanOrEqual(8);
			ticks.forEach((tick, index) => {
				expect(tick.x - (ticks[index - 1]?.x ?? -99)).toBeGreaterThan(60);
			});
		}
	}
});

test('days begin at midnight where the reader is', () => {
	const ticks = labels({
		from: '2026-06-01T00:00:00Z',
		to: '2026-06-05T00:00:00Z',
		cadence: 'hourly',
		zone: 'Asia/Tokyo'
	});
	expect(texts(ticks)).toContain('2 Jun');
});
