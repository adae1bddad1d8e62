import { extname } from 'node:path';

/** Media types of what a build holds. A path whose last dot is followed by none of these is no file. */
const TYPES: Readonly<Record<string, string>> = {
	'.css': 'text/css; charset=utf-8',
	'.gif': 'image/gif',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.jpg': 'image/jpeg',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.pdf': 'application/pdf',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.xml': 'application/xml; charset=utf-8'
};

/** Undefined for what is not a file: document ids may have dots too. */
export const typeOf = (path: string): string | undefined => TYPES[extname(path).toLowerCase()];

/** Text is worth compressing; pictures and fonts are compressed already. */
export const isCompressible = (path: string): boolean =>
	/^(?:text|application)\/|svg/.test(typeOf(path) ?? '') && !/pdf|wasm/.test(typeOf(path) ?? '');

export type Encoding = 'br' | 'gzip';

/** Best first. A compressed copy stands beside its original, made when the app was built. */
export const COPIES: readonly { readonly encoding: Encoding; readonly suffix: string }[] = [
	{ encoding: 'br', suffix: '.br' },
	{ encoding: 'gzip', suffix: '.gz' }
];

/** Which of our encodings the browser takes (RFC 9110, 12.5.3). `q=0` means that it does not. */
export function acceptedEncodings(header: string | null): ReadonlySet<string> {
	const entries = (header ?? '').toLowerCase().split(',');
	const taken = entries.filter((entry) => !/;\s*q=0(?:\.0*)?\s*$/.test(entry));
	return new Set(taken.map((entry) => entry.split(';')[0]?.trim() ?? ''));
}

/** Differs when the file, or the way it is packed, does. */
export const etagOf = (bytes: number, changedMs: number, encoding: Encoding | undefined): string =>
	`"${bytes.toString(36)}-${Math.round(changedMs).toString(36)}${encoding ? `-${encoding}` : ''}"`;

/** RFC 9110, 13.1.2: whether the browser has what `etag` names. */
export function hasAlready(ifNoneMatch: string | null, etag: string): boolean {
	if (ifNoneMatch === null) return false;
	return ifNoneMatch.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
