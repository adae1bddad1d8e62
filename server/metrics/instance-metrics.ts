import { statSync } from 'node:fs';
import { Exposition, type Samples } from './exposition.ts';
import type { HttpMeter } from './http-meter.ts';
import type { ProcessMeter } from './process-meter.ts';
import type { SyncMeter } from './sync-meter.ts';
import type { Tally } from './tally.ts';

export interface MetricsSources {
	readonly version: string;
	readonly sync: SyncMeter;
	readonly http: HttpMeter;
	readonly process: ProcessMeter;
	readonly census: () => Census;
	readonly databaseFile: string;
	/** Bytes free on the disk that holds the data folder. */
	readonly freeBytes: () => number;
}

/** Who and what is there now. */
export interface Census {
	readonly sockets: number;
	/** Sessions over requests, for whom no websocket gets through. */
	readonly lines: number;
	readonly documents: number;
	readonly people: number;
}

/** Everything this server says of itself, in the Prometheus text format. No names, titles or ids. */
export function instanceMetrics(sources: MetricsSources): string {
	const to = new Exposition();
	const node = process.versions.node;
	to.gauge('downbeat_build_info', 'Which version runs. The value is always 1.', [
		[{ version: sources.version, node }, 1]
	]);
	tellPresence(to, sources);
	tellTraffic(to, sources.sync);
	tellStorage(to, sources);
	tellHttp(to, sources.http);
	sources.process.tell(to);
	return to.toString();
}

function tellPresence(to: Exposition, { sync, census }: MetricsSources): void {
	const { sockets, lines, documents, people } = census();
	to.gauge('downbeat_sockets_open', 'Websockets that are open now.', sockets);
	to.gauge('downbeat_lines_open', 'Documents open over requests, where no websocket gets through.', lines);
	to.counter('downbeat_lines_opened_total', 'Sessions begun over requests.', sync.linesOpened);
	to.gauge('downbeat_documents_open', 'Documents in memory.', documents);
	to.gauge('downbeat_people_present', 'Different people and tools with a document open.', people);
	to.counter(
		'downbeat_sockets_opened_total',
		'Websockets accepted, refused ones included.',
		sync.socketsOpened
	);
	to.counter(
		'downbeat_sockets_closed_total',
		'Websockets that ended, by why: we hung up for a reason, or the other side left.',
		byReason(sync.ended)
	);
	to.counter(
		'downbeat_sockets_refused_total',
		'Websockets refused at the door, by the reason they were told.',
		byReason(sync.refusedConnections)
	);
}

function tellTraffic(to: Exposition, sync: SyncMeter): void {
	to.counter('downbeat_sync_received_bytes_total', 'Bytes of websocket messages in.', sync.bytesIn);
	to.counter('downbeat_sync_sent_bytes_total', 'Bytes of websocket messages out.', sync.bytesOut);
	to.counter('downbeat_sync_received_messages_total', 'Websocket messages in.', sync.messagesIn);
	to.counter('downbeat_sync_sent_messages_total', 'Websocket messages out.', sync.messagesOut);
	to.counter('downbeat_updates_stored_total', 'Changes that are durable in the log.', sync.updatesStored);
	to.counter(
		'downbeat_updates_acknowledged_total',
		'Changes whose sender was told that they are durable.',
		sync.updatesAcknowledged
	);
	to.counter(
		'downbeat_updates_refused_total',
		'Messages that were read and not taken, by reason.',
		byReason(sync.refusedUpdates)
	);
	to.gauge(
		'downbeat_unacked_age_seconds',
		'Age of the oldest change that is not durable yet; 0 when all are.',
		sync.unackedAgeSeconds
	);
}

function tellStorage(to: Exposition, { sync, databaseFile, freeBytes }: MetricsSources): void {
	to.histograms('downbeat_store_commit_seconds', 'Duration of a group commit, the disk included.', [
		[{}, sync.commitSeconds]
	]);
	to.histograms('downbeat_fold_seconds', 'Duration of folding a log into one state.', [
		[{}, sync.foldSeconds]
	]);
	to.gauge('downbeat_database_bytes', 'Size of the database.', bytesOf(databaseFile));
	to.gauge('downbeat_database_wal_bytes', 'Size of its write-ahead log.', bytesOf(`${databaseFile}-wal`));
	to.gauge('downbeat_disk_free_bytes', 'Free on the disk of the data folder.', freeBytes());
}

function tellHttp(to: Exposition, http: HttpMeter): void {
	to.histograms('downbeat_http_request_seconds', 'Time to an answer, by route and status.', http.answers());
	to.counter(
		'downbeat_http_refused_total',
		'Turned away before anything was asked: too many of something, or another site.',
		byReason(http.refused)
	);
}

const byReason = (tally: Tally<string>): Samples =>
	tally.entries().map(([reason, count]) => [{ reason }, count]);

const bytesOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
