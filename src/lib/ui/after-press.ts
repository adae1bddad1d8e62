/** A press that ends without a click, such as a drag, is waited for no longer than this. */
const PRESS_MS_MAX = 500;

/**
 * Runs `change` once the press that is under way has clicked, or at once when there is none. For what changes because
 * the focus left: done at once, it could move what was pressed away from under the finger, and nothing would be clicked.
 */
export function afterPress(change: () => void): void {
	if (!document.querySelector(':active')) return change();
	const clicked = () => setTimeout(over);
	const waiting = setTimeout(over, PRESS_MS_MAX);
	window.addEventListener('click', clicked, { capture: true, once: true });

	function over() {
		clearTimeout(waiting);
		window.removeEventListener('click', clicked, { capture: true });
		change();
	}
}
