import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { Role } from '#lib/domain/access.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { Member } from '#lib/domain/sharing.ts';

type PeopleApi = SpaceSession['api']['people'];

/** Who is in a space with which role, as the server lists them. */
export class PeopleList {
	readonly #api: PeopleApi;
	#members = $state.raw<readonly Member[] | undefined>();
	#problem = $state('');

	constructor(api: PeopleApi) {
		this.#api = api;
	}

	/** In the order they joined. Undefined until the server has answered: it alone knows the roles. */
	get members(): readonly Member[] | undefined {
		return this.#members;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	async changeRole(person: PersonId, role: Role): Promise<boolean> {
		return this.#done(await this.#api.changeRole(person, role));
	}

	async remove(person: PersonId): Promise<boolean> {
		return this.#done(await this.#api.remove(person));
	}

	/** Takes this person out. */
	async leave(): Promise<boolean> {
		return this.#done(await this.#api.leave());
	}

	async load(): Promise<void> {
		const answer = await this.#api.list();
		if (answer.ok) this.#members = answer.value.members;
	}

	async #done(answer: Awaited<ReturnType<PeopleApi['remove' | 'changeRole']>>): Promise<boolean> {
		this.#problem = answer.ok ? '' : answer.error.sentence;
		await this.load();
		return answer.ok;
	}
}
