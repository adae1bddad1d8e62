import { join } from 'node:path';
import { kinds } from '#lib/kinds/registry.ts';
import { DirectoryAccess, noSessions } from './auth/directory-access.ts';
import { clearLeftBehind, type FoundPorts } from './auth/create-space.ts';
import type { Directory, MemberRecord } from './auth/directory.ts';
import { introduce } from './auth/introduce.ts';
import { RoleGuard } from './auth/role-guard.ts';
import { Setup } from './auth/setup.ts';
import { Clerk } from './clerk/clerk.ts';
import type { Clock } from './clock.ts';
import { composeFounding } from './compose-founding.ts';
import { composeOperation, type Operation } from './compose-operation.ts';
import type { Config } from './config.ts';
import { History } from './history/history.ts';
import { mountHistory } from './history/routes.ts';
import { createApp } from './http/app.ts';
import type { App } from './http/env.ts';
import { keepAssets } from './http/earlier-assets.ts';
import { mountInstance } from './http/instance-routes.ts';
import { Listener } from './http/listener.ts';
import { createRequires } from './http/requires.ts';
import { mountSetup } from './http/setup-routes.ts';
import { mountSpaces } from './http/space-routes.ts';
import { StaticFiles } from './http/static-files.ts';
import { mountTokens } from './http/token-routes.ts';
import { KpiOwners } from './kpi/kpi-owners.ts';
import { mountPoints } from './kpi/routes.ts';
import type { SeriesStore } from './kpi/series-store.ts';
import type { Log } from './log.ts';
import type { Service } from './service.ts';
import { SqliteDirectory } from './storage/sqlite/directory.ts';
import { SqliteDocStore } from './storage/sqlite/doc-store.ts';
import { allMigrations } from './storage/sqlite/migrations-all.ts';
import { isDiskTrouble } from './storage/sqlite/open-errors.ts';
import { DISK_FREE_BYTES_MIN, freeBytes } from './storage/sqlite/open-folder.ts';
import { openForServer, type Database } from './storage/sqlite/open.ts';
import { SqliteNumberStore } from './storage/sqlite/number-store.ts';
import { SqliteSeriesStore } from './storage/sqlite/series-store.ts';
import type { DocStore } from './sync/doc-store.ts';
import { SyncServer } from './sync/sync-server.ts';

export interface ComposePorts {
	readonly clock: Clock;
	readonly log: Log;
	/** Where the built app is. It may be missing. */
	readonly buildFolder: string;
	readonly version: string;
}

export interface Composed {
	/** In the order they start. The first holds the data folder from now on, until it is drained. */
	readonly services: readonly Service[];
	/** Where it listens, and where people find it. Only once it is started. */
	readonly listensAt: () => string;
	readonly address: () => string;
	/** The path and fragment of the one-time setup link, until somebody has used it. */
	readonly setupPath: () => string | undefined;
}

/** Builds the server. Throws `StartRefused` when the data folder cannot be used; then nothing is held. */
export function compose(config: Config, ports: ComposePorts): Composed {
	const { clock, log } = ports;
	const operation = composeOperation(config, ports);
	const database = openForServer(config.dataFolder, allMigrations);
	const directory = new SqliteDirectory(database.connect());
	const docs = new SqliteDocStore(database.connect());
	const series = new SqliteSeriesStore(database.connect());
	const numbers = new SqliteNumberStore(database.connect());
	const founding = composeFounding({ directory, clock, docs, series, numbers });
	const access = new DirectoryAccess({ directory, sessions: noSessions, clock, log });
	const setup = new Setup(directory, config.setupToken);
	const owners = new KpiOwners(docs);
	const sync = new SyncServer({
		store: docs,
		access,
		guard: new RoleGuard({ kpisOf: (space) => owners.of(space) }),
		nowMs: () => clock.nowMs(),
		log: operation.syncLog,
		meter: operation.syncMeter
	});
	sync.onChange((name) => owners.heard(name));
	const clerk = new Clerk({
		kinds,
		docs,
		numbers,
		clock,
		spaces: () => directory.spaces().map(({ id }) => id),
		onChange: (heard) => sync.onChange(heard),
		write: (name, update, author) => sync.write(name, update, author),
		failed: (event, error) => log.fault(event, error)
	});
	const history = new History(docs);
	const listener = new Listener({
		...operation,
		app: composeApp(
			{ operation, directory, docs, history, series, founding, access, setup, sync },
			config,
			ports
		),
		clock,
		host: config.host,
		port: config.port,
		publicOrigin: config.origin,
		upgrade: (request, socket, head) => sync.upgrade(request, socket, head)
	});
	const data = dataService(database, { log, clear: () => clearLeftBehind(founding) });
	return {
		services: [data, operation.processMeter, access, sync, history, clerk, listener],
		listensAt: () => listener.url,
		address: () => config.origin ?? listener.url,
		setupPath: () => setup.token() && `/setup#${setup.token()}`
	};
}

interface AppParts {
	readonly operation: Operation;
	readonly directory: Directory;
	readonly docs: DocStore;
	readonly history: History;
	readonly series: SeriesStore;
	readonly founding: FoundPorts;
	readonly access: DirectoryAccess;
	readonly setup: Setup;
	readonly sync: SyncServer;
}

function composeApp(parts: AppParts, config: Config, ports: ComposePorts): App {
	const { operation, directory, docs, history, series, founding, access, setup, sync } = parts;
	const { clock, log } = ports;
	const requires = createRequires(access);
	const membership = {
		directory,
		clock,
		onChange: () => access.look(),
		onJoined: (member: MemberRecord) =>
			void introduce(member, sync).catch((error: unknown) => log.fault('access.introduce', error))
	};
	const serveFiles = fileServer(config, ports);
	const deps = { ...ports, ...operation, publicOrigin: config.origin, isDiskTrouble, serveFiles };
	return createApp(deps, (app) => {
		operation.mount(app, () => sync.census());
		mountSetup(app, { setup, clock, founding });
		mountSpaces(app, { directory, requires, membership });
		mountTokens(app, { directory, requires, membership });
		mountPoints(app, {
			requires,
			series,
			nowMs: () => clock.nowMs(),
			announce: (space, kpi) => sync.announce(space, { type: 'points', kpi })
		});
		mountHistory(app, { requires, history, store: docs, nowMs: () => clock.nowMs() });
		mountInstance(app, {
			clock,
			log,
			checkWritable: () => directory.checkWritable(clock.nowMs()),
			freeBytes: () => freeBytes(config.dataFolder),
			freeBytesMin: DISK_FREE_BYTES_MIN
		});
	});
}

/** The data folder as a service: the first to start, the last to close. */
function dataService(
	database: Database,
	{ log, clear }: { log: Log; clear: () => Promise<number> }
): Service {
	return {
		name: 'data',
		async start() {
			const count = await clear();
			if (count > 0) log.warn('data.left-behind', { count });
		},
		drain: () => Promise.resolve(database.close())
	};
}

function fileServer(
	config: Config,
	{ clock, log, buildFolder }: ComposePorts
): (request: Request) => Promise<Response> {
	const files = new StaticFiles({ buildFolder, earlierFolders: earlierFolders() });
	return (request) => files.serve(request);

	function earlierFolders(): readonly string[] {
		try {
			const assetsFolder = join(config.dataFolder, 'assets');
			return keepAssets({ buildFolder, assetsFolder, nowMs: clock.nowMs() });
		} catch (error) {
			// Only tabs that stay open over the next upgrade will miss them, and those reload.
			log.warn('data.assets-not-kept', { code: error instanceof Error ? error.message : String(error) });
			return [];
		}
	}
}
