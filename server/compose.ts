import { kinds } from '#lib/kinds/registry.ts';
import type { AuditEvent } from './audit/audit.ts';
import { actorOfPrincipal, Recorder } from './audit/recorder.ts';
import type { Principal } from './auth/access.ts';
import { DirectoryAccess } from './auth/directory-access.ts';
import { clearLeftBehind } from './auth/create-space.ts';
import { RoleGuard } from './auth/role-guard.ts';
import { Setup } from './auth/setup.ts';
import { Clerk } from './clerk/clerk.ts';
import type { Clock } from './clock.ts';
import { composeApp } from './compose-app.ts';
import { composeFounding } from './compose-founding.ts';
import { composeIdentity } from './compose-identity.ts';
import { composeOperation } from './compose-operation.ts';
import { composeSources } from './compose-sources.ts';
import type { Config } from './config.ts';
import { History } from './history/history.ts';
import { Listener } from './http/listener.ts';
import { KpiOwners } from './kpi/kpi-owners.ts';
import { Lines } from './line/lines.ts';
import type { Log } from './log.ts';
import type { Proposal } from './proposals/proposal-store.ts';
import { Proposals } from './proposals/proposals.ts';
import type { Service } from './service.ts';
import { SqliteAuditLog } from './storage/sqlite/audit-log.ts';
import { SqliteDirectory } from './storage/sqlite/directory.ts';
import { SqliteDocStore } from './storage/sqlite/doc-store.ts';
import { allMigrations } from './storage/sqlite/migrations-all.ts';
import { openForServer, type Database } from './storage/sqlite/open.ts';
import { SqliteNumberStore } from './storage/sqlite/number-store.ts';
import { SqliteProposalStore } from './storage/sqlite/proposal-store.ts';
import { SqliteSeriesStore } from './storage/sqlite/series-store.ts';
import { SqliteSourceStore } from './storage/sqlite/source-store.ts';
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
	const docs = new SqliteDocStore(database.connect(), () => database.flushLog());
	const series = new SqliteSeriesStore(database.connect());
	const numbers = new SqliteNumberStore(database.connect());
	const founding = composeFounding({ directory, clock, docs, series, numbers });
	const audit = new SqliteAuditLog(database.connect());
	const setup = new Setup(directory, config.setupToken);
	const recorder = new Recorder({ audit, clock, log });
	const onChange = () => access.look();
	const accounts = composeIdentity(config, { database, directory, setup, recorder, clock, log, onChange });
	const { identity, sessions, mailer } = accounts;
	const access: DirectoryAccess = new DirectoryAccess({ directory, sessions, clock, log });
	const owners = new KpiOwners(docs);
	const sync = new SyncServer({
		store: docs,
		access,
		guard: new RoleGuard({ kpisOf: (space) => owners.of(space) }),
		heldBack: (change) => {
			const kept = proposals.holdBack(change);
			if (kept) recorder.record(heldBackEvent(kept, change.principal));
		},
		nowMs: () => clock.nowMs(),
		log: operation.syncLog,
		meter: operation.syncMeter
	});
	const lines = new Lines({ sync, clock, meter: operation.syncMeter });
	const shelf = new SqliteProposalStore(database.connect());
	const proposals = new Proposals({
		store: shelf,
		clock,
		stateOf: (name) => sync.stateOf(name),
		write: (name, update, author) => sync.write(name, update, author)
	});
	const sourceStore = new SqliteSourceStore(database.connect());
	const sources = composeSources(config, {
		directory,
		store: sourceStore,
		series,
		clock,
		log,
		announce: (space, kpi) => sync.announce(space, { type: 'points', kpi })
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
	const address = () => config.origin ?? listener.url;
	const listener: Listener = new Listener({
		...operation,
		app: composeApp(
			{
				operation,
				directory,
				docs,
				history,
				series,
				founding,
				access,
				setup,
				sync,
				lines,
				audit,
				recorder,
				shelf,
				proposals,
				sourceStore,
				sources,
				identity,
				mailer,
				address
			},
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
		services: [
			data,
			operation.processMeter,
			access,
			sync,
			history,
			clerk,
			sources,
			identity,
			listener,
			lines
		],
		listensAt: () => listener.url,
		address,
		setupPath: () => setup.token() && `/setup#${setup.token()}`
	};
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

const heldBackEvent = ({ space, id, document }: Proposal, by: Principal): Omit<AuditEvent, 'atMs'> => ({
	action: 'document.quarantined',
	actor: actorOfPrincipal(by),
	outcome: 'refused',
	space,
	target: id,
	detail: { document }
});
