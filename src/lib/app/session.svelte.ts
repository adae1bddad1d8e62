import type { Standing } from '../domain/access.ts';
import { newPersonId, type SpaceId } from '../domain/id.ts';
import type { InviteRole } from '../domain/sharing.ts';
import { ok, type Result } from '../util/result.ts';
import type { DeviceStore, KnownSpace } from '../sync/device-store.ts';
import { AccountApi } from '../sync/account-api.ts';
import type { ApiRefused } from '../sync/api-call.ts';
import { DexieStore } from '../sync/dexie-store.ts';
import { NewerStorage } from './newer-storage.ts';
import { joinSpace, setUpSpace, SpaceApi, type SetupWish } from '../sync/server-api.ts';
import { ServerClock, type ClockReading } from '../sync/server-clock.ts';
import { whoIsSignedIn, type SignedInUser } from '../sync/sign-in-api.ts';
import { DeviceAccount } from './device-account.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';
import { Ticker } from './ticker.svelte.ts';

const CLOCK_SETTING = 'clock';
const NAME_SETTING = 'name';

/** The offset is written down when it moved by more than this: a keystroke's answer is no reason to write. */
const CLOCK_WRITE_MS_MIN = 250;

/** This device: the spaces it may open, its clock, and the space that is open. One instance, by context. */
export class Session {
	/** Whose this device is, and how that changes. */
	readonly device: DeviceAccount;
	readonly #store: DeviceStore;
	readonly #clock: ServerClock;
	/** Turns with the seconds of the server's clock. */
	readonly seconds: Ticker;
	/** For lists and headings that only change with the minute. */
	readonly minutes: Ticker;
	#spaces = $state.raw<readonly KnownSpace[]>([]);
	#current = $state.raw<SpaceSession | undefined>();
	#isOutdated = $state(false);
	#clockWritten: ClockReading | undefined;

	/**
	 * Reads what the device keeps. Rejects when the browser gives no storage at all, or with `NewerStorage` when a newer app
	 * has been here: then nothing was opened.
	 */
	static async start(): Promise<Session> {
		const onOutdated = () => {
			if (started) started.#isOutdated = true;
		};
		const device = await DeviceAccount.start(onOutdated);
		const { store } = device;
		if (await DexieStore.isFromTheFuture(store.name)) throw new NewerStorage();
		const [spaces, kept] = device.isOpen
			? await Promise.all([store.spaces(), store.setting(CLOCK_SETTING)])
			: [[], undefined];
		const started: Session | undefined = new Session(device, spaces, kept as ClockReading | undefined);
		void started.resume();
		return started;
	}

