import { newId, type SpaceId } from '#lib/domain/id.ts';

/** First parts of URLs that mean something else. */
const RESERVED: ReadonlySet<string> = new Set([
	'_app',
	'about',
	'api',
	'app',
	'assets',
	'docs',
	'healthz',
	'help',
	'icons',
	'join',
	'login',
	'metrics',
	'offline',
	'readyz',
	'settings',
	'setup',
	'share',
	'sign-in',
	'sync'
]);

/** Leaves room for the suffix, and for people to read the address aloud. */
const SLUG_LENGTH_MAX = 32;
const SUFFIX_LENGTH = 5;

/** Whether `id` could be taken for a page of the app itself. */
export const isReserved = (id: string): boolean => RESERVED.has(id.toLowerCase());

/**
 * `Engineering Ops` → `engineering-ops-k7f3d`. The suffix keeps two teams of one name apart and addresses from
 * being guessed; it is no secret. A title without Latin letters is called `space`.
 */
export function newSpaceId(title: string): SpaceId {
	const slug = slugOf(title) || 'space';
	return `${slug}-${newId().slice(0, SUFFIX_LENGTH)}` as SpaceId;
}

function slugOf(title: string): string {
	const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/gu, 'ss').toLowerCase();
	const words = plain.split(/[^a-z0-9]+/u).filter(Boolean);
	let slug = '';
	for (const word of words) {
		const longer = slug ? `${slug}-${word}` : word;
		if (longer.length > SLUG_LENGTH_MAX) break;
		slug = longer;
	}
	return slug || (words[0] ?? '').slice(0, SLUG_LENGTH_MAX);
}
