import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import '#lib/ui/styles/app.css';
import { empty } from './fixtures.ts';
import { lettersAt } from './schema.ts';
import { hana, present, samuel, Sheet } from './specimens/sheet.svelte.ts';
import SheetPage from './specimens/SheetPage.svelte';

async function open(sheet: Sheet): Promise<void> {
	await page.viewport(390, 844);
	await render(SheetPage, { sheet });
}

afterEach(async () => {
	delete document.documentElement.dataset['theme'];
	await page.viewport(1024, 768);
});

const button = (name: string | RegExp) =>
	page.getByRole('button', { name: typeof name === 'string' ? new RegExp(`^${name}`) : name });
const segment = (role: string, letter: string) =>
	page.getByRole('group', { name: new RegExp(`^${role}`) }).getByRole('button', { name: letter });
const cards = () => document.querySelectorAll('ul[aria-label=Activities] > li').length;

test('what is to be fixed comes first, all and mine are one tap away', async () => {
	await open(new Sheet(undefined, samuel));
	await expect.element(button('To fix 2')).toHaveAttribute('aria-pressed', 'true');
	expect(cards()).toBe(2);
	await button('All 10').click();
	expect(cards()).toBe(10);
	await expect
		.element(button(/^Weekly Ops Review/))
		.toHaveTextContent('Weekly Ops Review Accountable: CTO Responsible: VP Eng, SRE Lead Consulted: CISO');
	await button('Mine 9').click();
	expect(cards()).toBe(9);
});

test('a segment sets a letter, tapped again clears it, and the fixed card stays under the finger', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await button('Quarterly planning').click();
	const accountable = segment('CEO', 'Accountable');
	await accountable.click();
	expect(lettersAt(sheet.value, 'planning', 'ceo')).toBe('A');
	await expect.element(button('To fix 1')).toBeVisible();
	await expect.element(accountable).toHaveAttribute('aria-pressed', 'true');
	await segment('CEO', 'Responsible').click();
	expect(lettersAt(sheet.value, 'planning', 'ceo')).toBe('RA');
	await accountable.click();
	expect(lettersAt(sheet.value, 'planning', 'ceo')).toBe('R');
	const { width, height } = (accountable.element() as HTMLElement).getBoundingClientRect();
	expect([width, height]).toEqual([46, 44]);
});

test('of two who are accountable one is chosen on the card', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await expect.element(page.getByText('Two accountable: CTO, VP Product')).toBeVisible();
	await button(/^CTO, Samuel Adeyemi$/).click();
	expect(lettersAt(sheet.value, 'product', 'vp-product')).toBe('R');
	expect(lettersAt(sheet.value, 'product', 'cto')).toBe('A');
});

test('an activity is added, named and deleted on a phone', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await button(/^Activity$/).click();
	const name = page.getByRole('textbox', { name: 'Activity' });
	await expect.element(name).toHaveFocus();
	await name.fill('Retro');
	(name.element() as HTMLElement).blur();
	expect(sheet.value.activities.at(-1)?.title).toBe('Retro');
	await button('Rename, move, delete').click();
	await page.getByRole('menuitem', { name: /^Delete/ }).click();
	expect(sheet.value.activities.map(({ title }) => title)).not.toContain('Retro');
});

test('the menu leads back to all matrices', async () => {
	await open(new Sheet());
	await button('Matrix, menu').click();
	await expect.element(page.getByRole('menuitem', { name: 'All matrices' })).toHaveAttribute('href', '#raci');
});

test('an empty matrix begins with a starter', async () => {
	const sheet = new Sheet(empty);
	await open(sheet);
	await button('Operating rhythm').click();
	expect([sheet.value.activities.length, sheet.value.roles.length]).toEqual([8, 7]);
	await expect.element(button('All 8')).toHaveAttribute('aria-pressed', 'true');
});

test.each(['light', 'dark'])('axe finds nothing on a phone, %s', async (theme) => {
	document.documentElement.dataset['theme'] = theme;
	const sheet = new Sheet();
	sheet.present = [present(hana, 'product/cto')];
	await open(sheet);
	await expect.element(page.getByText('Hana Kobayashi is here')).toBeVisible();
	expect(await axeFindings(theme === 'light' ? 'everything' : 'colours')).toEqual([]);
});
