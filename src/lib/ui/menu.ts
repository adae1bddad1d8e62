import type { Snippet } from 'svelte';
import type { IconType } from './icon.ts';
import type { Combo } from './keys.ts';
import type { Align, Side, TriggerAttributes } from './trigger.ts';

/** One line of a menu. */
export type MenuEntry = MenuAction | MenuLink | MenuHeading | { readonly is: 'separator' };

interface MenuLine {
	readonly label: string;
	/** Under the label, quieter. */
	readonly detail?: string | undefined;
	readonly icon?: IconType | undefined;
	/** Shown at the end. Listening is the page's part. */
	readonly shortcut?: Combo | undefined;
	/** Present on entries that are on or off. */
	readonly isChecked?: boolean | undefined;
	/** Why it cannot be chosen now. It stays in the menu and says so. */
	readonly blockedBecause?: string | undefined;
}

export interface MenuAction extends MenuLine {
	readonly is?: 'action';
	run(): void;
}

export interface MenuLink extends MenuLine {
	readonly is: 'link';
	readonly href: string;
}

export interface MenuHeading {
	readonly is: 'heading';
	readonly label: string;
}

export interface MenuProps {
	/** What the menu is for: “Item 2”. */
	label: string;
	entries: readonly MenuEntry[];
	side?: Side | undefined;
	align?: Align | undefined;
	/** The button. Spread the attributes on it. */
	trigger: Snippet<[TriggerAttributes]>;
}

export interface MenuPanelProps extends Pick<MenuProps, 'label' | 'entries'> {
	side: Side;
	align: Align;
	isOpen: boolean;
	anchor: HTMLElement | undefined;
	onclose: () => void;
}
