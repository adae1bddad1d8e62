import * as Y from 'yjs';
import type { Random } from '#lib/util/random.ts';
import type { Edit, Tab } from './device.ts';

// What people do, and what they meant by it: whatever the wires and disks did meanwhile, it is to be found at the end.

const KEYS = 8;
const ROWS_MAX = 12;
const TOKENS_MAX = 120;

interface Write {
	readonly edit: Edit;
	/** Undefined for a removal. */
	readonly value: string | undefined;
	/** What stood there for whoever wrote it. */
	readonly before: unknown;
}

interface Token {
	readonly edit: Edit;
	removed: boolean;
}

type Rows = Y.Map<Y.Map<unknown>>;

export class People {
	readonly #random: Random;
	/** By place: `agenda/<key>` or `rows/<row>/<field>`. */
	readonly #writes = new Map<string, Write[]>();
	readonly #tokens = new Map<string, Token>();
	#made = 0;

	constructor(random: Random) {
		this.#random = random;
	}

	get edits(): number {
		return this.#made;
	}

	/** One edit by somebody in `tab`. Gives what it was, in words. */
	async act(tab: Tab): Promise<string> {
		const chance = this.#random.next();
		if (chance < 0.35) return this.#type(tab);
		if (chance < 0.45) return this.#erase(tab);
		if (chance < 0.7) return this.#setKey(tab);
		if (chance < 0.76) return this.#removeKey(tab);
		return this.#setField(tab);
	}

	async #type(tab: Tab): Promise<string> {
		const text = tab.doc.getText('notes');
		if (text.length > TOKENS_MAX * 5) return this.#erase(tab);
		const token = `[${++this.#made}]`;
		const ends = [0, ...[...text.toString().matchAll(/\]/g)].map(({ index }) => index + 1)];
		const at = this.#random.chance(0.6) ? (ends.at(-1) ?? 0) : this.#random.pick(ends);
		const edit = await tab.edit(() => text.insert(at, token));
		if (edit) this.#tokens.set(token, { edit, removed: false });
		return `types ${token} at ${at}`;
	}

	async #erase(tab: Tab): Promise<string> {
		const text = tab.doc.getText('notes');
		const tokens = [...text.toString().matchAll(/\[\d+\]/g)];
		if (tokens.length === 0) return 'finds nothing to erase';
		const { 0: token, index } = this.#random.pick(tokens);
		await tab.edit(() => text.delete(index, token.length));
		const known = this.#tokens.get(token);
		if (known) known.removed = true;
		return `erases ${token}`;
	}

	#setKey(tab: Tab): Promise<string> {
		const agenda = tab.doc.getMap('agenda');
		return this.#write(tab, { map: agenda, at: 'agenda', key: `k${this.#random.below(KEYS)}` });
	}

	async #removeKey(tab: Tab): Promise<string> {
		const agenda = tab.doc.getMap('agenda');
		const key = `k${this.#random.below(KEYS)}`;
		const before = agenda.get(key);
		const edit = await tab.edit(() => agenda.delete(key));
		if (edit) this.#note(`agenda/${key}`, { edit, value: undefined, before });
		return `removes agenda/${key}`;
	}

	async #setField(tab: Tab): Promise<string> {
		const rows: Rows = tab.doc.getMap('rows');
		const known = [...rows.keys()].toSorted();
		if (known.length === 0 || (known.length < ROWS_MAX && this.#random.chance(0.1))) {
			const row = `r${++this.#made}`;
			await tab.edit(() => rows.set(row, new Y.Map()));
			return `makes row ${row}`;
		}
		const row = this.#random.pick(known);
		const map = rows.get(row);
		if (!map) return 'finds no row';
		return this.#write(tab, { map, at: `rows/${row}`, key: `f${this.#random.below(4)}` });
	}

	async #write(tab: Tab, to: { map: Y.Map<unknown>; at: string; key: string }): Promise<string> {
		const value = `v${++this.#made}`;
		const before = to.map.get(to.key);
		const edit = await tab.edit(() => void to.map.set(to.key, value));
		if (edit) this.#note(`${to.at}/${to.key}`, { edit, value, before });
		return `sets ${to.at}/${to.key} to ${value}`;
	}

	#note(place: string, write: Write): void {
		const known = this.#writes.get(place) ?? [];
		this.#writes.set(place, known);
		known.push(write);
	}

	/** What of `doc`, in which everybody agrees, is not as anybody meant it. */
	*missedIn(doc: Y.Doc): Generator<string> {
		yield* this.#missedTokens(doc.getText('notes').toString());
		for (const [place, writes] of this.#writes) {
			const missed = missedAt(valueAt(doc, place), writes);
			if (missed) yield `${place} ${missed}`;
		}
	}

	*#missedTokens(text: string): Generator<string> {
		const found = text.match(/\[\d+\]/g) ?? [];
		if (found.join('') !== text) yield `the notes are torn: ${text}`;
		const counts = Map.groupBy(found, (token) => token);
		for (const [token, { edit, removed }] of this.#tokens) {
			const count = counts.get(token)?.length ?? 0;
			if (count > 1) yield `${token} is there ${count} times`;
			if (count === 0 && !removed && !edit.isDoubtful) yield `${token} of ${edit.tab.host} is gone`;
		}
		for (const token of counts.keys()) if (!this.#tokens.has(token)) yield `${token} was typed by nobody`;
	}
}

function valueAt(doc: Y.Doc, place: string): unknown {
	const [root = '', row = '', field] = place.split('/');
	const value = doc.getMap(root).get(row);
	if (field === undefined) return value;
	return value instanceof Y.Map ? value.get(field) : undefined;
}

/** What is wrong with `value`, given all that was written there; undefined when nothing is. */
function missedAt(value: unknown, writes: readonly Write[]): string | undefined {
	if (value === undefined) {
		const isRemoved = writes.some((write) => write.value === undefined);
		const isWritten = writes.some((write) => write.value !== undefined && !write.edit.isDoubtful);
		return isWritten && !isRemoved ? 'is empty, and nobody removed it' : undefined;
	}
	if (!writes.some((write) => write.value === value)) return `is ${words(value)}, which nobody wrote`;
	const over = writes.find((write) => write.before === value && !write.edit.isDoubtful);
	return over && `is ${words(value)}, which ${over.edit.tab.host} had replaced by ${words(over.value)}`;
}

const words = (value: unknown) => JSON.stringify(value) ?? 'nothing';
