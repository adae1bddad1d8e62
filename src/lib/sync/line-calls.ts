import * as z from 'zod/mini';
import { CLOSE, type CloseReason } from '../protocol/close.ts';
import { LINE_WAIT_MS } from '../protocol/limits.ts';
import { LINE_PROBLEM, readLineNews, type LineEnd, type LineNews } from '../protocol/line.ts';
import { PROTOCOL_PARAM, TOKEN_PARAM } from '../protocol/messages.ts';
import { ACCOUNT_HEADER, ACCOUNT_PARAM, parseWireName, SYNC_PATH, type WireName } from '../protocol/names.ts';
import { LOST } from './carrier.ts';

// The requests of which a line is made. Proofs go in headers: what is in an address ends up in the logs of proxies.

/** Where a line leads, and what is shown for it. */
export interface LineAddress {
	/** `https://host/api/v1/spaces/<space>`. */
	readonly space: string;
	readonly name: WireName;
	readonly protocol: string;
	readonly headers: Readonly<Record<string, string>>;
	/** The same for all lines that one request may wait for. */
	readonly key: string;
}

/** Reads the address that a websocket would go to. */
export function lineAddressOf(url: string): LineAddress | undefined {
	const { protocol: scheme, host, pathname, searchParams } = new URL(url);
	const name = parseWireName(decodeURIComponent(pathname.slice(SYNC_PATH.length)));
	if (!name.ok) return undefined;
	const [token, account] = [searchParams.get(TOKEN_PARAM), searchParams.get(ACCOUNT_PARAM)];
	const space = `${scheme.replace('ws', 'http')}//${host}/api/v1/spaces/${name.value.space}`;
	return {
		space,
		name: name.value,
		protocol: searchParams.get(PROTOCOL_PARAM) ?? '',
		headers: {
			...(token !== null && { authorization: `Bearer ${token}` }),
			...(account !== null && { [ACCOUNT_HEADER]: account })
		},
		key: `${space} ${token ?? ''} ${account ?? ''}`
	};
}

/** `later`: nothing was done, or nobody knows; asking again is safe. `ended`: whoever waits is told why. */
export type Failed =
	| { readonly is: 'later'; readonly afterMs: number }
	| { readonly is: 'ended' }
	| { readonly is: 'over'; readonly end: LineEnd };

export type Called<T> = { readonly is: 'done'; readonly value: T } | Failed;

/** How long a request that should be answered at once is waited for. */
const ANSWER_MS_MAX = 5_000;

const begun = z.object({ line: z.string() });
const problem = z.object({ type: z.string(), detail: z.string() });

/** Begins a line and gives its id. */
export function beginLine(address: LineAddress): Promise<Called<string>> {
	const url = `${lineBase(address)}?${PROTOCOL_PARAM}=${encodeURIComponent(address.protocol)}`;
	return ask(url, { method: 'POST', headers: address.headers }, async (response) => {
		return z.parse(begun, await response.json()).line;
	});
}

/** Sends a piece of the stream that begins at byte `at`. */
export function sendOnLine(
	address: LineAddress,
	id: string,
	{ at, bytes, isLast = false }: { at: number; bytes: Uint8Array<ArrayBuffer>; isLast?: boolean }
): Promise<Called<void>> {
	const headers = { ...address.headers, 'content-type': 'application/octet-stream' };
	// Browsers let 64 KiB out after their page.
	const keepalive = isLast && bytes.length < 60_000;
	return ask(`${lineBase(address)}/${id}?at=${at}`, { method: 'POST', headers, body: bytes, keepalive });
}

/** Whether it arrives matters little: a line that nobody asks for ends by itself. */
export function endLine(address: LineAddress, id: string): Promise<Called<void>> {
	return ask(`${lineBase(address)}/${id}`, { method: 'DELETE', headers: address.headers, keepalive: true });
}

/** Waits until one of the lines has news, or `signal` says to stop. */
export function waitForLines(
	{ space, headers }: LineAddress,
	lines: readonly { readonly line: string; readonly after: number }[],
	signal: AbortSignal
): Promise<Called<readonly LineNews[]>> {
	const patience = AbortSignal.any([signal, AbortSignal.timeout(LINE_WAIT_MS + ANSWER_MS_MAX)]);
	const init = {
		method: 'POST',
		headers: { ...headers, 'content-type': 'application/json' },
		body: JSON.stringify({ lines }),
		signal: patience
	};
	return ask(`${space}/lines/wait`, init, async (response) =>
		readLineNews(new Uint8Array(await response.arrayBuffer()))
	);
}

const lineBase = ({ space, name }: LineAddress) => `${space}/documents/${name.document}/line`;

async function ask<T = void>(
	url: string,
	init: RequestInit,
	read?: (response: Response) => Promise<T>
): Promise<Called<T>> {
	try {
		const response = await fetch(url, {
			signal: AbortSignal.timeout(ANSWER_MS_MAX),
			cache: 'no-store',
			...init
		});
		if (!response.ok) return await failureOf(response);
		return { is: 'done', value: (await read?.(response)) as T };
	} catch {
		return LATER; // Nobody answered, the answer was cut off, or it was not the server's.
	}
}

const LATER = { is: 'later', afterMs: 0 } as const;

/** What our server says counts. Anything else comes from something in between, which may think better of it. */
async function failureOf(response: Response): Promise<Failed> {
	const said = z.safeParse(problem, await response.json().catch(() => undefined));
	if (response.status === 429) {
		const seconds = Number(response.headers.get('retry-after') ?? 1);
		return { is: 'later', afterMs: Math.min(WAIT_MS_MAX, (seconds || 1) * 1_000) };
	}
	if (!said.success || response.status >= 500) return LATER;
	const { type, detail } = said.data;
	if (type === 'line.ended') return { is: 'ended' };
	const reason = type.startsWith(LINE_PROBLEM)
		? type.slice(LINE_PROBLEM.length)
		: accessReason(type, response);
	const code = reason && CLOSE[reason as CloseReason];
	return { is: 'over', end: code ? { code, sentence: detail } : { code: LOST.code, sentence: detail } };
}

/** What a websocket would be closed with where the API refuses. */
function accessReason(type: string, { status }: Response): CloseReason | undefined {
	if (!type.startsWith('access.')) return undefined;
	if (status === 401) return 'signedOut';
	return status === 404 ? 'notFound' : 'forbidden';
}

/** However long we are told to wait: by then a person would try something else. */
const WAIT_MS_MAX = 10_000;
