import type { Attachment } from 'svelte/attachments';

/** Where something floats: by a rectangle of the window, below or above it, and never outside the window. */
export interface FloatOptions {
	/** Undefined hides it: what it belongs to is not there. */
	readonly anchor: () => DOMRect | undefined;
	readonly side: 'below' | 'above';
	/** Read to be placed anew when it changes. */
	readonly follows?: () => unknown;
	readonly align?: 'start' | 'centre';
}

const GAP = 6;
const EDGE = 8;

/**
 * Keeps an element by its anchor while the page scrolls and the keyboard of a phone comes and goes. It turns to the
 * other side when there is more room, and becomes scrollable when there is not enough on either. It lies in the top
 * layer where there is one, so that nothing cuts it off.
 */
export function float({ anchor, side, follows, align = 'start' }: FloatOptions): Attachment<HTMLElement> {
	return (element) => {
		element.popover = 'manual';
		element.showPopover?.();
		const place = () => placeBy(element, anchor(), { side, align });
		$effect(() => {
			follows?.();
			place();
		});
		const sizes = new ResizeObserver(place);
		sizes.observe(element);
		const view = window.visualViewport;
		window.addEventListener('scroll', place, { capture: true, passive: true });
		window.addEventListener('resize', place);
		view?.addEventListener('resize', place);
		view?.addEventListener('scroll', place);
		return () => {
			sizes.disconnect();
			window.removeEventListener('scroll', place, { capture: true });
			window.removeEventListener('resize', place);
			view?.removeEventListener('resize', place);
			view?.removeEventListener('scroll', place);
		};
	};
}

/** The part of the window that can be seen: a phone's keyboard lies over the rest. */
function visibleArea(): { left: number; top: number; right: number; bottom: number } {
	const view = window.visualViewport;
	if (!view) return { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
	const { offsetLeft: left, offsetTop: top, width, height } = view;
	return { left, top, right: left + width, bottom: top + height };
}

function placeBy(
	element: HTMLElement,
	anchor: DOMRect | undefined,
	{ side, align }: { side: 'below' | 'above'; align: 'start' | 'centre' }
): void {
	element.style.visibility = anchor ? 'visible' : 'hidden';
	if (!anchor) return;
	const area = visibleArea();
	const room = { below: area.bottom - anchor.bottom - GAP - EDGE, above: anchor.top - area.top - GAP - EDGE };
	element.style.maxBlockSize = '';
	const { width, height } = element.getBoundingClientRect();
	const other = side === 'below' ? 'above' : 'below';
	const chosen = height <= room[side] || room[side] >= room[other] ? side : other;
	element.style.maxBlockSize = `${Math.max(96, room[chosen])}px`;
	const shown = Math.min(height, Math.max(96, room[chosen]));
	const wished = align === 'centre' ? (anchor.left + anchor.right - width) / 2 : anchor.left;
	const left = Math.min(
		Math.max(wished, area.left + EDGE),
		Math.max(area.left + EDGE, area.right - EDGE - width)
	);
	const top = chosen === 'below' ? anchor.bottom + GAP : anchor.top - GAP - shown;
	element.style.left = `${left}px`;
	element.style.top = `${Math.max(area.top + EDGE, top)}px`;
	element.dataset['side'] = chosen;
}
