import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { KpiId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { SeriesView } from '#lib/domain/points.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import KpiBlock from './KpiBlock.svelte';

const DAY = 86_400;
const FROM = Date.parse('2026-05-11T10:00:00Z') / 1000;
const NOW_MS = Date.parse('2026-06-08T10:11:00Z');
const kpi = 'slo' as KpiId;
const contract = {
	id: kpi,
	order: 'a0',
	name: 'SLO attainment, Tier-0',
	unit: '%',
	decimals: 2,
	direction: 'up',
	target: 99.9,
	redBelow: 99.8,
	cadence: 'daily'
} as KpiContract;

const daily = (values: readonly number[]): PointSeries =>
	mergePoints(
		EMPTY_SERIES,
		values.map((value, index) => ({ at: FROM + index * DAY, value }))
	);
const slo = daily([
	...Array.from({ length: 24 }, (_, index) => 99.93 + (index % 3) / 100),
	99.77,
	99.78,
	99.8,
	99.82
]);

const viewOf = (series: PointSeries, rest: Partial<SeriesView> = {}): SeriesView => ({
	series: () => series,
	segments: series.seconds.length > 0 ? [''] : [],
	asOfMs: NOW_MS - 6 * 60_000,
	isPaused: false,
	isLoading: false,
	...rest
});

const base = { kpi, contract, view: viewOf(slo), markers: [], nowMs: NOW_MS, zone: 'UTC' };

afterEach(() => {
	document.documentElement.removeAttribute('data-theme');
});

const canvas = () => document.querySelector('canvas') as HTMLCanvasElement;

/** Waits until the chart is drawn, and gives its pixels as text that changes when they do. */
async function drawn(): Promise<string> {
	await expect.poll(() => canvas()?.width ?? 0).toBeGreaterThan(0);
	await expect.poll(() => isPainted()).toBe(true);
	return canvas().toDataURL();
}

function isPainted(): boolean {
	const { width, height } = canvas();
	const pixels = canvas().getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
	return pixels.some((value) => value !== 0);
}

test('a block says status, value, change and age, and describes its chart in a sentence', async () => {
	await render(KpiBlock, base);
	await expect.element(page.getByRole('img', { name: 'At risk', exact: true })).toBeVisible();
	await expect.element(page.getByText('99.82%')).toBeVisible();
	await expect.element(page.getByText('as of 10:05')).toBeVisible();
	const chart = page.getByRole('img', { name: /fell to 99.77% on 4 June, now 99.82%/ });
	await expect.element(chart).toBeInTheDocument();
	await drawn();
});

test('arrows walk over the points, and each is read out with status and value', async () => {
	await render(KpiBlock, base);
	await drawn();
	const slider = page.getByRole('slider', { name: 'Points of SLO attainment, Tier-0' });
	(slider.element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
	await expect.element(slider).toHaveAttribute('aria-valuetext', 'Sat 6 Jun: At risk, 99.80%');
	await userEvent.keyboard('{Home}');
	await expect.element(slider).toHaveAttribute('aria-valuetext', 'Mon 11 May: On target, 99.93%');
	await userEvent.keyboard('{Escape}');
	await expect.element(slider).toHaveAttribute('aria-valuenow', '27');
});

test('V shows the same points as a table, and V again the chart', async () => {
	await render(KpiBlock, base);
	await drawn();
	(page.getByRole('slider').element() as HTMLElement).focus();
	await userEvent.keyboard('v');
	await expect.element(page.getByRole('rowheader').first()).toHaveTextContent('Sun 7 Jun');
	await expect.element(page.getByRole('cell').nth(0)).toHaveTextContent('99.82%');
	await expect.element(page.getByRole('cell', { name: 'At risk' }).first()).toBeVisible();
	expect(page.getByRole('row').elements().length).toBe(29);
	await expect.element(page.getByRole('region')).toHaveFocus();
	await userEvent.keyboard('v');
	await expect.element(page.getByRole('slider')).toHaveFocus();
});

test('a zoom by keyboard shows less, can be reset, and ends when another range is chosen', async () => {
	await render(KpiBlock, base);
	const whole = await drawn();
	(page.getByRole('slider').element() as HTMLElement).focus();
	await userEvent.keyboard('+');
	const reset = page.getByRole('button', { name: 'Reset zoom' });
	await expect.element(reset).toBeVisible();
	await expect.poll(() => canvas().toDataURL()).not.toBe(whole);
	await reset.click();
	await expect.poll(() => canvas().toDataURL()).toBe(whole);
});

test('marking a stretch with the mouse zooms into it', async () => {
	await render(KpiBlock, base);
	await drawn();
	const over = page.getByRole('slider').element();
	const { left, top, width } = over.getBoundingClientRect();
	const at = (share: number) => ({
		clientX: left + width * share,
		clientY: top + 60,
		pointerId: 1,
		pointerType: 'mouse',
		button: 0,
		bubbles: true
	});
	Object.assign(over, { setPointerCapture: () => undefined });
	over.dispatchEvent(new PointerEvent('pointerdown', at(0.3)));
	over.dispatchEvent(new PointerEvent('pointermove', at(0.6)));
	over.dispatchEvent(new PointerEvent('pointerup', at(0.6)));
	await expect.element(page.getByRole('button', { name: 'Reset zoom' })).toBeVisible();
});

test('a wheel alone scrolls the page, with Ctrl it zooms', async () => {
	await render(KpiBlock, base);
	await drawn();
	const over = page.getByRole('slider').element();
	const turn = (ctrlKey: boolean) => {
		const wheel = new WheelEvent('wheel', { deltaY: -300, ctrlKey, clientX: 300, cancelable: true });
		over.dispatchEvent(wheel);
		return wheel.defaultPrevented;
	};
	expect(turn(false)).toBe(false);
	expect(turn(true)).toBe(true);
	await expect.element(page.getByRole('button', { name: 'Reset zoom' })).toBeVisible();
});

test('a choice of range is told when the document holds it', async () => {
	const chosen: string[] = [];
	await render(KpiBlock, { ...base, range: '28d', onrange: (range: string) => void chosen.push(range) });
	await page.getByRole('button', { name: '28 days' }).click();
	await page.getByText('12 weeks').click();
	expect(chosen).toEqual(['12w']);
	await expect.element(page.getByRole('button', { name: '28 days' })).toBeVisible();
});

test('the colours follow the theme', async () => {
	document.documentElement.dataset['theme'] = 'light';
	await render(KpiBlock, base);
	const light = await drawn();
	document.documentElement.dataset['theme'] = 'dark';
	await expect.poll(() => canvas().toDataURL()).not.toBe(light);
});

test('new points move the line without making another chart', async () => {
	const screen = await render(KpiBlock, base);
	await drawn();
	const first = canvas();
	const more = mergePoints(slo, [{ at: FROM + 28 * DAY, value: 99.95 }]);
	await screen.rerender({ ...base, view: viewOf(more) });
	await expect.element(page.getByText('99.95%')).toBeVisible();
	await expect.element(page.getByRole('img', { name: 'On target', exact: true })).toBeVisible();
	expect(canvas()).toBe(first);
});

test('without a connection the block says since when it is paused', async () => {
	await render(KpiBlock, { ...base, view: viewOf(slo, { isPaused: true }) });
	await expect.element(page.getByText('as of 10:05, paused')).toBeVisible();
});

test('a KPI without points says how they come; one without a contract says so', async () => {
	const empty = viewOf(EMPTY_SERIES);
	const apiUrl = 'https://example.org/api/v1/spaces/ops/kpis/slo/points';
	const screen = await render(KpiBlock, { ...base, view: empty, apiUrl, href: '/ops/kpis/kpis/slo' });
	await expect.element(page.getByText('No points yet.')).toBeVisible();
	await expect.element(page.getByText(`POST ${apiUrl}`)).toBeVisible();
	await screen.rerender({ ...base, contract: undefined, view: empty });
	await expect.element(page.getByText('No KPI is called slo here.')).toBeVisible();
	await screen.rerender({ ...base, contract: undefined, view: viewOf(slo) });
	await expect.element(page.getByText(/No contract yet/)).toBeVisible();
});

test('parts of a KPI can be told apart', async () => {
	const view = viewOf(slo, {
		segments: ['EU', 'US'],
		series: (segment) => (segment === 'US' ? daily([99.5, 99.6]) : slo)
	});
	await render(KpiBlock, { ...base, view });
	await expect.element(page.getByText('99.82%')).toBeVisible();
	await page.getByRole('button', { name: 'EU' }).click();
	await page.getByText('US', { exact: true }).click();
	await expect.element(page.getByText('99.60%')).toBeVisible();
});

test.each(['light', 'dark'])(
	'a block has no finding of axe in the %s theme, as chart or table',
	async (theme) => {
		document.documentElement.dataset['theme'] = theme;
		await render(KpiBlock, { ...base, href: '#slo' });
		await drawn();
		expect(await axeFindings()).toEqual([]);
		(page.getByRole('slider').element() as HTMLElement).focus();
		await userEvent.keyboard('v');
		await expect.element(page.getByRole('region')).toHaveFocus();
		expect(await axeFindings()).toEqual([]);
	}
);
