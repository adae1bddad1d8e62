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

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/**
 * Whom to count an attempt against. Behind a proxy of one's own that is whom the proxy names, the last entry of
 * `X-Forwarded-For`; what a stranger writes into that header does not count.
 */
export function clientAddress(incoming: IncomingMessage | undefined): string {
	const peer = peerAddress(incoming);
	const named =
		String(incoming?.headers['x-forwarded-for'] ?? '')
			.split(',')
			.at(-1)
			?.trim() ?? '';
	return isIn(proxies, peer) && isIP(named) ? plain(named) : peer;
}

/** Whether a proxy of one's own may be asking: then its word on where a request is from counts. */
export const isTrustedProxy = (incoming: IncomingMessage | undefined): boolean =>
	isIn(proxies, peerAddress(incoming));

/** Whether it was sent from this machine, by a person, a program or a proxy. */
export const isLoopback = (incoming: IncomingMessage): boolean => isIn(loopback, peerAddress(incoming));

/** The other end of the connection. */
export const peerAddress = (incoming: IncomingMessage | undefined): string =>
	plain(incoming?.socket.remoteAddress ?? '');

function isIn(list: BlockList, address: string): boolean {
	const version = isIP(address);
	return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** `::ffff:127.0.0.1` is 127.0.0.1 on a socket that speaks both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
