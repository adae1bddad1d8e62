import type { PersonId } from '#lib/domain/id.ts';
import type { Access, Credential, Principal, Shown } from './access.ts';

/** For tests: a fixed list of who holds which token. Each can be withdrawn, or come to stand otherwise. */
export class ListedAccess implements Access {
	readonly #principals: Map<string, Principal>;
	readonly #callbacks = new Set<() => void>();

	constructor(principals: Record<string, Omit<Principal, 'id' | 'name'>>) {
		this.#principals = new Map(
			Object.entries(principals).map(([token, fields]) => [token, { ...fields, id: token, name: token }])
		);
	}

	identify({ token }: Shown): Promise<Credential | undefined> {
		const principal = this.#principals.get(token ?? '');
		return Promise.resolve(principal && { is: 'token', id: principal.id, space: principal.space });
	}

	principalIn(space: string, { id }: Credential): Principal | undefined {
		const principal = this.#principals.get(id);
		return principal?.space === space ? principal : undefined;
	}

	isOpen({ id }: Credential): boolean {
		return this.#principals.has(id);
	}

	adminOf({ id }: Credential): PersonId | undefined {
		return id === 'admin' ? this.#principals.get(id)?.person : undefined;
	}

	hasSpace(space: string): boolean {
		return [...this.#principals.values()].some((principal) => principal.space === space);
	}

	onChange(callback: () => void): () => void {
		this.#callbacks.add(callback);
		return () => this.#callbacks.delete(callback);
	}

	revoke(token: string): void {
		this.#principals.delete(token);
		for (const callback of this.#callbacks) callback();
	}

	change(token: string, fields: Partial<Principal>): void {
		const principal = this.#principals.get(token);
		if (principal) this.#principals.set(token, { ...principal, ...fields });
		for (const callback of this.#callbacks) callback();
	}
}
