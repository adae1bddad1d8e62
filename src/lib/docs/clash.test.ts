import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { rowId, type RowId } from '../domain/id.ts';
import { clashesIn, textOfBlock, textsOf, type Clash } from './clash.ts';
import { rowTable } from './rows.ts';
import { blockIdOf, placesTouched, type Place } from './touched.ts';

const base = () => {
	const doc = new Y.Doc();
	doc.getMap('actions').set('a1', new Y.Map<unknown>([['due', '2026-06-08']]));
	doc.getMap('actions').set('a2', new Y.Map<unknown>([['due', '2026-06-09']]));
	return doc;
};
const row = (doc: Y.Doc, id = 'a1') => doc.getMap<Y.Map<unknown>>('actions').get(id) as Y.Map<unknown>;

/** A device that was apart: what it did since is kept, and `hear` brings what another did. */
class Device {
	readonly doc = new Y.Doc();
	readonly kept = new Set<Place>();

	constructor(from: Y.Doc, client?: number) {
		if (client !== undefined) this.doc.clientID = client;
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(from));
	}

	edit(change: (doc: Y.Doc) => void): this {
		const note = (transaction: Y.Transaction) =>
			placesTouched(transaction).forEach((place) => this.kept.add(place));
		this.doc.on('afterTransaction', note);
		this.doc.transact(() => change(this.doc));
		this.doc.off('afterTransaction', note);
		return this;
	}

	hear(other: Device): readonly Clash[] {
		let found: readonly Clash[] = [];
		const look = (transaction: Y.Transaction) => (found = clashesIn(transaction, this.kept));
		this.doc.on('afterTransaction', look);
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)));
		this.doc.off('afterTransaction', look);
		return found;
	}
}

function two(): readonly [Device, Device] {
	const start = base();
	return [new Device(start, 10), new Device(start, 20)];
}

test('one value that both changed is told with both, whichever stands', () => {
	for (const [first, second] of [two(), two().toReversed()] as [Device, Device][]) {
		first.edit((doc) => row(doc).set('due', '2026-06-10'));
		second.edit((doc) => row(doc).set('due', '2026-06-11'));
		const now = () => row(first.doc).get('due');
		const [clash] = first.hear(second);
		expect(clash).toMatchObject({
			is: 'value',
			place: 'actions/a1/due',
			mine: '2026-06-10',
			theirs: '2026-06-11',
			shows: now() === '2026-06-10' ? 'mine' : 'theirs',
			clients: [second.doc.clientID]
		});
	}
});

test('the same value on both sides, or another field, is no clash', () => {
	const [ada, bob] = two();
	ada.edit((doc) => row(doc).set('due', '2026-06-10'));
	bob.edit((doc) => {
		row(doc).set('due', '2026-06-10');
		row(doc).set('owner', 'p-bob');
		row(doc, 'a2').set('due', '2026-07-01');
	});
	expect(ada.hear(bob)).toEqual([]);
});

test('a field that one cleared while the other changed it', () => {
	const [ada, bob] = two();
	ada.edit((doc) => row(doc).delete('due'));
	bob.edit((doc) => row(doc).set('due', '2026-06-11'));
	expect(ada.hear(bob)).toMatchObject([{ mine: undefined, theirs: '2026-06-11', shows: 'theirs' }]);
	const [cy, dee] = two();
	cy.edit((doc) => row(doc).set('due', '2026-06-11'));
	dee.edit((doc) => row(doc).delete('due'));
	expect(cy.hear(dee)).toMatchObject([]); // Hers replaced what he cleared: what she wrote stands.
	expect(row(cy.doc).get('due')).toBe('2026-06-11');
});

test('edited by me, removed by them; and the other way round', () => {
	const [ada, bob] = two();
	ada.edit((doc) => row(doc).set('due', '2026-06-10'));
	bob.edit((doc) => row(doc).set('removedAt', '2026-06-08T10:00:00.000Z'));
	expect(ada.hear(bob)).toMatchObject([{ is: 'removed', place: 'actions/a1', by: 'them', clients: [20] }]);
	const [cy, dee] = two();
	cy.edit((doc) => row(doc).set('removedAt', '2026-06-08T10:00:00.000Z'));
	dee.edit((doc) => row(doc).set('due', '2026-06-10'));
	expect(cy.hear(dee)).toMatchObject([{ is: 'removed', place: 'actions/a1', by: 'me', clients: [20] }]);
});

test('a row whose text I wrote, removed by them', () => {
	const [ada, bob] = two();
	ada.edit((doc) => doc.getXmlFragment('a1.notes').insert(0, [new Y.XmlElement('paragraph')]));
	bob.edit((doc) => row(doc).set('removedAt', '2026-06-08T10:00:00.000Z'));
	expect(ada.hear(bob)).toMatchObject([{ is: 'removed', by: 'them' }]);
	const [cy, dee] = two();
	cy.edit((doc) => row(doc).set('removedAt', '2026-06-08T10:00:00.000Z'));
	dee.edit((doc) => doc.getXmlFragment('a1.notes').insert(0, [new Y.XmlElement('paragraph')]));
	expect(cy.hear(dee)).toMatchObject([{ is: 'removed', by: 'me', clients: [20] }]);
});

