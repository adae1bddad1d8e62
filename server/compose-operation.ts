import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { App } from './http/env.ts';
import { Gate } from './http/gate.ts';
import type { Log } from './log.ts';
import { HttpMeter } from './metrics/http-meter.ts';
import { instanceMetrics, type MetricsSources } from './metrics/instance-metrics.ts';
import { ProcessMeter } from './metrics/process-meter.ts';
import { mountMetrics } from './metrics/routes.ts';
import { SyncMeter } from './metrics/sync-meter.ts';
import { freeBytes } from './storage/sqlite/open-folder.ts';
import { databaseFile } from './storage/sqlite/open.ts';
import type { SyncLog } from './sync/sync-server.ts';

/** What watches the server and keeps floods from it. */
export interface Operation {
	readonly syncMeter: SyncMeter;
	readonly meter: HttpMeter;
	readonly gate: Gate;
	readonly processMeter: ProcessMeter;
	readonly syncLog: SyncLog;
	/** Adds `GET /metrics`. */
	readonly mount: (app: App, census: MetricsSources['census']) => void;
}

export interface OperationPorts {
	readonly clock: Clock;
	readonly log: Log;
	readonly version: string;
}

export function composeOperation(config: Config, { clock, log, version }: OperationPorts): Operation {
	const { metricsToken, hasRateLimits } = config.operation;
	const syncMeter = new SyncMeter(() => clock.tickMs());
	const meter = new HttpMeter();
	const processMeter = new ProcessMeter();
	const sources = {
		version,
		sync: syncMeter,
		http: meter,
		process: processMeter,
		databaseFile: databaseFile(config.dataFolder),
		freeBytes: () => freeBytes(config.dataFolder)
	};
	return {
		syncMeter,
		meter,
		processMeter,
		gate: new Gate({ clock, meter, isOn: hasRateLimits }),
		syncLog: (event, fields) => ('error' in fields ? log.error(event, fields) : log.info(event, fields)),
		mount: (app, census) =>
			mountMetrics(app, {
				token: metricsToken,
				metrics: () => instanceMetrics({ ...sources, census })
			})
	};
}
