import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { Role } from '#lib/domain/access.ts';
import { INVITE_ROLES, type InviteRole, type OpenInvites } from '#lib/domain/sharing.ts';

type PeopleApi = SpaceSession['api']['people'];
type Links = Readonly<Partial<Record<InviteRole, string>>>;

interface Ports {
	readonly api: PeopleApi;
	/** The link for a role that this device made and kept: the server has only its hash. */
	readonly kept: (role: InviteRole) => string | undefined;
	readonly keep: (links: Links) => Promise<void>;
}

/** What was just handed out to one person. */
export interface HandedOut {
	readonly address: string;
	readonly invite: string;
	/** A mail with it is on its way. */
	readonly isSent: boolean;
}

/** Which ways into a space are open, and making and closing them. */
export class Invites {
	readonly #ports: Ports;
	#open = $state.raw<OpenInvites | undefined>();
	#handedOut = $state.raw<HandedOut | undefined>();
	#problem = $state('');
	#isWorking = $state(false);

	constructor(ports: Ports) {
		this.#ports = ports;
		void this.#load();
	}

	/** As the server lists them; undefined until it has answered. */
	get open(): OpenInvites | undefined {
		return this.#open;
	}

	get handedOut(): HandedOut | undefined {
		return this.#handedOut;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	get isWorking(): boolean {
		return this.#isWorking;
	}

	/** The link for a role, where this device made it and nobody has withdrawn it since. */
	secretOf(role: InviteRole): string | undefined {
		const isGone = this.#open && !this.#open.links.some((link) => link.role === role);
		return isGone ? undefined : this.#ports.kept(role);
	}

	async make(role: InviteRole): Promise<void> {
		const made = await this.#ask(() => this.#ports.api.newLink(role));
		if (made) await this.#ports.keep({ ...this.#links(), [role]: made.invite });
		await this.#load();
	}

	/** Whether somebody was invited. */
	async invite(address: string, role: Role): Promise<boolean> {
		const made = await this.#ask(() => this.#ports.api.invite(address, role));
		if (made) this.#handedOut = made;
		await this.#load();
		return made !== undefined;
	}

	/** A link, with the role it was for, or an invitation. */
	async withdraw(id: string, role?: InviteRole): Promise<void> {
		await this.#ask(() => this.#ports.api.withdraw(id));
		if (role) {
			const { [role]: _gone, ...rest } = this.#links();
			await this.#ports.keep(rest);
		}
		await this.#load();
	}

	#links(): Links {
		const kept = INVITE_ROLES.map((role) => [role, this.secretOf(role)] as const);
		return Object.fromEntries(kept.filter(([, secret]) => secret !== undefined));
	}

	async #ask<T>(
		call: () => Promise<{ ok: true; value: T } | { ok: false; error: { sentence: string } }>
	): Promise<T | undefined> {
		this.#isWorking = true;
		const answer = await call();
		this.#isWorking = false;
		this.#problem = answer.ok ? '' : answer.error.sentence;
		return answer.ok ? answer.value : undefined;
	}

	async #load(): Promise<void> {
		const answer = await this.#ports.api.invites();
		if (answer.ok) this.#open = answer.value;
	}
}