test('what was removed on both sides, or by one alone, is no clash', () => {
	const [ada, bob] = two();
	for (const one of [ada, bob]) one.edit((doc) => row(doc).set('removedAt', '2026-06-08T10:00:00.000Z'));
	bob.edit((doc) => row(doc, 'a2').set('removedAt', '2026-06-08T10:00:00.000Z'));
	expect(ada.hear(bob)).toEqual([]);
});

test('the words of a block, also after others wrote into it, and nothing once it is gone', () => {
	const doc = new Y.Doc();
	const [line, text] = [new Y.XmlElement('paragraph'), new Y.XmlText('the canary')];
	line.insert(0, [text]);
	doc.getXmlFragment('notes.i1').insert(0, [line]);
	const block = blockIdOf(line) ?? '';
	const place = `notes.i1#${block}`;
	expect(textsOf(doc, [place, 'agenda/i1/title'])).toEqual(new Map([[place, 'the canary']]));
	text.insert(10, ' window');
	expect(textOfBlock(doc, block)).toBe('the canary window');
	doc.getXmlFragment('notes.i1').delete(0, 1);
	expect(textOfBlock(doc, block)).toBeUndefined();
	expect(textOfBlock(doc, '77:3')).toBeUndefined();
});

test('whatever two people write into the same fields apart, each value is in the document or told to the one who comes back', () => {
	const step = fc.record({
		who: fc.nat(1),
		id: fc.constantFrom('a1', 'a2'),
		field: fc.constantFrom('due', 'owner'),
		value: fc.option(fc.nat(50).map(String), { nil: undefined, freq: 4 })
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, isFirst) => {
			const devices = isFirst ? two() : (two().toReversed() as [Device, Device]);
			const last = [new Map<string, string>(), new Map<string, string>()];
			for (const { who, id, field, value } of steps) {
				devices[who]?.edit((doc) =>
					value === undefined ? row(doc, id).delete(field) : row(doc, id).set(field, value)
				);
				if (value === undefined) last[who]?.delete(`actions/${id}/${field}`);
				else last[who]?.set(`actions/${id}/${field}`, value);
			}
			const [back, there] = devices;
			const clashes = back.hear(there);
			there.hear(back);
			for (const [who, values] of last.entries()) {
				for (const [place, value] of values) {
					const [, id = '', field = ''] = place.split('/');
					const isThere = row(there.doc, id).get(field) === value;
					const isTold = clashes.some(
						(clash) =>
							clash.is === 'value' && clash.place === place && [clash.mine, clash.theirs][who] === value
					);
					expect(isThere || isTold).toBe(true);
				}
			}
		}),
		{ numRuns: 500 }
	);
});

test('what a row of one name began with is told when two devices made it apart and differ', () => {
	const kpis = rowTable({
		root: 'kpis',
		row: z.object({ id: rowId, order: z.string(), unit: z.string(), target: z.optional(z.number()) })
	});
	const [first, second] = two();
	for (const [device, unit, target] of [
		[first, '%', 10],
		[second, 'ms', 20]
	] as const)
		device.edit((doc) => {
			kpis.ensure(doc, { id: 'mttr' as RowId, unit }, { after: 'end' });
			kpis.patch(doc, 'mttr' as RowId, { target });
		});
	const told = first.hear(second);
	expect(told.map(({ place }) => place).toSorted()).toEqual(['kpis/mttr/target', 'kpis/mttr/unit']);
	expect(told).toMatchObject(
		expect.arrayContaining([expect.objectContaining({ mine: '%', theirs: 'ms' })]) as unknown[]
	);
});

test('who set alike what the other set and cleared again is told that it is gone', () => {
	for (const [first, second] of [two(), two().toReversed()] as [Device, Device][]) {
		first.edit((doc) => row(doc).set('isOn', true));
		const news: Uint8Array[] = [];
		second.doc.on('update', (update: Uint8Array) => news.push(update));
		second.edit((doc) => row(doc).set('isOn', true)).edit((doc) => row(doc).delete('isOn'));
		let told: readonly Clash[] = [];
		first.doc.on('afterTransaction', (transaction: Y.Transaction) => {
			told = clashesIn(transaction, first.kept);
		});
		Y.applyUpdate(first.doc, Y.mergeUpdates(news));
		const isOn = row(first.doc).get('isOn');
		expect(isOn === true || told.some(({ place }) => place === 'actions/a1/isOn')).toBe(true);
	}
});
