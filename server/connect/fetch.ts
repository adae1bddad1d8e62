import { request as askPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as askSafe } from 'node:https';
import { ok, type Result } from '#lib/util/result.ts';
import type { Address, AddressGate } from './addresses.ts';
import { ANSWER_BYTES_MAX, REDIRECTS_MAX } from './limits.ts';
import { refused, timedOut, tooLarge, type Trouble } from './trouble.ts';
import { refuse } from '#lib/util/result.ts';

export interface WebRequest {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** Goes to the first origin alone, as `headers` do. */
	readonly secretHeader: readonly [name: string, value: string] | undefined;
}

export interface FetchPorts {
	readonly gate: AddressGate;
	readonly signal: AbortSignal;
}

/** The body of a GET as text, redirects followed. Each address is checked, and connected to as it was checked. */
export async function fetchText(
	{ url, headers, secretHeader }: WebRequest,
	{ gate, signal }: FetchPorts
): Promise<Result<string, Trouble>> {
	let at = url;
	for (let redirects = 0; ; redirects++) {
		const addresses = await gate.addressesOf(at.hostname);
		if (!addresses.ok) return addresses;
		if (signal.aborted) return refuse(timedOut);
		const own = { ...headers, ...(secretHeader && Object.fromEntries([secretHeader])) };
		const answer = await ask(at, {
			addresses: addresses.value,
			headers: at.origin === url.origin ? own : {},
			signal
		});
		if (!answer.ok) return answer;
		const next = redirectOf(answer.value, at);
		if (!next) return readBody(answer.value, signal);
		answer.value.destroy();
		if (redirects === REDIRECTS_MAX)
			return refused(
				'source.redirects',
				'The address sends on to another more than three times. Give the last one.'
			);
		if (!next.ok) return next;
		at = next.value;
	}
}

interface Asked {
	readonly addresses: readonly [Address, ...Address[]];
	readonly headers: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
}

function ask(url: URL, { addresses, headers, signal }: Asked): Promise<Result<IncomingMessage, Trouble>> {
	// A name is not looked up twice: the second answer may be another one.
	const pinned: NonNullable<RequestOptions['lookup']> = (_host, options, callback) => {
		if (options.all) callback(null, [...addresses]);
		else callback(null, addresses[0].address, addresses[0].family);
	};
	const options: RequestOptions = {
		agent: false,
		lookup: pinned,
		signal,
		headers: {
			accept: 'application/json',
			'user-agent': 'Downbeat',
			'accept-encoding': 'identity',
			...headers
		}
	};
	return new Promise((resolve) => {
		const request = (url.protocol === 'https:' ? askSafe : askPlain)(url, options);
		request.once('response', (answer) => resolve(ok(answer)));
		request.on('error', (error) => resolve(refuse(signal.aborted ? timedOut : noConnection(error))));
		request.end();
	});
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

function redirectOf({ statusCode = 0, headers }: IncomingMessage, at: URL): Result<URL, Trouble> | undefined {
	if (!REDIRECTS.includes(statusCode)) return undefined;
	const next = URL.parse(headers.location ?? '', at);
	const isDown = at.protocol === 'https:' && next?.protocol !== 'https:';
	if (next && /^https?:$/.test(next.protocol) && !isDown) return ok(next);
	return refused(
		'source.redirects',
		'The address sends on to one that is no web address, or that is less safe. Give the last one.'
	);
}

async function readBody(answer: IncomingMessage, signal: AbortSignal): Promise<Result<string, Trouble>> {
	const { statusCode = 0 } = answer;
	const pieces: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const piece of answer as AsyncIterable<Buffer>) {
			bytes += piece.length;
			if (bytes > ANSWER_BYTES_MAX) return refuse(tooLarge);
			pieces.push(piece);
		}
	} catch (error) {
		return refuse(signal.aborted ? timedOut : noConnection(error));
	}
	const text = Buffer.concat(pieces).toString('utf8');
	if (statusCode === 401 || statusCode === 403)
		return refused(
			'source.not-let-in',
			`The other side does not let us in (${statusCode}). Check the secret.`,
			text
		);
	if (statusCode < 200 || statusCode > 299)
		return refused('source.answer', `The other side answers with ${statusCode} instead of numbers.`, text);
	if (/html/i.test(answer.headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(text))
		return refused(
			'source.html',
			'The address answers with a web page (HTML). Is it a sign-in page, or the page around the numbers?'
		);
	return ok(text);
}

/** The other side's own words name addresses: they are the detail. */
export function noConnection(error: unknown): Trouble {
	const { code = '', message = '' } = error as { code?: string; message?: string };
	const isTrust = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code);
	const sentence = isTrust
		? 'The other side’s certificate is not valid for it. It must be of a known authority and of this name.'
		: 'The other side could not be reached, or hung up. Check the address and whether it runs.';
	return {
		code: isTrust ? 'source.certificate' : 'source.no-connection',
		sentence,
		detail: (code || message).slice(0, 200)
	};
}
