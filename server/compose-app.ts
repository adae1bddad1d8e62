import { join } from 'node:path';
import type { AuditLog } from './audit/audit.ts';
import { actorOf, type Recorder } from './audit/recorder.ts';
import { mountAudit } from './audit/routes.ts';
import type { FoundPorts } from './auth/create-space.ts';
import type { DirectoryAccess } from './auth/directory-access.ts';
import type { Directory, MemberRecord } from './auth/directory.ts';
import { introduce } from './auth/introduce.ts';
import type { MembershipPorts } from './auth/membership.ts';
import type { Setup } from './auth/setup.ts';
import type { Operation } from './compose-operation.ts';
import type { ComposePorts } from './compose.ts';
import type { Config } from './config.ts';
import { mountSources } from './connect/routes.ts';
import type { SourceStore } from './connect/source-store.ts';
import type { Sources } from './connect/sources.ts';
import type { History } from './history/history.ts';
import { mountHistory } from './history/routes.ts';
import { createApp } from './http/app.ts';
import { mountAdmin } from './http/admin-routes.ts';
import { keepAssets } from './http/earlier-assets.ts';
import type { App } from './http/env.ts';
import { mountInstance } from './http/instance-routes.ts';
import { mountInvites } from './http/invite-routes.ts';
import { mountLinks } from './http/link-routes.ts';
import { mountMe } from './http/me-routes.ts';
import { mountMembers } from './http/member-routes.ts';
import { createRequires } from './http/requires.ts';
import { mountSetup } from './http/setup-routes.ts';
import { mountSpaces } from './http/space-routes.ts';
import { StaticFiles } from './http/static-files.ts';
import { mountTokens } from './http/token-routes.ts';
import type { Identity } from './identity/identity.ts';
import type { Mailer } from './identity/mailer.ts';
import { mountIdentity } from './identity/routes.ts';
import type { Lines } from './line/lines.ts';
import { mountLines } from './line/routes.ts';
import { mountContracts } from './kpi/contract-routes.ts';
import { mountMarkers } from './kpi/marker-routes.ts';
import { mountPoints } from './kpi/routes.ts';
import type { SeriesStore } from './kpi/series-store.ts';
import type { ProposalStore } from './proposals/proposal-store.ts';
import type { Proposals } from './proposals/proposals.ts';
import { mountProposals } from './proposals/routes.ts';
import { isDiskTrouble } from './storage/sqlite/open-errors.ts';
import { DISK_FREE_BYTES_MIN, freeBytes } from './storage/sqlite/open-folder.ts';
import type { DocStore } from './sync/doc-store.ts';
import type { SyncServer } from './sync/sync-server.ts';

export interface AppParts {
	readonly operation: Operation;
	readonly directory: Directory;
	readonly docs: DocStore;
	readonly history: History;
	readonly series: SeriesStore;
	readonly founding: FoundPorts;
	readonly access: DirectoryAccess;
	readonly setup: Setup;
	readonly sync: SyncServer;
	readonly lines: Lines;
	readonly audit: AuditLog;
	readonly shelf: ProposalStore;
	readonly proposals: Proposals;
	readonly sourceStore: SourceStore;
	readonly sources: Sources;
	readonly recorder: Recorder;
	readonly identity: Identity;
	/** Undefined on a server that sends no mail. */
	readonly mailer: Mailer | undefined;
	/** Where people find this server. */
	readonly address: () => string;
}

/** Everything that answers over HTTP. */
export function composeApp(parts: AppParts, config: Config, ports: ComposePorts): App {
	const { operation, directory, docs, history, series, founding, access, setup, sync, audit } = parts;
	const { recorder, identity, mailer, lines } = parts;
	const { clock, log } = ports;
	const nowMs = () => clock.nowMs();
	const requires = createRequires(access);
	const membership: MembershipPorts = {
		directory,
		clock,
		onChange: () => access.look(),
		onJoined: (member: MemberRecord) =>
			void introduce(member, sync).catch((error: unknown) => log.fault('access.introduce', error))
	};
	const people = { directory, access, requires, membership, recorder };
	const serveFiles = fileServer(config, ports);
	const deps = { ...ports, ...operation, publicOrigin: config.origin, isDiskTrouble, serveFiles };
	return createApp(deps, (app) => {
		operation.mount(app, () => ({ ...sync.census(), lines: lines.size }));
		mountIdentity(app, { identity, origin: config.origin });
		mountSetup(app, { setup, clock, founding });
		mountSpaces(app, { ...people, needsAccount: identity.accounts === 'required' });
		mountMembers(app, people);
		mountInvites(app, {
			...people,
			mailer,
			address: parts.address,
			mailFailed: (error) => log.error('mail.not-sent', { code: String(error) })
		});
		mountMe(app, { ...people, audit, kept: (account) => identity.kept(account) });
		mountAdmin(app, people);
		mountLinks(app, people);
		mountTokens(app, people);
		mountPoints(app, {
			requires,
			series,
			nowMs,
			announce: (space, kpi) => sync.announce(space, { type: 'points', kpi })
		});
		mountMarkers(app, { requires, docs, sync, nowMs });
		mountContracts(app, { requires, docs, sync, nowMs });
		mountSources(app, { requires, recorder, clock, store: parts.sourceStore, sources: parts.sources });
		mountLines(app, { requires, lines });
		mountHistory(app, { requires, history, store: docs, nowMs });
		mountProposals(app, { requires, recorder, store: parts.shelf, proposals: parts.proposals });
		mountAudit(app, {
			audit,
			requiresSpace: requires.deed('audit.read'),
			requiresAdmin: requires.admin,
			actorOf,
			nowMs,
			log
		});
		mountInstance(app, {
			clock,
			log,
			checkWritable: () => directory.checkWritable(clock.nowMs()),
			freeBytes: () => freeBytes(config.dataFolder),
			freeBytesMin: DISK_FREE_BYTES_MIN
		});
	});
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
