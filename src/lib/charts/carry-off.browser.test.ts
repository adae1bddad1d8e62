import '#lib/ui/styles/app.css';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { KpiId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { EMPTY_SERIES, mergePoints } from '#lib/domain/series.ts';
import { carryPicture, carryText, fileNameOf, pngOf } from './carry-off.ts';
import { carryOffCsv, carryOffPicture } from './carry-chart.ts';
import { ChartLook } from './chart-look.svelte.ts';
import KpiChart from './KpiChart.svelte';

const DAY = 86_400;
const NOW_MS = Date.parse('2026-06-08T10:00:00Z');
const series = mergePoints(
	EMPTY_SERIES,
	[52, 49, 74].map((value, index) => ({ at: NOW_MS / 1000 - (2 - index) * 7 * DAY, value }))
);
const contract = {
	id: 'mttr' as KpiId,
	order: 'a0',
	name: 'MTTR, Sev 1/2',
	unit: 'min',
	direction: 'down',
	target: 45,
	redAbove: 60,
	cadence: 'weekly'
} as KpiContract;

const lookAt = () =>
	new ChartLook(() => ({
		kpi: contract.id,
		contract,
		view: { series: () => series, segments: [''], asOfMs: NOW_MS, isPaused: false, isLoading: false },
		markers: [],
		range: 'all',
		segment: undefined,
		nowMs: NOW_MS,
		zone: 'UTC'
	}));

afterEach(() => vi.restoreAllMocks());

const closedClipboard = () => {
	vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
	vi.spyOn(navigator.clipboard, 'write').mockRejectedValue(new Error('not allowed'));
	return vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
};

test('where the clipboard is closed, a file is kept instead', async () => {
	const click = closedClipboard();
	expect(await carryText('a,b', 'x.csv')).toBe('kept');
	expect(await carryPicture(document.createElement('canvas'), 'x.png')).toBe('kept');
	expect(click).toHaveBeenCalledTimes(2);
});

test('where it is open, nothing is downloaded', async () => {
	const click = closedClipboard();
	const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
	expect(await carryOffCsv(lookAt(), { name: 'MTTR', way: 'copy' })).toBe('CSV copied');
	expect(write.mock.calls[0]?.[0]).toContain('2026-06-08T10:00:00.000Z,74');
	expect(click).not.toHaveBeenCalled();
});

test('the picture of a chart is twice its size and has something on it', async () => {
	closedClipboard();
	const look = lookAt();
	await render(KpiChart, { look, name: 'MTTR, Sev 1/2' });
	await expect.poll(() => document.querySelector('canvas')?.width ?? 0).toBeGreaterThan(1);
	const canvas = await look.camera?.('MTTR · 74 min');
	expect(canvas?.width).toBe(2 * (document.querySelector('.canvas')?.clientWidth ?? 0));
	const drawn = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
	const colours = new Set<string>();
	for (let index = 0; index < drawn.length; index += 4)
		colours.add(`${drawn[index]} ${drawn[index + 1]} ${drawn[index + 2]}`);
	expect(colours.size).toBeGreaterThan(20);
	expect((await pngOf(canvas as HTMLCanvasElement)).type).toBe('image/png');
	expect(await carryOffPicture(look, { name: 'MTTR, Sev 1/2', way: 'copy' })).toBe(
		'mttr-sev-1-2.png is in your downloads'
	);
});

test('a chart that is shown as a table has no picture, and says so', async () => {
	expect(await carryOffPicture(lookAt(), { name: 'MTTR', way: 'copy' })).toBe(
		'Show the chart to copy its picture'
	);
});

test('file names are plain', () => {
	expect(fileNameOf('SLO: 99.9% / Tier-0', 'csv')).toBe('slo-99-9-tier-0.csv');
	expect(fileNameOf('///', 'png')).toBe('chart.png');
});
