/** A line of a mail that is longer says nothing; RFC 5322 allows 998 characters. */
const LENGTH_MAX = 200;

/** What somebody typed, on one line: a line break in a header would begin another header. */
export const oneLine = (text: string): string =>
	text
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
		.trim()
		.slice(0, LENGTH_MAX);
