import { Socket } from 'node:net';
import { Client, DatabaseError, type ClientConfig } from 'pg';
import Cursor from 'pg-cursor';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { ApartJob } from './apart.ts';
import { noConnection } from './fetch.ts';
import { ANSWER_BYTES_MAX, FETCH_ROWS, ROWS_MAX, RUN_MS_MAX } from './limits.ts';
import { isReading, queryRefused, readsOnly, rowByColumns } from './read-columns.ts';
import { RowReader, type RawRow, type Reading } from './rows.ts';
import { refused, timedOut, tooLarge, tooManyRows, type Trouble } from './trouble.ts';

/** How often the bytes that came are looked at: the socket tells nobody of them once it is wrapped in TLS. */
const WATCH_MS = 20;

type PostgresqlJob = Extract<ApartJob, { job: 'postgresql' }>;

/** Reads with one SELECT in a transaction that cannot write, some hundred rows at a time. */
export async function readPostgresql(job: PostgresqlJob): Promise<Result<Reading, Trouble>> {
	if (!isReading(job.settings.query)) return readsOnly();
	const socket = new Socket();
	const client = new Client(clientConfig(job, socket));
	const isTooLarge = () => socket.bytesRead > ANSWER_BYTES_MAX;
	const watch = setInterval(() => isTooLarge() && socket.destroy(new Error('too large')), WATCH_MS);
	// What a query fails of, it says itself; this one is of a connection that breaks in between.
	client.on('error', () => undefined);
	try {
		await client.connect();
		await client.query('BEGIN READ ONLY');
		await client.query(`SET LOCAL statement_timeout = ${RUN_MS_MAX}`);
		await client.query("SET LOCAL TimeZone = 'UTC'");
		await client.query("SET LOCAL DateStyle = 'ISO, YMD'");
		return await readAll(client, job);
	} catch (error) {
		return isTooLarge() ? refuse(tooLarge) : troubleOf(error);
	} finally {
		clearInterval(watch);
		socket.destroy();
	}
}

function clientConfig({ settings, address, password }: PostgresqlJob, socket: Socket): ClientConfig {
	const { host, port, database, user, tls } = settings;
	return {
		host: address.address,
		port,
		database,
		user,
		password: () => password,
		ssl:
			tls === 'off'
				? false
				: { host, servername: isName(host) ? host : '', rejectUnauthorized: tls === 'verify' },
		stream: () => socket,
		application_name: 'Downbeat',
		connectionTimeoutMillis: RUN_MS_MAX
	};
}

const isName = (host: string): boolean => /[a-z]/i.test(host) && !host.includes(':');

/** Values come as PostgreSQL writes them: numbers of any size, and times with or without a zone. */
const asText = { getTypeParser: () => (text: string | Buffer) => String(text) };

async function readAll(
	client: Client,
	{ settings, range, rules }: PostgresqlJob
): Promise<Result<Reading, Trouble>> {
	const { text, values } = placed(
		settings.query,
		[range.fromMs, range.toMs].map((ms) => new Date(ms).toISOString())
	);
	const cursor = client.query(
		new Cursor<readonly unknown[]>(text, values, { rowMode: 'array', types: asText })
	);
	const reader = new RowReader(rules);
	let rowOf: ((values: readonly unknown[]) => RawRow) | undefined;
	for (;;) {
		const { rows, names } = await nextRows(cursor);
		if (!rowOf) {
			const made = rowByColumns(names);
			if (!made.ok) return made;
			rowOf = made.value;
		}
		if (reader.rows + rows.length > ROWS_MAX) return refuse(tooManyRows);
		for (const row of rows) reader.take(rowOf(row));
		if (rows.length < FETCH_ROWS) return ok(reader.reading());
	}
}

interface Batch {
	readonly rows: readonly (readonly unknown[])[];
	readonly names: readonly string[];
}

const nextRows = (cursor: Cursor<readonly unknown[]>): Promise<Batch> =>
	new Promise((resolve, reject) => {
		cursor.read(FETCH_ROWS, (error, rows, result) => {
			if (error) reject(error);
			else resolve({ rows, names: result.fields.map(({ name }) => name) });
		});
	});

/** `:from` and `:to` as parameters; `::` is a cast. Those that the query does not name are not sent. */
function placed(query: string, [from = '', to = '']: readonly string[]): { text: string; values: string[] } {
	const values: string[] = [];
	const place = (value: string) => {
		if (!values.includes(value)) values.push(value);
		return `$${values.indexOf(value) + 1}::timestamptz`;
	};
	const text = query.replaceAll(/(?<![:\w]):(from|to)\b/g, (_, name) => place(name === 'from' ? from : to));
	return { text: text.replace(/;\s*$/, ''), values };
}

function troubleOf(error: unknown): Result<never, Trouble> {
	if (!(error instanceof DatabaseError)) return refuse(noConnection(error));
	const { code = '', message } = error;
	if (code === '25006') return readsOnly(message);
	if (code === '57014') return refuse(timedOut);
	if (code.startsWith('28'))
		return refused(
			'source.not-let-in',
			'The database does not let us in. Check the user and the password.',
			message
		);
	if (code === '3D000') return refused('source.no-database', 'There is no database of this name.', message);
	if (code === '42501')
		return refused('source.no-right', 'The database user may not read this. Give it the right to.', message);
	return queryRefused(message);
}
