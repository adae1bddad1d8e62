import { isPressed, isTyping, type Combo, type Platform } from '#lib/ui/keys.ts';
import type { Log } from './log.svelte.ts';

export const KEYS = {
	next: 'j',
	previous: 'k',
	filter: '/',
	undo: 'mod+z',
	redo: 'shift+mod+z'
} as const satisfies Record<string, Combo>;

/** Whatever floats over the page has keys of its own. */
const FLOATING = '[role="dialog"], [role="menu"], [role="listbox"], [data-floating]';

/** What a pressed key does in the log; undefined when it is none of the log's. */
export function verbOf(event: KeyboardEvent, log: Log, platform: Platform): (() => void) | undefined {
	const target = event.target instanceof Element ? event.target : undefined;
	if (event.defaultPrevented || target?.closest(FLOATING) || isTyping(event)) return undefined;
	const is = (combo: Combo) => isPressed(event, combo, platform);
	const { here } = log;
	if (is(KEYS.undo)) return () => here.undo();
	if (is(KEYS.redo)) return () => here.redo();
	if (!here.hasLetterKeys) return undefined;
	if (is(KEYS.next)) return () => log.step(1);
	if (is(KEYS.previous)) return () => log.step(-1);
	const field = document.querySelector<HTMLInputElement>('input[data-filter]');
	return is(KEYS.filter) && field ? () => field.focus() : undefined;
}
