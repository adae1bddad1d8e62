import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import {
	CONNECTIONS_PER_ADDRESS_MAX,
	OPENING_BURST_MAX,
	OPENINGS_PER_SECOND_MAX,
	REQUEST_BURST_MAX,
	REQUESTS_PER_SECOND_MAX,
	SOCKETS_PER_ADDRESS_MAX,
	STRANGER_BURST_MAX,
	STRANGER_REQUESTS_PER_SECOND_MAX
} from '#lib/protocol/limits.ts';
import type { Clock } from '../clock.ts';
import type { HttpMeter } from '../metrics/http-meter.ts';
import { Buckets } from './buckets.ts';
import { Held } from './held.ts';

export interface GatePorts {
	readonly clock: Clock;
	readonly meter: HttpMeter;
	/** False lets everything through, for measurements and for a proxy that limits by itself. */
	readonly isOn: boolean;
}

/** How much of everything one address may ask for. What is asked, and by whom, is not known here yet. */
export class Gate {
	readonly #ports: GatePorts;
	readonly #requests: Buckets;
	readonly #strangers: Buckets;
	readonly #openings: Buckets;
	readonly #sockets = new Held(SOCKETS_PER_ADDRESS_MAX);
	readonly #connections = new Held(CONNECTIONS_PER_ADDRESS_MAX);

	constructor(ports: GatePorts) {
		const { clock } = ports;
		this.#ports = ports;
		this.#requests = new Buckets(clock, { perSecond: REQUESTS_PER_SECOND_MAX, burst: REQUEST_BURST_MAX });
		this.#strangers = new Buckets(clock, {
			perSecond: STRANGER_REQUESTS_PER_SECOND_MAX,
			burst: STRANGER_BURST_MAX
		});
		this.#openings = new Buckets(clock, { perSecond: OPENINGS_PER_SECOND_MAX, burst: OPENING_BURST_MAX });
	}

	/** Seconds until `address` may ask; 0 when it may now. */
	request(address: string): number {
		return this.#take('requests', this.#requests, address);
	}

	/** The same for a request that shows nothing of who sends it, or something that opens nothing. */
	stranger(address: string): number {
		return this.#take('strangers', this.#strangers, address);
	}

	/** The same for a websocket, which counts until it is closed. */
	socket(address: string, socket: Duplex): number {
		const waitSeconds = this.#take('openings', this.#openings, address);
		if (waitSeconds > 0) return waitSeconds;
		return this.#hold('sockets', this.#sockets, { address, socket }) ? 0 : SOCKETS_WAIT_SECONDS;
	}

	/** Whether a connection may stay, before anything was asked over it. */
	connection(address: string, socket: Duplex): boolean {
		return this.#hold('connections', this.#connections, { address, socket });
	}

	#take(what: 'requests' | 'strangers' | 'openings', buckets: Buckets, address: string): number {
		if (!this.#ports.isOn) return 0;
		const waitSeconds = buckets.take(networkOf(address));
		if (waitSeconds > 0) this.#ports.meter.refused.add(what);
		return waitSeconds;
	}

	#hold(
		what: 'sockets' | 'connections',
		held: Held,
		{ address, socket }: { address: string; socket: Duplex }
	): boolean {
		if (!this.#ports.isOn) return true;
		const key = networkOf(address);
		if (!held.take(key)) {
			this.#ports.meter.refused.add(what);
			return false;
		}
		socket.once('close', () => held.giveBack(key));
		return true;
	}
}

/** Nobody knows when one of the others will close. */
const SOCKETS_WAIT_SECONDS = 30;

/** Whom to count together: an IPv4 address, or the 64 bits of an IPv6 one that a household or a server is given. */
export function networkOf(address: string): string {
	if (!isIPv6(address)) return address;
	const [head = '', tail] = address.split('::');
	const groups = head.split(':');
	const count = tail === undefined ? groups.length : 4;
	return Array.from({ length: Math.min(4, count) }, (_, index) => groups[index] || '0').join(':');
}
