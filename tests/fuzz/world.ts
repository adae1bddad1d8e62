import { closeAllChannels } from './browser.ts';
import { Device, type Disk, type Edit, type Tab } from './device.ts';
import { checkTab } from './facts.ts';
import { Loop } from './loop.ts';
import { Network, type Connection, type Way } from './network.ts';
import { People } from './people.ts';
import { Roster, Server, SlowStore } from './server.ts';
import { endOf } from './ending.ts';
import { changeIn, idsOf, idsOfDoc, IdSet, Truth } from './truth.ts';

// Three devices, a server and the wires between them, and whatever may happen to them. After every step all that is
// said must be true; at the end everything heals, everybody agrees, and nothing that was typed is missing.

const DEVICES = ['laptop', 'phone', 'desk'];
const TABS_MAX = 2;
export const NEWCOMER = 'newcomer';

export interface Outcome {
	readonly steps: number;
	readonly edits: number;
	readonly folds: number;
	readonly lives: number;
	/** The state in which everybody agreed, to compare two runs. */
	readonly state: string;
}

/** A promise that was broken, with the way to it. */
export class Broken extends Error {
	readonly #trace: readonly string[];

	constructor(complaints: readonly string[], trace: readonly string[]) {
		super(complaints.join('\n'));
		this.#trace = trace;
	}

	get trace(): readonly string[] {
		return this.#trace;
	}
}

export class World {
	readonly loop: Loop;
	readonly truth = new Truth();
	readonly store: SlowStore;
	readonly roster = new Roster([...DEVICES, NEWCOMER]);
	/** At the end one more comes. */
	readonly devices = DEVICES.map((name) => new Device(name));
	readonly people: People;
	readonly network: Network;
	readonly trace: string[] = [];
	server: Server | undefined;
	#lives = 0;

	private constructor(loop: Loop) {
		this.loop = loop;
		this.people = new People(loop.random);
		this.store = new SlowStore((update) => this.truth.committed(update));
		this.network = new Network({
			sent: (connection, frame) => this.#sent(connection, frame),
			told: (connection, frame) => this.truth.told(connection, frame)
		});
	}

	/** Lives `steps` steps and the end. Throws `Broken`. */
	static async live(seed: number, steps: number): Promise<Outcome> {
		const loop = new Loop(seed);
		loop.begin();
		const world = new World(loop);
		try {
			await world.startServer();
			for (let step = 1; step <= steps; step++) await world.#step(step);
			const state = await endOf(world);
			return {
				steps,
				edits: world.people.edits,
				folds: world.store.folds,
				lives: world.#lives,
				state
			};
		} catch (error) {
			throw error instanceof Broken ? error : new Broken([String((error as Error).stack)], world.trace);
		} finally {
			await world.#forget();
			closeAllChannels();
			loop.end();
		}
	}

	get tabs(): readonly Tab[] {
		return this.devices.flatMap(({ tabs }) => [...tabs]);
	}

	async startServer(): Promise<void> {
		const { store, roster } = this;
		this.server = new Server({ number: ++this.#lives, store, roster });
		await this.server.start();
		this.network.server = this.server;
	}

	async stopServer(isOrderly: boolean): Promise<void> {
		if (!this.server) return;
		if (isOrderly) await this.server.drain();
		else this.server.kill();
		this.network.server = this.server = undefined;
		this.network.breakAll();
	}

	/** Throws when something that is said at this moment is not so. */
	check(): void {
		const complaints = [...this.truth.complaints, ...this.tabs.flatMap((tab) => [...checkTab(this, tab)])];
		if (complaints.length > 0) throw new Broken(complaints, this.trace);
	}

	async open(device: Device, disk?: Disk): Promise<Tab> {
		const kept = device.edits.filter(({ ids }) => device.onDisk.has(ids));
		const tab = await device.open(disk);
		for (const lost of notIn(tab, kept)) this.truth.complaints.push(lost);
		return tab;
	}

	async #forget(): Promise<void> {
		this.network.breakAll();
		for (const tab of this.tabs) await tab.crash();
		for (const device of this.devices) device.forget();
		await this.loop.advance(100);
	}

	async #step(number: number): Promise<void> {
		const { random } = this.loop;
		const before = this.trace.length;
		await this.#happen(random.next());
		await this.loop.advance(random.chance(0.03) ? random.below(12_000) : random.below(40));
		const line = this.trace.length > before ? this.trace.pop() : 'time passes';
		this.trace.push(`${number} [${this.loop.elapsedMs} ms] ${line}`);
		this.check();
	}

