import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainIdentity } from './config-identity.ts';
import { plainOperation } from './config-operation.ts';
import { plainSources } from './config-sources.ts';
import { readConfig } from './config.ts';

const sentencesOf = (env: Record<string, string>): readonly string[] => {
	const read = readConfig(env, '/srv');
	return read.ok ? [] : read.error;
};

test('an empty environment gives the defaults of the README', () => {
	expect(readConfig({}, '/srv/downbeat')).toEqual({
		ok: true,
		value: {
			port: 4380,
			host: '127.0.0.1',
			dataFolder: '/srv/downbeat/data',
			setupToken: undefined,
			origin: undefined,
			identity: plainIdentity,
			operation: plainOperation,
			sources: plainSources
		}
	});
});

test('an empty variable counts as absent', () => {
	expect(readConfig({ PORT: '', DOWNBEAT_ORIGIN: '' }, '/srv')).toMatchObject({ value: { port: 4380 } });
});

test.each([
	['PORT', '65536'],
	['PORT', '-1'],
	['PORT', '80a'],
	['PORT', '4380.5'],
	['HOST', 'http://localhost'],
	['DOWNBEAT_SETUP_TOKEN', 'seven77'],
	['DOWNBEAT_SETUP_TOKEN', 'with a space in it'],
	['DOWNBEAT_ORIGIN', 'downbeat.internal'],
	['DOWNBEAT_ORIGIN', 'https://example.com/downbeat'],
	['DOWNBEAT_ORIGIN', 'https://me:secret@example.com'],
	['DOWNBEAT_ORIGIN', 'ftp://example.com'],
	['DOWNBEAT_ACCOUNTS', 'perhaps'],
	['DOWNBEAT_PASSWORDS', 'yes'],
	['DOWNBEAT_SECRET', 'thirty-one-characters-are-short'],
	['DOWNBEAT_OIDC_ISSUER', 'http://id.example.com'],
	['DOWNBEAT_OIDC_ISSUER', 'https://id.example.com/?realm=main'],
	['DOWNBEAT_OIDC_NAME', 'two\nlines'],
	['DOWNBEAT_METRICS_TOKEN', 'fifteen-letters'],
	['DOWNBEAT_METRICS_TOKEN', 'sixteen letters and a space'],
	['DOWNBEAT_LOG', 'xml'],
	['DOWNBEAT_LOG_LEVEL', 'chatty'],
	['DOWNBEAT_RATE_LIMITS', 'sometimes'],
	['DOWNBEAT_SMTP_URL', 'https://mail.example.com'],
	['DOWNBEAT_MAIL_FROM', 'the server'],
	['DOWNBEAT_MAIL_FROM', 'A <a@example.com>\nBcc: <b@example.com>']
])('%s=%s is refused in one sentence that names it', (name, value) => {
	const sentences = sentencesOf({ [name]: value });
	expect(sentences).toHaveLength(1);
	expect(sentences[0]).toMatch(new RegExp(`^${name} cannot be used`));
	expect(sentences[0]).not.toContain(value);
});

test('ports at the limits are taken', () => {
	expect(readConfig({ PORT: '0' }, '/')).toMatchObject({ value: { port: 0 } });
	expect(readConfig({ PORT: '65535' }, '/')).toMatchObject({ value: { port: 65535 } });
});

test('every bad variable is named, not only the first', () => {
	const sentences = sentencesOf({ PORT: 'x', HOST: 'a b', DOWNBEAT_ORIGIN: 'x', DOWNBEAT_SETUP_TOKEN: 'x' });
	expect(sentences).toHaveLength(4);
});

test('a trailing slash after the origin is forgiven', () => {
	expect(readConfig({ DOWNBEAT_ORIGIN: 'https://d.example.com/' }, '/')).toMatchObject({
		value: { origin: 'https://d.example.com' }
	});
});

test('a secret may come from a file, without its line break', () => {
	const file = join(mkdtempSync(join(tmpdir(), 'downbeat-config-')), 'token');
	writeFileSync(file, 'from-a-file\n');
	expect(readConfig({ DOWNBEAT_SETUP_TOKEN_FILE: file }, '/')).toMatchObject({
		value: { setupToken: 'from-a-file' }
	});
	expect(sentencesOf({ DOWNBEAT_SETUP_TOKEN_FILE: file, DOWNBEAT_SETUP_TOKEN: 'another-one' })).toEqual([
		'DOWNBEAT_SETUP_TOKEN and DOWNBEAT_SETUP_TOKEN_FILE are both set. Keep one of them.'
	]);
});

