import { refuse, type Result } from '#lib/util/result.ts';

/**
 * Why a source could not be read. The sentence names no address and no secret: members may read it. `detail` is in
 * the other side's own words, without the secret, and for owners alone.
 */
export interface Trouble {
	readonly code: `source.${string}`;
	readonly sentence: string;
	readonly detail?: string;
}

const DETAIL_LENGTH_MAX = 300;

export const trouble = (code: Trouble['code'], sentence: string, detail?: string): Trouble => ({
	code,
	sentence,
	...(detail && { detail: oneLineOf(detail) })
});

export const refused = (code: Trouble['code'], sentence: string, detail?: string): Result<never, Trouble> =>
	refuse(trouble(code, sentence, detail));

/** `detail` without the secret, in whichever of its usual forms it is repeated. */
export function withoutSecret(found: Trouble, secret: string | undefined): Trouble {
	if (!secret || !found.detail) return found;
	const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
	const detail = forms.reduce((text, form) => text.replaceAll(form, '[secret]'), found.detail);
	return { ...found, detail };
}

const oneLineOf = (text: string): string =>
	text
		.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
		.trim()
		.slice(0, DETAIL_LENGTH_MAX)
		.toWellFormed();

export const timedOut = trouble(
	'source.timed-out',
	'There was no whole answer within 10 seconds. Ask for less at a time, or look at the other side.'
);
export const stopped = trouble(
	'source.stopped',
	'The server was stopped while it read. The next run makes up for it.'
);
export const tooManyRows = trouble(
	'source.too-many-rows',
	'The answer has more than 50,000 rows, so nothing was taken. Narrow it down: a database’s query with :from and :to, Prometheus with a longer step or a shorter look back.'
);
export const tooLarge = trouble(
	'source.too-large',
	'The answer is over 10 MB, so nothing was taken. Ask for fewer rows or columns.'
);
