import { expect, test } from 'vitest';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { textOfBlocks } from '#lib/docs/prose-text.ts';
import type { DocumentId, KpiId, RowId } from '#lib/domain/id.ts';
import type { SeenNumber } from '#lib/domain/seen.ts';
import { kindOfDocument } from '../registry.ts';
import { commentaryKind } from './kind.ts';
import { redHasWords } from './rules.ts';
import type { Commentaries } from './schema.ts';
import { standingOf } from './state.ts';
import { writtenOn } from './written.ts';
import { randomEdit } from './testing/random-edit.ts';

const mttr = { kpi: 'mttr' as KpiId };
const fresh = { kpi: 'deploys' as KpiId };
const slo = { kpi: 'slo-attainment' as KpiId };
const AT = '2026-06-08T10:00:00.000Z';
const action = (row: string) => ({ kind: 'actions', document: 'r-actions' as DocumentId, row: row as RowId });
const context = { title: 'Week 24', today: '2026-06-08' };
const seen = (value: number): SeenNumber => ({
	kpi: mttr.kpi,
	value,
	at: '2026-06-07T06:00:00.000Z',
	asOf: AT,
	contract: 'c0ffee'
});

describeKind(commentaryKind, {
	randomEdit,
	roots: ['commentaries', 'drivers', 'links', 'evidence', 'authors'],
	plain
});

/** Without the places of blocks, which only a document in memory has. */
function plain(snapshot: Commentaries): Commentaries {
	const texts = Object.entries(snapshot.texts).map(([root, blocks]): [string, readonly ProseBlock[]] => [
		root,
		blocks.map(({ id: _, ...block }) => block as ProseBlock)
	]);
	return { ...snapshot, texts: Object.fromEntries(texts) };
}

const on = (snapshot: Commentaries, about: typeof mttr) => writtenOn(snapshot, about);

test('two people who edit two fields of one commentary both keep theirs', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.patch(mttr, { outlook: 'Back in two weeks.' });
	bob.commands.patch(mttr, { nature: 'trend' });
	meet(ada, bob);
	expect(on(ada.value, mttr).row).toMatchObject({ outlook: 'Back in two weeks.', nature: 'trend' });
	expect(bob.value).toEqual(ada.value);
});

test('two people who begin the same commentary while apart have one, with what both said', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.write({ ...fresh, seen: { ...seen(3), kpi: fresh.kpi } }, 'changed', 'The freeze ended late.');
	ada.commands.patch(fresh, { outlook: 'Twelve next week.' });
	bob.commands.write(fresh, 'changed', 'CI was down on Tuesday.');
	bob.commands.addDriver(fresh, 'Tooling');
	meet(ada, bob);
	const written = on(ada.value, fresh);
	expect(ada.value.rows.filter(({ kpi }) => kpi === fresh.kpi).length).toBe(1);
	expect(written.row).toMatchObject({ outlook: 'Twelve next week.', seen: { value: 3 } });
	expect(written.drivers.map(({ name }) => name)).toEqual(['Tooling']);
	expect(written.texts.changed.split('\n').toSorted()).toEqual([
		'CI was down on Tuesday.',
		'The freeze ended late.'
	]);
	expect(written.authors.map(({ person }) => person).toSorted()).toEqual([ada.id, bob.id]);
	expect(bob.value).toEqual(ada.value);
});

test('two people who add a driver each, one of them the same in other letters, have all of them once', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.addDriver(mttr, 'Runbook');
	ada.commands.addDriver(mttr, 'Release');
	bob.commands.addDriver(mttr, 'Staffing');
	bob.commands.addDriver(mttr, ' runbook ');
	meet(ada, bob);
	const names = on(ada.value, mttr).drivers.map(({ name }) => name.toLowerCase());
	expect(names.toSorted()).toEqual(['detection', 'release', 'runbook', 'staffing']);
});

