import '#lib/ui/styles/app.css';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Setup from '../specimens/Setup.svelte';
import SignIn from '../specimens/SignIn.svelte';

const fact = (term: string) =>
	page.getByText(term, { exact: true }).element().parentElement?.querySelector('dd')?.textContent;

test('choosing a meeting changes the preview at once', async () => {
	await page.viewport(1440, 900);
	await render(Setup);
	expect(fact('Kept')).toBe('4');
	const product = page.getByRole('checkbox', { name: 'Product Metrics' });
	product.element().focus();
	await userEvent.keyboard(' ');
	await expect.poll(() => fact('Kept')).toBe('5');
	expect(fact('Meetings in 13 weeks')).toBe('43');
});

test('a whole row can be pressed', async () => {
	await render(Setup);
	await page.getByText('4 items, 45 min').click();
	await expect.element(page.getByRole('checkbox', { name: 'FinOps Review' })).toBeChecked();
});

test('the step one is at is told', async () => {
	await render(Setup);
	await expect.element(page.getByText('Rhythm', { exact: true })).toHaveAttribute('aria-current', 'step');
});

test('joining is a form with a name, and the artwork is silent', async () => {
	await render(SignIn);
	await expect.element(page.getByRole('heading', { name: 'Join Tarn Systems', level: 1 })).toBeVisible();
	await expect
		.element(page.getByRole('textbox', { name: 'Your name' }))
		.toHaveAttribute('autocomplete', 'name');
	expect(page.getByText('Every meeting starts with data.').element().closest('[aria-hidden]')).not.toBeNull();
});
