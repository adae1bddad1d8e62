import { expect, onTestFinished, vi } from 'vitest';
import * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { ArtefactKind } from '#lib/kinds/contract.ts';
import { Random } from '#lib/util/random.ts';
import { Apart, lettersLost, lostIn, Records } from './apart.ts';

export const SEED = Number(process.env['DOWNBEAT_SEED'] ?? 20261121);
export const EDITS = 10_000;
const PEOPLE = 3;
/** How often two meet, how often somebody types into a text, and how often somebody acts on a page not drawn anew. */
const [MEETS, TYPES, IS_STALE] = [0.04, 0.05, 0.2];
/** After how many of their edits somebody sees the page anew, and how long a page may stand that is not. */
const [DRAWN_EVERY, STALE_FOR] = [5, 300];
const context = { today: '2026-11-21' };

type RandomEdit<S, C> = (commands: C, snapshot: S, seed: number) => void;

/** Runs `EDITS` random edits by three people who meet now and then, and says whether all of it is accounted for. */
export function runLongTrial<S, C extends object>(
	kind: ArtefactKind<string, S, C>,
	randomEdit: RandomEdit<S, C>
): void {
	const random = new Random(SEED);
	makeChanceRepeatable(random.below(2 ** 31));
	const records = new Records(PEOPLE);
	const origin = new Y.Doc();
	origin.clientID = PEOPLE + 1;
	kind.doc.seed(origin, kind.fixtures.typical);
	const people = Array.from({ length: PEOPLE }, (_, index) => new Apart(kind, index, { records, origin }));
	const used = new Map(commandsIn(people[0]?.commands ?? {}).map((name) => [name, 0]));
	const pages = people.map((one) => pageOf(kind, one, used));

	for (let step = 0; step < EDITS; step++) {
		const [who, other] = pairOf(random);
		const [person, page] = [people[who], pages[who]];
		if (!person || !page) continue;
		if (random.chance(TYPES)) typeSomewhere(person.doc, random, who);
		else page(randomEdit, { seed: random.below(2 ** 31), isStale: random.chance(IS_STALE) });
		if (random.chance(MEETS)) meet(person, people[other]);
	}
	for (const [a, b] of [
		[0, 1],
		[1, 2],
		[0, 1],
		[1, 2]
	] as const)
		meet(people[a], people[b]);

	const unused = [...used].filter(([, times]) => times === 0).map(([name]) => name);
	expect(unused, 'commands that changed nothing in all of it').toEqual([]);
	expectAgreement(kind, people);
	for (const { doc } of people) {
		expect(rowsMissing(doc, { origin, records }), 'rows lost, or there twice').toEqual([]);
		expect(lettersLost(doc, records), 'typed letters lost').toBe(0);
		expect(
			lostIn(
				doc,
				records,
				people.flatMap(({ clashes }) => clashes)
			).slice(0, 5),
			'values lost'
		).toEqual([]);
	}
}

/** Same seed, same ids. */
function makeChanceRepeatable(seed: number): void {
	const random = new Random(seed);
	const spy = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
		for (let index = 0; array instanceof Uint8Array && index < array.length; index++)
			array[index] = random.below(256);
		return array;
	});
	onTestFinished(() => spy.mockRestore());
}

function pairOf(random: Random): readonly [number, number] {
	const who = random.below(PEOPLE);
	return [who, (who + 1 + random.below(PEOPLE - 1)) % PEOPLE];
}

function meet<S, C>(a: Apart<S, C> | undefined, b: Apart<S, C> | undefined): void {
	if (a && b) a.meet(b);
}

/** A command reads, it does not write, when it says what was removed. */
const commandsIn = (commands: object): readonly string[] =>
	Object.keys(commands).filter((name) => !name.startsWith('removed'));

/** Lets somebody act on what they see, or on what they saw a while ago. Counts the commands that changed something. */
function pageOf<S, C extends object>(
	kind: ArtefactKind<string, S, C>,
	person: Apart<S, C>,
	used: Map<string, number>
) {
	let seen = kind.doc.read(person.doc).value;
	let [before, edits] = [seen, 0];
	const counting = new Proxy(person.commands, {
		get(commands, name: string) {
			const command = commands[name as keyof C] as (...given: readonly unknown[]) => unknown;
			return (...given: readonly unknown[]) => {
				const count = person.edits;
				const result = command(...given);
				if (person.edits > count) used.set(name, (used.get(name) ?? 0) + 1);
				return result;
			};
		}
	});
	return (randomEdit: RandomEdit<S, C>, { seed, isStale }: { seed: number; isStale: boolean }) => {
		if (edits % DRAWN_EVERY === 0) seen = kind.doc.read(person.doc).value;
		if (edits++ % STALE_FOR === 0) before = seen;
		randomEdit(counting, isStale ? before : seen, seed);
	};
}

/** Types a word in the middle of a text, as an editor would. */
function typeSomewhere(doc: Y.Doc, random: Random, who: number): void {
	const texts = [...doc.share.values()].flatMap((root) =>
		root instanceof Y.XmlFragment ? root.toArray().flatMap(lineIn) : []
	);
	if (texts.length === 0) return;
	const text = random.pick(texts);
	doc.transact(
		() => text.insert(random.below(text.length + 1), `w${random.below(1e6)} `),
		new UserEdit(`person-${who}` as PersonId, 'typing')
	);
}

function lineIn(block: unknown): readonly Y.XmlText[] {
	const first = block instanceof Y.XmlElement ? (block.get(0) as unknown) : undefined;
	return first instanceof Y.XmlText ? [first] : [];
}

function expectAgreement<S, C>(kind: ArtefactKind<string, S, C>, people: readonly Apart<S, C>[]): void {
	const [first, ...others] = people.map(({ doc }) => {
		const { value, rejected } = kind.doc.read(doc);
		return { value, rejected, findings: kind.rules.flatMap((rule) => rule.check(value, context)) };
	});
	for (const other of others) expect(other).toEqual(first);
	expect(first?.rejected).toEqual([]);
}

/** Rows that somebody put there, or that were there to begin with, and are not; and those that nobody put there. */
function rowsMissing(
	doc: Y.Doc,
	{ origin, records }: { origin: Y.Doc; records: Records }
): readonly string[] {
	const roots = [...doc.share].flatMap(([root, type]) => (type instanceof Y.Map ? [root] : []));
	return roots.flatMap((root) => {
		const before = rowsOf(origin, root);
		const wanted = new Set([...before, ...(records.rows.get(root) ?? [])]);
		return [...wanted.symmetricDifference(new Set(rowsOf(doc, root)))].map((row) => `${root}/${row}`);
	});
}

function rowsOf(doc: Y.Doc, root: string): readonly string[] {
	return [...doc.getMap<unknown>(root)].flatMap(([id, fields]) => (fields instanceof Y.Map ? [id] : []));
}
