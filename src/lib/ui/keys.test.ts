import { expect, test } from 'vitest';
import { ariaKeys, isPressed, keyCaps } from './keys.ts';

const apple = { isApple: true };
const other = { isApple: false };

/** As much of a keyboard event as matters here; Node has none. */
const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
	({ key, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent;

test('the same combination stands on the keys of each machine', () => {
	expect(keyCaps('mod+k', apple)).toEqual(['⌘', 'K']);
	expect(keyCaps('mod+k', other)).toEqual(['Ctrl', 'K']);
	expect(keyCaps('shift+mod+s', apple)).toEqual(['⇧', '⌘', 'S']);
	expect(keyCaps('alt+up', other)).toEqual(['Alt', '↑']);
	expect(keyCaps('enter', other)).toEqual(['↵']);
});

test('plus is a key as well as what joins keys', () => {
	expect(keyCaps('+', apple)).toEqual(['+']);
	expect(keyCaps('mod++', other)).toEqual(['Ctrl', '+']);
	expect(isPressed(press('+', { shiftKey: true }), '+', other)).toBe(true);
});

test('assistive technology is told in its own names', () => {
	expect(ariaKeys('mod+k', apple)).toBe('Meta+K');
	expect(ariaKeys('mod+k', other)).toBe('Control+K');
	expect(ariaKeys('alt+up', other)).toBe('Alt+ArrowUp');
	expect(ariaKeys('esc', other)).toBe('Escape');
});

test('a combination is pressed exactly or not at all', () => {
	expect(isPressed(press('k', { metaKey: true }), 'mod+k', apple)).toBe(true);
	expect(isPressed(press('k', { ctrlKey: true }), 'mod+k', apple)).toBe(false);
	expect(isPressed(press('k', { ctrlKey: true }), 'mod+k', other)).toBe(true);
	expect(isPressed(press('K', { ctrlKey: true, shiftKey: true }), 'mod+k', other)).toBe(false);
	expect(isPressed(press('n', { ctrlKey: true }), 'n', other)).toBe(false);
	expect(isPressed(press('ArrowUp', { altKey: true }), 'alt+up', other)).toBe(true);
	expect(isPressed(press(' '), 'space', other)).toBe(true);
});
