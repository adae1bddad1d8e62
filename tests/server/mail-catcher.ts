import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface MailCatcher {
	/** For `DOWNBEAT_SMTP_URL`. */
	readonly url: string;
	/** What arrived, oldest first. */
	readonly mails: ParsedMail[];
	/** To whom, as the envelope says. */
	readonly recipients: string[];
	/** Answers the next deliveries so instead of taking them. */
	readonly refuse: (code: number, times: number) => void;
	/** Resolves with the first mail whose text has `part`, once it is there. */
	readonly arrived: (part: string) => Promise<ParsedMail>;
}

/** A real SMTP server that wants a name and a password, and keeps what it is given. */
export async function startMailCatcher(): Promise<MailCatcher> {
	const mails: ParsedMail[] = [];
	const recipients: string[] = [];
	let refusing = { code: 0, times: 0 };
	let onArrival = Promise.withResolvers<void>();
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _session, done) =>
			username === 'downbeat' && password === 'of the server'
				? done(null, { user: 'downbeat' })
				: done(new Error('wrong')),
		onRcptTo: ({ address }, _session, done) => {
			if (refusing.times > 0) {
				refusing = { ...refusing, times: refusing.times - 1 };
				return done(Object.assign(new Error('not now'), { responseCode: refusing.code }));
			}
			recipients.push(address);
			done();
		},
		onData: (stream, _session, done) => {
			simpleParser(stream).then((mail) => {
				mails.push(mail);
				onArrival.resolve();
				onArrival = Promise.withResolvers();
				done();
			}, done);
		}
	});
	const listening = server.listen(0, '127.0.0.1');
	await once(listening, 'listening');
	onTestFinished(() => new Promise<void>((resolve) => void server.close(resolve)));
	const { port } = listening.address() as AddressInfo;
	return {
		url: `smtp://downbeat:${encodeURIComponent('of the server')}@127.0.0.1:${port}`,
		mails,
		recipients,
		refuse: (code, times) => void (refusing = { code, times }),
		arrived: async (part) => {
			for (;;) {
				const found = mails.find(({ text }) => text?.includes(part));
				if (found) return found;
				await onArrival.promise;
			}
		}
	};
}
