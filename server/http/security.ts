/** What a browser and a proxy say of where a request comes from. Node's and Fetch's headers both fit. */
export interface OriginHeaders {
	readonly origin?: string | undefined;
	readonly host?: string | undefined;
	readonly 'x-forwarded-host'?: string | string[] | undefined;
	readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Whether the page that asks is Downbeat's own. A browser always says which page asks when something is to change
 * or a websocket is to open; who says nothing is a program, and shows a token instead. `Sec-Fetch-Site` and
 * `X-Forwarded-Host` cannot be set by a page of another site, so they count where a proxy changed the host.
 */
export function isAllowedOrigin(headers: OriginHeaders, publicOrigin: string | undefined): boolean {
	const { origin } = headers;
	if (origin === undefined || headers['sec-fetch-site'] === 'same-origin') return true;
	const host = URL.parse(origin)?.host;
	if (!host) return false; // `null`: a sandboxed frame or a file.
	const own = [headers.host, headers['x-forwarded-host'], publicOrigin && URL.parse(publicOrigin)?.host];
	return own.some((one) => typeof one === 'string' && withoutDefaultPort(one) === host);
}

/** Methods that change nothing, asked by whomever. */
export const isReading = (method: string): boolean =>
	method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

const withoutDefaultPort = (host: string): string => host.toLowerCase().replace(/:(?:80|443)$/, '');

/** For what is not a page: an answer with JSON, an error. */
export const STRICT_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * The policy for pages: what SvelteKit wrote into the fallback page, with the hash of its one inline script, and
 * what a page cannot say of itself.
 */
export function pagePolicy(fallbackHtml: string): string {
	const meta = /<meta http-equiv="content-security-policy" content="([^"]+)"/i.exec(fallbackHtml)?.[1];
	const own =
		meta ?? "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'";
	return `${own.replaceAll('&#39;', "'")}; frame-ancestors 'none'`;
}

/** Goes with every answer. */
export function securityHeaders(publicOrigin: string | undefined): Readonly<Record<string, string>> {
	return {
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
		'cross-origin-opener-policy': 'same-origin',
		// Whatever a page loads is our own or says that it may be loaded; its process holds no other site.
		'cross-origin-embedder-policy': 'require-corp',
		'origin-agent-cluster': '?1',
		'cross-origin-resource-policy': 'same-origin',
		...(publicOrigin?.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' })
	};
}
