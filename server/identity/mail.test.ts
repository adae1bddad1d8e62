import { beforeAll, expect, test } from 'vitest';
import {
	PASSWORD,
	startIdentity,
	tokenIn,
	type IdentityWorldOptions
} from '../../tests/server/identity-world.ts';
import { startMailCatcher } from '../../tests/server/mail-catcher.ts';
import { PasskeyDevice } from '../../tests/server/passkey-device.ts';
import { ORIGIN } from '../../tests/server/identity-world.ts';
import { ManualClock } from '../clock-manual.ts';
import { createLog } from '../log.ts';
import { MailNotSent } from './mailer.ts';
import { invitationMail, signInMail } from './mails.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const EMAIL = 'nadia@example.com';
const FROM = 'Downbeat <downbeat@example.com>';

beforeAll(async () => {
	await import('./library.ts');
});

async function smtp() {
	const catcher = await startMailCatcher();
	const clock = new ManualClock();
	const lines: string[] = [];
	const log = createLog({ write: (line) => void lines.push(line), clock, isJson: true });
	const mailer = createSmtpMailer({ url: catcher.url, from: FROM }, { clock, log });
	return { catcher, clock, mailer, logged: () => lines.join('\n') };
}

async function world(options: IdentityWorldOptions = {}) {
	const { catcher, mailer } = await smtp();
	return { ...startIdentity({ ...options, mailer }), catcher };
}

const linkIn = (text: string | undefined, name: 'link' | 'reset' | 'verify') =>
	tokenIn({ to: '', subject: '', text: text ?? '' }, name);

test('a sign-in link arrives, signs in once, and proves the address', async () => {
	const { browser, catcher, identity, events } = await world();
	await browser().signUp(EMAIL);
	await catcher.arrived('#verify=');
	const nadia = browser();
	expect(await nadia.post('/api/auth/sign-in/magic-link', { email: EMAIL })).toMatchObject({
		status: 200,
		body: { isDone: true }
	});
	const mail = await catcher.arrived('#link=');
	expect(mail).toMatchObject({
		subject: 'Your sign-in link for Downbeat',
		from: { text: '"Downbeat" <downbeat@example.com>' }
	});
	expect(mail.text).toContain('It works once, for 15 minutes.');
	expect(catcher.recipients.at(-1)).toBe(EMAIL);
	const token = linkIn(mail.text, 'link');
	expect(await nadia.post('/api/auth/magic-link/verify', { token })).toMatchObject({
		status: 200,
		body: { user: { email: EMAIL, isEmailVerified: true } }
	});
	expect(await identity.sessionOf(nadia.headers)).toMatchObject({ email: EMAIL, isEmailVerified: true });
	expect(events.at(-1)).toMatchObject({ type: 'signed-in', method: 'email-link' });
	expect(await browser().post('/api/auth/magic-link/verify', { token })).toMatchObject({
		status: 400,
		body: { type: 'auth.link-used' }
	});
});

test('a sign-in link that ran out does not work', async () => {
	const { browser, mails, database } = startIdentity();
	await browser().signUp(EMAIL);
	await browser().post('/api/auth/sign-in/magic-link', { email: EMAIL });
	database
		.prepare('UPDATE auth_verification SET expiresAt = ?')
		.run(new Date(Date.now() - 1000).toISOString());
	const token = tokenIn(mails.at(-1), 'link');
	expect(token).not.toBe('');
	expect((await browser().post('/api/auth/magic-link/verify', { token })).body).toMatchObject({
		type: 'auth.link-used'
	});
});

test('links are kept as hashes: who reads the database opens nothing', async () => {
	const { browser, mails, database } = startIdentity();
	await browser().signUp(EMAIL);
	await browser().post('/api/auth/sign-in/magic-link', { email: EMAIL });
	const link = tokenIn(mails.at(-1), 'link');
	await browser().post('/api/auth/request-password-reset', { email: EMAIL });
	const reset = tokenIn(mails.at(-1), 'reset');
	const kept = JSON.stringify(database.prepare('SELECT * FROM auth_verification').all());
	expect(link && reset).toBeTruthy();
	for (const token of [link, reset]) expect(kept).not.toContain(token);
});

