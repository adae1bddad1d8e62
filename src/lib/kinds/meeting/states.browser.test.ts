import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { Desk } from './specimens/desk.svelte.ts';
import { live } from './specimens/meetings.ts';
import { AT_THE_REVIEW } from './specimens/people.ts';
import { STATES } from './specimens/states.ts';
import { button, choose, closeAll, show } from './specimens/trial.ts';

afterEach(closeAll);

const themed = (theme: 'light' | 'dark') => (document.documentElement.dataset['theme'] = theme);

/** How wide the page is where that is wider than its window. */
const wideOf = () => {
	const { scrollWidth } = document.documentElement;
	return scrollWidth > window.innerWidth ? [`${scrollWidth} px`] : [];
};

async function findingsIn(theme: 'light' | 'dark'): Promise<readonly string[]> {
	themed(theme);
	return [...wideOf(), ...(await axeFindings(theme === 'dark' ? 'colours' : 'everything'))];
}

test.each(Object.entries(STATES))('%s: axe finds nothing, and nothing is too wide', async (_name, make) => {
	await show(make());
	await document.fonts.ready;
	for (const width of [1440, 900, 390]) {
		await page.viewport(width, width < 768 ? 844 : 900);
		await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
		expect(await findingsIn('light'), `light at ${width}`).toEqual([]);
		expect(await findingsIn('dark'), `dark at ${width}`).toEqual([]);
	}
});

async function expectNothing(): Promise<void> {
	expect(await findingsIn('light')).toEqual([]);
	expect(await findingsIn('dark')).toEqual([]);
}

const drawn = () => new Desk(live, { present: AT_THE_REVIEW });

test('drawers and forms over the page have no finding of axe', async () => {
	await show(drawn(), 900);
	await button('6 here, 2 parked').click();
	await expect.element(button('Close')).toBeVisible();
	await expectNothing();
	await button('Agenda').click();
	await choose('More about Cost deltas', 'Edit');
	await expect.element(page.getByRole('group', { name: 'Edit item' })).toBeVisible();
	await expectNothing();
});

test('on a phone the list of KPIs behind “Insert” has no finding of axe', async () => {
	await show(drawn(), 390);
	await button('Insert').click();
	await page.getByRole('menuitem', { name: 'KPI chart' }).click();
	await expect.element(page.getByRole('dialog')).toBeVisible();
	await expectNothing();
});

test('when and who has no finding of axe', async () => {
	await show(drawn());
	await choose('More about the agenda', 'When and who');
	await expect.element(page.getByRole('dialog')).toBeVisible();
	await expectNothing();
});

test.each(['Agenda', 'People and parking lot', 'Park something'])(
	'on a phone the sheet behind “%s” has no finding of axe',
	async (name) => {
		await show(drawn(), 390);
		await button(name).first().click();
		await expect.element(page.getByRole('dialog')).toBeVisible();
		await expectNothing();
	}
);