test('a driver that was taken off can be put back', () => {
	const [ada] = two(commentaryKind);
	ada.commands.removeDriver(mttr, 'Detection', AT);
	expect(on(ada.value, mttr).drivers).toEqual([]);
	ada.commands.addDriver(mttr, 'Detection');
	expect(on(ada.value, mttr).drivers.map(({ name }) => name)).toEqual(['Detection']);
});

test('two people who both write what changed have both their words', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.write(mttr, 'changed', 'The runbook assumed a stateless service.');
	bob.commands.write(mttr, 'changed', 'Nobody had drilled it.');
	meet(ada, bob);
	const text = textOfBlocks(ada.value.texts['mttr.changed'] ?? []);
	expect(text).toContain('stateless');
	expect(text).toContain('drilled');
	expect(bob.value).toEqual(ada.value);
});

test('two people who link the same action and another have two links', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.link(mttr, action('a1'));
	bob.commands.link(mttr, action('a1'));
	bob.commands.link(mttr, action('a2'));
	meet(ada, bob);
	expect(on(ada.value, mttr).links.map(({ ref }) => ref.row)).toEqual(['a1', 'a2']);
	const [first] = on(ada.value, mttr).links;
	ada.commands.unlink(first?.id as RowId, AT);
	expect(on(ada.value, mttr).links.map(({ ref }) => ref.row)).toEqual(['a2']);
});

test('a red one is refused with a sentence for each missing thing, until nothing is missing', () => {
	const [ada] = two(commentaryKind);
	const when = { status: 'red', at: AT } as const;
	expect(ada.commands.complete(fresh, when)).toEqual({
		ok: false,
		error: {
			code: 'commentary.lacks',
			lacks: ['changed', 'driver', 'action'],
			sentences: ['Say what changed.', 'Choose at least one driver.', 'Add one action or decision.']
		}
	});
	expect(on(ada.value, fresh).row).toBeUndefined();
	expect(ada.commands.complete(mttr, when)).toMatchObject({ error: { lacks: ['action'] } });
	ada.commands.link(mttr, action('a1'));
	expect(ada.commands.complete({ ...mttr, seen: seen(74) }, when).ok).toBe(true);
	expect(on(ada.value, mttr).row?.completed).toMatchObject({
		by: ada.id,
		status: 'red',
		seen: { value: 74 }
	});
});

test('amber asks and green is free: both can be completed without a word', () => {
	const [ada] = two(commentaryKind);
	expect(ada.commands.complete(fresh, { status: 'amber', at: AT }).ok).toBe(true);
	ada.commands.reopen(fresh);
	expect(on(ada.value, fresh).row?.completed).toBeUndefined();
	expect(ada.commands.complete(fresh, { status: 'green', at: AT }).ok).toBe(true);
});

test('one completes while another edits: it is complete and has the edit', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.link(mttr, action('a1'));
	meet(ada, bob);
	ada.commands.complete(mttr, { status: 'red', at: AT });
	bob.commands.write(mttr, 'doing', 'Drill on Monday.');
	meet(ada, bob);
	const written = on(bob.value, mttr);
	expect(standingOf(written, 'red').state).toBe('complete');
	expect(written.texts.doing).toBe('Drill on Monday.');
});

test('one completes while another takes its only driver away: it is a draft again, and that is said', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.link(mttr, action('a1'));
	meet(ada, bob);
	ada.commands.complete(mttr, { status: 'red', at: AT });
	bob.commands.removeDriver(mttr, 'Detection', AT);
	meet(ada, bob);
	expect(standingOf(on(ada.value, mttr), 'red').state).toBe('draft');
	expect(redHasWords.check(ada.value, context)).toMatchObject([
		{ row: 'mttr', severity: 'error', message: expect.stringContaining('lacks one driver') as string }
	]);
});

