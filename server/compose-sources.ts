import type { SpaceId } from '#lib/domain/id.ts';
import type { Directory } from './auth/directory.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { AddressGate } from './connect/addresses.ts';
import { readApart } from './connect/apart.ts';
import { SecretBox } from './connect/secret-box.ts';
import type { SourceStore } from './connect/source-store.ts';
import { Sources } from './connect/sources.ts';
import type { IngestPorts } from './kpi/ingest.ts';
import type { Log } from './log.ts';

export interface SourcesParts extends Omit<IngestPorts, 'nowMs'> {
	readonly directory: Directory;
	readonly store: SourceStore;
	readonly clock: Clock;
	readonly log: Log;
}

/** What fetches points by itself. */
export function composeSources(config: Config, { directory, ...parts }: SourcesParts): Sources {
	return new Sources({
		...parts,
		nowMs: () => parts.clock.nowMs(),
		gate: new AddressGate(config.sources.allow),
		apart: readApart,
		sqliteFolder: config.sources.sqliteFolder,
		box: new SecretBox({ secret: config.identity.secret, dataFolder: config.dataFolder }),
		zoneOf: (space: SpaceId) => directory.space(space)?.timeZone ?? 'UTC'
	});
}
