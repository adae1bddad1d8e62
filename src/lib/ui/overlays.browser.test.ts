import '#lib/ui/styles/app.css';
import { createRawSnippet } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Dialog from './Dialog.svelte';
import Fields from './specimens/Fields.svelte';
import OneMenu from './specimens/OneMenu.svelte';

const item = (name: string) => page.getByRole('menuitem', { name });
const isGone = (role: 'menu' | 'dialog') => expect.poll(() => page.getByRole(role).elements().length).toBe(0);

afterEach(async () => {
	await page.viewport(1024, 768);
});

test('a menu opens by the pointer, runs what is chosen and closes', async () => {
	const run = vi.fn();
	await render(OneMenu, { run });
	await page.getByRole('button', { name: 'Item 2' }).click();
	await item('Move up').click();
	expect(run.mock.calls).toEqual([['up']]);
	await isGone('menu');
});

test('a menu opens by the keyboard on its first line, and arrows and letters lead on', async () => {
	const run = vi.fn();
	await render(OneMenu, { run });
	await userEvent.tab();
	await userEvent.keyboard('{ArrowDown}');
	await expect.element(item('Move up')).toHaveFocus();
	await userEvent.keyboard('{ArrowDown}');
	await expect.element(item('Move down')).toHaveFocus();
	await userEvent.keyboard('d');
	await expect.element(item('Delete')).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(run.mock.calls).toEqual([['delete']]);
});

test('Escape closes a menu and gives the focus back to its button', async () => {
	await render(OneMenu, { run: vi.fn() });
	const button = page.getByRole('button', { name: 'Item 2' });
	await userEvent.tab();
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('menu', { name: 'Item 2' })).toBeVisible();
	await expect.element(button).toHaveAttribute('aria-expanded', 'true');
	await userEvent.keyboard('{Escape}');
	await isGone('menu');
	await expect.element(button).toHaveFocus();
});

test('what a menu cannot do now says why and does nothing', async () => {
	const run = vi.fn();
	await render(OneMenu, { run });
	await page.getByRole('button', { name: 'Item 2' }).click();
	const blocked = item('Publish Available when you’re back online.');
	await expect.element(blocked).toHaveAttribute('aria-disabled', 'true');
	await blocked.click({ force: true });
	expect(run).not.toHaveBeenCalled();
	await expect.element(page.getByRole('menu')).toBeVisible();
});

test('a line that is on says so, a link leads', async () => {
	await render(OneMenu, { run: vi.fn() });
	await page.getByRole('button', { name: 'Item 2' }).click();
	await expect.element(page.getByRole('menuitemcheckbox', { name: 'Follow' })).toBeChecked();
	await expect.element(item('Settings')).toHaveAttribute('href', '#settings');
});

test('pressing the button again closes what it opened', async () => {
	await render(Fields);
	const button = page.getByRole('button', { name: 'Changes' });
	await button.click();
	await expect.element(page.getByRole('dialog', { name: 'On this device' })).toBeVisible();
	await button.click();
	await isGone('dialog');
});

test('a popover holds the focus while it is open and gives it back', async () => {
	await render(Fields);
	await page.getByRole('button', { name: 'Changes' }).click();
	await expect.element(page.getByRole('button', { name: 'Done' })).toHaveFocus();
	await page.getByRole('button', { name: 'Done' }).click();
	await isGone('dialog');
	await expect.element(page.getByRole('button', { name: 'Changes' })).toHaveFocus();
});

test('on a phone a popover is a sheet', async () => {
	await page.viewport(390, 844);
	await render(Fields);
	await page.getByRole('button', { name: 'Changes' }).click();
	const sheet = page.getByRole('dialog', { name: 'On this device' });
	await expect.element(sheet).toBeVisible();
	await Promise.all(document.getAnimations().map((animation) => animation.finished));
	expect(Math.round(sheet.element().getBoundingClientRect().bottom)).toBe(844);
});

test('a dialog is named and described, keeps the focus inside and gives it back', async () => {
	await render(Fields);
	await page.getByRole('button', { name: 'Invite people' }).click();
	const dialog = page.getByRole('dialog', { name: 'Invite people' });
	await expect.element(dialog).toHaveAccessibleDescription('Whoever has the link may edit.');
	await expect.element(page.getByRole('textbox', { name: 'Link' })).toHaveFocus();
	for (let turn = 0; turn < 8; turn += 1) {
		await userEvent.tab();
		expect(dialog.element().contains(document.activeElement)).toBe(true);
	}
	await userEvent.keyboard('{Escape}');
	await isGone('dialog');
	await expect.element(page.getByRole('button', { name: 'Invite people' })).toHaveFocus();
});

test('a dialog closes by its cross and by the scrim', async () => {
	const children = createRawSnippet(() => ({ render: () => '<p>Words</p>' }));
	const onclose = vi.fn();
	await render(Dialog, { isOpen: true, title: 'Invite', children, onclose });
	await page.getByRole('button', { name: 'Close' }).click();
	expect(onclose).toHaveBeenCalledTimes(1);
	await userEvent.click(document.querySelector('[data-dialog-overlay]') as Element, {
		position: { x: 5, y: 5 }
	});
	await expect.poll(() => onclose.mock.calls.length).toBe(2);
});
