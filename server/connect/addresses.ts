import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { ok, type Result } from '#lib/util/result.ts';
import { refused, type Trouble } from './trouble.ts';

export interface Address {
	readonly address: string;
	readonly family: 4 | 6;
}

/** Gives every address of a name, as the system knows them. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** Everything that is not the public internet (IANA's special-purpose registries), and what translates into it. */
const INNER: readonly string[] = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16', // Also where clouds keep their metadata.
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.88.99.0/24',
	'192.168.0.0/16',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4',
	'240.0.0.0/4',
	'64:ff9b::/96', // NAT64.
	'64:ff9b:1::/48',
	'100::/64',
	'2001::/23', // Teredo is in it.
	'2001:db8::/32',
	'2002::/16', // 6to4.
	'3fff::/20',
	'5f00::/16',
	'fc00::/7',
	'fe80::/10',
	'fec0::/10',
	'ff00::/8'
];

/** IPv4 written as IPv6 in the way that nobody uses any more; `::` and `::1` are in it. */
const COMPATIBLE = '::/96';

/** Says to which addresses sources may connect: the public internet, and what the operator allows beside it. */
export class AddressGate {
	readonly #inner = new BlockList();
	readonly #allowed = new BlockList();
	readonly #hosts: ReadonlySet<string>;
	readonly #resolve: Resolve;

	/** `allow`: hosts, addresses and CIDRs, as `isAllowRule` takes them. */
	constructor(allow: readonly string[], resolve: Resolve = systemResolve) {
		for (const range of [...INNER, COMPATIBLE]) add(this.#inner, range);
		for (const rule of allow.filter(isRange)) add(this.#allowed, rule);
		this.#hosts = new Set(allow.filter((rule) => !isRange(rule)).map((host) => host.toLowerCase()));
		this.#resolve = resolve;
	}

	/**
	 * The addresses of `host` to which one may connect. Connect to one of these and look nothing up again: a name may
	 * lead elsewhere the next time.
	 */
	async addressesOf(host: string): Promise<Result<readonly [Address, ...Address[]], Trouble>> {
		const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
		const found = isIP(bare) ? [{ address: bare, family: isIP(bare) }] : await this.#lookUp(bare);
		const [first, ...rest] = found
			.map(({ address, family }): Address => ({ address, family: family === 6 ? 6 : 4 }))
			.filter((one) => this.#hosts.has(bare) || this.#isOpen(one));
		if (first) return ok([first, ...rest]);
		if (found.length > 0)
			return refused(
				'source.inner-address',
				'The address leads into this server’s own network, which sources may not reach. Whoever runs the server can allow it with DOWNBEAT_SOURCES_ALLOW.'
			);
		return refused('source.no-host', 'There is no machine of this name. Check the address.');
	}

	async #lookUp(host: string): ReturnType<Resolve> {
		try {
			return await this.#resolve(host);
		} catch {
			return []; // Unknown and not answered are the same for whoever set the source up.
		}
	}

	#isOpen({ address, family }: Address): boolean {
		const plain = address.replace(/%.*$/, '');
		const kind = family === 6 ? 'ipv6' : 'ipv4';
		return this.#allowed.check(plain, kind) || !this.#inner.check(plain, kind);
	}
}

const HOST = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i;

/** Whether an operator may allow this: a host's name, an address, or a range such as `10.1.0.0/16`. */
export function isAllowRule(rule: string): boolean {
	if (isRange(rule)) {
		const { address, bits, bitsMax } = rangeOf(rule);
		return isIP(address) !== 0 && Number.isInteger(bits) && bits >= 0 && bits <= bitsMax;
	}
	return HOST.test(rule) && !/^[\d.]+$/.test(rule);
}

const isRange = (rule: string): boolean => rule.includes('/') || isIP(rule) !== 0;

function rangeOf(rule: string): { address: string; bits: number; bitsMax: number } {
	const [address = '', bits] = rule.split('/');
	const bitsMax = isIP(address) === 6 ? 128 : 32;
	return { address, bits: bits === undefined ? bitsMax : /^\d+$/.test(bits) ? Number(bits) : NaN, bitsMax };
}

function add(list: BlockList, range: string): void {
	const { address, bits } = rangeOf(range);
	list.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
