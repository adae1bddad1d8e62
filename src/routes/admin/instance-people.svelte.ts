import { listed } from '#lib/domain/words.ts';
import type { InstanceApi, InstancePerson, InstanceSpace } from '#lib/app/instance.ts';

/** Everybody and every space of the server, as it last said. */
export class InstancePeople {
	readonly #api: InstanceApi;
	#people = $state.raw<readonly InstancePerson[]>([]);
	#spaces = $state.raw<readonly InstanceSpace[]>([]);
	#said = $state('');
	#problem = $state('');

	constructor(api: InstanceApi) {
		this.#api = api;
	}

	/** By name. */
	get people(): readonly InstancePerson[] {
		return this.#people;
	}

	/** Oldest first. */
	get spaces(): readonly InstanceSpace[] {
		return this.#spaces;
	}

	/** What the last thing did. */
	get said(): string {
		return this.#said;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	/** Whether somebody is the only one who looks after the server. */
	isLastAdmin({ isAdmin }: InstancePerson): boolean {
		return isAdmin && this.#people.filter((person) => person.isAdmin).length === 1;
	}

	async load(): Promise<void> {
		const [people, spaces] = await Promise.all([this.#api.people(), this.#api.spaces()]);
		if (people.ok) this.#people = people.value.people;
		if (spaces.ok) this.#spaces = spaces.value.spaces;
		const failed = [people, spaces].find(({ ok }) => !ok);
		this.#problem = failed && !failed.ok ? failed.error.sentence : '';
	}

	async setAdmin({ person, name }: InstancePerson, isAdmin: boolean): Promise<void> {
		const answer = await this.#api.setAdmin(person, isAdmin);
		const now = isAdmin ? 'looks after this server now' : 'no longer looks after this server';
		await this.#after(answer.ok ? { said: `${name} ${now}.` } : { problem: answer.error.sentence });
	}

	async remove({ person, name, spaces }: InstancePerson): Promise<void> {
		const answer = await this.#api.removeEverywhere(person);
		if (!answer.ok) return this.#after({ problem: answer.error.sentence });
		const kept = spaces.filter(({ space }) => answer.value.kept.includes(space)).map(({ title }) => title);
		const stays =
			kept.length > 0
				? ` Still in ${listed(kept)}: a space needs an owner. Make somebody else one first.`
				: '';
		const gone = answer.value.removed.length > 0;
		return this.#after({
			said: `${gone ? `${name} removed.` : `${name} was removed from no space.`}${stays}`
		});
	}

	async #after({ said = '', problem = '' }: { said?: string; problem?: string }): Promise<void> {
		await this.load();
		this.#said = said;
		if (problem) this.#problem = problem;
	}
}

export const roleIn = (person: InstancePerson): string =>
	person.spaces.map(({ title, role }) => `${title} (${role})`).join(', ');
