const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Longest address a link may have: what browsers and proxies agree on. */
export const HREF_LENGTH_MAX = 2048;

/**
 * The address if prose may link to it: http, https or mailto, written out in full. Anything else, above all
 * `javascript:` and `data:` in whatever disguise, is undefined: the text stays, the link does not.
 */
export function allowedHref(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > HREF_LENGTH_MAX) return undefined;
	const trimmed = value.trim();
	const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
	if (!url || !PROTOCOLS.has(url.protocol)) return undefined;
	// A parser drops control characters inside an address; a reader of the text would not see them.
	return /[\s\p{Cc}]/u.test(trimmed) ? url.href : trimmed;
}

/** Completes what a person types into a link field: “downbeat.dev” is https, “ana@ex.org” is mail. */
export function hrefFromTyping(typed: string): string | undefined {
	const text = typed.trim();
	if (/^[^\s@:/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return allowedHref(`mailto:${text}`);
	const withProtocol =
		/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `https://${text}`;
	return /\s/.test(text) || text === '' ? undefined : allowedHref(withProtocol);
}
