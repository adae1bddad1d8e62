import { mayDo, mayWrite, type Deed, type Standing, type Writing } from '../domain/access.ts';
import type { Notice } from '../protocol/messages.ts';

/** What this person may do in a space, as far as this device knows. The server decides; this only reflects it. */
export class Rights {
	readonly #changed: (standing: Standing) => void;
	#standing = $state.raw<Standing>('viewer');

	/** `changed`: the server said something else than this device knew. */
	constructor(standing: Standing, changed: (standing: Standing) => void) {
		this.#standing = standing;
		this.#changed = changed;
	}

	get standing(): Standing {
		return this.#standing;
	}

	may(deed: Deed): boolean {
		return mayDo(this.#standing, 'space', deed);
	}

	/** How much of a document of a kind they may write. */
	writing(kind: string): Writing {
		return mayWrite(this.#standing, 'space', kind);
	}

	heard(notice: Notice): void {
		if (notice.type === 'access') this.#set(notice.role);
	}

	/** The server does not let this person in any more. */
	ended(): void {
		this.#set('former');
	}

	#set(standing: Standing): void {
		if (standing === this.#standing) return;
		this.#standing = standing;
		this.#changed(standing);
	}
}
