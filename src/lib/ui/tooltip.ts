import { mount, unmount } from 'svelte';
import { on } from 'svelte/events';
import type { Attachment } from 'svelte/attachments';

export interface TooltipOptions {
	readonly side?: 'top' | 'right' | 'bottom' | 'left';
	/** “mod+k”, shown behind the words. */
	readonly shortcut?: string;
	/** Milliseconds the pointer must rest. Focus from the keyboard does not wait. */
	readonly delayMs?: number;
}

/** Long enough that crossing a toolbar shows nothing. */
const REST_MS = 450;

/**
 * Words beside an element while the pointer rests on it or the keyboard is at it: `{@attach tooltip(() => …)}`.
 *
 * They repeat or explain what the element's own name or description already says, so they are hidden from
 * assistive technology. The bubble's code is fetched at the first pointer that comes near.
 */
export function tooltip(
	words: () => string | undefined,
	options: TooltipOptions = {}
): Attachment<HTMLElement> {
	return (anchor) => {
		const tip = new Tip(anchor, words, options);
		const leave = [
			on(anchor, 'pointerenter', (event) => event.pointerType === 'mouse' && tip.rest()),
			on(anchor, 'pointerleave', () => tip.hide()),
			on(anchor, 'pointerdown', (event) => (event.pointerType === 'mouse' ? tip.hide() : tip.show())),
			on(anchor, 'focus', () => anchor.matches(':focus-visible') && tip.show()),
			on(anchor, 'blur', () => tip.hide()),
			on(anchor, 'keydown', (event) => event.key === 'Escape' && tip.hide())
		];
		return () => {
			for (const stop of leave) stop();
			tip.hide();
		};
	};
}

class Tip {
	readonly #anchor: HTMLElement;
	readonly #words: () => string | undefined;
	readonly #options: TooltipOptions;
	#resting: ReturnType<typeof setTimeout> | undefined;
	#bubble: Record<string, unknown> | undefined;
	#isWanted = false;

	constructor(anchor: HTMLElement, words: () => string | undefined, options: TooltipOptions) {
		this.#anchor = anchor;
		this.#words = words;
		this.#options = options;
	}

	rest(): void {
		if (this.#words() === undefined) return;
		this.#resting = setTimeout(() => this.show(), this.#options.delayMs ?? REST_MS);
	}

	show(): void {
		if (this.#words() === undefined || this.#isWanted) return;
		this.#isWanted = true;
		void import('./TooltipBubble.svelte').then(
			({ default: TooltipBubble }) => {
				const words = this.#words();
				if (!this.#isWanted || words === undefined || !this.#anchor.isConnected) return;
				const { side = 'top', shortcut } = this.#options;
				const props = { anchor: this.#anchor, words, side, shortcut, onclose: () => this.hide() };
				this.#bubble = mount(TooltipBubble, { target: document.body, props });
			},
			() => {
				// Without the bubble nothing is missing: the element's name or description says the same.
				this.#isWanted = false;
			}
		);
	}

	hide(): void {
		clearTimeout(this.#resting);
		this.#isWanted = false;
		if (this.#bubble) void unmount(this.#bubble);
		this.#bubble = undefined;
	}
}
