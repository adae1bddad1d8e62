import { on } from 'svelte/events';
import type { Attachment } from 'svelte/attachments';

/** What ends the way back to where one was: the person scrolls on their own. */
const OWN_SCROLL = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

export interface ScrollMemory {
	/** How far it was scrolled, in pixels; 0 at first. */
	get(): number;
	set(top: number): void;
}

/**
 * Keeps how far `scroller` is scrolled while this element is in it, and takes it back there when it comes again. Notes
 * and charts grow after they appear, so it goes on trying until it is there or the person scrolls.
 */
export function keepScroll(scroller: HTMLElement | undefined, memory: ScrollMemory): Attachment<HTMLElement> {
	return (element) => {
		if (!scroller) return;
		const wanted = memory.get();
		let isReturning = wanted > 0;
		const goBack = () => {
			if (!isReturning) return;
			scroller.scrollTop = wanted;
			isReturning = Math.abs(scroller.scrollTop - wanted) > 1;
		};
		scroller.scrollTop = wanted;
		goBack();
		const grows = new ResizeObserver(goBack);
		grows.observe(element);
		const stops = [
			on(scroller, 'scroll', () => !isReturning && memory.set(scroller.scrollTop)),
			// On the way down: on the way up Svelte would run the handlers of everything inside within this passive one,
			// where a bar that keeps the focus in the text by preventing the default could not.
			...OWN_SCROLL.map((name) =>
				on(scroller, name, () => (isReturning = false), { passive: true, capture: true })
			)
		];
		return () => {
			grows.disconnect();
			for (const stop of stops) stop();
		};
	};
}
