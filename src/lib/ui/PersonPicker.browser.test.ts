import '#lib/ui/styles/app.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PersonId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import PersonPicker from './PersonPicker.svelte';

const [priya, tomas, mei] = ['p-priya', 'p-tomas', 'p-mei'] as PersonId[] as [PersonId, PersonId, PersonId];
const people: readonly Person[] = [
	{ id: priya, name: 'Priya Raman', slot: 1 },
	{ id: tomas, name: 'Tomás Herrera', slot: 2 },
	{ id: mei, name: 'Mei Lin', slot: 3 }
];
const field = () => page.getByRole('combobox', { name: 'Owner' });
const option = (name: string) => page.getByRole('option', { name });

test('a person is found by typing, without accents, and chosen by Enter', async () => {
	const onchange = vi.fn();
	await render(PersonPicker, { label: 'Owner', people, value: undefined, onchange });
	await field().click();
	await userEvent.fill(field(), 'tomas');
	await expect.element(option('Tomás Herrera')).toBeVisible();
	expect(page.getByRole('option').elements()).toHaveLength(1);
	await userEvent.keyboard('{ArrowDown}{Enter}');
	await expect.poll(() => onchange.mock.calls).toEqual([[tomas]]);
});

test('the chosen person stands in the field, and another’s choice shows at once', async () => {
	const view = await render(PersonPicker, { label: 'Owner', people, value: priya, onchange: vi.fn() });
	await expect.element(field()).toHaveValue('Priya Raman');
	await view.rerender({ value: mei });
	await expect.element(field()).toHaveValue('Mei Lin');
});

test('typing without choosing changes nobody', async () => {
	const onchange = vi.fn();
	await render(PersonPicker, { label: 'Owner', people, value: priya, onchange });
	await field().click();
	await userEvent.fill(field(), 'zzz');
	await expect.element(page.getByText('Nobody here is called “zzz”.')).toBeVisible();
	await userEvent.keyboard('{Escape}');
	await userEvent.tab();
	await expect.element(field()).toHaveValue('Priya Raman');
	expect(onchange).not.toHaveBeenCalled();
});

test('emptied, it means nobody, where that is allowed', async () => {
	const onchange = vi.fn();
	await render(PersonPicker, { label: 'Owner', people, value: priya, onchange });
	await field().click();
	await userEvent.clear(field());
	await userEvent.keyboard('{Escape}');
	await userEvent.tab();
	await expect.poll(() => onchange.mock.calls).toEqual([[undefined]]);
});

test('you are named as you', async () => {
	await render(PersonPicker, { label: 'Owner', people, me: mei, value: undefined, onchange: vi.fn() });
	await field().click();
	await userEvent.fill(field(), 'mei');
	await expect.element(option('Mei Lin you')).toBeVisible();
});

test('a person is chosen by the pointer', async () => {
	const onchange = vi.fn();
	await render(PersonPicker, { label: 'Owner', people, value: priya, onchange });
	await field().click();
	await userEvent.fill(field(), 'mei');
	await option('Mei Lin').click();
	await expect.poll(() => onchange.mock.calls).toEqual([[mei]]);
});
