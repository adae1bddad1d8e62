import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
			origin: undefined
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
	['DOWNBEAT_ORIGIN', 'ftp://example.com']
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