test('for an unknown address the answers are the same, and nothing is sent', async () => {
	const { browser, mails } = startIdentity();
	await browser().signUp(EMAIL);
	mails.length = 0;
	for (const path of ['sign-in/magic-link', 'request-password-reset']) {
		const known = await browser().post(`/api/auth/${path}`, { email: EMAIL });
		const unknown = await browser().post(`/api/auth/${path}`, { email: 'nobody@example.com' });
		expect(unknown.status).toBe(known.status);
		expect(unknown.body).toEqual(known.body);
	}
	expect(mails.map(({ to }) => to)).toEqual([EMAIL, EMAIL]);
});

test('who was invited by mail makes an account with the link, nobody else does', async () => {
	const { browser, mails, database, events } = startIdentity({ invited: ['jonas@example.com'] });
	const jonas = browser();
	await jonas.post('/api/auth/sign-in/magic-link', { email: 'Jonas@example.com', name: 'Jonas Weber' });
	const token = tokenIn(mails.at(-1), 'link');
	expect(await jonas.post('/api/auth/magic-link/verify', { token })).toMatchObject({
		status: 200,
		body: { user: { email: 'jonas@example.com', name: 'Jonas Weber', isEmailVerified: true } }
	});
	expect(events.map(({ type }) => type)).toEqual(['account-created', 'signed-in']);
	expect(database.prepare('SELECT count(*) AS count FROM auth_user').get()).toEqual({ count: 1 });
});

test('an invitation that was taken back does not make an account any more', async () => {
	const invited = ['jonas@example.com'];
	const { browser, mails, database } = startIdentity({ invited });
	await browser().post('/api/auth/sign-in/magic-link', { email: 'jonas@example.com' });
	invited.length = 0;
	const token = tokenIn(mails.at(-1), 'link');
	expect((await browser().post('/api/auth/magic-link/verify', { token })).body).toMatchObject({
		type: 'auth.link-used'
	});
	expect(database.prepare('SELECT count(*) AS count FROM auth_user').get()).toEqual({ count: 0 });
});

test('a new password by mail ends all sessions, and the link works once', async () => {
	const { browser, catcher, identity, events } = await world();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	await browser().post('/api/auth/request-password-reset', { email: EMAIL });
	const token = linkIn((await catcher.arrived('#reset=')).text, 'reset');
	const reset = (newPassword: string) => browser().post('/api/auth/reset-password', { token, newPassword });
	expect((await reset(EMAIL)).body).toMatchObject({ type: 'auth.weak-password' });
	expect((await reset('a whole new one')).status).toBe(200);
	expect((await reset('another new one')).body).toMatchObject({ type: 'auth.link-used' });
	expect(await identity.sessionOf(nadia.headers)).toBeUndefined();
	expect((await browser().signIn(EMAIL, PASSWORD)).status).toBe(401);
	expect((await browser().signIn(EMAIL, 'a whole new one')).status).toBe(200);
	expect(events.find(({ type }) => type === 'password-changed')).toMatchObject({ how: 'reset' });
});

test('the address is proven by the mail, and by nothing else', async () => {
	const { browser, mails, identity } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	expect((await browser().post('/api/auth/verify-email', { token: 'a.b.c' })).body).toMatchObject({
		type: 'auth.link-used'
	});
	expect((await identity.sessionOf(nadia.headers))?.isEmailVerified).toBe(false);
	await nadia.post('/api/auth/send-verification-email');
	expect(mails.map(({ subject }) => subject)).toEqual(Array(2).fill('Confirm your address for Downbeat'));
	const token = tokenIn(mails.at(-1), 'verify');
	expect((await browser().post('/api/auth/verify-email', { token })).status).toBe(200);
	expect((await identity.sessionOf(nadia.headers))?.isEmailVerified).toBe(true);
	expect((await nadia.post('/api/auth/send-verification-email')).body).toMatchObject({
		type: 'auth.already-verified'
	});
});

