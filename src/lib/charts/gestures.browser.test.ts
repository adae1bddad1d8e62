import { afterEach, beforeEach, expect, test } from 'vitest';
import { listenToGestures } from './gestures.ts';

let element: HTMLDivElement;
let heard: string[];
let isZoomed: boolean;
let stop: () => void;

const whole = (value: number) => Math.round(value * 100) / 100;

beforeEach(() => {
	element = document.createElement('div');
	element.style.cssText = 'position:fixed;inset:0 auto auto 100px;inline-size:400px;block-size:100px';
	// Pointers made by a script cannot be captured; a person's are.
	element.setPointerCapture = () => undefined;
	document.body.append(element);
	heard = [];
	isZoomed = false;
	stop = listenToGestures(element, {
		point: (x) => heard.push(`point ${x}`),
		leave: () => heard.push('leave'),
		brush: (from, to) => heard.push(`brush ${from} ${to}`),
		brushing: () => undefined,
		pan: (by) => heard.push(`pan ${by}`),
		zoom: (x, factor) => heard.push(`zoom ${x} ${whole(factor)}`),
		reset: () => heard.push('reset'),
		isZoomed: () => isZoomed
	});
});

afterEach(() => {
	stop();
	element.remove();
});

/** `x` counts from the element's left edge, as what is heard does. */
function send(type: string, x: number, rest: PointerEventInit = {}): void {
	const at = { clientX: x + 100, clientY: 50, pointerId: 1, pointerType: 'mouse', button: 0 };
	element.dispatchEvent(new PointerEvent(type, { ...at, ...rest }));
}

const finger = (id: number, clientY = 50): PointerEventInit => ({
	pointerType: 'touch',
	pointerId: id,
	clientY
});

test('a mouse that moves points, and one that leaves is gone', () => {
	send('pointerenter', 5);
	send('pointermove', 10);
	send('pointerleave', 500);
	expect(heard).toEqual(['point 10', 'leave']);
});

test('a stroke with the mouse marks a stretch, whichever way it went', () => {
	send('pointerdown', 200);
	send('pointermove', 120);
	send('pointerup', 120);
	expect(heard.at(-1)).toBe('brush 120 200');
});

test('a click with an unsteady hand marks nothing', () => {
	send('pointerdown', 200);
	send('pointermove', 203);
	send('pointerup', 203);
	expect(heard.join()).not.toContain('brush');
});

test('with Shift the mouse pushes the chart', () => {
	send('pointerdown', 200, { shiftKey: true });
	send('pointermove', 220, { shiftKey: true });
	send('pointermove', 210, { shiftKey: true });
	expect(heard.slice(1)).toEqual(['pan 20', 'pan -10']);
});

test('another button than the first is the browser’s', () => {
	send('pointerenter', 200);
	send('pointerdown', 200, { button: 2 });
	send('pointermove', 300, { buttons: 2 });
	send('pointerup', 300, { button: 2 });
	expect(heard).toEqual(['point 300']);
});

test('a finger follows the line, and once zoomed it moves the chart', () => {
	send('pointerdown', 100, finger(1));
	send('pointermove', 130, finger(1));
	send('pointerup', 130, finger(1));
	expect(heard).toEqual(['point 100', 'point 130']);
	isZoomed = true;
	send('pointerdown', 100, finger(1));
	send('pointermove', 130, finger(1));
	send('pointermove', 120, finger(1));
	expect(heard.slice(3)).toEqual(['pan 30', 'pan -10']);
});

test('two fingers zoom round their middle by how far they part', () => {
	send('pointerdown', 100, finger(1));
	send('pointerdown', 200, finger(2));
	send('pointermove', 300, finger(2));
	expect(heard.slice(-2)).toEqual(['pan 50', 'zoom 200 2']);
});

test('fingers one above the other zoom too', () => {
	send('pointerdown', 200, finger(1, 20));
	send('pointerdown', 200, finger(2, 60));
	send('pointermove', 200, finger(2, 100));
	expect(heard.at(-1)).toBe('zoom 200 2');
});

test('a finger that the browser takes for scrolling is let go', () => {
	isZoomed = true;
	send('pointerdown', 100, finger(1));
	send('pointercancel', 100, finger(1));
	send('pointerdown', 200, finger(2));
	send('pointermove', 210, finger(2));
	expect(heard.at(-1)).toBe('pan 10');
});

test('two taps at one place reset, two apart do not', () => {
	const tap = (x: number) => {
		send('pointerdown', x, finger(1));
		send('pointerup', x, finger(1));
	};
	tap(100);
	tap(200);
	expect(heard).not.toContain('reset');
	tap(203);
	expect(heard).toContain('reset');
});

test('sideways wheels push a zoomed chart; others scroll the page', () => {
	const turn = (deltaX: number, deltaY: number) => {
		const wheel = new WheelEvent('wheel', { deltaX, deltaY, cancelable: true });
		element.dispatchEvent(wheel);
		return wheel.defaultPrevented;
	};
	expect([turn(30, 0), turn(0, 30)]).toEqual([false, false]);
	isZoomed = true;
	expect([turn(30, 0), turn(0, 30)]).toEqual([true, false]);
	expect(heard).toEqual(['pan -30']);
});

test('nothing is heard after the stop', () => {
	stop();
	send('pointermove', 10);
	expect(heard).toEqual([]);
});
