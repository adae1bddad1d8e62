import { on } from 'svelte/events';
import type { Attachment } from 'svelte/attachments';
import type { RowId } from '#lib/domain/id.ts';

export interface DragVerbs {
	canDrag(): boolean;
	/** The row was put right after `after`; first when undefined. */
	ondrop(id: RowId, after: RowId | undefined): void;
}

/** A mouse that moves less than this is clicking. Pixels. */
const MOUSE_SLACK = 5;
/** A finger that stays this long, and this still, takes the row; before that it scrolls. */
const HOLD_MS = 350;
const HOLD_SLACK = 8;
/** This close to an edge, the list scrolls along. Pixels, and pixels per frame. */
const EDGE = 36;
const EDGE_STEP = 7;

/** What must be operable inside a row without taking hold of it. */
const OWN_TOUCH = 'input, textarea, [data-no-drag]';

interface Grip {
	readonly id: RowId;
	readonly row: HTMLElement;
	readonly pointer: number;
	readonly x: number;
	readonly y: number;
	readonly isTouch: boolean;
}

/**
 * Taking a row of a list somewhere else, by mouse or finger. Rows carry `data-row`. Where it lands is asked of the
 * rows on the screen at that moment: a colleague may reorder them meanwhile.
 */
export class RowDrag {
	readonly #verbs: DragVerbs;
	#dragged = $state<RowId>();
	#shift = $state(0);
	#lineAt = $state<number>();
	#grip: Grip | undefined;
	#holding: ReturnType<typeof setTimeout> | undefined;
	#frame = 0;
	#pointerY = 0;
	#scrolledBy = 0;

	constructor(verbs: DragVerbs) {
		this.#verbs = verbs;
	}

	/** The row under way. */
	get dragged(): RowId | undefined {
		return this.#dragged;
	}

	/** How far it is from its place, in pixels. */
	get shift(): number {
		return this.#shift;
	}

	/** Where it would go in: pixels from the top of the list. */
	get lineAt(): number | undefined {
		return this.#lineAt;
	}

	readonly list: Attachment<HTMLElement> = (list) => {
		const stops = [
			on(list, 'pointerdown', (event) => this.#press(list, event)),
			on(window, 'pointermove', (event) => this.#move(list, event)),
			on(window, 'pointerup', (event) => this.#release(list, event)),
			on(window, 'pointercancel', () => this.#end()),
			on(window, 'keydown', (event) => this.#cancel(event), { capture: true }),
			// Without these a held finger would scroll or open the system's menu instead.
			on(list, 'touchmove', (event) => this.#dragged && event.preventDefault(), { passive: false }),
			on(list, 'contextmenu', (event) => this.#grip?.isTouch && event.preventDefault())
		];
		return () => {
			for (const stop of stops) stop();
			this.#end();
		};
	};

	#press(list: HTMLElement, event: PointerEvent): void {
		const { target } = event;
		if (!(target instanceof Element) || event.button !== 0 || !event.isPrimary) return;
		const row = target.closest<HTMLElement>('[data-row]');
		if (!row || target.closest(OWN_TOUCH) || !this.#verbs.canDrag()) return;
		const isTouch = event.pointerType !== 'mouse';
		const id = row.dataset['row'] as RowId;
		this.#grip = { id, row, pointer: event.pointerId, x: event.clientX, y: event.clientY, isTouch };
		this.#pointerY = event.clientY;
		if (isTouch) this.#holding = setTimeout(() => this.#take(list), HOLD_MS);
	}

	#move(list: HTMLElement, event: PointerEvent): void {
		const grip = this.#grip;
		if (!grip || event.pointerId !== grip.pointer) return;
		this.#pointerY = event.clientY;
		const distance = Math.hypot(event.clientX - grip.x, event.clientY - grip.y);
		if (this.#dragged) this.#place(list);
		else if (grip.isTouch && distance > HOLD_SLACK) this.#end();
		else if (!grip.isTouch && distance > MOUSE_SLACK) this.#take(list);
	}

	#take(list: HTMLElement): void {
		if (!this.#grip) return;
		this.#dragged = this.#grip.id;
		this.#scrolledBy = 0;
		this.#place(list);
		this.#scroll(list);
	}

	#place(list: HTMLElement): void {
		const grip = this.#grip;
		if (!grip) return;
		this.#shift = this.#pointerY - grip.y + this.#scrolledBy;
		const { line } = this.#landing(list);
		this.#lineAt = line - list.getBoundingClientRect().top;
	}

	/** The row it goes in after, and where the line between the two is on the screen. */
	#landing(list: HTMLElement): { after: RowId | undefined; line: number } {
		const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')].filter(
			(row) => row !== this.#grip?.row
		);
		const boxes = rows.map((row) => row.getBoundingClientRect());
		const above = boxes.filter(({ top, height }) => top + height / 2 < this.#pointerY).length;
		const line = boxes[above - 1]?.bottom ?? boxes[0]?.top ?? 0;
		return { after: rows[above - 1]?.dataset['row'] as RowId | undefined, line };
	}

	#release(list: HTMLElement, event: PointerEvent): void {
		const grip = this.#grip;
		if (!grip || event.pointerId !== grip.pointer) return;
		if (this.#dragged) {
			const { after } = this.#landing(list);
			swallowClick();
			this.#verbs.ondrop(grip.id, after);
		}
		this.#end();
	}

	#cancel(event: KeyboardEvent): void {
		if (event.key !== 'Escape' || !this.#dragged) return;
		event.preventDefault();
		event.stopPropagation();
		swallowClick();
		this.#end();
	}

	#end(): void {
		clearTimeout(this.#holding);
		cancelAnimationFrame(this.#frame);
		this.#grip = undefined;
		this.#dragged = undefined;
		this.#lineAt = undefined;
		this.#shift = 0;
	}

	/** At the edge of what scrolls, the rest of the list comes to meet the row. */
	#scroll(list: HTMLElement): void {
		const scroller = scrollerOf(list);
		if (!scroller || !this.#dragged) return;
		const { top, bottom } = scroller.getBoundingClientRect();
		const way = this.#pointerY < top + EDGE ? -1 : this.#pointerY > bottom - EDGE ? 1 : 0;
		if (way !== 0) {
			const before = scroller.scrollTop;
			scroller.scrollTop += way * EDGE_STEP;
			this.#scrolledBy += scroller.scrollTop - before;
			this.#place(list);
		}
		this.#frame = requestAnimationFrame(() => this.#scroll(list));
	}
}

/** The click that follows a drop was not meant. */
function swallowClick(): void {
	const stop = on(window, 'click', (event) => event.stopPropagation(), { capture: true });
	setTimeout(stop);
}

function scrollerOf(element: HTMLElement): HTMLElement | undefined {
	for (let at = element.parentElement; at; at = at.parentElement) {
		if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
	}
	return undefined;
}
