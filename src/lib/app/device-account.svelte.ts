import * as z from 'zod/mini';
import type { Secret } from '../sync/api-call.ts';
import { DexieStore } from '../sync/dexie-store.ts';
import { endSession, type SignedInUser } from '../sync/sign-in-api.ts';
import { Shelves, type Account, type Shelf } from './shelves.ts';

/** Each shelf says itself whose it is, should the list of shelves be lost. */
const OWNER_SETTING = 'owner';
const owner = z.object({
	account: z.object({ id: z.string(), name: z.string(), email: z.string() }),
	isSignedOut: z.boolean()
});

/** Whose this device is now: the shelf that this page has open, and the account it belongs to, if any. */
export class DeviceAccount {
	readonly #shelves: Shelves;
	readonly #shelf: Shelf;
	readonly store: DexieStore;
	#isOpen = $state(false);
	#who = $state.raw<Account | undefined>();
	#ending: Promise<boolean> | undefined;
	/** This page has said itself who comes next, and is on its way out. */
	#isLeaving = false;

	/** Opens the shelf that may be opened. Without one a new shelf is at hand, which nothing is read from or written to. */
	static async start(onOutdated: () => void): Promise<DeviceAccount> {
		const shelves = new Shelves();
		if (shelves.isForgotten) await recall(shelves);
		for (const database of shelves.toErase) void eraseFrom(shelves, database);
		return new DeviceAccount(shelves, onOutdated);
	}

	private constructor(shelves: Shelves, onOutdated: () => void) {
		this.#shelves = shelves;
		const { current } = shelves;
		this.#isOpen = current !== undefined;
		this.#shelf = current ?? shelves.fresh();
		this.#who = this.#shelf.account;
		this.store = new DexieStore({ name: this.#shelf.database, onOutdated });
	}

	/** The account of this shelf. Its session may be over: what is kept here opens all the same. */
	get who(): Account | undefined {
		return this.#who;
	}

	/** Whether a shelf is open. Not so after signing out. */
	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** What calls show where a space has no token. */
	get cookie(): Secret {
		return { account: this.#who?.id };
	}

	/** Another tab signed in or out: this page holds what is not to be shown any more. */
	get isOver(): boolean {
		if (this.#isLeaving) return false;
		const { current } = this.#shelves;
		const database = this.#isOpen ? this.#shelf.database : undefined;
		return current?.database !== database || current?.account?.id !== this.#who?.id;
	}

	/** Whether there is a shelf of nobody's account beside this one. */
	get hasAccountless(): boolean {
		const { accountless } = this.#shelves;
		return accountless !== undefined && (!this.#isOpen || accountless.database !== this.#shelf.database);
	}

	/** Whether this very shelf can be the one of `user`: it is theirs, or nobody's while they have no other. */
	canBeOf(user: SignedInUser): boolean {
		const own = this.#shelves.shelfOf(user.id);
		return own ? own.database === this.#shelf.database : this.#who === undefined;
	}

	/** This shelf is where things are kept from now on. */
	claim(): void {
		if (this.#isOpen) return;
		this.#shelves.open(this.#shelf);
		this.#isOpen = true;
	}

	/** The shelf is that account's from now on, or they are called something else. */
	async give(user: Account): Promise<void> {
		const account = { id: user.id, name: user.name, email: user.email };
		this.#shelves.open({ database: this.#shelf.database, account });
		this.#isOpen = true;
		this.#who = account;
		await this.store.putSetting(OWNER_SETTING, { account, isSignedOut: false });
	}

	/** The next page opens the shelf of `user`, or an empty one. This page must be left at once. */
	handOver({ id, name, email }: SignedInUser): void {
		this.#isLeaving = true;
		const { database } = this.#shelves.shelfOf(id) ?? this.#shelves.fresh();
		this.#shelves.open({ database, account: { id, name, email } });
	}

	/** The next page opens the shelf that belongs to no account. This page must be left at once. */
	openAccountless(): void {
		const { accountless } = this.#shelves;
		if (!accountless) return;
		this.#isLeaving = true;
		this.#shelves.open(accountless);
	}

	/**
	 * Signs out, with or without a connection. `keep`: the shelf stays as it is for when the same account signs in
	 * again. The page must be left at once: the next one tells the server, when it can, and erases what is to be erased.
	 */
	async signOut(how: 'keep' | 'erase'): Promise<void> {
		this.#isLeaving = true;
		this.#shelves.owesSignOut(true);
		await this.store.putSetting(OWNER_SETTING, { account: this.#who, isSignedOut: true });
		if (how === 'keep') this.#shelves.closeCurrent();
		else this.#shelves.giveUpCurrent();
	}

	/** The account was deleted on the server: what is kept of it here goes too. The page must be left at once. */
	accountDeleted(): void {
		this.#isLeaving = true;
		this.#shelves.giveUpCurrent();
	}

	/** Ends the session of whoever signed out without a connection. Gives whether there is none such any more. */
	endOwedSession(): Promise<boolean> {
		if (!this.#shelves.isSessionToEnd) return Promise.resolve(true);
		this.#ending ??= endSession().then(({ ok }) => {
			if (ok) this.#shelves.owesSignOut(false);
			this.#ending = undefined;
			return ok;
		});
		return this.#ending;
	}
}

/** Not from the page that had it open: a browser deletes nothing that is still being written. */
async function eraseFrom(shelves: Shelves, database: string): Promise<void> {
	try {
		await DexieStore.erase(database);
		shelves.forget(database);
	} catch {
		return; // Another tab has not let go of it: the next start tries again. Nobody opens it meanwhile.
	}
}

/** The list of shelves is new or lost. Whose the first one is stands in it. */
async function recall(shelves: Shelves): Promise<void> {
	const { current } = shelves;
	if (!current) return;
	const store = new DexieStore({ name: current.database });
	const note = z.safeParse(owner, await store.setting(OWNER_SETTING));
	store.close();
	shelves.restore({
		...current,
		...(note.success && { account: note.data.account }),
		...(note.success && note.data.isSignedOut && { isSignedOut: true as const })
	});
}
