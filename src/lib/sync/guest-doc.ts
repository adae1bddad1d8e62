import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Link, type LinkState } from './link.ts';

export interface GuestDocOptions {
	/** `ws://host/sync`. */
	readonly url: string;
	/** `<space>/<document>`. */
	readonly name: string;
	readonly token: string;
	/** Called after anything of it changed: its content, or its connection. */
	readonly changed: () => void;
}

/**
 * The one document that a guest link shows, for as long as the tab is open: it is in memory alone, nothing of it
 * reaches the device's storage or other tabs, and nothing of this device reaches it.
 */
export class GuestDoc {
	readonly doc = new Y.Doc();
	readonly #awareness = new Awareness(this.doc);
	readonly #link: Link;
	#hasArrived = false;

	constructor({ url, name, token, changed }: GuestDocOptions) {
		this.#awareness.setLocalState(null);
		this.doc.on('update', changed);
		this.#link = new Link({
			url,
			name,
			token,
			doc: this.doc,
			awareness: this.#awareness,
			isAlone: true,
			listener: {
				connecting: ignore,
				stateChanged: changed,
				exchanged: () => {
					this.#hasArrived = true;
					changed();
				},
				queued: ignore,
				acknowledged: ignore,
				authors: ignore,
				clock: ignore,
				notice: ignore,
				refused: ignore,
				serverHas: ignore,
				untilKept: () => undefined
			}
		});
		this.#link.connect();
	}

	get link(): LinkState {
		return this.#link.state;
	}

	/** All of it has come once. */
	get hasArrived(): boolean {
		return this.#hasArrived;
	}

	/** Tries the connection now instead of at the next turn. */
	nudge(): void {
		this.#link.nudge();
	}

	close(): void {
		this.#link.close();
		this.#awareness.destroy();
		this.doc.destroy();
	}
}

const ignore = (): void => undefined;
