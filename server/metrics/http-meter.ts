import { ANSWER_BOUNDS, Histogram } from './histogram.ts';
import type { Labels } from './exposition.ts';
import { Tally } from './tally.ts';

/** Why somebody was told to wait, or was not let in at all. */
export type RefusedFor = 'requests' | 'strangers' | 'sockets' | 'openings' | 'connections' | 'origin';

export interface Answered {
	readonly method: string;
	/** The pattern of the route, never the address. */
	readonly route: string;
	readonly status: number;
	readonly ms: number;
}

/** What HTTP counts as it goes. */
export class HttpMeter {
	readonly refused = new Tally<RefusedFor>();
	readonly #answers = new Map<string, { readonly labels: Labels; readonly seconds: Histogram }>();

	answered({ method, route, status, ms }: Answered): void {
		const named = METHODS.has(method) ? method : 'other';
		const key = `${named} ${status} ${route}`;
		let known = this.#answers.get(key);
		if (!known) {
			const labels = { method: named, route, status: String(status) };
			known = { labels, seconds: new Histogram(ANSWER_BOUNDS) };
			this.#answers.set(key, known);
		}
		known.seconds.observe(ms / 1000);
	}

	answers(): readonly (readonly [Labels, Histogram])[] {
		return [...this.#answers.values()].map(({ labels, seconds }) => [labels, seconds]);
	}
}

/** A caller may make up methods; they must not become series. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
