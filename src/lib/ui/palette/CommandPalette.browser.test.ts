import '#lib/ui/styles/app.css';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Palette from '../specimens/Palette.svelte';
import { sampleEntries } from '../specimens/palette.ts';
import CommandPalette from './CommandPalette.svelte';
import type { PaletteFound } from './entry.ts';

const field = () => page.getByRole('combobox', { name: 'Find or run' });
const option = (name: RegExp) => page.getByRole('option', { name });
const active = () => document.getElementById(field().element().getAttribute('aria-activedescendant') ?? '');
const isClosed = () => expect.poll(() => page.getByRole('dialog').elements().length).toBe(0);

afterEach(async () => {
	await page.viewport(1024, 768);
});

async function opened() {
	const onran = vi.fn();
	await render(Palette, { onran });
	await page.getByRole('button', { name: 'Find or run' }).click();
	await expect.element(field()).toHaveFocus();
	return onran;
}

test('it finds as one types and runs the first by Enter', async () => {
	const onran = await opened();
	await userEvent.fill(field(), 'mttr');
	await expect.element(option(/Insert MTTR chart here/)).toHaveAttribute('aria-selected', 'true');
	await userEvent.keyboard('{Enter}');
	await isClosed();
	expect(onran.mock.calls).toEqual([['insert']]);
});

test('the focus is back where it was before what was chosen runs', async () => {
	const onran = await opened();
	let focused: Element | null = null;
	onran.mockImplementation(() => (focused = document.activeElement));
	await userEvent.keyboard('{Enter}');
	await expect.poll(() => focused?.textContent?.trim()).toBe('Find or run');
});

test('arrows move what assistive technology is told is active, the focus stays in the field', async () => {
	await opened();
	await userEvent.fill(field(), 'mttr');
	await userEvent.keyboard('{ArrowDown}{ArrowDown}');
	await expect.poll(() => active()?.textContent).toContain('MTTR, Sev 1/2 median');
	await expect.element(field()).toHaveFocus();
	await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
	await expect.poll(() => active()?.textContent).toContain('Weekly Ops Review');
});

test('the second action runs by its keys and by its own row', async () => {
	const onran = await opened();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	await isClosed();
	expect(onran.mock.calls).toEqual([['write']]);
	await page.getByRole('button', { name: 'Find or run' }).click();
	await option(/Write MTTR commentary/).click();
	await expect.poll(() => onran.mock.calls.length).toBe(2);
});

test('Escape closes and runs nothing', async () => {
	const onran = await opened();
	await userEvent.keyboard('{Escape}');
	await isClosed();
	expect(onran).not.toHaveBeenCalled();
	await expect.element(page.getByRole('button', { name: 'Find or run' })).toHaveFocus();
});

test('it says what was searched, and that nothing was found', async () => {
	await opened();
	await expect.element(page.getByText(/^Searched 46 documents on this device in \d+ ms$/)).toBeVisible();
	await userEvent.fill(field(), 'zzzz');
	await expect.element(page.getByText('Nothing on this device matches “zzzz”.')).toBeVisible();
	await userEvent.keyboard('{Enter}');
	await expect.element(field()).toBeVisible();
});

test('a late answer to an older query is dropped', async () => {
	const answers = new Map<string, (found: PaletteFound) => void>();
	const search = (query: string) =>
		new Promise<PaletteFound>((resolve) => {
			answers.set(query, resolve);
		});
	const note = (title: string) => ({
		id: title,
		group: 'Notes',
		title,
		icon: 'none' as const,
		run: () => undefined
	});
	await render(CommandPalette, { isOpen: true, entries: [], search, onclose: vi.fn() });
	await expect.element(field()).toHaveFocus();
	await userEvent.fill(field(), 'first');
	await userEvent.fill(field(), 'second');
	answers.get('second')?.({ entries: [note('New')], documents: 2 });
	await expect.element(option(/New/)).toBeVisible();
	answers.get('first')?.({ entries: [note('Old')], documents: 1 });
	await expect.element(page.getByText(/Searched 2 documents/)).toBeVisible();
	expect(option(/Old/).elements()).toHaveLength(0);
});

test('on a phone it fills the window', async () => {
	await page.viewport(390, 844);
	await render(CommandPalette, { isOpen: true, entries: sampleEntries(vi.fn()), onclose: vi.fn() });
	await expect.element(page.getByRole('dialog')).toBeVisible();
	const { width, height } = page.getByRole('dialog').element().getBoundingClientRect();
	expect([width, Math.round(height)]).toEqual([390, 844]);
});
