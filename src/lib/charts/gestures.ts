/** What a person does on a chart, in CSS pixels from the left edge of `element`. */
export interface Gestures {
	/** The pointer is over this place. */
	point(x: number): void;
	leave(): void;
	/** A stretch was marked, from its left to its right end. */
	brush(from: number, to: number): void;
	/** A stretch is being marked; undefined when that is over. */
	brushing(stretch: { from: number; to: number } | undefined): void;
	/** The chart was pushed by so many pixels. */
	pan(by: number): void;
	/** Everything around `x` grows by `factor`. */
	zoom(x: number, factor: number): void;
	reset(): void;
	/** Whether a finger moves the chart; else it follows the line. */
	isZoomed(): boolean;
}

/** Shorter strokes are clicks with an unsteady hand. */
const BRUSH_PX_MIN = 8;
const TAP_PX_MAX = 10;
const DOUBLE_TAP_MS_MAX = 320;
/** Wheel to zoom: 100 units of a mouse wheel's notch make a step of 1.25. */
const ZOOM_PER_UNIT = Math.log(1.25) / 100;

/**
 * Listens to mouse, pen, touch and wheel on `element`; returns the stop.
 *
 * The page must keep its own scrolling: the element has `touch-action: pan-y`, and a wheel only zooms with Ctrl
 * or ⌘ (as a trackpad's pinch reports itself), or pans when it goes sideways.
 */
export function listenToGestures(element: HTMLElement, on: Gestures): () => void {
	const stop = new AbortController();
	const fingers = new Map<number, Spot>();
	let press: { id: number; x: number; isBrush: boolean } | undefined;
	let lastTap: { x: number; atMs: number } | undefined;

	/** Measured when a pointer arrives or presses: asking on every move would lay out the page each time. */
	let left = 0;
	const measure = () => (left = element.getBoundingClientRect().left);
	const xOf = (event: MouseEvent) => event.clientX - left;
	const spotOf = (event: MouseEvent): Spot => ({ x: xOf(event), y: event.clientY });
	const listen = <Type extends keyof HTMLElementEventMap>(
		type: Type,
		heard: (event: HTMLElementEventMap[Type]) => void
	) => element.addEventListener(type, heard, { signal: stop.signal, passive: false });

	listen('pointerenter', measure);
	listen('pointerdown', (event) => {
		if (event.button !== 0) return;
		measure();
		element.setPointerCapture(event.pointerId);
		const x = xOf(event);
		if (event.pointerType === 'touch') fingers.set(event.pointerId, spotOf(event));
		press = { id: event.pointerId, x, isBrush: event.pointerType === 'mouse' && !event.shiftKey };
		on.point(x);
	});

	listen('pointermove', (event) => {
		const x = xOf(event);
		if (fingers.size === 2) return pinch(event.pointerId, spotOf(event));
		if (!press || press.id !== event.pointerId) return on.point(x);
		if (press.isBrush) {
			on.point(x);
			return on.brushing(Math.abs(x - press.x) >= BRUSH_PX_MIN ? ordered(press.x, x) : undefined);
		}
		if (event.pointerType === 'touch' && !on.isZoomed()) return on.point(x);
		on.pan(x - (fingers.get(event.pointerId)?.x ?? press.x));
		if (event.pointerType === 'touch') fingers.set(event.pointerId, spotOf(event));
		else press = { ...press, x };
	});

	function pinch(id: number, to: Spot): void {
		const before = fingers.get(id);
		const still = [...fingers].find(([finger]) => finger !== id)?.[1];
		fingers.set(id, to);
		if (!before || !still) return;
		const PINCH_PX_MIN = 12;
		const [apartBefore, apart] = [apartness(before, still), apartness(to, still)];
		on.pan((to.x - before.x) / 2);
		if (Math.min(apartBefore, apart) > PINCH_PX_MIN) on.zoom((to.x + still.x) / 2, apart / apartBefore);
	}

	listen('pointerup', (event) => {
		const x = xOf(event);
		const isTap = press?.id === event.pointerId && Math.abs(x - press.x) <= TAP_PX_MAX;
		if (press?.isBrush && Math.abs(x - press.x) >= BRUSH_PX_MIN) {
			const { from, to } = ordered(press.x, x);
			on.brush(from, to);
		} else if (isTap && event.pointerType === 'touch' && fingers.size === 1) tap(x, event.timeStamp);
		release(event);
	});
	listen('pointercancel', release);

	function tap(x: number, atMs: number): void {
		const isDouble =
			lastTap && atMs - lastTap.atMs <= DOUBLE_TAP_MS_MAX && Math.abs(x - lastTap.x) <= 2 * TAP_PX_MAX;
		if (isDouble) on.reset();
		lastTap = isDouble ? undefined : { x, atMs };
	}

	function release(event: PointerEvent): void {
		fingers.delete(event.pointerId);
		press = undefined;
		on.brushing(undefined);
	}

	listen('pointerleave', (event) => {
		if (event.pointerType !== 'touch' && !press) on.leave();
	});
	listen('dblclick', () => on.reset());
	listen('wheel', (event) => {
		const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
		if (event.ctrlKey || event.metaKey) on.zoom(xOf(event), Math.exp(-event.deltaY * ZOOM_PER_UNIT));
		else if (isSideways && on.isZoomed()) on.pan(-(event.deltaX || event.deltaY));
		else return;
		event.preventDefault();
	});
	return () => stop.abort();
}

interface Spot {
	readonly x: number;
	readonly y: number;
}

const apartness = (a: Spot, b: Spot) => Math.hypot(a.x - b.x, a.y - b.y);
const ordered = (a: number, b: number) => ({ from: Math.min(a, b), to: Math.max(a, b) });
