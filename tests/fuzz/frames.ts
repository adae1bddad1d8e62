import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeClockQuestion, MESSAGE, SYNC } from '#lib/protocol/messages.ts';
import type { Random } from '#lib/util/random.ts';

// What a client may send that means no good: frames that were valid once, and frames that never were.

/** A document with one of everything that Yjs can write, under names that honest people do not use. */
function richDoc(random: Random): Y.Doc {
	const doc = new Y.Doc();
	const map = doc.getMap('junk');
	map.set('any', [1, 'two', { three: [null, true, 1.5, 2n ** 40n] }, new Uint8Array([1, 2, 3])]);
	const row = new Y.Map<unknown>();
	map.set(`row-${random.below(100)}`, row);
	row.set('field', 'value'.repeat(random.below(20)));
	const text = doc.getText('junk-text');
	text.insert(0, 'words '.repeat(1 + random.below(40)), { bold: true });
	text.delete(1, random.below(4));
	const line = new Y.XmlElement('paragraph');
	doc.getXmlFragment('junk-prose').insert(0, [line]);
	line.insert(0, [new Y.XmlText('prose')]);
	doc.getArray('junk-list').push([new Y.Doc(), 'x']);
	map.delete('any');
	return doc;
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	write(encoder);
	return encoding.toUint8Array(encoder);
}

const sync = (kind: number, payload: Uint8Array) =>
	frame((encoder) => {
		encoding.writeVarUint(encoder, MESSAGE.sync);
		encoding.writeVarUint(encoder, kind);
		encoding.writeVarUint8Array(encoder, payload);
	});

const presence = (entries: readonly (readonly [number, number, string])[], count = entries.length) =>
	frame((encoder) => {
		encoding.writeVarUint(encoder, MESSAGE.awareness);
		encoding.writeVarUint8Array(
			encoder,
			frame((inner) => {
				encoding.writeVarUint(inner, count);
				for (const [client, clock, state] of entries) {
					encoding.writeVarUint(inner, client);
					encoding.writeVarUint(inner, clock);
					encoding.writeVarString(inner, state);
				}
			})
		);
	});

function honestFrame(random: Random): Uint8Array {
	const doc = richDoc(random);
	switch (random.below(6)) {
		case 0:
			return sync(SYNC.step1, Y.encodeStateVector(doc));
		case 1:
			return sync(SYNC.step2, Y.encodeStateAsUpdate(doc));
		case 2:
			return presence([[doc.clientID, 1, JSON.stringify({ user: { name: 'x' } })]]);
		case 3:
			return encodeClockQuestion(random.next());
		case 4:
			return Uint8Array.of(MESSAGE.queryAwareness);
		default:
			return sync(SYNC.update, Y.encodeStateAsUpdate(doc));
	}
}

const varints = (...values: readonly number[]) =>
	frame((encoder) => values.forEach((value) => encoding.writeVarUint(encoder, value)));

/** An array in an array in an array, as Yjs writes any value. */
const nested = (depth: number) =>
	frame((encoder) => {
		for (const value of [1, 1, 7, 0]) encoding.writeVarUint(encoder, value); // One client, one struct.
		encoding.writeUint8(encoder, 8); // Any values, under a root type.
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarString(encoder, 'junk-list');
		encoding.writeVarUint(encoder, 1);
		for (let level = 0; level < depth; level++) {
			encoding.writeUint8(encoder, 117);
			encoding.writeVarUint(encoder, 1);
		}
		encoding.writeUint8(encoder, 126);
		encoding.writeVarUint(encoder, 0);
	});

const HUGE = 2 ** 31 - 1;

const crafted: readonly ((random: Random) => Uint8Array)[] = [
	() => sync(SYNC.update, nested(20_000)),
	() => sync(SYNC.update, varints(HUGE)),
	() => sync(SYNC.update, varints(1, HUGE, 5, 0)),
	() => sync(SYNC.update, varints(0, HUGE)),
	() => sync(SYNC.update, varints(0, 1, 5, HUGE)),
	() => sync(SYNC.update, varints(0, 1, 5, 1, 0, Number.MAX_SAFE_INTEGER)),
	() => sync(SYNC.step1, varints(HUGE)),
	(random) => sync(SYNC.step1, varints(20_000, ...Array.from({ length: 40_000 }, () => random.below(HUGE)))),
	() => frame((encoder) => [0, 2, HUGE].forEach((value) => encoding.writeVarUint(encoder, value))),
	() => new Uint8Array(64).fill(255),
	() => presence([], HUGE),
	() => presence([[1, HUGE, '['.repeat(15_000)]]),
	() => presence([[1, 1, `${'['.repeat(8_000)}${']'.repeat(8_000)}`]]),
	() => presence([[1, 1, 'not json']]),
	() => presence(Array.from({ length: 200 }, (_, client) => [client, 1, '{}'] as const)),
	(random) => presence([[random.below(HUGE), HUGE, 'null']]),
	() => presence([[1, 1, JSON.stringify('x'.repeat(20_000))]]),
	() => Uint8Array.of(77),
	() => new Uint8Array()
];

function flipped(random: Random, bytes: Uint8Array): Uint8Array {
	const copy = bytes.slice();
	for (let flips = 1 + random.below(4); flips > 0 && copy.length > 0; flips--) {
		const at = random.below(copy.length);
		copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
	}
	return copy;
}

function spliced(random: Random, bytes: Uint8Array): Uint8Array {
	const at = random.below(bytes.length + 1);
	const filling = Uint8Array.from({ length: random.below(12) }, () => random.below(256));
	const rest = bytes.subarray(Math.min(bytes.length, at + random.below(6)));
	return Uint8Array.from([...bytes.subarray(0, at), ...filling, ...rest]);
}

/** One frame: seldom honest, mostly nearly so. */
export function hostileFrame(random: Random): Uint8Array {
	const honest = honestFrame(random);
	switch (random.below(6)) {
		case 0:
			return honest.subarray(0, random.below(honest.length));
		case 1:
			return spliced(random, honest);
		case 2:
			return random.pick(crafted)(random);
		case 3:
			return Uint8Array.from({ length: random.below(200) }, () => random.below(256));
		case 4:
			return random.chance(0.1) ? honest : flipped(random, honest);
		default:
			return flipped(random, honest);
	}
}