test.each(['link', 'reset'] as const)(
	'who takes over an account by mail (%s) does not inherit the passkey of who made it',
	async (way) => {
		const { browser, mails, database } = startIdentity();
		const [maker, device] = [browser(), new PasskeyDevice()];
		await maker.signUp(EMAIL);
		const options = (await maker.get('/api/auth/passkey/generate-register-options')).body;
		const response = device.register(options as { challenge: string } & typeof options, { origin: ORIGIN });
		expect((await maker.post('/api/auth/passkey/verify-registration', { response })).status).toBe(201);
		const owner = browser();
		if (way === 'link') {
			await owner.post('/api/auth/sign-in/magic-link', { email: EMAIL });
			await owner.post('/api/auth/magic-link/verify', { token: tokenIn(mails.at(-1), 'link') });
		} else {
			await owner.post('/api/auth/request-password-reset', { email: EMAIL });
			const token = tokenIn(mails.at(-1), 'reset');
			await owner.post('/api/auth/reset-password', { token, newPassword: 'a whole new one' });
		}
		expect(database.prepare('SELECT emailVerified FROM auth_user').get()).toEqual({ emailVerified: 1 });
		expect(database.prepare('SELECT count(*) AS count FROM auth_passkey').get()).toEqual({ count: 0 });
		expect((await maker.get('/api/auth/list-sessions')).status).toBe(401);
		expect((await browser().signIn(EMAIL, PASSWORD)).status).toBe(401);
	}
);

test('a mailbox gets five mails an hour, whoever asks', async () => {
	const { browser, mails, clock, logged } = startIdentity();
	await browser().signUp(EMAIL);
	mails.length = 0;
	clock.advance(60 * 60_000);
	for (let n = 0; n < 7; n++) {
		const answer = await browser(`203.0.113.${n}`).post('/api/auth/sign-in/magic-link', { email: EMAIL });
		expect(answer.status).toBe(200);
	}
	expect(mails).toHaveLength(5);
	expect(logged()).toContain('mail.held-back');
});

test('an invitation says who invites, to what and as what, and no name can add a header', async () => {
	const { catcher, mailer } = await smtp();
	const link = `${ORIGIN}/join#dbi_x`;
	const invitation = { to: EMAIL, space: 'Ops', inviter: 'Jonas Weber', link, role: 'editor' };
	await mailer.send(invitationMail(invitation));
	const mail = await catcher.arrived('dbi_x');
	expect(mail.subject).toBe('Jonas Weber invites you to Ops');
	expect(mail.text).toContain('Jonas Weber invites you to work in Ops on Downbeat, as an editor.');
	expect(mail.text).toContain(link);
	const evil = 'Jonas\r\nBcc: <everybody@example.com>\r\n\r\nBuy this';
	await mailer.send(invitationMail({ ...invitation, space: evil, inviter: evil, role: evil }));
	const second = await catcher.arrived('Buy this');
	expect([...second.headers.keys()].toSorted()).toEqual([...mail.headers.keys()].toSorted());
	expect(second.subject).toMatch(/^Jonas Bcc: <everybody@example.com> Buy this invites you/);
	expect(second.text?.split('\n\n')).toHaveLength(3);
	await mailer.send({ to: EMAIL, subject: evil, text: 'the third' });
	await catcher.arrived('the third');
	expect(catcher.recipients).toEqual([EMAIL, EMAIL, EMAIL]);
});

test('an address that names two people reaches nobody', async () => {
	const { catcher, mailer, clock } = await smtp();
	for (const to of ['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com']) {
		const sending = mailer.send({ to, subject: 'x', text: 'x' });
		sending.catch(() => undefined);
		await Promise.race([sending, clockRuns(clock)]).catch(() => undefined);
	}
	expect(catcher.recipients).not.toContain('b@example.com');
});

/** Lets the second try come, however long the first takes. */
async function clockRuns(clock: ManualClock): Promise<void> {
	for (let n = 0; n < 40; n++) {
		await new Promise((resolve) => setTimeout(resolve, 5));
		clock.advance(3_000);
	}
}

test('a mail server that will not have it is asked once more, and the log names nobody', async () => {
	const { catcher, mailer, clock, logged } = await smtp();
	catcher.refuse(451, 1);
	const sending = mailer.send(signInMail({ to: EMAIL, link: `${ORIGIN}/sign-in#link=the-secret` }));
	await Promise.all([sending, clockRuns(clock)]);
	expect(catcher.mails).toHaveLength(1);
	catcher.refuse(550, 2);
	const refused = mailer.send(signInMail({ to: EMAIL, link: `${ORIGIN}/sign-in#link=the-secret` }));
	const outcome = expect(refused).rejects.toThrow(MailNotSent);
	await Promise.all([outcome, clockRuns(clock)]);
	expect(catcher.mails).toHaveLength(1);
	expect(logged()).toContain('mail.retry');
	expect(logged()).toContain('mail.not-sent');
	for (const secret of [EMAIL, 'the-secret', 'of the server']) expect(logged()).not.toContain(secret);
});
