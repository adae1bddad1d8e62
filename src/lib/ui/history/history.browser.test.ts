import '#lib/ui/styles/app.css';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '../specimens/axe.ts';
import { lines, shown } from '../specimens/history.ts';
import History from '../specimens/History.svelte';
import { timesOf, versionDays } from './days.ts';

const textOf = (locator: Locator) => locator.element().textContent?.replaceAll(/\s+/g, ' ').trim();
const desk = () => page.viewport(1440, 900);
const card = (name: string) => page.getByRole('article', { name });

afterEach(() => {
	delete document.documentElement.dataset['theme'];
});

test('versions stand by day, with time, name, how much, and by whom', async () => {
	await desk();
	await render(History);
	const list = page.getByRole('navigation', { name: 'Versions' });
	const days = list.getByRole('heading', { level: 2 }).elements();
	expect(days.map((day) => day.textContent)).toEqual(['Today', 'Thu 4 Jun']);
	const links = list.getByRole('link').elements().slice(1);
	expect(links.map((link) => link.textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
		'10:04–10:31 4 changes, as it is now NOML',
		'Agreed with finance 09:12 1 change JW',
		'16:40–17:05 12 changes D'
	]);
	expect(links[0]?.getAttribute('aria-current')).toBe('true');
	expect(links[1]?.getAttribute('href')).toBe('#version=81');
	await expect.element(list.getByRole('img', { name: 'Mei Lin' })).toBeVisible();
});

test('a version says who, which fields from what to what, and which words came and went', async () => {
	await desk();
	await render(History);
	await expect
		.element(page.getByRole('heading', { level: 2, name: 'Mon 8 June 2026, 10:04–10:31' }))
		.toBeVisible();
	await expect.element(page.getByText('By Nadia Okafor (you) and Mei Lin')).toBeVisible();
	const fields = card('MTTR, Sev 1/2 median').getByRole('definition').elements();
	expect(fields.map((field) => field.textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
		'was 60 → , now 45',
		'now Mei Lin',
		'was Pager → nothing',
		'to another place in the list'
	]);
	const text = card('SLO & reliability signals');
	expect(textOf(text)).toContain('The median removed: is 52, added: rose to 74, minutes.');
	await expect.element(text.getByText('Only how it looks changed.')).toBeVisible();
	await expect.element(text.getByRole('heading', { name: 'Added, kpi chart' })).toBeVisible();
	const [del, ins] = ['del', 'ins'].map((name) => text.element().querySelector(name));
	expect(getComputedStyle(del as Element).textDecorationLine).toBe('line-through');
	expect(getComputedStyle(ins as Element).textDecorationLine).toBe('underline');
});

test('each thing comes back by its own button, and all by one', async () => {
	await desk();
	const said = vi.fn();
	await render(History, { props: { said } });
	await page.getByRole('button', { name: 'Restore this record: MTTR, Sev 1/2 median' }).click();
	await page.getByRole('button', { name: 'Put back as before: Page load' }).click();
	await page.getByRole('button', { name: 'Restore this field: Space renamed' }).click();
	await page.getByRole('button', { name: 'Restore this passage: SLO & reliability signals, 1' }).click();
	await page.getByRole('button', { name: 'Restore everything' }).click();
	await page.getByRole('button', { name: 'Show older versions' }).click();
	expect(said.mock.calls.flat()).toEqual([
		'restore kpis/mttr',
		'restore kpis/old/removedAt',
		'restore space/title',
		'restore notes.i1#1:1',
		'restore all',
		'more'
	]);
});

test('a version is named with the keyboard alone; why not is said beside the field', async () => {
	await desk();
	const said = vi.fn();
	const screen = await render(History, { props: { said, refusal: 'The server does not answer.' } });
	(page.getByRole('button', { name: 'Name this version' }).element() as HTMLElement).focus();
	await userEvent.keyboard('{Enter}');
	const field = page.getByRole('textbox', { name: 'Name' });
	await expect.element(field).toHaveFocus();
	await userEvent.keyboard('Before the cut{Enter}');
	await expect.element(page.getByText('The server does not answer.')).toBeVisible();
	expect(said).toHaveBeenCalledExactlyOnceWith('name Before the cut');
	await userEvent.clear(field);
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/^Say what this version is/)).toBeVisible();
	await screen.rerender({ refusal: undefined });
	await userEvent.keyboard('After it{Enter}');
	await expect.element(field).not.toBeInTheDocument();
	expect(said).toHaveBeenLastCalledWith('name After it');
});

