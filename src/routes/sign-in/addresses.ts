import type { MailLink } from '#lib/app/signing-in.svelte.ts';

/** The sign-in page, to come back from to a place in the app. */
export const signInHref = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;

/** The place that a sign-in page leads to: one in the app, never another site. */
export function placeAfter(search: URLSearchParams): string {
	const next = search.get('next') ?? '/';
	return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next) ? next : '/';
}

/** What the link of a mail carries behind its `#`. */
export function mailLinkIn(hash: string): MailLink | undefined {
	const [, is, token] = /^#(link|reset|verify)=(\S+)$/.exec(hash) ?? [];
	return is && token ? { is: is as MailLink['is'], token } : undefined;
}

/** Loads the app anew at a place, also when it is the one that is shown. */
export function loadAnew(href: string): void {
	if (href === location.pathname + location.search + location.hash) location.reload();
	else if (href.split('#')[0] === location.pathname + location.search) {
		location.hash = href.split('#')[1] ?? '';
		location.reload();
	} else location.assign(href);
}

/** What the provider's way back says went wrong, by the server's code. */
export function problemWords(code: string | null): string {
	if (code === null) return '';
	const words: Readonly<Record<string, string>> = {
		'auth.provider-away': 'The provider cannot be reached. Try again in a minute, or sign in another way.',
		'auth.provider-refused': 'The provider did not let you in. Begin again, or sign in another way.',
		'auth.provider-failed': 'What the provider sent back could not be used. Begin again.',
		'auth.state-mismatch': 'This sign-in was begun in another browser, or too long ago. Begin again.',
		'auth.not-linked':
			'There is an account with your address that was made another way. Sign in the way you did before.',
		'auth.no-email': 'Downbeat needs your e-mail address. Allow it at the provider, or sign in another way.'
	};
	return words[code] ?? 'That did not sign you in. Begin again, or sign in another way.';
}
