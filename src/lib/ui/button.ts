import type { Snippet } from 'svelte';
import type { HTMLButtonAttributes } from 'svelte/elements';
import type { IconType } from './icon.ts';
import type { Combo } from './keys.ts';

/** `primary` is the one thing to do; `accent` is for you and now; `quiet` has no outline. */
export type ButtonTone = 'default' | 'primary' | 'accent' | 'quiet';

/** What `Button.svelte` takes, besides every attribute of a native button. */
export interface ButtonProps extends Omit<HTMLButtonAttributes, 'disabled' | 'children' | 'class' | 'style'> {
	tone?: ButtonTone | undefined;
	size?: 'sm' | 'md' | 'lg' | undefined;
	icon?: IconType | undefined;
	/** After the words, as on a button that opens a menu. */
	iconEnd?: IconType | undefined;
	/** Names a button that shows only its icon; shown as its tooltip. */
	label?: string | undefined;
	/** “n”, “mod+k”: shown on the button and told to assistive technology. Listening is the page's part. */
	shortcut?: Combo | undefined;
	/** Makes it a link that looks like a button. */
	href?: string | undefined;
	/** For a link: keep what it leads to, under this name. */
	download?: string | undefined;
	/** As wide as its place. */
	isBlock?: boolean | undefined;
	/** Why it cannot be pressed now, in a sentence. It stays focusable, says so, and `onclick` is not called. */
	blockedBecause?: string | undefined;
	/** Called instead of `onclick` while blocked: take the person to what is missing. */
	onblocked?: (() => void) | undefined;
	children?: Snippet | undefined;
}