test('two people who complete it while apart complete it once: one of the two facts stands whole', () => {
	const [ada, bob] = two(commentaryKind);
	for (const one of [ada, bob]) one.commands.link(mttr, action('a1'));
	ada.commands.complete({ ...mttr, seen: seen(74) }, { status: 'red', at: AT });
	bob.commands.complete({ ...mttr, seen: seen(70) }, { status: 'red', at: '2026-06-08T11:00:00.000Z' });
	meet(ada, bob);
	const { completed } = on(ada.value, mttr).row ?? {};
	expect([`${ada.id} 74`, `${bob.id} 70`]).toContain(`${completed?.by} ${completed?.seen?.value}`);
	expect(bob.value).toEqual(ada.value);
});

test('late data that turn a completed amber red make it due again, and complete once they turn back', () => {
	const [ada] = two(commentaryKind);
	const written = on(ada.value, slo);
	expect(standingOf(written, 'amber').state).toBe('complete');
	expect(standingOf(written, 'red')).toMatchObject({ state: 'due', turnedFrom: { status: 'amber' } });
	expect(standingOf(written, 'green').state).toBe('complete');
});

test('it is completed anew as red, and is complete then', () => {
	const [ada] = two(commentaryKind);
	expect(ada.commands.complete(slo, { status: 'red', at: AT }).ok).toBe(true);
	expect(standingOf(on(ada.value, slo), 'red').state).toBe('complete');
});

test('one removes it while another writes: what was written is there when it comes back', () => {
	const [ada, bob] = two(commentaryKind);
	ada.commands.remove('mttr' as RowId, AT);
	bob.commands.patch(mttr, { outlook: 'Better.' });
	meet(ada, bob);
	expect(on(ada.value, mttr).row).toBeUndefined();
	expect(ada.commands.removed()).toMatchObject([{ id: 'mttr', outlook: 'Better.' }]);
	ada.commands.addDriver(mttr, 'Vendor');
	expect(on(ada.value, mttr).row).toMatchObject({ outlook: 'Better.' });
});

test('a field that is cleared is gone, and one of a newer app survives our writing', () => {
	const [ada] = two(commentaryKind);
	const row = ada.doc.getMap('commentaries').get('slo-attainment') as {
		set(key: string, value: unknown): void;
		get(key: string): unknown;
	};
	row.set('confidence', 'high');
	ada.commands.patch(slo, { outlook: undefined });
	expect(on(ada.value, slo).row).not.toHaveProperty('outlook');
	expect(row.get('confidence')).toBe('high');
});

test('evidence is added, taken away and brought back', () => {
	const [ada] = two(commentaryKind);
	const id = ada.commands.addEvidence(mttr, { title: 'Timeline', href: 'https://incidents.example/1' });
	ada.commands.removeEvidence(id, AT);
	expect(on(ada.value, mttr).evidence).toEqual([]);
	ada.commands.restoreEvidence(id);
	expect(on(ada.value, mttr).evidence).toMatchObject([{ title: 'Timeline' }]);
});

test('an address that is none is refused by our own code', () => {
	const [ada] = two(commentaryKind);
	expect(() => ada.commands.addEvidence(mttr, { title: '', href: 'javascript:alert(1)' })).toThrow();
});

test('three people who begin, complete and drive one commentary agree', () => {
	const [ada, bob, cy] = replicas(commentaryKind, 3);
	if (!ada || !bob || !cy) throw new Error('three replicas were asked for');
	ada.commands.addDriver(fresh, 'Tooling');
	bob.commands.write(fresh, 'changed', 'CI was down.');
	cy.commands.link(fresh, action('a1'));
	meet(ada, bob);
	meet(bob, cy);
	meet(ada, cy);
	expect(cy.commands.complete(fresh, { status: 'red', at: AT }).ok).toBe(true);
	meet(ada, cy);
	meet(bob, cy);
	expect(ada.value).toEqual(cy.value);
	expect(bob.value).toEqual(cy.value);
	expect(standingOf(on(bob.value, fresh), 'red').state).toBe('complete');
});

