import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import '#lib/ui/styles/app.css';
import { empty } from '../fixtures.ts';
import { lettersAt } from '../schema.ts';
import { Sheet } from '../specimens/sheet.svelte.ts';
import SheetPage from '../specimens/SheetPage.svelte';

async function open(sheet: Sheet): Promise<void> {
	await page.viewport(1280, 900);
	await render(SheetPage, { sheet });
	await page.getByRole('button', { name: 'Matrix, menu' }).click();
	await page.getByRole('menuitem', { name: /^Import/ }).click();
}

const paste = (text: string) => page.getByRole('textbox', { name: 'Table' }).fill(text);
const add = page.getByRole('button', { name: /^Import$/ });

test('a pasted table is shown as it was understood, what was not is named, and it goes in', async () => {
	const sheet = new Sheet(empty);
	await open(sheet);
	await paste(
		'| Task | Ada | Mei Lin |\n|---|---|---|\n| Sign | **R/A** | tbd |\n| Ship | Accountable | R (veto) |'
	);
	await expect.element(page.getByText('2 activities, 2 roles, 4 letters.')).toBeVisible();
	await expect
		.element(
			page.getByText(/Line 3 Sign, Mei Lin: “tbd” is not R, A, C or I\. It is kept as a note of the cell\./)
		)
		.toBeVisible();
	await page.getByText('2 other spellings read as letters').click();
	await expect.element(page.getByText('“**R/A**” as R/A, once')).toBeVisible();
	expect(await axeFindings()).toEqual([]);
	await add.click();
	const [sign, ship] = sheet.value.activities;
	const [ada, mei] = sheet.value.roles;
	expect(lettersAt(sheet.value, sign?.id ?? '', ada?.id ?? '')).toBe('RA');
	expect(lettersAt(sheet.value, ship?.id ?? '', mei?.id ?? '')).toBe('R');
	expect(sheet.value.notes).toEqual({
		[`${sign?.id}/${mei?.id}`]: 'tbd',
		[`${ship?.id}/${mei?.id}`]: 'veto'
	});
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(sheet.value.activities).toEqual([]);
});

test('which way a table stands is asked, and nothing goes in before it is said', async () => {
	const sheet = new Sheet(empty);
	await open(sheet);
	await paste(',Sign,Ship\nAda,A,R\nBob,R,A\n');
	await expect.element(page.getByText('What are the rows?')).toBeVisible();
	await expect.element(add).toHaveAttribute('aria-disabled', 'true');
	await page.getByText('Roles are rows').click();
	await expect.element(page.getByRole('rowheader', { name: 'Sign' })).toBeVisible();
	await add.click();
	expect(sheet.value.activities.map(({ title }) => title)).toEqual(['Sign', 'Ship']);
});

test('of several matrices one is chosen', async () => {
	const sheet = new Sheet(empty);
	await open(sheet);
	await paste(
		'## Build\n\n| Task | Ada |\n|---|---|\n| Sign | R |\n\n## Run\n\n| Task | Bob |\n|---|---|\n| Ship | A |\n'
	);
	await page.getByRole('combobox', { name: '2 matrices. Which one?' }).selectOptions('Run, line 9');
	await add.click();
	expect(sheet.value.roles.map(({ title }) => title)).toEqual(['Bob']);
});

test('too many columns are refused with a sentence', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await paste(`Task,${'Role,'.repeat(4999)}Role\nSign,R\n`);
	await expect
		.element(page.getByRole('alert').first())
		.toHaveTextContent(
			'This table has 1 row and 5,000 columns. A matrix takes 60 roles. Split it and import the parts.'
		);
	await add.click({ force: true });
	expect(sheet.value).toEqual(new Sheet().value);
});

test('what is there already is kept: the same names are the same rows', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await paste('Task\tCEO\tCounsel\nQBR\tC\tR\n');
	await expect.element(page.getByText(/Letters are added, none is taken away\./)).toBeVisible();
	await add.click();
	expect([sheet.value.activities.length, sheet.value.roles.length]).toEqual([10, 8]);
	expect(lettersAt(sheet.value, 'qbr', 'ceo')).toBe('RAC');
});

test('both exports are asked of the app', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await userEvent.keyboard('{Escape}');
	for (const format of ['CSV', 'Markdown']) {
		await page.getByRole('button', { name: 'Matrix, menu' }).click();
		await page.getByRole('menuitem', { name: `Export ${format}` }).click();
	}
	expect(sheet.asked).toEqual(['save csv', 'save markdown']);
});
