import type { SpaceSession } from '#lib/app/space-session.svelte.ts';

type SpaceApi = SpaceSession['api'];
type Listed = {
	readonly id: string;
	readonly kind: string;
	readonly label: string;
	readonly createdAt: string;
};

/** The tokens of a space, as the server lists them. */
export class TokenList {
	readonly #api: SpaceApi;
	#listed = $state.raw<readonly Listed[]>([]);
	#made = $state.raw<{ readonly label: string; readonly token: string } | undefined>();
	#problem = $state('');

	constructor(api: SpaceApi) {
		this.#api = api;
		void this.#load();
	}

	get listed(): readonly Listed[] {
		return this.#listed;
	}

	/** The one that was just made, with its secret. Gone with the page. */
	get made(): { readonly label: string; readonly token: string } | undefined {
		return this.#made;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	async create(label: string): Promise<boolean> {
		const made = await this.#api.createToken(label);
		this.#problem = made.ok ? '' : made.error.sentence;
		if (made.ok) this.#made = made.value;
		await this.#load();
		return made.ok;
	}

	async revoke(id: string): Promise<void> {
		const revoked = await this.#api.revokeToken(id);
		this.#problem = revoked.ok ? '' : revoked.error.sentence;
		await this.#load();
	}

	async #load(): Promise<void> {
		const answer = await this.#api.tokens();
		if (answer.ok) this.#listed = answer.value.tokens;
	}
}