	private constructor(device: DeviceAccount, spaces: readonly KnownSpace[], kept: ClockReading | undefined) {
		this.device = device;
		this.#store = device.store;
		this.#spaces = spaces;
		this.#clock = new ServerClock({ kept });
		this.#clockWritten = kept;
		this.seconds = new Ticker(1_000, () => this.#clock.nowMs());
		this.minutes = new Ticker(60_000, () => this.#clock.nowMs());
	}

	/** The spaces this device may open, the one visited last first. */
	get spaces(): readonly KnownSpace[] {
		return this.#spaces.toSorted((a, b) => b.visitedAtMs - a.visitedAtMs);
	}

	get current(): SpaceSession | undefined {
		return this.#current;
	}

	/** Another tab runs a newer app and has changed the storage: this one must be reloaded. */
	get isOutdated(): boolean {
		return this.#isOutdated;
	}

	/** Opens a space that this device knows; undefined for one it does not. */
	async openSpace(id: SpaceId): Promise<SpaceSession | undefined> {
		if (this.#current?.id === id) return this.#current;
		// They may have been let in somewhere else.
		if (!this.knownSpace(id)) await this.refreshSpaces();
		const known = this.knownSpace(id);
		await this.#current?.close();
		this.#current = undefined;
		if (!known) return undefined;
		const { SpaceSession } = await import('./space-session.svelte.ts');
		const opened = await SpaceSession.open(known, {
			store: this.#store,
			clock: this.#clock,
			url: `${location.origin.replace(/^http/, 'ws')}/sync`,
			cookie: this.device.cookie,
			onClock: () => this.#keepClock(),
			onRole: (role) => void this.#heardRole(id, role)
		});
		this.#current = opened;
		opened.start();
		await this.#remember({ ...known, visitedAtMs: Date.now() });
		return opened;
	}

	/** Makes the first space of this server and lets this device in as its owner. */
	async setUp(wish: SetupWish): Promise<Result<SpaceId, ApiRefused>> {
		const made = await setUpSpace(wish);
		if (!made.ok) return made;
		const { space, person, token, invite } = made.value;
		await this.#admit({
			id: space,
			title: wish.space.title,
			token,
			role: 'owner',
			person: { id: person, name: wish.name },
			invite
		});
		return ok(space);
	}

	/** Joins with an invite, or comes back with one to a space this device is in already. */
	async join(space: SpaceId, wish: { invite: string; name: string }): Promise<Result<SpaceId, ApiRefused>> {
		const known = this.#spaces.find(({ id }) => id === space);
		const held = known?.token ?? this.device.cookie;
		const joined = await joinSpace(space, { ...wish, ...(known && { person: known.person.id }), held });
		if (!joined.ok) return joined;
		const { person, token, title } = joined.value;
		const { role } = joined.value;
		await this.#admit({ id: space, title, token, role, person: { id: person, name: wish.name } });
		return ok(space);
	}

	/** Lets this device in with a token that opens the space by itself, as a tool's does. */
	async enter(space: SpaceId, token: string, name: string): Promise<Result<SpaceId, ApiRefused>> {
		const described = await new SpaceApi(space, token).describe();
		if (!described.ok) return described;
		const { title, role, person = newPersonId() } = described.value;
		await this.#admit({ id: space, title, token, role, person: { id: person, name } });
		return ok(space);
	}

	/** Changes what the others call me in a space, here and for everybody. */
	async rename(id: SpaceId, name: string): Promise<void> {
		const known = this.knownSpace(id);
		if (!known) return;
		await this.#remember({ ...known, person: { ...known.person, name } });
		await this.#store.putSetting(NAME_SETTING, name);
		if (this.#current?.id === id) this.#current.rename(name);
		const { who } = this.device;
		if (!who) return;
		await this.device.give({ ...who, name });
		void new AccountApi(who.id).rename(name);
	}

	/** Looks whether the session still holds, and what else it opens by now. Without a connection it changes nothing. */
	async resume(): Promise<void> {
		await this.device.endOwedSession();
		const { who } = this.device;
		const answer = who && (await whoIsSignedIn());
		if (!answer?.ok || answer.value?.user.id !== who?.id) return;
		await this.refreshSpaces();
	}

	/** Adds the spaces that the account is in to those this device may open. */
	async refreshSpaces(): Promise<void> {
		const { who } = this.device;
		const me = who && (await new AccountApi(who.id).me());
		for (const { space, title, role, person, name, joinedAt } of me?.ok ? me.value.spaces : []) {
			if (this.knownSpace(space)) continue;
			const joinedAtMs = Date.parse(joinedAt);
			await this.#remember({
				id: space,
				title,
				role,
				person: { id: person, name },
				joinedAtMs,
				visitedAtMs: 0
			});
		}
	}