test('a file that is not there is named', () => {
	expect(sentencesOf({ DOWNBEAT_DATA_FILE: '/nowhere/at/all' })).toEqual([
		'DOWNBEAT_DATA_FILE names /nowhere/at/all, which cannot be read. Give it a readable file.'
	]);
});

const OIDC = {
	DOWNBEAT_OIDC_ISSUER: 'https://id.example.com/realms/main',
	DOWNBEAT_OIDC_CLIENT_ID: 'downbeat',
	DOWNBEAT_OIDC_CLIENT_SECRET: 'of-the-client'
};
const MAIL = {
	DOWNBEAT_SMTP_URL: 'smtps://me:pass@mail.example.com',
	DOWNBEAT_MAIL_FROM: 'Downbeat <downbeat@example.com>'
};
const ORIGIN = { DOWNBEAT_ORIGIN: 'https://downbeat.example.com' };

test('a provider and a mail server are taken whole, and the provider is called after its host', () => {
	expect(readConfig({ ...OIDC, ...MAIL, ...ORIGIN, DOWNBEAT_ACCOUNTS: 'required' }, '/')).toMatchObject({
		value: {
			identity: {
				accounts: 'required',
				oidc: {
					issuer: 'https://id.example.com/realms/main',
					clientId: 'downbeat',
					clientSecret: 'of-the-client',
					name: 'id.example.com'
				},
				mail: { url: 'smtps://me:pass@mail.example.com', from: 'Downbeat <downbeat@example.com>' }
			}
		}
	});
});

test.each([
	[
		'half a provider',
		{ ...ORIGIN, DOWNBEAT_OIDC_CLIENT_ID: 'x' },
		/^DOWNBEAT_OIDC_ISSUER and DOWNBEAT_OIDC_CLIENT_SECRET are missing/
	],
	['the name of no provider', { ...ORIGIN, DOWNBEAT_OIDC_NAME: 'x' }, /are missing/],
	[
		'a mail server without a sender',
		{ ...ORIGIN, DOWNBEAT_SMTP_URL: 'smtp://localhost' },
		/^DOWNBEAT_MAIL_FROM is missing/
	],
	['a provider without an origin', OIDC, /^DOWNBEAT_OIDC_ISSUER needs DOWNBEAT_ORIGIN/],
	['mail without an origin', MAIL, /^DOWNBEAT_SMTP_URL needs DOWNBEAT_ORIGIN/],
	[
		'accounts that nobody could make',
		{ DOWNBEAT_ACCOUNTS: 'required', DOWNBEAT_PASSWORDS: 'off' },
		/nobody could make an account/
	]
])('%s is refused in one sentence', (_, env, sentence) => {
	const sentences = sentencesOf(env);
	expect(sentences).toHaveLength(1);
	expect(sentences[0]).toMatch(sentence);
});

test('accounts that only mail or a provider can make are taken', () => {
	const locked = { ...ORIGIN, DOWNBEAT_ACCOUNTS: 'required', DOWNBEAT_PASSWORDS: 'off' };
	expect(sentencesOf({ ...locked, ...MAIL })).toEqual([]);
	expect(sentencesOf({ ...locked, ...OIDC })).toEqual([]);
});

test('where sources may read from is a list of hosts and networks, and a folder', () => {
	const env = { DOWNBEAT_SOURCES_ALLOW: 'db.internal, 10.20.0.0/16,::1', DOWNBEAT_SQLITE_SOURCES: 'files' };
	const read = readConfig(env, '/srv');
	expect(read.ok && read.value.sources).toEqual({
		allow: ['db.internal', '10.20.0.0/16', '::1'],
		sqliteFolder: '/srv/files'
	});
	for (const wrong of ['db.internal:5432', '10.20.0.0/99', 'a,,b', '*'])
		expect(sentencesOf({ DOWNBEAT_SOURCES_ALLOW: wrong })).toMatchObject([
			expect.stringMatching(/^DOWNBEAT_SOURCES_ALLOW cannot be used .*,10\.20\.0\.0\/16\.$/)
		]);
});
