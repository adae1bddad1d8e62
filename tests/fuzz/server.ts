import type { Role } from '#lib/domain/access.ts';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { ListedAccess } from '../../server/auth/access-listed.ts';
import { RoleGuard } from '../../server/auth/role-guard.ts';
import { MemoryDocStore } from '../../server/storage/memory/doc-store.ts';
import type { Fold, LogEntry } from '../../server/sync/doc-store.ts';
import { SyncServer } from '../../server/sync/sync-server.ts';
import { activeLoop, realm, type Realm } from './loop.ts';
import type { ServerEnd, ServerSide, ServerWire } from './network.ts';

// The only file of the made-up world that knows the server: its doors, its store, its beginning and its end.

export const SPACE = 'acme';
export const DOCUMENT = `${SPACE}/m-ops`;

/** Who is who, and what they may do at the moment. A device's token is its name. */
export class Roster extends ListedAccess {
	readonly #roles = new Map<string, Role>();

	constructor(names: readonly string[]) {
		super(Object.fromEntries(names.map((name) => [name, principalOf(name)])));
		for (const name of names) this.#roles.set(name, 'editor');
	}

	roleOf(name: string): Role | undefined {
		return this.#roles.get(name);
	}

	/** In the server's realm: it looks at once who is in. */
	setRole(name: string, role: Role): void {
		this.#roles.set(name, role);
		this.change(name, { role });
	}
}

const principalOf = (name: string) => ({
	space: SPACE as SpaceId,
	role: 'editor' as const,
	scope: 'space' as const,
	person: `p-${name}` as PersonId
});

/** A store with a disk under it: what it is asked takes a while, and happens or does not happen as a whole. */
export class SlowStore extends MemoryDocStore {
	readonly #committed: (update: Uint8Array) => void;
	isFull = false;
	folds = 0;

	constructor(committed: (update: Uint8Array) => void) {
		super();
		this.#committed = committed;
	}

	override append(entries: readonly LogEntry[]): Promise<readonly number[]> {
		return slowly(() => {
			if (this.isFull) return Promise.reject(new Error('database or disk is full'));
			for (const { update } of entries) this.#committed(update);
			return super.append(entries);
		});
	}

	override load(doc: string) {
		return slowly(() => super.load(doc));
	}

	override loadState(doc: string) {
		return slowly(() => super.loadState(doc));
	}

	override fold(doc: string, fold: Fold): Promise<void> {
		return slowly(() => {
			this.folds++;
			return super.fold(doc, fold);
		});
	}

	override authors(doc: string, limit: number) {
		return slowly(() => super.authors(doc, limit));
	}
}

/** A while, the work, and a while until its end is known. Whoever asked may be gone by then. */
function slowly<T>(work: () => Promise<T>): Promise<T> {
	const loop = activeLoop();
	const while_ = () => loop.random.below(loop.random.chance(0.05) ? 200 : 4);
	return new Promise((resolve, reject) => {
		const answer = () => {
			const done = work();
			loop.post(while_(), () => void done.then(resolve, reject));
			done.catch(() => undefined);
		};
		loop.post(while_(), answer);
	});
}

/** One life of the server on a store that outlives it. */
export class Server implements ServerSide {
	readonly realm: Realm;
	readonly #sync: SyncServer;

	constructor(options: { number: number; store: SlowStore; roster: Roster }) {
		this.realm = realm(`server-${options.number}`);
		this.#sync = new SyncServer({
			store: options.store,
			access: options.roster,
			guard: new RoleGuard({ kpisOf: () => Promise.resolve([]) }),
			nowMs: Date.now,
			log: () => undefined
		});
	}

	async start(): Promise<void> {
		await activeLoop().act(this.realm, () => this.#sync.start());
	}

	accept(wire: ServerWire, url: URL): ServerEnd {
		return this.#sync.open(wire, { url: url.pathname + url.search, headers: {} });
	}

	/** As SIGTERM does. */
	async drain(): Promise<void> {
		await activeLoop().see(this.realm, () => this.#sync.drain());
		this.realm.isDead = true;
	}

	/** As kill -9 does: what it had begun is not ended. */
	kill(): void {
		this.realm.isDead = true;
	}
}
