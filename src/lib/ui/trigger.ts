import { createAttachmentKey, type Attachment } from 'svelte/attachments';

/** Where what opens stands by its button, if there is room; otherwise on the other side. */
export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Align = 'start' | 'center' | 'end';

/** What a menu's or popover's button must carry: spread it on `Button` or on a native button. */
export interface TriggerAttributes {
	readonly 'aria-haspopup': 'menu' | 'dialog';
	readonly 'aria-expanded': boolean;
	readonly onclick: () => void;
	readonly onkeydown: (event: KeyboardEvent) => void;
	readonly onpointerenter: () => void;
	readonly onfocus: () => void;
	readonly [anchor: symbol]: Attachment<HTMLElement>;
}

export interface TriggerVerbs {
	/** The pointer or the focus is there: what opens may be fetched. */
	approach(): void;
	toggle(): void;
	hold(anchor: HTMLElement): () => void;
}

/** The attributes of a button that opens something under it. The arrow down opens as well. */
export function triggerAttributes(
	opens: 'menu' | 'dialog',
	isOpen: boolean,
	verbs: TriggerVerbs
): TriggerAttributes {
	return {
		'aria-haspopup': opens,
		'aria-expanded': isOpen,
		onclick: () => verbs.toggle(),
		onkeydown: (event) => {
			if (event.key !== 'ArrowDown' || isOpen || opens !== 'menu') return;
			event.preventDefault();
			verbs.toggle();
		},
		onpointerenter: () => verbs.approach(),
		onfocus: () => verbs.approach(),
		[anchorKey]: (element) => verbs.hold(element)
	};
}

/** One key for all: the attribute object is made anew whenever the menu opens, the attachment stays the same. */
const anchorKey = createAttachmentKey();

/**
 * When what opened closes, the focus goes back to its button, unless the person has already put it elsewhere.
 * For `onCloseAutoFocus`.
 */
export function giveBackFocus(anchor: HTMLElement | undefined, event: Event): void {
	event.preventDefault();
	const active = document.activeElement;
	const isElsewhere = active !== null && active !== document.body && !active.closest('[data-floating]');
	if (!isElsewhere) anchor?.focus();
}
