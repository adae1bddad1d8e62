import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { DocumentId } from '#lib/domain/id.ts';
import type { GuestLink } from '#lib/domain/sharing.ts';

type TokensApi = SpaceSession['api']['tokens'];
type Made = GuestLink & { readonly token: string };

/** The links by which guests see a document: of one document, or of all. */
export class GuestLinks {
	readonly #api: TokensApi;
	readonly #document: DocumentId | undefined;
	#all = $state.raw<readonly GuestLink[] | undefined>();
	#made = $state.raw<Made | undefined>();
	#problem = $state('');

	constructor(api: TokensApi, document?: DocumentId) {
		this.#api = api;
		this.#document = document;
	}

	/** Those that still open something, oldest first; undefined until the server has answered. */
	get listed(): readonly GuestLink[] | undefined {
		return this.#all?.filter(({ document }) => !this.#document || document === this.#document);
	}

	/** The one that was just made, with its secret. Gone with the dialog. */
	get made(): Made | undefined {
		return this.#made;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	async create(wish: Parameters<TokensApi['createLink']>[0]): Promise<boolean> {
		const made = await this.#api.createLink(wish);
		this.#problem = made.ok ? '' : made.error.sentence;
		if (made.ok) this.#made = made.value;
		await this.load();
		return made.ok;
	}

	async revoke(id: string): Promise<void> {
		const revoked = await this.#api.revokeLink(id);
		this.#problem = revoked.ok ? '' : revoked.error.sentence;
		if (revoked.ok && this.#made?.id === id) this.#made = undefined;
		await this.load();
	}

	async load(): Promise<void> {
		const answer = await this.#api.links();
		if (answer.ok) this.#all = answer.value.links;
	}
}
