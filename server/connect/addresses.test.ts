import { expect, test } from 'vitest';
import { AddressGate, isAllowRule } from './addresses.ts';

const known: Record<string, readonly string[]> = {
	'numbers.example.com': ['93.184.216.34'],
	'inner.example.com': ['10.1.2.3'],
	'both.example.com': ['127.0.0.1', '2606:2800:220:1:248:1893:25c8:1946'],
	'2130706433': ['127.0.0.1']
};
const resolve = (host: string) => {
	const found = known[host];
	if (!found) return Promise.reject(new Error('ENOTFOUND'));
	return Promise.resolve(found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
};

const ask = async (host: string, allow: readonly string[] = []) => {
	const found = await new AddressGate(allow, resolve).addressesOf(host);
	return found.ok ? found.value.map(({ address }) => address) : found.error.code;
};

test.each([
	'127.0.0.1',
	'127.9.9.9',
	'0.0.0.0',
	'10.0.0.1',
	'100.64.0.1',
	'169.254.169.254',
	'172.16.0.1',
	'172.31.255.255',
	'192.168.1.1',
	'192.0.0.192',
	'198.18.0.1',
	'224.0.0.1',
	'255.255.255.255',
	'[::1]',
	'[::]',
	'[::ffff:127.0.0.1]',
	'[::ffff:a9fe:a9fe]',
	'[::127.0.0.1]',
	'[64:ff9b::7f00:1]',
	'[2002:7f00:1::]',
	'[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
	'[fc00::1]',
	'[fd00:ec2::254]',
	'[fe80::1]',
	'[fec0::1]',
	'[ff02::1]',
	'inner.example.com',
	'2130706433'
])('%s is an inner address', async (host) => {
	expect(await ask(host)).toBe('source.inner-address');
});

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '[2606:2800:220:1::1]', '[::ffff:8.8.8.8]'])(
	'%s is a public address',
	async (host) => {
		expect(await ask(host)).toEqual([host.replace(/[[\]]/g, '')]);
	}
);

test('of a name, the public addresses are left, and an unknown one is said to be none', async () => {
	expect(await ask('numbers.example.com')).toEqual(['93.184.216.34']);
	expect(await ask('both.example.com')).toEqual(['2606:2800:220:1:248:1893:25c8:1946']);
	expect(await ask('nowhere.example.com')).toBe('source.no-host');
});

test('the operator allows a host, an address or a network, and nothing beside it', async () => {
	expect(await ask('inner.example.com', ['Inner.example.com'])).toEqual(['10.1.2.3']);
	expect(await ask('10.1.2.3', ['inner.example.com'])).toBe('source.inner-address');
	expect(await ask('inner.example.com', ['10.1.0.0/16'])).toEqual(['10.1.2.3']);
	expect(await ask('inner.example.com', ['10.2.0.0/16'])).toBe('source.inner-address');
	expect(await ask('127.0.0.1', ['127.0.0.1'])).toEqual(['127.0.0.1']);
	expect(await ask('127.0.0.2', ['127.0.0.1'])).toBe('source.inner-address');
	expect(await ask('[fd00::5]', ['fd00::/8'])).toEqual(['fd00::5']);
});

test.each([
	['db.internal', true],
	['localhost', true],
	['10.0.0.0/8', true],
	['::1', true],
	['fd00::/8', true],
	['10.0.0.0/33', false],
	['10.0.0/8', false],
	['10.0.0.0/', false],
	['db.internal:5432', false],
	['https://db.internal', false],
	['*', false],
	['', false]
])('%s may be allowed: %s', (rule, isRule) => {
	expect(isAllowRule(rule)).toBe(isRule);
});