test('one that has a name is renamed, and the name is taken off', async () => {
	await desk();
	const said = vi.fn();
	await render(History, { props: { said, selected: lines[1] } });
	await expect.element(page.getByRole('heading', { level: 2, name: 'Agreed with finance' })).toBeVisible();
	await page.getByRole('button', { name: 'Remove the name' }).click();
	expect(said).toHaveBeenCalledExactlyOnceWith('unname');
	await page.getByRole('button', { name: 'Rename this version' }).click();
	await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Agreed with finance');
});

test('who may only read is offered nothing to write', async () => {
	await desk();
	const changes =
		shown.is === 'ready' ? shown.changes.map(({ bringsBack: _, ...one }) => ({ ...one, passages: [] })) : [];
	await render(History, {
		props: { mayWrite: false, shown: { is: 'ready', changes, isPresent: false, mayRestoreAll: false } }
	});
	const buttons = page.getByRole('button').elements();
	expect(buttons.map((button) => button.textContent?.trim())).toEqual(['Show older versions']);
});

test('on a phone the list comes first, then the version with the focus on its heading', async () => {
	await page.viewport(390, 844);
	const screen = await render(History);
	const list = page.getByRole('navigation', { name: 'Versions' });
	const pane = page.getByRole('region', { name: 'What changed in this version' });
	await expect.element(list).toBeVisible();
	await expect.element(pane).not.toBeInTheDocument();
	await screen.rerender({ isChosen: true });
	await expect.element(pane).toBeVisible();
	await expect.element(list).not.toBeInTheDocument();
	await expect.element(pane.getByRole('heading', { level: 2 })).toHaveFocus();
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
});

const states = {
	all: {},
	phone: { isChosen: true },
	'all loading': { versions: { is: 'loading' }, selected: undefined },
	'version loading': { shown: { is: 'loading' } },
	offline: { versions: { is: 'refused', isOffline: true, sentence: '' }, selected: undefined },
	busy: {
		versions: { is: 'refused', isOffline: false, sentence: 'Try again in a few seconds.' },
		selected: undefined
	},
	'version offline': { shown: { is: 'refused', isOffline: true, sentence: '' } },
	empty: { versions: { is: 'ready', versions: [], hasMore: false }, selected: undefined },
	present: { shown: { is: 'ready', changes: [], isPresent: true, mayRestoreAll: false } }
} as const;

const WORDS: Readonly<Record<keyof typeof states, string>> = {
	all: 'Restore everything',
	phone: 'Restore everything',
	'all loading': 'Asking the server for the versions',
	'version loading': 'Building this version',
	offline: 'History is with the team',
	busy: 'Try again in a few seconds.',
	'version offline': 'This version is with the team',
	empty: 'No versions yet',
	present: 'This is how the document is now.'
};

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
	test.each(Object.keys(states) as (keyof typeof states)[])('%s has no finding of axe', async (name) => {
		document.documentElement.dataset['theme'] = theme;
		await page.viewport(name === 'phone' ? 390 : 1440, 900);
		await render(History, { props: states[name] });
		await expect.element(page.getByText(WORDS[name])).toBeVisible();
		expect(await axeFindings()).toEqual([]);
	});
});

test('days are those of the space, and a version over midnight says on which day it began', () => {
	const [line] = lines;
	if (!line) throw new Error('there are lines');
	const late = {
		...line,
		fromMs: Date.parse('2026-06-07T21:50:00Z'),
		toMs: Date.parse('2026-06-07T22:12:00Z')
	};
	const days = (zone: string, today: string) =>
		versionDays([late], { zone, today }).map(({ label }) => label);
	expect(days('Europe/Berlin', '2026-06-08')).toEqual(['Today']);
	expect(days('UTC', '2026-06-08')).toEqual(['Yesterday']);
	expect(days('UTC', '2027-01-02')).toEqual(['Sun 7 June 2026']);
	expect(timesOf(late, 'Europe/Berlin')).toBe('Sun 7 Jun, 23:50 – 00:12');
	expect(timesOf(late, 'UTC')).toBe('21:50–22:12');
});
