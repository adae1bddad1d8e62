/** One message to one person, as plain text. Every part may hold what somebody typed. */
export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html?: string;
}

/** The port behind which mail leaves. Adapter: `smtp-mailer.ts`. */
export interface Mailer {
	/** Resolves when the mail server has taken it. Rejects with `MailNotSent` after the last try. */
	send(mail: Mail): Promise<void>;
	/** Waits for what is under way, then lets the connections go. */
	close(): Promise<void>;
}

/** The mail server is away or will not have it. Its message names no address. */
export class MailNotSent extends Error {
	override readonly name = 'MailNotSent';
}
