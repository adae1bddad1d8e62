import type { Result } from '../util/result.ts';
import { AccountApi, type DeviceSession, type Passkey } from '../sync/account-api.ts';
import type { ApiRefused } from '../sync/api-call.ts';
import { signInWays, whoIsSignedIn, type SignInWays } from '../sync/sign-in-api.ts';
import { makePasskey } from './passkeys.ts';
import type { Session } from './session.svelte.ts';
import type { Account } from './shelves.ts';

export type { DeviceSession, Passkey };

/** The account of whoever is signed in on this device, to look after. What is asked of the server is asked by `load`. */
export class MyAccount {
	readonly who: Account;
	readonly #session: Session;
	readonly #api: AccountApi;
	#ways = $state.raw<SignInWays | undefined>();
	#own = $state.raw<readonly string[]>([]);
	#passkeys = $state.raw<readonly Passkey[]>([]);
	#sessions = $state.raw<readonly DeviceSession[]>([]);
	#isProven = $state(true);
	#isLoaded = $state(false);
	#problem = $state('');

	constructor(session: Session, who: Account) {
		this.who = who;
		this.#session = session;
		this.#api = new AccountApi(who.id);
	}

	/** Whether the server has told all of it. */
	get isLoaded(): boolean {
		return this.#isLoaded;
	}

	/** What did not go, for people. */
	get problem(): string {
		return this.#problem;
	}

	get hasPassword(): boolean {
		return this.#own.includes('password');
	}

	/** What the provider is called that this account signs in with, if it does. */
	get provider(): string | undefined {
		return this.#own.includes('oidc') ? this.#ways?.oidc?.name : undefined;
	}

	/** Whether the address is not confirmed yet and a mail could do it. */
	get canConfirm(): boolean {
		return !this.#isProven && this.#ways?.emailLinks === true;
	}

	get canAddPasskeys(): boolean {
		return this.#ways?.passkeys === true && 'PublicKeyCredential' in globalThis;
	}

	get passkeys(): readonly Passkey[] {
		return this.#passkeys;
	}

	/** This device first. */
	get sessions(): readonly DeviceSession[] {
		return this.#sessions.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
	}

	async load(): Promise<void> {
		const [ways, own, passkeys, sessions, signedIn] = await Promise.all([
			signInWays(),
			this.#api.ways(),
			this.#api.passkeys(),
			this.#api.sessions(),
			whoIsSignedIn()
		]);
		if (ways.ok) this.#ways = ways.value;
		if (own.ok) this.#own = own.value.ways.map(({ way }) => way);
		if (passkeys.ok) this.#passkeys = passkeys.value.passkeys;
		if (sessions.ok) this.#sessions = sessions.value.sessions;
		if (signedIn.ok) this.#isProven = signedIn.value?.user.isEmailVerified ?? true;
		this.#isLoaded = own.ok && passkeys.ok && sessions.ok;
	}

	async changePassword(current: string, next: string): Promise<boolean> {
		return this.#done(this.#api.changePassword(current, next));
	}

	/** Sends a mail that confirms the address. */
	askForProof(): Promise<boolean> {
		return this.#done(this.#api.askForProof());
	}

	/** Asks this device for a new passkey. */
	async addPasskey(name: string): Promise<boolean> {
		const question = await this.#api.passkeyQuestion();
		if (!question.ok) return this.#refused(question.error);
		const made = await makePasskey(question.value);
		if (!made.ok) return this.#refused(made.error);
		return this.#done(this.#api.addPasskey(made.value, name));
	}

	renamePasskey(id: string, name: string): Promise<boolean> {
		return this.#done(this.#api.renamePasskey(id, name));
	}

	removePasskey(id: string): Promise<boolean> {
		return this.#done(this.#api.removePasskey(id));
	}

	endSession(id: string): Promise<boolean> {
		return this.#done(this.#api.endSession(id));
	}

	endOtherSessions(): Promise<boolean> {
		return this.#done(this.#api.endOtherSessions());
	}

	/** Everything the server keeps of the account, as JSON; undefined when it could not be had. */
	async exported(): Promise<string | undefined> {
		const answer = await this.#api.exported();
		if (answer.ok) return new TextDecoder().decode(answer.value);
		this.#refused(answer.error);
		return undefined;
	}

	/** Deletes the account, and what is kept of it on this device. The page must be left when it gives true. */
	async deleteForGood(password: string): Promise<boolean> {
		const answer = await this.#api.deleteAccount(password);
		if (!answer.ok) return this.#refused(answer.error);
		await this.#session.close();
		this.#session.device.accountDeleted();
		return true;
	}

	/** A sentence of an earlier try goes. */
	forgive(): void {
		this.#problem = '';
	}

	async #done(asked: Promise<Result<unknown, ApiRefused>>): Promise<boolean> {
		const answer = await asked;
		if (!answer.ok) return this.#refused(answer.error);
		this.#problem = '';
		await this.load();
		return true;
	}

	#refused({ sentence }: ApiRefused): false {
		this.#problem = sentence;
		return false;
	}
}
