import { tick } from 'svelte';
import { cdp, page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { RowId } from '#lib/domain/id.ts';
import { dossiersOf, type Dossier } from '../dossier.ts';
import { typical } from '../fixtures.ts';
import type { Decisions } from '../schema.ts';
import { Desk } from './desk.svelte.ts';
import Window from './Window.svelte';

const made: Desk[] = [];

/** Puts the window to this width and the log into it. */
export async function show(
	row?: string,
	{
		width = 1440,
		value = typical,
		prepare
	}: { width?: number; value?: Decisions; prepare?: (desk: Desk) => void } = {}
): Promise<Desk> {
	const desk = new Desk(value, row);
	made.push(desk);
	prepare?.(desk);
	await page.viewport(width, width < 768 ? 844 : 900);
	// Where the last test left the mouse, a tooltip would open.
	await cdp().send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 0, y: 0 });
	await render(Window, { desk });
	await tick();
	return desk;
}

export async function closeAll(): Promise<void> {
	for (const desk of made.splice(0)) desk.close();
	delete document.documentElement.dataset['theme'];
	await page.viewport(1024, 768);
}

/** What the document says of a decision now. */
export function told(desk: Desk, id: string): Dossier {
	const found = dossiersOf(desk.value).get(id as RowId);
	if (!found) throw new Error(`${id} is not there`);
	return found;
}

export const list = page.getByRole('region', { name: 'Decisions', exact: true });
export const button = (name: string | RegExp) =>
	page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
export const field = (name: string) => page.getByRole('textbox', { name, exact: true });

/** Opens a menu and chooses the line of it that begins so. */
export async function choose(menu: string, line: string): Promise<void> {
	await button(menu).click();
	await page.getByRole('menuitem', { name: new RegExp(`^${line}`) }).click();
}
