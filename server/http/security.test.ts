import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { ManualClock } from '../clock-manual.ts';
import { Attempts } from './attempts.ts';
import { clientAddress } from './client-address.ts';
import { isAllowedOrigin, pagePolicy } from './security.ts';

const OWN = 'https://downbeat.example.com';

test.each([
	['a program says nothing', {}],
	['the same host and port', { origin: 'http://localhost:4380', host: 'localhost:4380' }],
	['TLS ends at the proxy', { origin: OWN, host: 'downbeat.example.com' }],
	['the proxy names the default port', { origin: OWN, host: 'downbeat.example.com:443' }],
	[
		'the proxy changed the host and says so',
		{ origin: OWN, host: '10.0.0.7', 'x-forwarded-host': 'downbeat.example.com' }
	],
	[
		'the proxy changed the host and the browser vouches',
		{ origin: OWN, host: '10.0.0.7', 'sec-fetch-site': 'same-origin' }
	]
])('allowed: %s', (_, headers) => {
	expect(isAllowedOrigin(headers, undefined)).toBe(true);
});

test.each([
	['another site', { origin: 'https://evil.example', host: 'downbeat.example.com' }],
	['another port of this machine', { origin: 'http://localhost:3000', host: 'localhost:4380' }],
	['a sandboxed frame', { origin: 'null', host: 'localhost:4380' }],
	['a name that only begins alike', { origin: `${OWN}.evil.example`, host: 'downbeat.example.com' }],
	[
		'a neighbour under one domain',
		{ origin: 'https://x.example.com', host: 'y.example.com', 'sec-fetch-site': 'same-site' }
	],
	['nothing that is a host', { origin: 'https://', host: '' }]
])('refused: %s', (_, headers) => {
	expect(isAllowedOrigin(headers, undefined)).toBe(false);
});

test('the configured origin counts whatever the proxy does to the host', () => {
	expect(isAllowedOrigin({ origin: OWN, host: '10.0.0.7:4380' }, OWN)).toBe(true);
	expect(isAllowedOrigin({ origin: 'https://evil.example', host: '10.0.0.7:4380' }, OWN)).toBe(false);
});

test('the page keeps the policy it was built with, and cannot be framed', () => {
	const html = `<meta http-equiv="content-security-policy" content="default-src 'self'; script-src 'self' 'sha256-x'">`;
	expect(pagePolicy(html)).toBe("default-src 'self'; script-src 'self' 'sha256-x'; frame-ancestors 'none'");
	expect(pagePolicy('<html></html>')).toMatch(/^default-src 'self';.*frame-ancestors 'none'$/);
});

test('an address may fail so often in a minute, others meanwhile and the same one later may try', () => {
	const clock = new ManualClock();
	const attempts = new Attempts(clock, 2);
	attempts.failed('a');
	expect(attempts.waitSeconds('a')).toBe(0);
	attempts.failed('a');
	expect(attempts.waitSeconds('a')).toBe(60);
	expect(attempts.waitSeconds('b')).toBe(0);
	clock.advance(59_500);
	expect(attempts.waitSeconds('a')).toBe(1);
	clock.advance(500);
	expect(attempts.waitSeconds('a')).toBe(0);
});

test('a spread attack shares one count instead of filling the memory', () => {
	const attempts = new Attempts(new ManualClock(), 2);
	for (let key = 0; key < 10_002; key++) attempts.failed(String(key));
	expect(attempts.waitSeconds('one more')).toBeGreaterThan(0);
	expect(attempts.waitSeconds('5')).toBe(0);
});

test.each([
	['203.0.113.9', undefined, '203.0.113.9'],
	['203.0.113.9', '198.51.100.1', '203.0.113.9'],
	['127.0.0.1', '198.51.100.1', '198.51.100.1'],
	['::ffff:172.18.0.2', 'made up, 198.51.100.1', '198.51.100.1'],
	['::1', 'made up', '::1'],
	['127.0.0.1', undefined, '127.0.0.1']
])('from %s, which names %s, counts as %s', (remoteAddress, forwarded, expected) => {
	const incoming = { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } };
	expect(clientAddress(incoming as unknown as IncomingMessage)).toBe(expected);
});
