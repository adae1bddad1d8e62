import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { PersonId } from '#lib/domain/id.ts';
import { restoreAll } from '#lib/docs/restore.ts';
import { placesTouched } from '#lib/docs/touched.ts';
import { UserEdit } from '#lib/docs/origin.ts';
import type { ArtefactKind } from '#lib/kinds/contract.ts';
import { EDITS, runLongTrial, SEED } from './long-trial.ts';
import { clone, meet, replicas } from './replicas.ts';

const context = { title: 'Weekly Ops Review', today: '2026-11-21' };
const ada = 'ada' as PersonId;

/** What a kind's own test hands over: a way to edit at random, and where its rows stand. */
export interface KindTrial<S, C> {
	/** Runs one command chosen by `seed`; the same seed and snapshot run the same command. */
	readonly randomEdit: (commands: C, snapshot: S, seed: number) => void;
	/** The root maps of rows that junk is thrown into. */
	readonly roots: readonly string[];
	/** The snapshot without what only a document in memory has, such as the places of its blocks. */
	readonly plain?: (snapshot: S) => S;
	/** Writes a document as the oldest version did, when there are migrations. */
	readonly old?: (doc: Y.Doc) => void;
}

/** The rules of kinds/SPEC.md that every kind keeps. A kind's own test calls this and adds its own cases. */
export function describeKind<S, C extends object>(
	kind: ArtefactKind<string, S, C>,
	trial: KindTrial<S, C>
): void {
	const fresh = (snapshot = kind.fixtures.typical) => {
		const doc = new Y.Doc();
		kind.doc.seed(doc, snapshot);
		return doc;
	};
	const edit = (doc: Y.Doc, seed: number) =>
		trial.randomEdit(kind.doc.commands(doc, ada), kind.doc.read(doc).value, seed);

	const plain = trial.plain ?? ((snapshot: S) => snapshot);

	describe(`kind ${kind.id}`, () => {
		test('[K1] seeding and reading give the fixture back', () => {
			for (const fixture of Object.values(kind.fixtures)) {
				const { value, rejected } = kind.doc.read(fresh(fixture));
				expect({ value: plain(value), rejected }).toEqual({ value: fixture, rejected: [] });
			}
		});

		test('[K2] junk in a row is reported or read past, never thrown, and hides no other row', () => {
			fc.assert(
				fc.property(
					fc.constantFrom(...trial.roots),
					fc.dictionary(fc.string(), fc.jsonValue()),
					(root, junk) => {
						const doc = fresh();
						// No id has a space in it: chance must not hit on what has the form of an entry.
						for (const [key, value] of Object.entries(junk)) doc.getMap(root).set(`junk ${key}`, value);
						const { value, rejected } = kind.doc.read(doc);
						expect(plain(value)).toEqual(kind.fixtures.typical);
						expect(rejected.length).toBe(Object.keys(junk).length);
					}
				),
				{ numRuns: 60 }
			);
		});

		test('[K3] rules are pure', () => {
			const snapshot = freeze(kind.doc.read(fresh()).value);
			for (const rule of kind.rules)
				expect(rule.check(snapshot, context)).toEqual(rule.check(snapshot, context));
			kind.summarise(snapshot, context);
		});

		test('[K4] exports are deterministic', () => {
			const snapshot = freeze(kind.doc.read(fresh()).value);
			for (const exporter of kind.exports) {
				expect(exporter.render(snapshot, context)).toBe(exporter.render(snapshot, context));
			}
		});

		test('[K5] a command is one transaction by a person, and says in words what it touched', () => {
			let edits = 0;
			for (let seed = 0; seed < 40; seed++) {
				const doc = fresh();
				const made: Y.Transaction[] = [];
				doc.on('afterTransaction', (transaction: Y.Transaction) => {
					if (transaction.changed.size > 0) made.push(transaction);
				});
				edit(doc, seed);
				edits += made.length;
				expect(made.length).toBeLessThanOrEqual(1);
				for (const transaction of made) {
					expect(transaction.origin).toBeInstanceOf(UserEdit);
					for (const place of placesTouched(transaction)) {
						expect(kind.describe(place, kind.doc.read(doc).value).what).toMatch(/\S/);
					}
				}
			}
			expect(edits).toBeGreaterThan(0);
		});

		test('[K6] lifting twice, or on two replicas, equals lifting once', () => {
			const base = new Y.Doc();
			(trial.old ?? ((doc) => kind.doc.seed(doc, kind.fixtures.typical)))(base);
			const [once, left, right] = [clone(base), clone(base), clone(base)] as const;
			for (const doc of [once, left, right]) expect(kind.doc.lift(doc).ok).toBe(true);
			kind.doc.lift(left);
			meet({ doc: left }, { doc: right });
			expect(kind.doc.read(left)).toEqual(kind.doc.read(once));
			expect(kind.doc.read(right)).toEqual(kind.doc.read(once));
		});

		test('[K7] a doc from the future is refused', () => {
			const doc = fresh();
			doc.getMap('meta').set('version', 999);
			expect(kind.doc.lift(doc)).toMatchObject({ ok: false, error: { code: 'doc.too-new', found: 999 } });
		});

		test('[K8] three replicas under random edits and partial meetings agree, and nothing valid is rejected', () => {
			const step = fc.tuple(fc.nat(2), fc.nat(), fc.boolean());
			fc.assert(
				fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
					const people = replicas(kind, 3);
					for (const [who, seed, isMeeting] of steps) {
						const [person, other] = [people[who], people[(who + 1) % 3]];
						if (!person || !other) continue;
						trial.randomEdit(person.commands, person.value, seed);
						if (isMeeting) meet(person, other);
					}
					for (const [a, b] of [
						[0, 1],
						[1, 2],
						[0, 1],
						[1, 2]
					] as const) {
						if (people[a] && people[b]) meet(people[a], people[b]);
					}
					const readings = people.map(({ doc }) => kind.doc.read(doc));
					expect(readings[1]).toEqual(readings[0]);
					expect(readings[2]).toEqual(readings[0]);
					expect(readings[0]?.rejected).toEqual([]);
				}),
				{ numRuns: 60 }
			);
		});

		test('[K9] whatever was done since, the past comes back as it read, as a change that does nothing twice', () => {
			fc.assert(
				fc.property(
					fc.array(fc.nat(), { maxLength: 12 }),
					fc.array(fc.nat(), { maxLength: 12 }),
					(then, since) => {
						const doc = fresh();
						then.forEach((seed) => edit(doc, seed));
						const past = clone(doc);
						since.forEach((seed) => edit(doc, seed));
						const restore = () => restoreAll(doc, { past, at: '2026-11-21T10:14:00.000Z' });
						doc.transact(restore);
						expect(plain(kind.doc.read(doc).value)).toEqual(plain(kind.doc.read(past).value));
						const state = Y.encodeStateVector(doc);
						doc.transact(restore);
						expect(Y.encodeStateVector(doc)).toEqual(state);
					}
				),
				{ numRuns: 60 }
			);
		});

		test(`[K10] ${EDITS} edits by three who meet now and then: all agree, and whatever anybody wrote can be found (seed ${SEED})`, () => {
			runLongTrial(kind, trial.randomEdit);
		}, 180_000);
	});
}

function freeze<T>(value: T): T {
	if (value && typeof value === 'object') Object.values(Object.freeze(value)).forEach(freeze);
	return value;
}
