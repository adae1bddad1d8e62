import { createTransport } from 'nodemailer';
import type { Clock } from '../clock.ts';
import type { MailSettings } from '../config-identity.ts';
import type { Log } from '../log.ts';
import { MailNotSent, type Mail, type Mailer } from './mailer.ts';
import { oneLine } from './one-line.ts';

export interface SmtpPorts {
	readonly clock: Clock;
	readonly log: Log;
}

/** A mail server that does not answer in this time is away: people wait for the link on their screen. */
const CONNECT_MS_MAX = 10_000;
const SILENCE_MS_MAX = 20_000;

/** Between the two tries: long enough for greylisting's shortest step, short enough for somebody who waits. */
const RETRY_MS = 3_000;

/** How long a stopping server waits for mail under way: a part of what all its services have together. */
const CLOSE_MS_MAX = 3_000;

/** Sends by SMTP, with TLS wherever the server offers it. Two tries. */
export function createSmtpMailer(settings: MailSettings, { clock, log }: SmtpPorts): Mailer {
	const transport = createTransport({
		url: settings.url,
		connectionTimeout: CONNECT_MS_MAX,
		greetingTimeout: CONNECT_MS_MAX,
		socketTimeout: SILENCE_MS_MAX,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	const underWay = new Set<Promise<void>>();
	let isClosed = false;

	return {
		send(mail) {
			const sending = sendTwice(mail);
			const settled = sending.catch(() => undefined);
			underWay.add(settled);
			void settled.then(() => underWay.delete(settled));
			return sending;
		},
		async close() {
			isClosed = true;
			const given = Promise.withResolvers<void>();
			const cancel = clock.after(CLOSE_MS_MAX, given.resolve);
			await Promise.race([Promise.all(underWay), given.promise]);
			cancel();
			transport.close();
		}
	};

	async function sendTwice(mail: Mail): Promise<void> {
		const fromMs = clock.tickMs();
		const first = await attempt(mail);
		if (first === undefined) return done('mail.sent', fromMs);
		log.warn('mail.retry', { code: codeOf(first) });
		if (!isClosed) await new Promise<void>((resolve) => void clock.after(RETRY_MS, resolve));
		const second = await attempt(mail);
		if (second === undefined) return done('mail.sent', fromMs);
		log.error('mail.not-sent', { code: codeOf(second), ms: Math.round(clock.tickMs() - fromMs) });
		throw new MailNotSent('The mail server did not take the mail.', { cause: codeOf(second) });
	}

	function done(event: string, fromMs: number): void {
		log.info(event, { ms: Math.round(clock.tickMs() - fromMs) });
	}

	/** What went wrong, or undefined. */
	async function attempt({ to, subject, text, html }: Mail): Promise<unknown> {
		try {
			await transport.sendMail({
				from: settings.from,
				to: { name: '', address: to },
				subject: oneLine(subject),
				text,
				...(html !== undefined && { html }),
				headers: { 'Auto-Submitted': 'auto-generated' }
			});
			return undefined;
		} catch (error) {
			return error ?? new Error('unknown');
		}
	}
}

/** What nodemailer and the network call it: `ECONNECTION`, `EAUTH`. The message would name addresses. */
function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return 'unknown';
	const { code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
	const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
	return parts.join(' ') || error.name;
}
