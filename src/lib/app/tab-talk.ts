/** Tells this device's other tabs that what is kept has changed, and hears it from them. Not more than needed. */
export class TabTalk {
	readonly #channel: BroadcastChannel | undefined;
	readonly #everyMs: number;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: { name: string; everyMs: number; onHeard: () => void }) {
		this.#everyMs = options.everyMs;
		this.#channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(options.name);
		if (this.#channel) this.#channel.onmessage = () => options.onHeard();
	}

	/** Says it once, soon: many changes in a row are one message. */
	say(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#channel?.postMessage('changed');
		}, this.#everyMs);
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#channel?.close();
	}
}