test('beginning again changes nothing', () => {
	const [ada] = two(commentaryKind);
	ada.commands.begin(mttr);
	let changes = 0;
	ada.doc.on('update', () => changes++);
	ada.commands.begin(mttr);
	ada.commands.addDriver(mttr, 'Detection');
	expect(changes).toBe(0);
});

test('its documents are named by their period, and are called by it', () => {
	expect(kindOfDocument('c-2026-W24')?.id).toBe('commentary');
	expect(commentaryKind.titleOf?.('c-2026-W24')).toBe('Week 24');
	expect(commentaryKind.titleOf?.('c-2026-11')).toBe('November 2026');
	expect(commentaryKind.titleOf?.('c-2026-W60')).toBeUndefined();
});

test.each([
	['commentaries/mttr', 'Commentary begun', 'mttr'],
	['commentaries/mttr/outlook', 'Outlook changed', 'mttr'],
	['commentaries/mttr/confidence', 'Commentary changed', 'mttr'],
	['commentaries/gone/removedAt', 'Commentary removed', ''],
	['mttr.changed#1:2', 'What changed: edited', 'mttr'],
	['slo-attainment.doing#1:2', 'What we’re doing: edited', 'slo-attainment'],
	['evidence/e-inc-2291', 'Evidence added', 'slo-attainment'],
	['evidence/gone', 'Evidence removed', ''],
	['authors/x', 'Commentary changed', '']
])('%s reads “%s”', (place, what, where) => {
	expect(commentaryKind.describe(place, commentaryKind.fixtures.typical)).toEqual({ what, where });
});

test('the summary counts what waits by what its authors saw', () => {
	expect(commentaryKind.summarise(commentaryKind.fixtures.typical, context)).toEqual({
		headline: '1 of 3 complete.',
		tone: 'bad',
		open: [{ group: 'commentary', what: 'mttr', detail: 'Draft, off target', ref: { row: 'mttr' } }]
	});
});

test('others know a commentary by its first words, its author and its KPI', () => {
	const [first] = commentaryKind.records?.(commentaryKind.fixtures.typical, 'c-2026-W24' as DocumentId) ?? [];
	expect(first).toMatchObject({
		ref: { kind: 'commentary', document: 'c-2026-W24', row: 'slo-attainment' },
		title: 'p95 regression in search-api after 2026.22; queries over 500 ms count as failed.',
		state: 'Complete',
		isOpen: false,
		owner: 'p-priya',
		kpis: ['slo-attainment']
	});
});

test('one is begun from a chart with its KPI and the number that was seen', () => {
	const [ada] = two(commentaryKind);
	const row = commentaryKind.draft?.(ada.commands, { title: '', ...fresh, segment: 'web', seen: [] });
	expect(ada.value.rows.at(-1)).toMatchObject({ id: row, kpi: 'deploys', segment: 'web' });
});

test('commentary leaves as CSV and as text', async () => {
	const names = {
		...context,
		nameOf: (person: string) => (person === 'p-priya' ? 'Priya Raman' : undefined)
	};
	const [csv, markdown] = commentaryKind.exports.map((one) =>
		one.render(commentaryKind.fixtures.typical, names)
	);
	await expect(csv?.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
		'../../../../tests/fixtures/commentary/week.csv'
	);
	await expect(markdown).toMatchFileSnapshot('../../../../tests/fixtures/commentary/week.md');
});

test('what people typed cannot become markup or a formula', () => {
	const { typical } = commentaryKind.fixtures;
	const sly = { ...typical, drivers: typical.drivers.map((driver) => ({ ...driver, name: '=1+1 *b*' })) };
	const [csv, markdown] = commentaryKind.exports.map((one) => one.render(sly, context));
	expect(csv).toContain(`'=1+1 *b*`);
	expect(markdown).toContain('=1+1 \\*b\\*');
});
