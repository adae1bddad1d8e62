import '#lib/ui/styles/app.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Checkbox from './Checkbox.svelte';
import NumberField from './NumberField.svelte';
import Segmented from './Segmented.svelte';
import SelectField from './SelectField.svelte';
import TextArea from './TextArea.svelte';
import TextField from './TextField.svelte';

test('a field is named by its label and described by its error before its hint', async () => {
	await render(TextField, {
		label: 'Closed when',
		hint: 'One line.',
		error: 'Say how we’ll know it worked.'
	});
	const field = page.getByRole('textbox', { name: 'Closed when' });
	await expect.element(field).toHaveAttribute('aria-invalid', 'true');
	await expect.element(field).toHaveAccessibleDescription('Say how we’ll know it worked. One line.');
});

test('a field without an error is not invalid', async () => {
	await render(TextField, { label: 'Your name' });
	await expect.element(page.getByRole('textbox')).not.toHaveAttribute('aria-invalid');
});

test('typing is told at every keystroke, leaving once', async () => {
	const oninput = vi.fn();
	const onchange = vi.fn();
	await render(TextField, { label: 'Your name', oninput, onchange });
	await userEvent.type(page.getByRole('textbox'), 'Ada');
	await userEvent.tab();
	expect(oninput.mock.calls.map(([value]: string[]) => value)).toEqual(['A', 'Ad', 'Ada']);
	expect(onchange.mock.calls).toEqual([['Ada']]);
});

test('a text area grows with what is typed and stops at its limit', async () => {
	await render(TextArea, { label: 'What changed', rows: 2, rowsMax: 5 });
	const area = page.getByRole('textbox');
	const height = () => area.element().getBoundingClientRect().height;
	const before = height();
	await userEvent.fill(area, 'one\ntwo\nthree\nfour');
	expect(height()).toBeGreaterThan(before);
	await userEvent.fill(area, 'line\n'.repeat(40));
	expect(height()).toBeLessThan(5 * 20 + 20);
});

test('a list of choices is named, and tells what was chosen', async () => {
	const onchange = vi.fn();
	const options = [
		{ value: '30', label: '30 days' },
		{ value: '365', label: '1 year' }
	];
	await render(SelectField, { label: 'How long', value: '30', options, onchange });
	const list = page.getByRole('combobox', { name: 'How long' });
	await expect.element(list).toHaveValue('30');
	await userEvent.selectOptions(list, '1 year');
	expect(onchange.mock.calls).toEqual([['365']]);
	await expect.element(list).toHaveValue('365');
});

const number = () => page.getByRole('spinbutton', { name: 'Length' });

test('a number is told when it is left, as a number', async () => {
	const onchange = vi.fn();
	await render(NumberField, { label: 'Length', value: 10, unit: 'min', onchange });
	await userEvent.fill(number(), '12,5');
	expect(onchange).not.toHaveBeenCalled();
	await userEvent.tab();
	expect(onchange.mock.calls).toEqual([[12.5]]);
	await expect.element(number()).toHaveAttribute('aria-valuetext', '12.5 min');
});

test('a number out of bounds is kept, explained and not told', async () => {
	const onchange = vi.fn();
	await render(NumberField, { label: 'Length', value: 10, min: 1, max: 480, onchange });
	await userEvent.fill(number(), '500');
	await userEvent.tab();
	await expect.element(number()).toHaveValue('500');
	await expect.element(number()).toHaveAccessibleDescription('Use a number from 1 to 480.');
	expect(onchange).not.toHaveBeenCalled();
	await userEvent.fill(number(), '480');
	await userEvent.tab();
	expect(onchange.mock.calls).toEqual([[480]]);
	await expect.element(number()).not.toHaveAttribute('aria-invalid');
});

test('words in a number field are kept and explained', async () => {
	await render(NumberField, { label: 'Length', value: 10 });
	await userEvent.fill(number(), 'ten');
	await userEvent.tab();
	await expect.element(number()).toHaveValue('ten');
	await expect.element(number()).toHaveAccessibleDescription('Use digits, such as 12.5.');
});

test('arrows step a number within its bounds, Shift by ten', async () => {
	const onchange = vi.fn();
	await render(NumberField, { label: 'Length', value: 10, min: 1, max: 15, onchange });
	await number().click();
	await userEvent.keyboard('{ArrowUp}{ArrowDown}{ArrowDown}{Shift>}{ArrowUp}{/Shift}');
	expect(onchange.mock.calls.map(([value]: number[]) => value)).toEqual([11, 10, 9, 15]);
});

test('Escape gives back the number that stood there, emptying tells that there is none', async () => {
	const onchange = vi.fn();
	await render(NumberField, { label: 'Length', value: 10, onchange });
	await userEvent.fill(number(), '99');
	await userEvent.keyboard('{Escape}');
	await expect.element(number()).toHaveValue('10');
	await userEvent.clear(number());
	await userEvent.tab();
	expect(onchange.mock.calls).toEqual([[undefined]]);
});

test('a number half typed when its field goes away is kept', async () => {
	const onchange = vi.fn();
	const field = await render(NumberField, { label: 'Length', value: 10, onchange });
	await userEvent.fill(number(), '25');
	await field.unmount();
	expect(onchange.mock.calls).toEqual([[25]]);
});

const options = [
	{ value: 'week', label: 'Week' },
	{ value: 'month', label: 'Month' },
	{ value: 'quarter', label: 'Quarter' }
] as const;

test('one of several is one tab stop, and arrows choose', async () => {
	const onchange = vi.fn();
	await render(Segmented, { label: 'Range', options, value: 'week', onchange });
	await expect.element(page.getByRole('group', { name: 'Range' })).toBeVisible();
	await userEvent.tab();
	await expect.element(page.getByRole('radio', { name: 'Week' })).toHaveFocus();
	await userEvent.keyboard('{ArrowRight}');
	await expect.element(page.getByRole('radio', { name: 'Month' })).toBeChecked();
	await page.getByText('Quarter').click();
	expect(onchange.mock.calls).toEqual([['month'], ['quarter']]);
});

test('two choices on one page do not share their buttons', async () => {
	await render(Segmented, { label: 'A', options, value: 'week' });
	await render(Segmented, { label: 'B', options, value: 'month' });
	expect(page.getByRole('radio', { checked: true }).elements()).toHaveLength(2);
});

test('a box is ticked by Space and by its label, and a mixed one says so', async () => {
	const onchange = vi.fn();
	await render(Checkbox, { label: 'Ops Review', onchange });
	await userEvent.tab();
	await userEvent.keyboard(' ');
	await page.getByText('Ops Review').click();
	expect(onchange.mock.calls).toEqual([[true], [false]]);
	await render(Checkbox, { label: 'Some', isMixed: true });
	await expect.element(page.getByRole('checkbox', { name: 'Some' })).toBePartiallyChecked();
});
