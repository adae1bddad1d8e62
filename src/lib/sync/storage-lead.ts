/**
 * Which of several tabs keeps what others write to a document. Every tab keeps its own changes; only one keeps
 * what comes from the network, so that two tabs do not do the same work twice.
 */
export class StorageLead {
	#isLeading: boolean;
	#release: (() => void) | undefined;
	readonly #giveUp = new AbortController();

	/** `onLead` is called when this tab takes over from another one. */
	constructor(doc: string, onLead: () => void) {
		// Without a secure context there are no locks: then each tab keeps everything, twice being harmless.
		this.#isLeading = !('locks' in navigator) || navigator.locks === undefined;
		if (!this.#isLeading) void this.#wait(doc, onLead);
	}

	get isLeading(): boolean {
		return this.#isLeading;
	}

	close(): void {
		this.#giveUp.abort();
		this.#release?.();
	}

	async #wait(doc: string, onLead: () => void): Promise<void> {
		const name = `downbeat:${doc}`;
		const hold = () =>
			new Promise<void>((resolve) => {
				this.#release = resolve;
				this.#isLeading = true;
			});
		const takeOver = () => {
			onLead();
			return hold();
		};
		try {
			const isFirst = await navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && hold());
			if (isFirst === null) await navigator.locks.request(name, { signal: this.#giveUp.signal }, takeOver);
		} catch (error) {
			if (!this.#giveUp.signal.aborted) throw error;
		}
	}
}
