import type { Result } from '../util/result.ts';
import type { ApiRefused } from '../sync/api-call.ts';
import {
	addressOfProvider,
	askForLink,
	askForReset,
	openLink,
	passkeyQuestion,
	proveAddress,
	resetPassword,
	signInWays,
	signInWithPasskey,
	signInWithPassword,
	signUp,
	whoIsSignedIn,
	type SignedInUser,
	type SignInWays,
	type SignUpProof
} from '../sync/sign-in-api.ts';
import { answerWithPasskey, hasPasskeys } from './passkeys.ts';
import type { Session } from './session.svelte.ts';

export type { SignUpProof };

/** Where somebody goes on: this page, as theirs; or the app loaded anew, with another shelf. */
export type Arrived = 'here' | 'elsewhere';

/** What a link of a mail asks for, and its token. */
export interface MailLink {
	readonly is: 'link' | 'reset' | 'verify';
	readonly token: string;
}

type Asked<T> = Promise<Result<T, ApiRefused>>;
type Entered = Asked<{ readonly user: SignedInUser }>;

/** Somebody on their way in: which ways there are, what went wrong, and what happens once they are in. */
export class SigningIn {
	readonly #session: Session;
	readonly #arrived: (where: Arrived) => void;
	#ways = $state.raw<SignInWays | undefined>();
	#problem = $state.raw<ApiRefused | undefined>();
	#isWorking = $state(false);
	#sentTo = $state('');
	#other = $state.raw<SignedInUser | undefined>();

	constructor(session: Session, arrived: (where: Arrived) => void) {
		this.#session = session;
		this.#arrived = arrived;
	}

	/** Undefined until the server said so. */
	get ways(): SignInWays | undefined {
		return this.#ways;
	}

	get hasPasskeys(): boolean {
		return this.#ways?.passkeys === true && hasPasskeys();
	}

	/** What did not go, for people. */
	get problem(): string {
		return this.#problem?.sentence ?? '';
	}

	get isOffline(): boolean {
		return this.#problem?.code === 'offline';
	}

	get isWorking(): boolean {
		return this.#isWorking;
	}

	/** Where a mail with a link was sent. */
	get sentTo(): string {
		return this.#sentTo;
	}

	/** Who is signed in on this browser already, without a shelf being open for them. */
	get signedInAlready(): SignedInUser | undefined {
		return this.#other;
	}

	/** Asks which ways there are. */
	async load(): Promise<void> {
		const ways = await this.#try(signInWays());
		if (ways) this.#ways = ways;
	}

	/** Whether this browser's session is somebody's: whoever has just come back from the provider, for one. */
	async look(isBack: boolean): Promise<void> {
		if (!(await this.#session.device.endOwedSession())) return;
		const answer = await whoIsSignedIn();
		const user = answer.ok ? answer.value?.user : undefined;
		if (!user) return;
		if (isBack || user.id === this.#session.device.who?.id) await this.#enter(user);
		else this.#other = user;
	}

	async goOn(): Promise<void> {
		if (this.#other) await this.#enter(this.#other);
	}

	withPassword(email: string, password: string): Promise<void> {
		return this.#come(() => signInWithPassword(email, password));
	}

	withPasskey(): Promise<void> {
		return this.#come(async () => {
			const question = await passkeyQuestion();
			if (!question.ok) return question;
			const answer = await answerWithPasskey(question.value);
			return answer.ok ? signInWithPasskey(answer.value) : answer;
		});
	}

	withLink(token: string): Promise<void> {
		return this.#come(() => openLink(token));
	}

	signUp(
		wish: { readonly name: string; readonly email: string; readonly password: string },
		proof: SignUpProof
	): Promise<void> {
		return this.#come(() => signUp(wish, proof));
	}

	/** Goes to the provider, which sends people back to `next`. Gives its address. */
	async addressOfProvider(next: string): Promise<string | undefined> {
		if (!(await this.#mayBegin())) return undefined;
		return (await this.#try(addressOfProvider(next)))?.url;
	}

	async askForLink(email: string): Promise<void> {
		if (await this.#try(askForLink(email))) this.#sentTo = email;
	}

	async askForReset(email: string): Promise<void> {
		if (await this.#try(askForReset(email))) this.#sentTo = email;
	}

	/** Gives whether the new password holds. */
	async resetPassword(token: string, password: string): Promise<boolean> {
		return (await this.#try(resetPassword(token, password))) !== undefined;
	}

	/** Gives whether the address is proven. */
	async proveAddress(token: string): Promise<boolean> {
		return (await this.#try(proveAddress(token))) !== undefined;
	}

	async #come(ask: () => Entered): Promise<void> {
		if (!(await this.#mayBegin())) return;
		const entered = await this.#try(ask());
		if (entered) await this.#enter(entered.user);
	}

	/** Whoever signed out here without a connection is signed out first: their session is not to be taken for another's. */
	async #mayBegin(): Promise<boolean> {
		if (await this.#session.device.endOwedSession()) return true;
		this.#problem = {
			code: 'offline',
			sentence: 'The server does not answer. Try again when you are online.'
		};
		return false;
	}

	async #enter(user: SignedInUser): Promise<void> {
		this.#isWorking = true;
		this.#arrived(await this.#session.signedIn(user));
		this.#isWorking = false;
	}

	async #try<T>(asked: Asked<T>): Promise<T | undefined> {
		this.#isWorking = true;
		this.#problem = undefined;
		const answer = await asked;
		this.#isWorking = false;
		if (answer.ok) return answer.value;
		this.#problem = answer.error;
		return undefined;
	}
}
