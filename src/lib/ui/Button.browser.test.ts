import '#lib/ui/styles/app.css';
import Settings from '@lucide/svelte/icons/settings';
import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Button from './Button.svelte';

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
const button = (name: string) => page.getByRole('button', { name });

test('a button answers to the pointer, to Enter and to Space', async () => {
	const onclick = vi.fn();
	await render(Button, { children: words('Next item'), onclick });
	await button('Next item').click();
	await userEvent.keyboard('{Enter} ');
	expect(onclick).toHaveBeenCalledTimes(3);
});

test('a blocked button stays in the tab order, says why and does nothing', async () => {
	const onclick = vi.fn();
	const onblocked = vi.fn();
	const blockedBecause = 'MTTR is red. Add one action to complete it.';
	await render(Button, { children: words('Mark complete'), onclick, onblocked, blockedBecause });
	await userEvent.tab();
	await expect.element(button('Mark complete')).toHaveFocus();
	await expect.element(button('Mark complete')).toHaveAttribute('aria-disabled', 'true');
	await expect.element(button('Mark complete')).toHaveAccessibleDescription(blockedBecause);
	await userEvent.keyboard('{Enter}');
	await button('Mark complete').click({ force: true });
	expect(onclick).not.toHaveBeenCalled();
	expect(onblocked).toHaveBeenCalledTimes(2);
});

test('the reason of a blocked button shows beside it when the keyboard is at it, and Escape takes it away', async () => {
	await render(Button, { children: words('Freeze'), blockedBecause: 'Available when you’re back online.' });
	await userEvent.tab();
	const bubble = page.getByText('Available when you’re back online.').last();
	await expect.element(bubble).toBeVisible();
	await userEvent.keyboard('{Escape}');
	await expect.poll(() => document.querySelectorAll('[data-tooltip-content]').length).toBe(0);
});

test('a blocked submit button does not submit', async () => {
	const form = document.createElement('form');
	const onsubmit = vi.fn((event: Event) => event.preventDefault());
	form.addEventListener('submit', onsubmit);
	document.body.append(form);
	await render(
		Button,
		{ children: words('Publish'), type: 'submit', blockedBecause: 'Two accountable. Choose one.' },
		{ baseElement: form }
	);
	await userEvent.tab();
	await userEvent.keyboard('{Enter}');
	expect(onsubmit).not.toHaveBeenCalled();
	form.remove();
});

test('a button that is only an icon has a name', async () => {
	await render(Button, { icon: Settings, label: 'Settings' });
	await expect.element(button('Settings')).toBeVisible();
});

test('a shortcut is told, not read as part of the name', async () => {
	await render(Button, { children: words('Park'), shortcut: 'p' });
	await expect
		.element(page.getByRole('button', { name: 'Park', exact: true }))
		.toHaveAttribute('aria-keyshortcuts', 'P');
});

test('with an address it is a link', async () => {
	await render(Button, { children: words('Open meeting'), href: '#meeting' });
	await expect.element(page.getByRole('link', { name: 'Open meeting' })).toHaveAttribute('href', '#meeting');
});

test('the keyboard’s focus can be seen', async () => {
	await render(Button, { children: words('Share') });
	await userEvent.tab();
	const { outlineStyle, outlineWidth } = getComputedStyle(button('Share').element());
	expect([outlineStyle, outlineWidth]).toEqual(['solid', '2px']);
});
