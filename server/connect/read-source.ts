import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { SettingsOf, SourceConnector } from '#lib/domain/source.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { AddressGate } from './addresses.ts';
import type { Range, ReadApart } from './apart.ts';
import { fetchText, type WebRequest } from './fetch.ts';
import { ANSWER_BYTES_MAX } from './limits.ts';
import { prometheusUrls } from './read-prometheus.ts';
import type { Reading, RowRules } from './rows.ts';
import { refused, timedOut, tooLarge, withoutSecret, type Trouble } from './trouble.ts';

export interface ReadPorts {
	readonly gate: AddressGate;
	readonly apart: ReadApart;
	/** In which SQLite files may be read. Undefined: the operator allows none. */
	readonly sqliteFolder: string | undefined;
}

export interface Asking {
	readonly connector: SourceConnector;
	readonly secret: string | undefined;
	readonly range: Range;
	readonly rules: RowRules;
	/** Ends it: the time is up, or the server stops. */
	readonly signal: AbortSignal;
}

type Told<T> = Promise<Result<T, Trouble>>;

/** Asks a source for its rows. Comes back at the latest when `signal` says so, whatever still hangs. */
export async function readSource(asking: Asking, ports: ReadPorts): Told<Reading> {
	if (asking.signal.aborted) return refuse(timedOut);
	const isOver = Promise.withResolvers<Result<never, Trouble>>();
	const onAbort = () => isOver.resolve(refuse(timedOut));
	asking.signal.addEventListener('abort', onAbort);
	try {
		const read = await Promise.race([byKind(asking, ports), isOver.promise]);
		return read.ok ? read : refuse(withoutSecret(read.error, asking.secret));
	} finally {
		asking.signal.removeEventListener('abort', onAbort);
	}
}

function byKind({ connector, ...asking }: Asking, ports: ReadPorts): Told<Reading> {
	switch (connector.kind) {
		case 'json':
			return readJson(connector.settings, asking, ports);
		case 'prometheus':
			return readPrometheus(connector.settings, asking, ports);
		case 'postgresql':
			return readDatabase(connector.settings, asking, ports);
		case 'sqlite':
			return readFile(connector.settings, asking, ports);
	}
}

type Rest = Omit<Asking, 'connector'>;

async function readJson(
	settings: SettingsOf<'json'>,
	{ secret, rules, signal }: Rest,
	ports: ReadPorts
): Told<Reading> {
	const secretHeader = secretHeaderOf(settings.auth, secret);
	if (!secretHeader.ok) return secretHeader;
	const headers = Object.fromEntries(settings.headers.map(({ name, value }) => [name, value]));
	const request = { url: new URL(settings.url), headers, secretHeader: secretHeader.value };
	const text = await fetchText(request, { gate: ports.gate, signal });
	return text.ok ? ports.apart({ job: 'json', text: text.value, settings, rules }, signal) : text;
}

async function readPrometheus(
	settings: SettingsOf<'prometheus'>,
	{ secret, range, rules, signal }: Rest,
	ports: ReadPorts
): Told<Reading> {
	const secretHeader = secretHeaderOf(settings.auth, secret);
	if (!secretHeader.ok) return secretHeader;
	const urls = prometheusUrls(settings, range);
	if (!urls.ok) return urls;
	const texts: string[] = [];
	let length = 0;
	for (const url of urls.value) {
		const request = { url, headers: {}, secretHeader: secretHeader.value };
		const text = await fetchText(request, { gate: ports.gate, signal });
		if (!text.ok) return text;
		length += text.value.length;
		if (length > ANSWER_BYTES_MAX) return refuse(tooLarge);
		texts.push(text.value);
	}
	const { segmentLabel } = settings;
	return ports.apart({ job: 'prometheus', texts, segmentLabel, rules }, signal);
}

async function readDatabase(
	settings: SettingsOf<'postgresql'>,
	{ secret, range, rules, signal }: Rest,
	ports: ReadPorts
): Told<Reading> {
	const addresses = await ports.gate.addressesOf(settings.host);
	if (!addresses.ok) return addresses;
	const [address] = addresses.value;
	return ports.apart({ job: 'postgresql', settings, address, password: secret ?? '', range, rules }, signal);
}

async function readFile(
	{ file, query }: SettingsOf<'sqlite'>,
	{ range, rules, signal }: Rest,
	{ sqliteFolder, apart }: ReadPorts
): Told<Reading> {
	if (sqliteFolder === undefined)
		return refused(
			'source.no-folder',
			'This server opens no SQLite files. Whoever runs it can name a folder for them with DOWNBEAT_SQLITE_SOURCES.'
		);
	const real = await fileWithin(sqliteFolder, file);
	return real.ok ? apart({ job: 'sqlite', file: real.value, query, range, rules }, signal) : real;
}

/** The file that a name means, links followed. What lies elsewhere is as if it were not there. */
async function fileWithin(folder: string, name: string): Told<string> {
	try {
		const [inside, real] = [await realpath(folder), await realpath(resolve(folder, name))];
		if (real.startsWith(inside + sep) && (await stat(real)).isFile()) return ok(real);
	} catch {
		// Missing or not to be read: the same for whoever set the source up.
	}
	return refused(
		'source.no-file',
		'There is no such file in the folder that the operator opened for sources.'
	);
}

function secretHeaderOf(
	auth: SettingsOf<'json'>['auth'],
	secret: string | undefined
): Result<WebRequest['secretHeader'], Trouble> {
	if (secret === undefined) return ok(undefined);
	if (auth.as === 'basic')
		return ok(['authorization', `Basic ${Buffer.from(`${auth.user}:${secret}`).toString('base64')}`]);
	if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(secret))
		return refused(
			'source.secret',
			'The secret has characters that cannot be sent in a header. Give it again.'
		);
	return ok(auth.as === 'bearer' ? ['authorization', `Bearer ${secret}`] : [auth.name, secret]);
}
