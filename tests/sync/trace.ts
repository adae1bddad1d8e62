import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import * as z from 'zod';

// Replays a concurrent editing trace on documents that may be ahead of what its authors saw. A transaction says
// positions in the text its author had before them; a live document holds more. So each character remembers which
// transaction wrote it and which ones deleted it, and positions are counted over what the author could see.

const traceShape = z.object({
	kind: z.literal('concurrent'),
	endContent: z.string(),
	numAgents: z.int(),
	txns: z.array(
		z.object({
			parents: z.array(z.int()),
			agent: z.int(),
			patches: z.array(z.tuple([z.int(), z.int(), z.string()]))
		})
	)
});
export type Trace = z.infer<typeof traceShape>;

export function readTrace(name: string): Trace {
	const file = new URL(`../fixtures/traces/${name}.json.gz`, import.meta.url);
	return traceShape.parse(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')));
}

/** For each agent, how many of its transactions are included. */
type Version = readonly number[];

interface Stamp {
	readonly agent: number;
	/** Which transaction of that agent, from 1. */
	readonly number: number;
}

interface Character {
	readonly by: Stamp;
	readonly deletedBy: Stamp[];
}

const isIn = (version: Version, { agent, number }: Stamp) => number <= (version[agent] ?? 0);

function isSeen({ by, deletedBy }: Character, version: Version): boolean {
	return isIn(version, by) && !deletedBy.some((stamp) => isIn(version, stamp));
}

export class TraceBook {
	readonly trace: Trace;
	/** What each transaction's author saw before it. */
	readonly #before: Version[] = [];
	readonly #stamps: Stamp[] = [];
	readonly #characters = new Map<number, Character[]>();
	readonly #clashes = new Set<number>();
	/** For each agent, under which Yjs client number, and up to which clock, each transaction was written. */
	readonly #written: { readonly client: number; readonly clock: number }[][];
	/** For each agent, after how many transactions it went on in another tab. */
	readonly #tabEnds: number[][];

	constructor(trace: Trace) {
		this.trace = trace;
		this.#written = Array.from({ length: trace.numAgents }, () => []);
		this.#tabEnds = Array.from({ length: trace.numAgents }, () => []);
		const counts = new Array<number>(trace.numAgents).fill(0);
		const after: Version[] = [];
		for (const { parents, agent } of trace.txns) {
			const before = counts.map((_, each) =>
				Math.max(0, ...parents.map((parent) => after[parent]?.[each] ?? 0))
			);
			const number = (counts[agent] ?? 0) + 1;
			counts[agent] = number;
			this.#before.push(before);
			this.#stamps.push({ agent, number });
			after.push(before.map((count, each) => (each === agent ? number : count)));
		}
	}

	/**
	 * Whether `doc` holds all that the author of transaction `index` saw. Not only its parents: of somebody who
	 * opened a new tab, what the new one wrote may come before what the old one left behind.
	 */
	canWrite(doc: Y.Doc, index: number): boolean {
		const version = this.#clashes.has(index) ? this.#written.map((all) => all.length) : this.#before[index];
		return (version ?? []).every((count, agent) =>
			this.#tabsOf(agent, count).every(({ client, clock }) => Y.getState(doc.store, client) >= clock)
		);
	}

	/**
	 * The transactions that wrote into a gap where something else was written that their author did not see. Which
	 * of the two comes first is each algorithm's own affair, and later positions count on the recorder's choice:
	 * so these are written once everything before them is there. Found by replaying in one document.
	 */
	findClashes(): void {
		const text = new Y.Doc().getText('reference');
		for (const index of this.trace.txns.keys()) this.write(text, index, () => this.#clashes.add(index));
		this.#characters.clear();
		for (const all of this.#written) all.length = 0;
	}

	/** Makes transaction `index` in `text`, as its author meant it. */
	write(text: Y.Text, index: number, onClash?: () => void): void {
		const [transaction, version, stamp] = [this.trace.txns[index], this.#before[index], this.#stamps[index]];
		if (!transaction || !version || !stamp || !text.doc) return;
		const seen = version.map((count, agent) => (agent === stamp.agent ? stamp.number : count));
		text.doc.transact(() => {
			for (const [at, removed, inserted] of transaction.patches) {
				if (removed > 0) this.#remove(text, { at, count: removed, seen, stamp });
				if (inserted && onClash && this.#hasUnseenAt(text, at, seen)) onClash();
				if (inserted) this.#insert(text, { at, inserted, seen, stamp });
			}
		}, 'trace');
		const { clientID, store } = text.doc;
		const written = this.#written[stamp.agent] ?? [];
		if (written.length > 0 && written.at(-1)?.client !== clientID)
			this.#tabEnds[stamp.agent]?.push(written.length);
		written.push({ client: clientID, clock: Y.getState(store, clientID) });
	}

	/** The last of the first `count` transactions of `agent` in each tab that it used. */
	#tabsOf(agent: number, count: number) {
		const all = this.#written[agent] ?? [];
		const ends = (this.#tabEnds[agent] ?? []).filter((end) => end < count);
		return [...ends, count].flatMap((end) => all[end - 1] ?? []);
	}

	#insert(text: Y.Text, edit: { at: number; inserted: string; seen: Version; stamp: Stamp }): void {
		const { doc } = text;
		if (!doc) return;
		let characters = this.#characters.get(doc.clientID);
		if (!characters) this.#characters.set(doc.clientID, (characters = []));
		const clock = Y.getState(doc.store, doc.clientID);
		text.insert(this.#indexAfter(text, edit.at, edit.seen), edit.inserted);
		for (let offset = 0; offset < edit.inserted.length; offset++) {
			characters[clock + offset] = { by: edit.stamp, deletedBy: [] };
		}
	}

	#remove(text: Y.Text, edit: { at: number; count: number; seen: Version; stamp: Stamp }): void {
		const indexes: number[] = [];
		let seen = 0;
		let index = 0;
		this.#walk(text, (character, isDeleted) => {
			if (isSeen(character, edit.seen)) {
				if (seen >= edit.at && seen < edit.at + edit.count) {
					character.deletedBy.push(edit.stamp);
					if (!isDeleted) indexes.push(index);
				}
				seen++;
			}
			if (!isDeleted) index++;
			return seen < edit.at + edit.count;
		});
		for (const at of indexes.toReversed()) text.delete(at, 1);
	}

	/** The index in the live text right after the first `count` characters that the author saw. */
	#indexAfter(text: Y.Text, count: number, version: Version): number {
		let seen = 0;
		let index = 0;
		if (count === 0) return 0;
		this.#walk(text, (character, isDeleted) => {
			if (!isDeleted) index++;
			return !isSeen(character, version) || ++seen < count;
		});
		return index;
	}

	/** Whether something that the author did not see stands between the characters that the author wrote between. */
	#hasUnseenAt(text: Y.Text, count: number, version: Version): boolean {
		let seen = 0;
		let hasUnseen = false;
		this.#walk(text, (character) => {
			if (isSeen(character, version)) return seen++ < count;
			hasUnseen = seen === count && !isIn(version, character.by);
			return !hasUnseen;
		});
		return hasUnseen;
	}

	/** Shows every character that was ever in the text, in order, until `look` gives false. The hot spot of a replay. */
	#walk(text: Y.Text, look: (character: Character, isDeleted: boolean) => boolean): void {
		for (let item = text._start; item; item = item.right) {
			const characters = this.#characters.get(item.id.client);
			const { length, deleted, id } = item;
			for (let offset = 0; offset < length; offset++) {
				const character = characters?.[id.clock + offset];
				if (character && !look(character, deleted)) return;
			}
		}
	}
}
