import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { ProgramToken } from '#lib/domain/sharing.ts';

type TokensApi = SpaceSession['api']['tokens'];
type Wish = Parameters<TokensApi['create']>[0];
type Made = ProgramToken & { readonly token: string };

/** The tokens of a space, as the server lists them. */
export class TokenList {
	readonly #api: TokensApi;
	#listed = $state.raw<readonly ProgramToken[]>([]);
	#made = $state.raw<Made | undefined>();
	#problem = $state('');

	constructor(api: TokensApi) {
		this.#api = api;
	}

	get listed(): readonly ProgramToken[] {
		return this.#listed;
	}

	/** The one that was just made, with its secret. Gone with the page. */
	get made(): Made | undefined {
		return this.#made;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	async create(wish: Wish): Promise<boolean> {
		const made = await this.#api.create(wish);
		this.#problem = made.ok ? '' : made.error.sentence;
		if (made.ok) this.#made = made.value;
		await this.load();
		return made.ok;
	}

	async revoke(id: string): Promise<void> {
		const revoked = await this.#api.revoke(id);
		this.#problem = revoked.ok ? '' : revoked.error.sentence;
		if (revoked.ok && this.#made?.id === id) this.#made = undefined;
		await this.load();
	}

	async load(): Promise<void> {
		const answer = await this.#api.list();
		if (answer.ok) this.#listed = answer.value.tokens;
	}
}
