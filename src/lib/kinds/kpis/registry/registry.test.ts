import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { Random } from '#lib/util/random.ts';
import { kpiId, personId } from '#lib/domain/id.ts';
import { kpisDoc } from '../doc.ts';
import { typical } from '../fixtures.ts';
import { fileOf, type RegistryFile } from './file.ts';
import { readYaml, REGISTRY_FILE_BYTES_MAX, yamlOf } from './yaml.ts';

const me = personId.parse('p-nadia');
const AT = '2026-07-01T10:00:00.000Z';

const full = `id: mttr
name: MTTR, Sev 1/2 median
definition: From detected to resolved. Median of the week.
formula: median(resolved - detected)
unit: min
decimals: 0
direction: down
dimension: reliability
level: company
owner: p-priya
cadence: weekly
aggregation: median
freshnessHours: 192
target: 45
thresholds:
  amberAbove: 45
  redAbove: 60
source: "yes: the incident register"
segments:
  - enterprise
  - self-serve
classification: internal
runbook: https://runbooks.tarn.example/mttr
parents:
  - kpi: availability
    basis: traffic
    weight: 2.5
upstream:
  - change-failure-rate
terms:
  - from: 2026-07-01
    target: 40
    thresholds:
      redAbove: 55
    reason: The new rota
    by: p-priya
`;

const read = (text: string): RegistryFile => {
	const answer = readYaml(text);
	if (!answer.ok) throw new Error(JSON.stringify(answer.error));
	return answer.value;
};
const refused = (text: string) => {
	const answer = readYaml(text);
	return answer.ok ? [] : answer.error;
};
const exported = (doc: Y.Doc, id: string): string => {
	const file = fileOf(kpiId.parse(id), kpisDoc.read(doc).value);
	return file ? yamlOf(file) : '';
};

test('a file goes in and comes out again, byte for byte, also when it goes in twice', () => {
	const doc = new Y.Doc();
	const commands = kpisDoc.commands(doc, me);
	expect(commands.setContract(read(full), AT)).toMatchObject({ ok: true });
	expect(exported(doc, 'mttr')).toBe(full);
	let changed = 0;
	doc.on('update', () => changed++);
	commands.setContract(read(full), AT);
	expect(exported(doc, 'mttr')).toBe(full);
	expect(changed).toBe(0);
});

test('every contract of the samples comes back as it went out, in another space', () => {
	const from = new Y.Doc();
	kpisDoc.seed(from, typical);
	const to = new Y.Doc();
	const ids = kpisDoc.read(from).value.kpis.map(({ id }) => id);
	for (const id of ids) kpisDoc.commands(to, me).setContract(read(exported(from, id)), AT);
	expect(ids.map((id) => exported(to, id))).toEqual(ids.map((id) => exported(from, id)));
	expect(ids.length).toBeGreaterThan(3);
});

test('a file is all of a KPI: what it no longer says is gone, and a removed one comes back', () => {
	const doc = new Y.Doc();
	const commands = kpisDoc.commands(doc, me);
	commands.setContract(read(full), AT);
	commands.removeKpi(kpiId.parse('mttr'), AT);
	const least = 'id: mttr\nname: MTTR\nunit: min\ndirection: down\ncadence: weekly\n';
	commands.setContract(read(`${least}terms: []\n`), AT);
	expect(exported(doc, 'mttr')).toBe(least);
});

test('a file that leaves terms out is refused, because June would change its colour', () => {
	const doc = new Y.Doc();
	const commands = kpisDoc.commands(doc, me);
	commands.setContract(read(full), AT);
	const without = full.slice(0, full.indexOf('terms:'));
	expect(commands.setContract(read(without), AT)).toMatchObject({
		ok: false,
		error: { sentence: expect.stringContaining('since 2026-07-01') as string }
	});
	expect(exported(doc, 'mttr')).toBe(full);
});

test('what another person changed apart from the file stays where the file says nothing new', () => {
	const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
	kpisDoc.commands(mine, me).setContract(read(full), AT);
	Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
	kpisDoc.commands(theirs, personId.parse('p-other')).patchKpi(kpiId.parse('mttr'), { formula: 'mean(x)' });
	kpisDoc.commands(mine, me).setContract(read(full.replace('target: 45', 'target: 44')), AT);
	Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
	Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
	const both = full.replace('target: 45', 'target: 44').replace('median(resolved - detected)', 'mean(x)');
	expect([exported(mine, 'mttr'), exported(theirs, 'mttr')]).toEqual([both, both]);
});

test.each([
	['an unknown key', full.replace('unit: min', 'unit: min\nunits: min'), 6, /“units” is no field of a KPI/],
	[
		'an unknown key further in',
		full.replace('  redAbove: 60', '  redOver: 60'),
		17,
		/“redOver” is no field of thresholds/
	],
	['a number that is a word', full.replace('target: 45', 'target: soon'), 14, /target: must be a number/],
	['a choice that is none', full.replace('direction: down', 'direction: left'), 7, /one of up, down, band/],
	['a day that is none', full.replace('2026-07-01', '2026-02-30'), 31, /must be a day such as/],
	['a key twice', full.replace('unit: min', 'unit: min\nunit: s'), 6, /unique/],
	['broken YAML', 'id: mttr\nname: "MTTR\n', 3, /./],
	['a bomb of aliases', 'a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n', 1, /aliases/],
	['nothing', '', 1, /object/],
	['too much', `id: ${'x'.repeat(REGISTRY_FILE_BYTES_MAX)}`, 1, /at most 256 KiB/]
])('%s is refused with its line', (_, text, line, words) => {
	expect(refused(text)).toContainEqual({ line, sentence: expect.stringMatching(words) as string });
});

test('everything that is wrong with a file is said at once, in the order of its lines', () => {
	const problems = refused('id: mttr\nunit: min\nsurprise: 1\ncadence: never\ndirection: down\n');
	expect(problems.map(({ line }) => line)).toEqual([1, 3, 4]);
	expect(problems[0]?.sentence).toBe('name: is missing.');
});

test('JSON is taken too', () => {
	const file = { id: 'mttr', name: 'MTTR', unit: 'min', direction: 'down', cadence: 'weekly' };
	expect(read(JSON.stringify(file))).toEqual(file);
});

test('any text is written so that it reads as it was', () => {
	const random = new Random(20261122);
	const letters = [
		'a',
		' ',
		'\n',
		':',
		'#',
		'-',
		'"',
		"'",
		'|',
		'>',
		'&',
		'*',
		'!',
		'%',
		'@',
		'é',
		'日',
		'🙂',
		'\t',
		'0'
	];
	for (let round = 0; round < 500; round++) {
		const definition = Array.from({ length: 1 + (round % 200) }, () => random.pick(letters)).join('');
		const file = { ...read('id: a\nname: b\nunit: c\ndirection: up\ncadence: daily\n'), definition };
		expect(read(yamlOf(file))).toEqual(file);
	}
});
