import * as Y from 'yjs';
import { Device, type Tab } from './device.ts';
import { DOCUMENT } from './server.ts';
import type { Ids } from './truth.ts';
import { Broken, NEWCOMER, type World } from './world.ts';

/** Longer than every wait of the product together: a backoff, a handshake, a retry of a disk. */
const HEALING_MS_MAX = 180_000;

const LOOKING_MS = 5_000;

/** Everything heals; everybody must agree, with what people meant. Gives the state they agree on. */
export async function endOf(world: World): Promise<string> {
	await heal(world);
	const { loop, trace } = world;
	const isWell = () => world.tabs.every(({ engine }) => engine.isSettled) && statesOf(world.tabs).size === 1;
	await untilWell(world, isWell);
	// What a tab that crashed left on the disk is found by another one after its exchange.
	await loop.advance(LOOKING_MS);
	await untilWell(world, isWell);
	world.check();
	if (!isWell()) throw new Broken(world.tabs.map(describe), trace);
	const late = await newcomer(world);
	const complaints = [
		...(statesOf(world.tabs).size > 1
			? [`who comes later sees ${stateOf(late.doc)}, not ${[...statesOf(world.tabs)].join(' or ')}`]
			: []),
		...(await differsFromLog(world, late)),
		...restingOnLost(world, late.doc),
		...world.people.missedIn(late.doc),
		...(await keptOnDisks(world))
	];
	if (complaints.length > 0) throw new Broken(complaints, trace);
	const state = stateOf(late.doc);
	for (const tab of world.tabs) (await tab.close()).close();
	await world.stopServer(true);
	return state;
}

/** Looked for now and then: it costs more than a step of time. */
async function untilWell({ loop }: World, isWell: () => boolean): Promise<void> {
	const endMs = loop.elapsedMs + HEALING_MS_MAX;
	while (!isWell() && loop.elapsedMs < endMs) await loop.advance(200);
}

async function heal(world: World): Promise<void> {
	const { loop, network, devices } = world;
	world.trace.push('everything heals');
	world.store.isFull = false;
	for (const device of devices) {
		network.ways.set(device.name, 'good');
		for (const connection of network.of(device.name)) connection.break();
		device.isFull = false;
		await loop.act(world.server?.realm ?? loop.outside, () => world.roster.setRole(device.name, 'editor'));
		if (device.tabs.length === 0) await world.open(device);
	}
	await loop.advance(1000);
	for (const tab of world.tabs) {
		await tab.connect();
		await tab.nudge();
	}
}

/**
 * Who typed on what another tab of theirs had only in memory, and lost, typed on nothing: Yjs waits for it for ever.
 * Such edits are taken for doubtful, and whatever else waits is a complaint.
 */
function* restingOnLost({ devices }: World, doc: Y.Doc): Generator<string> {
	const edits = devices.flatMap((device) => device.edits);
	const { pendingStructs } = doc.store;
	const doubtful = new Set(edits.filter((edit) => edit.isDoubtful).flatMap(({ ids }) => clientsOf(ids)));
	for (const [client, clock] of pendingStructs?.missing ?? [])
		if (!doubtful.has(client)) yield `something waits for ${client}:${clock}, which nobody lost`;
	for (const edit of edits) {
		const waits = edit.ids.structs.some(({ client, clock }) => clock >= Y.getState(doc.store, client));
		if (waits && !edit.isDoubtful && !pendingStructs) yield `edit ${edit.number} was not put in`;
		edit.isDoubtful ||= waits;
	}
}

const clientsOf = ({ structs }: Ids) => structs.map(({ client }) => client);

async function newcomer(world: World): Promise<Tab> {
	const device = new Device(NEWCOMER);
	world.devices.push(device);
	const tab = await device.open();
	await tab.connect();
	if (!(await world.loop.until(() => tab.engine.isSettled, 20_000)))
		throw new Broken(['a newcomer finds no way in'], world.trace);
	return tab;
}

/** The log row by row, and the fold with what came after it, both say what is shown. */
async function differsFromLog({ store, loop }: World, shown: Tab): Promise<readonly string[]> {
	const whole = new Y.Doc();
	const rows = await store.history(DOCUMENT, { afterSeq: 0, limit: 1_000_000 });
	for (const { update } of rows) Y.applyUpdate(whole, update);
	const folded = new Y.Doc();
	const state = await loop.untilDone(store.loadState(DOCUMENT));
	const { tail } = await loop.untilDone(store.load(DOCUMENT));
	if (state) Y.applyUpdate(folded, state);
	for (const { update } of tail) Y.applyUpdate(folded, update);
	const [inLog, inFold, inTab] = [whole, folded, shown.doc].map(stateOf);
	return [
		...(inLog === inTab ? [] : [`the log says ${inLog}, shown is ${inTab}`]),
		...(inFold === inTab ? [] : [`the fold says ${inFold}, shown is ${inTab}`])
	];
}

/** SC2, SC6: what the server has acknowledged is not kept as this device's alone any more. */
async function keptOnDisks({ loop, tabs }: World): Promise<readonly string[]> {
	const complaints: string[] = [];
	for (const { host, disk } of tabs) {
		let kept = await loop.untilDone(disk.keptOf());
		for (let waited = 0; kept.size > 0 && waited < 20; waited++) {
			await loop.advance(1000);
			kept = await loop.untilDone(disk.keptOf());
		}
		const places = [...kept.values()].flat().map(({ place }) => place);
		if (places.length > 0) complaints.push(`the disk of ${host} still keeps ${places.join(', ')}`);
	}
	return complaints;
}

export function stateOf(doc: Y.Doc): string {
	const vector = [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([a], [b]) => a - b);
	const rows = doc.getMap('rows').toJSON();
	return JSON.stringify([
		Object.entries(doc.getMap('agenda').toJSON()).toSorted(),
		Object.entries(rows)
			.map(([row, fields]) => [row, Object.entries(fields as object).toSorted()])
			.toSorted(),
		doc.getText('notes').toString(),
		vector
	]);
}

const statesOf = (tabs: readonly Tab[]) => new Set(tabs.map(({ doc }) => stateOf(doc)));

function describe({ host, engine, pending }: Tab): string {
	const { link, hasExchanged } = engine.facts;
	const kept = engine.kept.map(({ place }) => place).join(', ');
	return `${host}: ${link.is}, exchanged ${hasExchanged}, settled ${engine.isSettled}, kept [${kept}], ${pending.length} edits not in the log`;
}
