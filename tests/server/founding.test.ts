import { expect, test } from 'vitest';
import * as z from 'zod';
import { personId, type PersonId, type SpaceId } from '#lib/domain/id.ts';
import { textOfBlocks } from '#lib/docs/prose-text.ts';
import { meetingFromTemplate, meetingUpdate } from '#lib/kinds/meeting/template.ts';
import { occurrenceOf } from '#lib/kinds/space/occurrence.ts';
import { moreStarters, starters } from '#lib/kinds/space/starter.ts';
import { FoundingRefused, type Founding } from '../../server/auth/create-space.ts';
import { foundSpace } from '../../server/setup/found-space.ts';
import { MemoryDocStore } from '../../server/storage/memory/doc-store.ts';
import { MemorySeriesStore } from '../../server/storage/memory/series-store.ts';
import { readSpace } from './founding-helpers.ts';

/** A Monday, 09:34 in Berlin: before the Ops Review. */
const nowMs = Date.parse('2026-06-08T07:34:00Z');
const space = 'engineering-ops-1' as SpaceId;
const ada = { id: 'p-ada' as PersonId, name: 'Ada Okafor' };
const everySeries = [...starters, ...moreStarters].map(({ id }) => id);

const wish = (over: Partial<Founding> = {}): Founding => ({
	space,
	title: 'Engineering Ops',
	timeZone: 'Europe/Berlin',
	series: [],
	sample: false,
	person: ada,
	...over
});

async function founded(over: Partial<Founding> = {}, atMs = nowMs) {
	const stores = { docs: new MemoryDocStore(), series: new MemorySeriesStore() };
	await foundSpace(wish(over), { ...stores, nowMs: atMs });
	return { ...stores, ...(await readSpace(over.space ?? space, stores)) };
}

const combinations = [false, true].flatMap((sample) =>
	[ada, undefined].flatMap((person) =>
		[[], ['ops-review'], everySeries].map((series) => ({ sample, person, series }))
	)
);

test.each(combinations)(
	'sample $sample, founder $person.name, series $series: every document reads back whole',
	async (over) => {
		const { index, meetings, rejected } = await founded(over);
		expect(rejected).toEqual([]);
		expect(index.fields).toEqual({ title: 'Engineering Ops', timeZone: 'Europe/Berlin' });
		expect(index.series.length).toBe(over.sample ? everySeries.length : over.series.length);
		expect(index.people.some(({ name }) => name === ada.name)).toBe(over.person !== undefined);
		const listed = index.documents.filter(({ kind }) => kind === 'meeting').map(({ id }) => String(id));
		expect(listed.toSorted()).toEqual([...meetings.keys()].toSorted());
		expect(index.documents.at(-1)).toMatchObject({ id: 'kpis', kind: 'kpis', title: 'KPIs' });
	}
);

test('each chosen meeting is ready for its next time, with agenda and prompts', async () => {
	const { index, meetings, kpis, points } = await founded({ series: ['qbr', 'ops-review', 'standup'] });
	expect(index.series.map(({ title, from }) => [title, from])).toEqual([
		['QBR', '2026-06-08'],
		['Ops Review', '2026-06-08'],
		['Standup', '2026-06-08']
	]);
	expect(index.documents.map(({ id, title, startsAt, minutes }) => [id, title, startsAt, minutes])).toEqual([
		['m-ops-review-2026-06-08', 'Weekly Ops Review', '2026-06-08T08:00:00.000Z', 45],
		['m-standup-2026-06-09', 'Daily Standup', '2026-06-09T07:00:00.000Z', 15],
		['m-qbr-2026-06-30', 'QBR', '2026-06-30T11:00:00.000Z', 240],
		['kpis', 'KPIs', undefined, undefined]
	]);
	expect(index.documents[0]).toMatchObject({ createdAt: '2026-06-08T07:34:00.000Z', createdBy: 'p-ada' });
	const ops = meetings.get('m-ops-review-2026-06-08');
	expect(ops?.agenda.map(({ title }) => title)).toEqual(starters[0]?.agenda.map(({ title }) => title));
	expect(ops?.agenda.map(({ id }) => textOfBlocks(ops.notes[id] ?? []))).toEqual(
		starters[0]?.agenda.map(({ prompt }) => prompt)
	);
	expect([kpis.kpis, points.size]).toEqual([[], 0]);
});

test('who sets up in the middle of a meeting finds it', async () => {
	const { meetings } = await founded({ series: ['ops-review'] }, Date.parse('2026-06-08T08:20:00Z'));
	expect([...meetings.keys()]).toEqual(['m-ops-review-2026-06-08']);
});

test('a meeting of the founding is, byte for byte, the one that a device apart opens', async () => {
	const other = { id: personId.parse('p-ben'), name: 'Ben' };
	const [one, two] = [
		await founded({ series: everySeries }),
		await founded({ series: everySeries, person: other })
	];
	expect(one.index.series).toEqual(two.index.series);
	for (const { id, series, startsAt } of one.index.documents.filter(({ kind }) => kind === 'meeting')) {
		const rhythm = one.index.series.find((each) => each.id === series);
		if (!rhythm) throw new Error(`${id} is of no series`);
		const occurrence = occurrenceOf(rhythm, id.slice(-10));
		expect(occurrence).toMatchObject({ id, entry: { startsAt } });
		const name = `${space}/${id}`;
		const [ofOne, ofTwo] = [await one.docs.load(name), await two.docs.load(name)];
		expect(ofOne.tail.map(({ update }) => update)).toEqual([
			meetingUpdate(name, meetingFromTemplate(rhythm.agenda))
		]);
		expect(ofTwo.tail.map(({ update }) => update)).toEqual(ofOne.tail.map(({ update }) => update));
	}
	expect(one.meetings.size).toBe(everySeries.length);
});

test.each([false, true])(
	'an unknown meeting is refused in a sentence, nothing is written (sample %s)',
	async (sample) => {
		const stores = { docs: new MemoryDocStore(), series: new MemorySeriesStore() };
		const founding = wish({ series: ['ops-review', 'retro'], sample });
		const refused = foundSpace(founding, { ...stores, nowMs });
		await expect(refused).rejects.toThrow(FoundingRefused);
		await expect(refused).rejects.toThrow(
			/^There is no meeting called retro to begin with\. There are: ops-review, /
		);
		expect(await stores.docs.list(space)).toEqual([]);
		expect(await stores.series.kpis(space)).toEqual([]);
	}
);

test('a meeting that is chosen twice is kept once', async () => {
	const { index } = await founded({ series: ['qbr', 'ops-review', 'qbr'] });
	expect(index.series.map(({ id }) => id)).toEqual(['qbr', 'ops-review']);
});

test.each([
	['the founder', ada, 'p-ada'],
	['the tool, where nobody founded it', undefined, 'downbeat']
])('everything is by %s', async (_, person, author) => {
	const { docs } = await founded({ series: ['ops-review'], sample: true, person });
	for (const name of await docs.list(space)) {
		const history = await docs.history(name, { afterSeq: 0, limit: 10 });
		expect(history.map(({ author: by, atMs }) => [by, atMs])).toEqual([[author, nowMs]]);
		const authors = await docs.authors(name, 10);
		expect(authors.map((each) => each.author)).toEqual([author]);
		expect(z.uint32().safeParse(authors[0]?.client).success).toBe(true);
	}
});
