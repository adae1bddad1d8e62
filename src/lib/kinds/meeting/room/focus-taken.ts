/** Resolves when something takes the focus, or after `atMostMs` when nothing has. */
export function focusTaken(atMostMs: number): Promise<void> {
	return new Promise((resolve) => {
		const stop = new AbortController();
		const done = () => {
			stop.abort();
			resolve();
		};
		document.addEventListener('focusin', done, { signal: stop.signal });
		const waiting = setTimeout(done, atMostMs);
		stop.signal.addEventListener('abort', () => clearTimeout(waiting));
	});
}