	async #happen(chance: number): Promise<void> {
		const device = this.loop.random.pick(this.devices);
		const tab = device.tabs.length > 0 ? this.loop.random.pick(device.tabs) : undefined;
		if (!tab) return this.#opens(device);
		if (chance < 0.7) return this.#edits(tab);
		if (chance < 0.76) return this.#ways(device);
		if (chance < 0.8) return this.#breaks(device);
		if (chance < 0.84) return this.#opens(device);
		if (chance < 0.88) return this.#closes(tab);
		if (chance < 0.9) return this.#crashes(tab);
		if (chance < 0.92) return this.#fills(device);
		if (chance < 0.94) return this.#restarts();
		if (chance < 0.95) return this.#turnsClock(device);
		if (chance < 0.965) return this.#replays(device);
		if (chance < 0.98) return this.#changesRole(device);
		return this.#nudges(tab);
	}

	async #edits(tab: Tab): Promise<void> {
		const { random } = this.loop;
		if (!random.chance(0.02)) {
			this.trace.push(`${tab.host} ${await this.people.act(tab)}`);
			return;
		}
		this.trace.push(`${tab.host} types fast`);
		for (let index = 0; index < 80; index++) {
			await this.people.act(tab);
			await this.loop.advance(random.below(4));
		}
	}

	#ways(device: Device): Promise<void> {
		const way = this.loop.random.pick<Way>(['good', 'good', 'good', 'slow', 'gone', 'swallowing']);
		this.network.ways.set(device.name, way);
		if (way === 'swallowing') for (const connection of this.network.of(device.name)) connection.swallow();
		if (way === 'gone') for (const connection of this.network.of(device.name)) connection.break();
		this.trace.push(`the way of ${device.name} is ${way}`);
		return Promise.resolve();
	}

	#breaks(device: Device): Promise<void> {
		for (const connection of this.network.of(device.name)) connection.break();
		this.trace.push(`connections of ${device.name} break`);
		return Promise.resolve();
	}

	async #opens(device: Device): Promise<void> {
		if (device.tabs.length >= TABS_MAX) return;
		const tab = await this.open(device);
		const isOffline = this.loop.random.chance(0.1);
		if (!isOffline) await tab.connect();
		this.trace.push(`${tab.host} opens${isOffline ? ' without a connection' : ''}`);
	}

	async #closes(tab: Tab): Promise<void> {
		const disk = await tab.close();
		this.trace.push(`${tab.host} closes`);
		if (!this.loop.random.chance(0.3)) return void disk.close();
		const again = await this.open(tab.device, disk);
		await again.connect();
		this.trace.push(`${tab.host} is left, and opened again as ${again.host}`);
	}

	async #crashes(tab: Tab): Promise<void> {
		for (const connection of this.network.of(tab.device.name)) {
			if (connection.url.host === tab.host) connection.break();
		}
		await tab.crash();
		this.trace.push(`${tab.host} crashes`);
	}

	#fills(device: Device): Promise<void> {
		device.isFull = !device.isFull;
		this.trace.push(`the disk of ${device.name} is ${device.isFull ? 'full' : 'free again'}`);
		return Promise.resolve();
	}

	async #restarts(): Promise<void> {
		const { random } = this.loop;
		if (random.chance(0.3)) {
			this.store.isFull = !this.store.isFull;
			this.trace.push(`the store of the server is ${this.store.isFull ? 'full' : 'free again'}`);
			return;
		}
		const isOrderly = random.chance(0.5);
		await this.stopServer(isOrderly);
		await this.loop.advance(random.below(3000));
		await this.startServer();
		this.trace.push(`the server ${isOrderly ? 'stops in order' : 'is killed'} and starts again`);
	}

	#turnsClock({ realm, name }: Device): Promise<void> {
		realm.skewMs = (this.loop.random.below(11) - 5) * 60_000;
		this.trace.push(`the clock of ${name} is set to ${realm.skewMs / 60_000} min beside the time`);
		return Promise.resolve();
	}

	#replays({ name }: Device): Promise<void> {
		const connections = this.network.of(name);
		if (connections.length === 0) return Promise.resolve();
		this.network.replay(this.loop.random.pick(connections));
		this.trace.push(`a connection of ${name} is made twice`);
		return Promise.resolve();
	}

	async #changesRole({ name }: Device): Promise<void> {
		const role = this.roster.roleOf(name) === 'editor' ? 'viewer' : 'editor';
		await this.loop.act(this.server?.realm ?? this.loop.outside, () => this.roster.setRole(name, role));
		this.trace.push(`${name} becomes ${role}`);
	}

	async #nudges(tab: Tab): Promise<void> {
		await tab.nudge();
		this.trace.push(`${tab.host} tries now`);
	}

	/** SC4: a tab lets nothing of its own onto the wire that is not on its disk. */
	#sent({ url }: Connection, frame: Uint8Array): void {
		const tab = this.tabs.find(({ host }) => host === url.host);
		const change = changeIn(frame);
		if (!tab || !change || tab.disk.isRefusing || tab.device.isFull) return;
		const { structs } = idsOf(change);
		const own = { structs: structs.filter(({ client }) => tab.clients.has(client)), deletions: [] };
		const lack = tab.device.onDisk.lack(own);
		if (lack) this.truth.complaints.push(`${tab.host} sends ${lack}, which is not on its disk`);
	}
}

/** What was on the disk and is not in the document that was opened from it. */
function notIn(tab: Tab, edits: readonly Edit[]): readonly string[] {
	const held = new IdSet();
	held.add(idsOfDoc(tab.doc));
	return edits.flatMap(({ ids, number }) => {
		const lack = held.lack(ids);
		return lack ? [`${tab.host} opens without ${lack} of edit ${number}, which is on its disk`] : [];
	});
}
