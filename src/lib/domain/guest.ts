import * as z from 'zod/mini';
import { documentId, spaceId } from './id.ts';

/** What a guest link opens, as the server says to whoever holds it. */
export const guestView = z.object({
	space: spaceId,
	/** Of the space. */
	title: z.string(),
	timeZone: z.string(),
	document: documentId,
	/** ISO instant. */
	expiresAt: z.string()
});
export type GuestView = z.infer<typeof guestView>;

/**
 * The part of a guest link behind its `#`, which no server is sent: the secret, and what the document was called when
 * the link was made. The titles of a space stand in its index, which no guest reads.
 */
export const guestFragment = (secret: string, title: string): string =>
	title === '' ? secret : `${secret}/${encodeURIComponent(title)}`;

/** The title is empty where the link says none, or nothing that can be read. */
export function readGuestFragment(fragment: string): { readonly secret: string; readonly title: string } {
	const at = fragment.indexOf('/');
	if (at < 0) return { secret: fragment, title: '' };
	return { secret: fragment.slice(0, at), title: decoded(fragment.slice(at + 1)) };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return ''; // Cut off in the middle of a letter, as mail programs do.
	}
}
