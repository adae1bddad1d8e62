import '#lib/ui/styles/app.css';
import type { Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from './axe.ts';
import Fields from './Fields.svelte';
import Foundations from './Foundations.svelte';
import Home from './Home.svelte';
import Messages from './Messages.svelte';
import Palette from './Palette.svelte';
import Setup from './Setup.svelte';
import SignIn from './SignIn.svelte';
import Sync from './Sync.svelte';

const specimens: readonly (readonly [string, Component])[] = [
	['Foundations', Foundations],
	['Fields', Fields],
	['Home', Home],
	['Messages', Messages],
	['Setup', Setup],
	['SignIn', SignIn],
	['Sync', Sync]
];

afterEach(() => {
	delete document.documentElement.dataset['theme'];
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
	beforeEach(() => {
		document.documentElement.dataset['theme'] = theme;
	});

	test.each(specimens)('%s has no finding of axe', async (_name, Specimen) => {
		await page.viewport(1440, 900);
		await render(Specimen);
		await document.fonts.ready;
		expect(await axeFindings()).toEqual([]);
	});

	test.each([900, 390])('Home has no finding of axe in a window of %i px', async (width) => {
		await page.viewport(width, 844);
		await render(Home);
		await expect.element(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
		expect(await axeFindings()).toEqual([]);
	});

	test('the palette, a menu and a dialog have no finding of axe while they are open', async () => {
		await page.viewport(1440, 900);
		const palette = await render(Palette);
		await page.getByRole('button', { name: 'Find or run' }).click();
		await page.getByRole('combobox').fill('mttr');
		await expect.element(page.getByRole('option', { name: /Insert/ })).toBeVisible();
		expect(await axeFindings()).toEqual([]);
		await palette.unmount();

		await render(Fields);
		await page.getByRole('button', { name: 'New' }).click();
		await expect.element(page.getByRole('menuitem', { name: 'Move up' })).toBeVisible();
		expect(await axeFindings()).toEqual([]);
		await userEvent.keyboard('{Escape}');
		await page.getByRole('button', { name: 'Invite people' }).click();
		await expect.element(page.getByRole('dialog', { name: 'Invite people' })).toBeVisible();
		expect(await axeFindings()).toEqual([]);
	});
});