	/**
	 * Somebody signed in. `here`: this page goes on, as theirs. `elsewhere`: their things are on another shelf, and the
	 * page must be loaded anew.
	 */
	async signedIn(user: SignedInUser): Promise<'here' | 'elsewhere'> {
		const canStay = this.device.canBeOf(user) && (await this.#linkTo(user));
		if (!canStay) {
			await this.close();
			this.device.handOver(user);
			return 'elsewhere';
		}
		await this.device.give(user);
		await this.refreshSpaces();
		this.#current?.board.tryNow();
		return 'here';
	}

	/** How many changes of all spaces only this device has. */
	async keptCount(): Promise<number> {
		if (!this.device.isOpen) return 0;
		await this.#current?.board.flush();
		return [...(await this.#store.keptOf()).values()].reduce((sum, places) => sum + places.length, 0);
	}

	/** Gives the device everything it was not given yet, and stops. */
	async close(): Promise<void> {
		await this.#current?.board.flush();
		await this.#current?.close();
		this.#current = undefined;
	}

	/** Who this device was in its spaces they stay, with the account. Gives false when that is somebody else's already. */
	async #linkTo(user: SignedInUser): Promise<boolean> {
		if (this.device.who) return true;
		const api = new AccountApi(user.id);
		for (const { token } of this.#spaces) {
			const linked = token === undefined ? undefined : await api.link(token);
			if (linked?.ok === false && linked.error.code === 'account.other') return false;
		}
		return true;
	}

	/** Forgets a space and everything of it on this device. What was not synced is gone with it: ask first. */
	async leave(id: SpaceId): Promise<void> {
		if (this.#current?.id === id) {
			await this.#current.close();
			this.#current = undefined;
		}
		await this.#store.removeSpace(id);
		this.#spaces = this.#spaces.filter((space) => space.id !== id);
	}

	/** What is kept of a space, besides its documents. */
	knownSpace(id: SpaceId): KnownSpace | undefined {
		return this.#spaces.find((space) => space.id === id);
	}

	/** The invite for a role that was made on this device. */
	inviteOf(id: SpaceId, role: InviteRole): string | undefined {
		const known = this.knownSpace(id);
		return known?.invites?.[role] ?? (role === 'editor' ? known?.invite : undefined);
	}

	/** Keeps the invite links that were made on this device: the server cannot show them again. */
	async keepInvites(id: SpaceId, invites: Readonly<Partial<Record<InviteRole, string>>>): Promise<void> {
		const known = this.knownSpace(id);
		if (!known) return;
		const { invite: _before, ...rest } = known;
		await this.#remember({ ...rest, invites });
	}

	/** The name this person gave last, to begin with next time. */
	async lastName(): Promise<string> {
		const name = await this.setting(NAME_SETTING);
		return typeof name === 'string' ? name : (this.device.who?.name ?? '');
	}

	async setting(key: string): Promise<unknown> {
		return this.device.isOpen ? this.#store.setting(key) : undefined;
	}

	keepSetting(key: string, value: unknown): Promise<void> {
		this.device.claim();
		return this.#store.putSetting(key, value);
	}

	async #admit(space: Omit<KnownSpace, 'joinedAtMs' | 'visitedAtMs'>): Promise<void> {
		if (this.#current?.id === space.id) {
			await this.#current.close();
			this.#current = undefined;
		}
		await this.#remember({ ...space, joinedAtMs: Date.now(), visitedAtMs: Date.now() });
		await this.#store.putSetting(NAME_SETTING, space.person.name);
		// Browsers clear what was not asked to be kept when the disk runs low. Asked at a press of “Join”, not on its own.
		void navigator.storage?.persist?.().catch(() => undefined);
		const opened = await this.openSpace(space.id);
		opened?.index.commands?.introduce(space.person.id, {
			name: space.person.name,
			joinedAt: new Date().toISOString()
		});
	}

	async #remember(space: KnownSpace): Promise<void> {
		this.device.claim();
		await this.#store.putSpace(space);
		this.#spaces = [...this.#spaces.filter(({ id }) => id !== space.id), space];
	}

	async #heardRole(id: SpaceId, role: Standing): Promise<void> {
		const known = this.knownSpace(id);
		if (known) await this.#remember({ ...known, role });
	}

	#keepClock(): void {
		const { reading } = this.#clock;
		const movedMs = Math.abs((reading?.offsetMs ?? 0) - (this.#clockWritten?.offsetMs ?? Infinity));
		if (!reading || movedMs < CLOCK_WRITE_MS_MIN) return;
		this.#clockWritten = reading;
		void this.#store.putSetting(CLOCK_SETTING, reading).catch(() => undefined); // Measured again next time.
	}
}
