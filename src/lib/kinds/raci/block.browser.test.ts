import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import '#lib/ui/styles/app.css';
import { lettersAt } from './schema.ts';
import { Sheet } from './specimens/sheet.svelte.ts';
import SheetBlock from './specimens/SheetBlock.svelte';

const button = (name: RegExp) => page.getByRole('button', { name });

test.each([300, 720])(
	'one activity among notes of %i px is read, and a letter of it is set',
	async (width) => {
		await page.viewport(1024, 768);
		const sheet = new Sheet();
		await render(SheetBlock, { sheet, row: 'planning', width });
		await expect.element(page.getByText('Quarterly planning')).toBeVisible();
		await expect.element(page.getByText('Nobody is accountable')).toBeVisible();
		await button(/^Quarterly planning, CEO: empty/).click();
		await page.getByRole('group', { name: 'CEO' }).getByRole('button', { name: 'Accountable' }).click();
		expect(lettersAt(sheet.value, 'planning', 'ceo')).toBe('A');
		await expect.element(page.getByText('Nobody is accountable')).not.toBeInTheDocument();
		const block = document.querySelector('main')?.firstElementChild;
		expect(block?.scrollWidth).toBeLessThanOrEqual(width);
		expect(await axeFindings()).toEqual([]);
	}
);

test('of two who are accountable one is chosen in the notes', async () => {
	const sheet = new Sheet();
	await render(SheetBlock, { sheet, row: 'product', width: 600 });
	await button(/^VP Product, Hana Kobayashi$/).click();
	expect(lettersAt(sheet.value, 'product', 'cto')).toBe('');
	await expect.element(page.getByText(/^Two accountable/)).not.toBeInTheDocument();
});

test('without a row it is the matrix in a few words', async () => {
	let removals = 0;
	await render(SheetBlock, { sheet: new Sheet(), row: '', width: 480, onremove: () => removals++ });
	await expect.element(page.getByText('10 activities, 7 roles')).toBeVisible();
	await expect.element(page.getByText('2 to fix')).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'Open' })).toHaveAttribute('href', '#raci');
	await button(/^Take out/).click();
	expect(removals).toBe(1);
});

test('an activity that is gone says so, and one that may only be read has no buttons', async () => {
	const sheet = new Sheet();
	const gone = await render(SheetBlock, { sheet, row: 'nowhere', width: 480 });
	await expect.element(page.getByText('This activity is gone')).toBeVisible();
	await gone.unmount();
	sheet.isReadOnly = true;
	await render(SheetBlock, { sheet, row: 'ops', width: 480 });
	await expect.element(page.getByText('Weekly Ops Review, CTO: Accountable')).toBeInTheDocument();
	expect(document.querySelectorAll('main button').length).toBe(0);
});
