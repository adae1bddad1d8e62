/**
 * Why the server hangs up. The stock y-websocket provider treats 4400-4499 as final and tries again after any
 * other code, so a reason that passes with time must lie outside that range.
 */
export const CLOSE = {
	/** A frame that is not of this protocol, or an update that does not decode. */
	malformed: 4400,
	/** No token, or one that opens nothing. */
	signedOut: 4401,
	/** The token opens another space, or its role may not write here. */
	forbidden: 4403,
	/** No such space, or a document name that breaks the rule for names. */
	notFound: 4404,
	/** The client speaks a version of this protocol that the server no longer, or not yet, knows. */
	version: 4409,
	/** A message or a document over its limit. */
	tooLarge: 4413,
	/** The reader fell too far behind. It may come back at once: it catches up by state vector. */
	tooSlow: 4508,
	/** Somebody's rights changed: connecting again finds out how they stand now. */
	changed: 4510,
	/** Too many messages, or too many connections. */
	tooMany: 4529,
	/** The server could not store the change; it stays on the sender's device. */
	notStored: 4507,
	/** RFC 6455: the server restarts. */
	restart: 1012
} as const;

export type CloseReason = keyof typeof CLOSE;

const reasons = new Map<number, CloseReason>(
	Object.entries(CLOSE).map(([reason, code]) => [code, reason as CloseReason])
);

/** Why a connection was closed with `code`; undefined for a code that is not in `CLOSE`. */
export const closeReasonOf = (code: number): CloseReason | undefined => reasons.get(code);

/** RFC 6455 allows 123 bytes of reason. A sentence is cut at a whole character. */
export function closeSentence(sentence: string): string {
	const CLOSE_BYTES_MAX = 123;
	const encoder = new TextEncoder();
	if (encoder.encode(sentence).length <= CLOSE_BYTES_MAX) return sentence;
	let kept = '';
	for (const character of sentence) {
		if (encoder.encode(kept + character + '…').length > CLOSE_BYTES_MAX) break;
		kept += character;
	}
	return `${kept}…`;
}
