import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Addresses from which a reverse proxy of one's own may speak (RFC 1918, RFC 4193, loopback). */
const proxies = new BlockList();
proxies.addSubnet('127.0.0.0', 8);
proxies.addSubnet('10.0.0.0', 8);
proxies.addSubnet('172.16.0.0', 12);
proxies.addSubnet('192.168.0.0', 16);
proxies.addAddress('::1', 'ipv6');
proxies.addSubnet('fc00::', 7, 'ipv6');

/**
 * Whom to count an attempt against. Behind a proxy of one's own that is whom the proxy names, the last entry of
 * `X-Forwarded-For`; what a stranger writes into that header does not count.
 */
export function clientAddress(incoming: IncomingMessage | undefined): string {
	const peer = plain(incoming?.socket.remoteAddress ?? '');
	const named =
		String(incoming?.headers['x-forwarded-for'] ?? '')
			.split(',')
			.at(-1)
			?.trim() ?? '';
	return isProxy(peer) && isIP(named) ? named : peer;
}

function isProxy(address: string): boolean {
	const version = isIP(address);
	return version !== 0 && proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** `::ffff:127.0.0.1` is 127.0.0.1 on a socket that speaks both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
