import '#lib/ui/styles/app.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { actions, commentary } from '../specimens/lists.ts';
import { monday, quarter } from '../specimens/rhythm.ts';
import ListCard from './ListCard.svelte';
import NextMeeting from './NextMeeting.svelte';
import RangeBar from './RangeBar.svelte';
import { thirteenWeeks } from './rhythm.ts';
import RhythmDays from './RhythmDays.svelte';
import RhythmScore from './RhythmScore.svelte';
import ThirteenWeeks from './ThirteenWeeks.svelte';

const textOf = (locator: Locator) => locator.element().textContent?.replaceAll(/\s+/g, ' ').trim();
const score = { on: monday, range: 'week', today: monday, events: quarter } as const;
const focused = () => document.activeElement?.textContent?.replaceAll(/\s+/g, ' ').trim();

test('the score is a grid of cadences and days', async () => {
	await render(RhythmScore, { props: score });
	await expect.element(page.getByRole('grid', { name: 'Rhythm' })).toBeVisible();
	const names = (role: 'columnheader' | 'rowheader') =>
		page
			.getByRole(role)
			.elements()
			.map((element) => element.textContent?.replaceAll(/\s+/g, ' ').trim());
	expect(names('columnheader')).toEqual(['Cadence', 'Mon 8 Today', 'Tue 9', 'Wed 10', 'Thu 11', 'Fri 12']);
	expect(names('rowheader')).toEqual(['Daily', 'Weekly', 'Bi-weekly', 'Monthly', 'Quarterly']);
});

test('it is one tab stop, at what is next, and arrows move', async () => {
	await render(RhythmScore, { props: score });
	await userEvent.tab();
	expect(focused()).toContain('Ops Review 10:00 6 of 9 commentaries , Mon 8 Jun, next');
	await userEvent.keyboard('{ArrowRight}');
	expect(focused()).toContain('Security Standup');
	await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
	expect(focused()).toContain('OKR check-in drafts due');
	await userEvent.keyboard('{Home}');
	expect(focused()).toContain('Standup , Mon 8 Jun, done');
	await userEvent.tab();
	expect(document.activeElement).toBe(document.body);
	await userEvent.tab({ shift: true });
	expect(focused()).toContain('Standup');
});

test('letters change the range while the score has the focus', async () => {
	const onrange = vi.fn();
	await render(RhythmScore, { props: { ...score, onrange } });
	await userEvent.tab();
	await userEvent.keyboard('mQw');
	expect(onrange.mock.calls).toEqual([['month'], ['quarter'], ['week']]);
});

test('an event without an address is opened by Enter and by the pointer', async () => {
	const onopen = vi.fn();
	const event = {
		id: 'a',
		title: 'QBR',
		cadence: 'quarterly',
		on: monday,
		time: '13:00',
		state: 'planned'
	} as const;
	await render(RhythmScore, { props: { ...score, events: [event], onopen } });
	await userEvent.tab();
	await userEvent.keyboard('{Enter}');
	await page.getByRole('button', { name: /QBR/ }).click();
	expect(onopen.mock.calls).toEqual([[event], [event]]);
});

test('a month shows one block for a series of a week', async () => {
	await render(RhythmScore, { props: { ...score, range: 'month' } });
	await expect
		.element(page.getByRole('link', { name: /5 × Standup.*5 times in this week/ }).first())
		.toBeVisible();
});

test('an empty rhythm is a quiet grid, not a broken one', async () => {
	await render(RhythmScore, { props: { ...score, events: [] } });
	expect(page.getByRole('gridcell').elements()).toHaveLength(25);
	await userEvent.tab();
	await userEvent.keyboard('{ArrowRight}');
	expect(page.getByRole('link').elements()).toHaveLength(0);
});

test('thirteen weeks are a list in words', async () => {
	await render(ThirteenWeeks, { weeks: thirteenWeeks(quarter, monday) });
	const weeks = page.getByRole('listitem');
	expect(weeks.elements()).toHaveLength(13);
	await expect
		.poll(() => textOf(weeks.nth(3)))
		.toMatch(/^Week 27, from 29 Jun: daily, weekly, bi-weekly, quarterly. QBR on 30 Jun/);
});

test('the range moves by its own length and back to today', async () => {
	const onmove = vi.fn();
	await render(RangeBar, { on: '2026-06-10', range: 'month', today: monday, onmove, onrange: vi.fn() });
	await page.getByRole('button', { name: 'Previous month' }).click();
	await page.getByRole('button', { name: 'Next month' }).click();
	await page.getByRole('button', { name: 'Today' }).click();
	expect(onmove.mock.calls).toEqual([['2026-05-31'], ['2026-07-01'], [monday]]);
});

test('days of a phone hold their events by time', async () => {
	const events = quarter.filter(({ on }) => on === monday);
	await render(RhythmDays, { props: { events: events.toReversed(), today: monday } });
	await expect.element(page.getByRole('heading', { name: 'Mon 8 Jun' })).toBeVisible();
	const links = page.getByRole('link').elements();
	expect(links.map((link) => link.querySelector('b')?.textContent)).toEqual(['Standup', 'Ops Review']);
});

test('a row is ticked off, one with an address leads', async () => {
	const ontick = vi.fn();
	await render(ListCard, { title: 'Actions due', rows: actions, empty: 'No action is due.', ontick });
	await page.getByRole('checkbox', { name: 'Close INC-2274 review' }).click();
	expect(ontick.mock.calls).toEqual([[actions[1], true]]);
	await render(ListCard, { title: 'Commentary due', rows: commentary, empty: '' });
	await expect.element(page.getByRole('link', { name: /Off target Runbook automation/ })).toBeVisible();
});

test('an empty card says what it would hold', async () => {
	await render(ListCard, { title: 'Actions due', rows: [], empty: 'No action is due this week.' });
	await expect.element(page.getByText('No action is due this week.')).toBeVisible();
});

test('the next meeting says when it starts, or that it is on', async () => {
	const open = { label: 'Open meeting', href: '#meeting' };
	const banner = await render(NextMeeting, { title: 'Ops Review', when: 'in 26 min', open });
	await expect.element(page.getByRole('heading', { name: 'Ops Review starts in 26 min' })).toBeVisible();
	await banner.rerender({ isRunning: true });
	await expect.element(page.getByRole('heading', { name: 'Ops Review is on' })).toBeVisible();
});
