/**
 * Key combinations as data: “mod+k”, “shift+mod+s”, “alt+up”, “n”, “+”. `mod` is ⌘ on Apple's machines and
 * Ctrl elsewhere. One notation for what is shown, what assistive technology is told, and what is listened for.
 */
export type Combo = string;

export interface Platform {
	readonly isApple: boolean;
}

/** The machine this page runs on. */
export const here = (): Platform => ({ isApple: /mac|iphone|ipad|ipod/i.test(navigator.userAgent) });

const APPLE_CAPS: Readonly<Record<string, string>> = { mod: '⌘', alt: '⌥', shift: '⇧', ctrl: '⌃' };
const OTHER_CAPS: Readonly<Record<string, string>> = {
	mod: 'Ctrl',
	alt: 'Alt',
	shift: 'Shift',
	ctrl: 'Ctrl'
};
const KEY_CAPS: Readonly<Record<string, string>> = {
	enter: '↵',
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	backspace: '⌫',
	space: 'Space',
	esc: 'esc',
	tab: 'Tab'
};

/** `KeyboardEvent.key` of our names, where they differ. */
const EVENT_KEYS: Readonly<Record<string, string>> = {
	esc: 'escape',
	space: ' ',
	up: 'arrowup',
	down: 'arrowdown',
	left: 'arrowleft',
	right: 'arrowright'
};

/** Modifiers and key of a combination, in the order they are written. The key “+” may come last. */
function partsOf(combo: Combo): readonly string[] {
	return combo.endsWith('+') ? [...combo.slice(0, -1).split('+').filter(Boolean), '+'] : combo.split('+');
}

/** What stands on the keys: `['⌘', 'K']` or `['Ctrl', 'K']`. */
export function keyCaps(combo: Combo, { isApple }: Platform): readonly string[] {
	const modifiers = isApple ? APPLE_CAPS : OTHER_CAPS;
	return partsOf(combo).map((part) => modifiers[part] ?? KEY_CAPS[part] ?? part.toUpperCase());
}

/** The combination for `aria-keyshortcuts`: “Meta+K”. */
export function ariaKeys(combo: Combo, { isApple }: Platform): string {
	const named: Record<string, string> = { mod: isApple ? 'Meta' : 'Control', ctrl: 'Control', esc: 'Escape' };
	return partsOf(combo)
		.map((part) => named[part] ?? (part.length === 1 ? part.toUpperCase() : capitalised(part)))
		.join('+');
}

const capitalised = (word: string): string =>
	EVENT_KEYS[word]?.startsWith('arrow')
		? `Arrow${word[0]?.toUpperCase()}${word.slice(1)}`
		: `${word[0]?.toUpperCase()}${word.slice(1)}`;

/** Whether `event` is exactly this combination. Shift is left open for signs, which need it on some keyboards. */
export function isPressed(event: KeyboardEvent, combo: Combo, { isApple }: Platform): boolean {
	const parts = partsOf(combo);
	const key = parts.at(-1) ?? '';
	const holds = (modifier: string) => parts.slice(0, -1).includes(modifier);
	const wantsMeta = isApple && holds('mod');
	const wantsCtrl = holds('ctrl') || (!isApple && holds('mod'));
	const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
	return (
		event.key.toLowerCase() === (EVENT_KEYS[key] ?? key.toLowerCase()) &&
		event.metaKey === wantsMeta &&
		event.ctrlKey === wantsCtrl &&
		event.altKey === holds('alt') &&
		(isSign || event.shiftKey === holds('shift'))
	);
}

/** Whether the event comes from where people type, so that single-letter shortcuts must keep out. */
export function isTyping(event: KeyboardEvent): boolean {
	const target = event.composedPath()[0];
	if (event.isComposing || !(target instanceof HTMLElement)) return event.isComposing;
	if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
	if (target instanceof HTMLSelectElement) return true;
	return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range)$/.test(target.type);
}
