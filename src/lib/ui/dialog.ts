import type { Snippet } from 'svelte';
import type { Align, Side, TriggerAttributes } from './trigger.ts';

export interface DialogProps {
	isOpen: boolean;
	title: string;
	/** One sentence under the title. */
	description?: string | undefined;
	/** 420, 560 or 820 px. Under 768 px of window every dialog is a sheet from the bottom. */
	size?: 'sm' | 'md' | 'lg' | undefined;
	/** Escape, the scrim, the cross, or a button of yours. */
	onclose: () => void;
	children: Snippet;
	/** Buttons, the primary one last. */
	footer?: Snippet | undefined;
}

export interface PopoverProps {
	/** What is in it: “On this device”. */
	label: string;
	side?: Side | undefined;
	align?: Align | undefined;
	/** Pixels. */
	width?: number | undefined;
	/** Opened from outside as well, by a key. */
	isOpen?: boolean | undefined;
	/** The button. Spread the attributes on it. */
	trigger: Snippet<[TriggerAttributes]>;
	/** What is in it; given the way to close it. */
	children: Snippet<[close: () => void]>;
}

export interface PopoverPanelProps extends Pick<PopoverProps, 'label' | 'children'> {
	side: Side;
	align: Align;
	width: number;
	isOpen: boolean;
	anchor: HTMLElement | undefined;
	onclose: () => void;
}
