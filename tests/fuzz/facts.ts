import { SYNCING_AFTER_MS, syncStateOf } from '#lib/sync/durability.ts';
import type { Edit, Tab } from './device.ts';
import type { World } from './world.ts';

/** Between two answers of a server that is there: the heartbeat, the longest wait for one, and a step. */
const SILENCE_MS_MAX = 5_000 + 4_000 + 1_000;

/** What an engine says of itself that is better than the truth, in words. */
export function* checkTab(world: World, tab: Tab): Generator<string> {
	tab.pending = tab.pending.filter(({ ids }) => !world.truth.log.has(ids));
	yield* keptLess(tab);
	yield* safeLess(tab);
	yield* believedTooLong(world, tab);
	yield* syncedTooEarly(world, tab);
}

/** SC2: whatever the server lacks is counted. */
function* keptLess({ engine, host, pending }: Tab): Generator<string> {
	const kept = new Set(engine.kept.map(({ place }) => place));
	for (const edit of pending) {
		const missing = edit.places.find((place) => !kept.has(place));
		if (missing)
			yield `${host} does not count ${missing} of edit ${edit.number} as kept; the server lacks it`;
	}
	if (pending.length > 0 && engine.isSettled)
		yield `${host} is settled, and the server lacks ${words(pending)}`;
	if (engine.facts.kept < kept.size - 1)
		yield `${host} counts ${engine.facts.kept} of ${kept.size} kept places`;
}

/** SC5: what is on no disk and on no server is known as such. */
function* safeLess({ engine, device, host, pending, disk }: Tab): Generator<string> {
	const unsafe = pending.filter(({ ids }) => !device.onDisk.has(ids));
	const unwritten = engine.unwritten;
	for (const edit of unsafe) {
		const missing = edit.places.find((place) => !unwritten.has(place));
		if (missing) yield `${host} takes ${missing} of edit ${edit.number} for written; it is in memory alone`;
	}
	if (unsafe.length > 0 && !engine.isInMemoryAlone)
		yield `${host} could be closed, and ${words(unsafe)} would be lost`;
	const places = new Set(unsafe.flatMap((edit) => edit.places));
	if (disk.isRefusing && engine.facts.refusal !== '' && engine.facts.inMemory < places.size)
		yield `${host} says ${engine.facts.inMemory} in memory, and there are ${places.size}`;
}

/** SC13: silence is not believed. */
function* believedTooLong({ network, loop }: World, { engine, host }: Tab): Generator<string> {
	const silentMs = loop.elapsedMs - (network.heardAtMs.get(host) ?? 0);
	if (engine.facts.link.is === 'up' && silentMs > SILENCE_MS_MAX)
		yield `${host} believes in a connection that has been silent for ${silentMs} ms`;
}

/** SC11: the pill says “synced” only of what is, but for the moment in which it would flicker. */
function* syncedTooEarly(
	{ loop }: World,
	{ engine, host, device, pending, exchangedAtMs }: Tab
): Generator<string> {
	const state = syncStateOf(engine.facts, loop.wallOf(device.realm));
	if (state.is !== 'synced') return;
	const old = pending.filter(({ atMs }) => loop.elapsedMs - Math.max(atMs, exchangedAtMs) > SYNCING_AFTER_MS);
	if (old.length > 0) yield `${host} says synced, and the server lacks ${words(old)}`;
}

const words = (edits: readonly Edit[]) =>
	edits.map(({ number, places, atMs }) => `edit ${number} (${places.join(', ')}, ${atMs} ms)`).join('; ');
