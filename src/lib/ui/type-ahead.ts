// A field that was asked for takes a moment to be drawn. What is typed meanwhile is meant for it: an unseen field takes
// the keys, with any input method, and hands over what it holds as if it had been typed.

/** Text fields, and the text of an editor. */
const isField = (target: EventTarget | null): target is HTMLElement =>
	target instanceof HTMLInputElement ||
	target instanceof HTMLTextAreaElement ||
	(target instanceof HTMLElement && target.isContentEditable);

/**
 * Takes the keyboard at once, and resolves when a field for which `isMeant` has taken it over with what was typed; or
 * when none will: `asked` gives false or rejects (which is passed on), Escape is pressed, somebody presses elsewhere, or
 * no field has come `atMostMs` after `asked`.
 */
export async function typeAhead(
	asked: Promise<boolean>,
	{ isMeant, atMostMs }: { isMeant: (field: HTMLElement) => boolean; atMostMs: number }
): Promise<void> {
	const catcher = document.createElement('textarea');
	catcher.ariaLabel = 'Goes into the field that is about to come';
	catcher.style.cssText = 'position:fixed;inset:0 auto auto 0;inline-size:1px;block-size:1px;opacity:0';
	document.body.append(catcher);
	catcher.focus({ preventScroll: true });

	const stop = new AbortController();
	const taken = new Promise<void>((resolve) => {
		stop.signal.addEventListener('abort', () => resolve());
		const taking = ({ target }: FocusEvent) => {
			if (target === catcher || !isField(target)) return;
			if (isMeant(target)) {
				stop.abort();
				if (catcher.value) document.execCommand('insertText', false, catcher.value);
			} else catcher.focus({ preventScroll: true });
		};
		document.addEventListener('focusin', taking, { signal: stop.signal });
		const press = (event: KeyboardEvent) => {
			event.stopPropagation();
			if (event.key === 'Enter' || event.key === 'Tab') event.preventDefault();
			if (event.key === 'Escape') stop.abort();
		};
		catcher.addEventListener('keydown', press);
		// Somebody who presses elsewhere goes on with something else.
		document.addEventListener('pointerdown', () => stop.abort(), { signal: stop.signal, capture: true });
	});

	try {
		if (!(await Promise.race([asked, taken.then(() => true)]))) return;
		const waiting = setTimeout(() => stop.abort(), atMostMs);
		await taken;
		clearTimeout(waiting);
	} finally {
		stop.abort();
		catcher.remove();
	}
}
