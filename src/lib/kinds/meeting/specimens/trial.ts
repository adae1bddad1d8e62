import { tick } from 'svelte';
import { expect } from 'vitest';
import { cdp, page, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PageVerbs } from '../../views.ts';
import type { Meeting } from '../schema.ts';
import { Desk, exchange, type DeskOptions } from './desk.svelte.ts';
import { mei } from './people.ts';
import Window from './Window.svelte';

const made: Desk[] = [];

/** Puts the window to this width and the meeting into it. `verbs` is what the page offers the palette. */
export async function show(desk: Desk, width = 1440): Promise<{ readonly verbs: () => PageVerbs }> {
	made.push(desk);
	await page.viewport(width, width < 768 ? 844 : 900);
	// Where the last test left the mouse, a tooltip would open.
	await cdp().send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 0, y: 0 });
	let offered: PageVerbs | undefined;
	await render(Window, { desk, onready: (verbs: PageVerbs | undefined) => (offered = verbs) });
	await tick();
	return {
		verbs: () => {
			if (!offered) throw new Error('the page is not there yet');
			return offered;
		}
	};
}

/** A second person's device that knows the same meeting. */
export function joined(desk: Desk, options: DeskOptions = {}): Desk {
	const other = new Desk(nothing, { me: mei, ...options });
	made.push(other);
	exchange(desk, other);
	return other;
}

const nothing: Meeting = { fields: {}, agenda: [], parking: [], clock: [], notes: {} };

export async function closeAll(): Promise<void> {
	for (const desk of made.splice(0)) desk.close();
	delete document.documentElement.dataset['theme'];
	await page.viewport(1024, 768);
}

export const rail = page.getByRole('region', { name: 'Agenda', exact: true });
export const dock = page.getByRole('region', { name: 'Meeting controls' });
export const panel = page.getByRole('region', { name: 'Participants and parking lot' });
export const notes = page.getByRole('textbox', { name: 'Notes' });
/** The item on the screen. */
export const title = page.getByRole('heading', { level: 1 });
export const button = (name: string | RegExp) =>
	page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
export const row = (name: string) => rail.getByRole('button', { name, exact: true });

/** What an element says, read anew at each call; empty while there is none. */
export const textOf = (locator: Locator) => (): string => locator.query()?.textContent ?? '';

/** Puts the caret into the first line of the notes. */
export async function startWriting(): Promise<void> {
	await notes.click({ position: { x: 40, y: 12 } });
	await expect.element(notes).toHaveFocus();
}

/** Opens a menu and chooses the line of it that begins so. */
export async function choose(menu: string, line: string): Promise<void> {
	await button(menu).click();
	await page.getByRole('menuitem', { name: new RegExp(`^${line}`) }).click();
}

type Touch = 'touchStart' | 'touchMove' | 'touchEnd';

/** A finger on the window, as the machine reports it: points are those of this document. */
export async function touch(type: Touch, point?: { x: number; y: number }): Promise<void> {
	const frame = window.frameElement?.getBoundingClientRect();
	const scale = frame ? frame.width / window.innerWidth : 1;
	const touchPoints = point
		? [{ x: (frame?.x ?? 0) + point.x * scale, y: (frame?.y ?? 0) + point.y * scale }]
		: [];
	await cdp().send('Input.dispatchTouchEvent', { type, touchPoints });
}

/** The middle of what is on the screen. */
export function middleOf(element: Element): { x: number; y: number } {
	const { x, y, width, height } = element.getBoundingClientRect();
	return { x: x + width / 2, y: y + height / 2 };
}
