import type { Directory } from './directory.ts';
import { isSameSecret, newSecret } from './token.ts';

/**
 * The first run. Whoever holds the one-time token may found the first space and becomes its owner; after that
 * there is nothing more to set up, whatever becomes of the space.
 */
export class Setup {
	readonly #directory: Directory;
	readonly #fixedToken: string | undefined;

	/** `fixedToken`: chosen by the operator for automated installs. */
	constructor(directory: Directory, fixedToken: string | undefined) {
		this.#directory = directory;
		this.#fixedToken = fixedToken;
	}

	get isOpen(): boolean {
		return !this.#directory.setup().isUsed;
	}

	/** What the setup link carries: the same at every start until it is used. Undefined when it was. */
	token(): string | undefined {
		const { isUsed, token } = this.#directory.setup();
		if (isUsed) return undefined;
		const kept = this.#fixedToken ?? token;
		if (kept) return kept;
		const fresh = newSecret();
		this.#directory.keepSetupToken(fresh);
		return fresh;
	}

	isToken(shown: string): boolean {
		const expected = this.token();
		return expected !== undefined && isSameSecret(shown, expected);
	}
}
