import { cpuMs } from '../process-costs.ts';
import { enter, sleep, withServer, type Trial } from '../trial.ts';
import type { Client } from '../client.ts';
import { Typing } from '../typing.ts';

const PEOPLE = 100;
const TYPISTS = 4;
const CARETS_PER_SECOND = 10;

/** A hundred people move their carets ten times a second; four of them type. */
export const awareness: Trial = (contender, { workMs, warmMs }) =>
	withServer(contender, async (server) => {
		const clients = await enter(server, 'carets', { count: PEOPLE });
		const typing = new Typing([{ clients, typists: clients.slice(0, TYPISTS) }]);
		const carets = new Carets(clients);
		const perSecond = TYPISTS * 10;
		await Promise.all([carets.move(warmMs), typing.type(warmMs, perSecond)]);
		await sleep(500);
		typing.clear();
		const [before, bytesBefore] = [cpuMs(server.pid), downOf(clients)];
		await Promise.all([carets.move(workMs), typing.type(workMs, perSecond)]);
		const used = cpuMs(server.pid) - before;
		const bytes = downOf(clients) - bytesBefore;
		await typing.arrived(10_000);
		return {
			cpu: (used / workMs) * 1_000,
			p95: typing.latencies.percentile(95),
			'MB/s': bytes / 1e6 / (workMs / 1_000)
		};
	});

const downOf = (clients: readonly Client[]): number =>
	clients.reduce((sum, { socket }) => sum + socket.bytesDown, 0);

class Carets {
	readonly #clients: readonly Client[];
	#clock = 0;

	constructor(clients: readonly Client[]) {
		this.#clients = clients;
	}

	/** Each in its turn, evenly over every tenth of a second. */
	async move(ms: number): Promise<void> {
		const startMs = performance.now();
		const perMs = (this.#clients.length * CARETS_PER_SECOND) / 1_000;
		for (let moved = 0; moved < ms * perMs;) {
			for (const due = (performance.now() - startMs) * perMs; moved < due; moved++) {
				const client = this.#clients[moved % this.#clients.length];
				client?.present(++this.#clock, stateOf(client.number, moved));
			}
			await sleep(1);
		}
	}
}

/** As the editor's own: a name, a colour, a place in the text. */
const stateOf = (number: number, at: number): string =>
	JSON.stringify({
		user: { name: `Person ${number}`, color: '#3366cc' },
		cursor: { anchor: { type: null, tname: 't', item: { client: number, clock: at }, assoc: 0 } }
	});
