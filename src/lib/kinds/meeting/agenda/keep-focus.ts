/**
 * Remembers who has the focus inside `root`, and what is selected there. The answer gives both back, if they were
 * lost meanwhile; when nothing of `root` has the focus there is nothing to remember.
 */
export function rememberFocus(root: HTMLElement | undefined): (() => void) | undefined {
	const active = document.activeElement;
	if (!(active instanceof HTMLElement) || !root?.contains(active)) return undefined;
	const range = active instanceof HTMLInputElement ? rangeOf(active) : undefined;
	return () => {
		if (document.activeElement === active || !active.isConnected) return;
		active.focus({ preventScroll: true });
		if (range && active instanceof HTMLInputElement) active.setSelectionRange(...range);
	};
}

function rangeOf(input: HTMLInputElement): [number, number] | undefined {
	const { selectionStart, selectionEnd } = input;
	return selectionStart === null || selectionEnd === null ? undefined : [selectionStart, selectionEnd];
}
