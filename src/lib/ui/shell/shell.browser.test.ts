import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Home from '../specimens/Home.svelte';
import Crumbs from './Crumbs.svelte';
import PhoneHeader from './PhoneHeader.svelte';
import { ThemeChoice } from './theme.svelte.ts';

afterEach(async () => {
	delete document.documentElement.dataset['theme'];
	await page.viewport(1024, 768);
});

const main = () => page.getByRole('main').element();
const nav = () => page.getByRole('navigation', { name: 'Main' });

test('a wide window has the sidebar with names and counts', async () => {
	await page.viewport(1440, 900);
	await render(Home);
	await expect.element(nav().getByRole('link', { name: 'Actions 7' })).toBeVisible();
	await expect
		.element(nav().getByRole('link', { name: 'This week' }))
		.toHaveAttribute('aria-current', 'page');
	const rhythm = page.getByRole('navigation', { name: 'Rhythm' });
	await expect.element(rhythm.getByRole('link', { name: 'Quarterly QBR 30 Jun' })).toBeVisible();
});

test('a narrower one has the rail, whose icons have names', async () => {
	await page.viewport(900, 900);
	await render(Home);
	await expect.element(nav().getByRole('link', { name: 'Actions, 7' })).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Find or run' })).toBeVisible();
	expect(page.getByRole('navigation', { name: 'Rhythm' }).elements()).toHaveLength(0);
});

test('a phone has tabs of at least 44 px', async () => {
	await page.viewport(390, 844);
	await render(Home);
	const tabs = nav().getByRole('link').elements();
	expect(tabs).toHaveLength(5);
	for (const tab of tabs) expect(tab.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
});

test('the first Tab offers to skip to the page', async () => {
	await page.viewport(1440, 900);
	await render(Home);
	await userEvent.tab();
	const skip = page.getByRole('link', { name: 'Skip to the page' });
	await expect.element(skip).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('main')).toHaveFocus();
});

test.each([
	[1440, 700],
	[900, 700],
	[390, 700],
	[320, 500]
])('at %i × %i only the page scrolls', async (width, height) => {
	await page.viewport(width, height);
	await render(Home);
	const { scrollingElement } = document;
	await expect.poll(() => main().scrollHeight > main().clientHeight).toBe(true);
	expect(scrollingElement?.scrollHeight).toBe(height);
	expect(scrollingElement?.scrollWidth).toBe(width);
	expect(main().scrollWidth).toBe(main().clientWidth);
});

test('the last crumb is the page and leads nowhere', async () => {
	await render(Crumbs, { crumbs: [{ label: 'Meetings', href: '#meetings' }, { label: 'Mon 8 Jun, 10:00' }] });
	await expect.element(page.getByRole('link', { name: 'Meetings' })).toBeVisible();
	expect(page.getByText('Mon 8 Jun, 10:00').element().getAttribute('aria-current')).toBe('page');
});

test('the phone’s header leads back', async () => {
	await render(PhoneHeader, { title: 'SLO', detail: 'Item 2 of 6', backHref: '#meeting' });
	await expect.element(page.getByRole('link', { name: 'Back' })).toHaveAttribute('href', '#meeting');
	await expect.element(page.getByRole('heading', { name: 'SLO', level: 1 })).toBeVisible();
});

function themePlace(kept?: string) {
	const values = new Map(kept === undefined ? [] : [['downbeat.theme', kept]]);
	const storage = {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
		removeItem: (key: string) => void values.delete(key)
	};
	return { root: document.documentElement, storage, values };
}

test('a theme is kept on the device and shown at once', () => {
	const place = themePlace();
	const theme = new ThemeChoice(place);
	expect([theme.chosen, document.documentElement.dataset['theme']]).toEqual(['system', undefined]);
	theme.choose('dark');
	expect(getComputedStyle(document.body).backgroundColor).toBe('rgb(19, 19, 18)');
	expect(new ThemeChoice(place).chosen).toBe('dark');
	theme.choose('system');
	expect([document.documentElement.dataset['theme'], place.values.size]).toEqual([undefined, 0]);
});

test('a kept word that is no theme means what the machine says', () => {
	expect(new ThemeChoice(themePlace('mauve')).chosen).toBe('system');
});
