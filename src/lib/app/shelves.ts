import * as z from 'zod/mini';
import { newId } from '../domain/id.ts';

// What one person keeps on this device is a shelf: a database of their own, which is never read for anybody else. Which
// shelves there are, and which one is open, is written down outside of them. Several tabs read and write it, so it is
// read anew before each change.

const account = z.object({ id: z.string(), name: z.string(), email: z.string() });
const shelf = z.object({
	database: z.string(),
	/** Absent for a device that is in its spaces by invite links alone. */
	account: z.optional(account),
	/** Its person signed out and wants it kept: it is not opened before they sign in again. */
	isSignedOut: z.optional(z.literal(true)),
	/** It is nobody's any more: the next start deletes it. */
	isToErase: z.optional(z.literal(true))
});
const registry = z.object({
	shelves: z.array(shelf),
	/** The database that is open; absent after a sign-out. */
	current: z.optional(z.string()),
	/** Somebody signed out while there was no connection: the server still honours the cookie of this browser. */
	isSessionToEnd: z.optional(z.literal(true))
});

export type Account = z.infer<typeof account>;
export type Shelf = Readonly<z.infer<typeof shelf>>;
type Registry = z.infer<typeof registry>;

/** Where the list is kept, and the name other tabs hear of when it changes. */
export const SHELVES_KEY = 'downbeat.shelves';

const FIRST_DATABASE = 'downbeat';

export type ShelfStorage = Pick<Storage, 'getItem' | 'setItem'>;

export class Shelves {
	readonly #storage: ShelfStorage | undefined;

	/** Without a storage there is one shelf, the first, and nothing of it is remembered. */
	constructor(storage: ShelfStorage | undefined = storageOfBrowser()) {
		this.#storage = storage;
	}

	/** Whether nothing readable is written down: a new device, or one that forgot whose the first shelf is. */
	get isForgotten(): boolean {
		return this.#written() === undefined;
	}

	/** The shelf that may be opened now. */
	get current(): Shelf | undefined {
		const { shelves, current } = this.#read();
		return shelves.find(({ database, isSignedOut }) => database === current && !isSignedOut);
	}

	/** A shelf that belongs to no account and that anybody who holds this device may open. */
	get accountless(): Shelf | undefined {
		return this.#read().shelves.find((one) => !one.account && !one.isSignedOut);
	}

	get isSessionToEnd(): boolean {
		return this.#read().isSessionToEnd === true;
	}

	shelfOf(accountId: string): Shelf | undefined {
		return this.#read().shelves.find((one) => one.account?.id === accountId);
	}

	/** An empty shelf with a name that nothing else has. It is on no list before `open`. */
	fresh(): Shelf {
		return { database: `${FIRST_DATABASE}-${newId()}` };
	}

	/**
	 * Opens a shelf from now on, for its account when it has one. Whoever had another one open with an account and did
	 * not sign out is signed out with it: somebody else holds the device.
	 */
	open(opened: Omit<Shelf, 'isSignedOut'>): void {
		this.#change((kept) => ({
			...kept,
			shelves: [
				...kept.shelves
					.filter(({ database }) => database !== opened.database)
					.map((one) => (one.account ? { ...one, isSignedOut: true as const } : one)),
				{ database: opened.database, ...(opened.account && { account: opened.account }) }
			],
			current: opened.database
		}));
	}

	/** Closes the open shelf until its account signs in again. */
	closeCurrent(): void {
		this.#change(({ current, ...kept }) => ({
			...kept,
			shelves: kept.shelves.map((one) =>
				one.database === current ? { ...one, isSignedOut: true as const } : one
			)
		}));
	}

	/** Closes the open shelf for good, and forgets whose it was. */
	giveUpCurrent(): void {
		this.#change(({ current, ...kept }) => ({
			...kept,
			shelves: kept.shelves.map((one) =>
				one.database === current ? { database: one.database, isSignedOut: true, isToErase: true } : one
			)
		}));
	}

	/** Databases that are to be deleted. */
	get toErase(): readonly string[] {
		return this.#read().shelves.flatMap(({ database, isToErase }) => (isToErase ? [database] : []));
	}

	/** The shelf was erased. */
	forget(erased: string): void {
		this.#change(({ current, ...kept }) => ({
			...kept,
			shelves: kept.shelves.filter(({ database }) => database !== erased),
			...(current !== erased && { current })
		}));
	}

	/** Puts a shelf on the list whose own note says whose it is. A browser that keeps no list is asked again next time. */
	restore(found: Shelf): void {
		try {
			this.#change((kept) => ({
				...kept,
				shelves: [...kept.shelves.filter(({ database }) => database !== found.database), found]
			}));
		} catch {
			return; // Site data is blocked or full: nothing was signed out of here either.
		}
	}

	/** The next start with a connection has a session to end. */
	owesSignOut(isOwed: boolean): void {
		this.#change(({ isSessionToEnd: _before, ...kept }) => ({
			...kept,
			...(isOwed && { isSessionToEnd: true as const })
		}));
	}

	#read(): Registry {
		return this.#written() ?? { shelves: [{ database: FIRST_DATABASE }], current: FIRST_DATABASE };
	}

	#written(): Registry | undefined {
		try {
			const read = z.safeParse(registry, JSON.parse(this.#storage?.getItem(SHELVES_KEY) ?? 'null'));
			return read.success ? read.data : undefined;
		} catch {
			return undefined; // Not JSON, or a browser that gives no storage: the first shelf is all there is.
		}
	}

	#change(change: (kept: Registry) => Registry): void {
		this.#storage?.setItem(SHELVES_KEY, JSON.stringify(change(this.#read())));
	}
}

function storageOfBrowser(): ShelfStorage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined; // Site data is blocked: reading the property throws.
	}
}
