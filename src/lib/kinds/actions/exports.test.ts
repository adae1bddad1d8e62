import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { two } from '../../../../tests/contracts/replicas.ts';
import type { DocumentId, PersonId, RowId } from '#lib/domain/id.ts';
import { PEOPLE } from './specimens/people.ts';
import { empty, typical } from './fixtures.ts';
import { planImport } from './import/plan.ts';
import { actionsKind } from './kind.ts';
import type { Actions } from './schema.ts';
import { standingOf } from './standing.ts';

const TODAY = '2026-06-08';
const AT = '2026-06-08T10:30:00.000Z';
const nameOf = (person: string) => PEOPLE.find(({ id }) => id === person)?.name;
const context = { title: 'Actions', today: TODAY, nameOf };
const [csvOf, markdownOf] = actionsKind.exports.map(
	(one) => (snapshot: Actions) => one.render(snapshot, context)
) as [(snapshot: Actions) => string, (snapshot: Actions) => string];
const plan = (text: string, snapshot: Actions = typical) =>
	planImport(text, { snapshot, people: PEOPLE, today: TODAY });

test('actions leave as CSV and as text', async () => {
	await expect(csvOf(typical)).toMatchFileSnapshot('../../../../tests/fixtures/actions/actions.csv');
	await expect(markdownOf(typical)).toMatchFileSnapshot('../../../../tests/fixtures/actions/actions.md');
});

test('what was saved is taken in again without a difference', () => {
	expect(plan(csvOf(typical))).toEqual({ lines: [], same: typical.actions.length, remarks: [] });
});

test('what people typed cannot become markup or a formula, and comes back as it was', () => {
	const [first, ...rest] = typical.actions;
	if (!first) throw new Error('the fixture has actions');
	const sly = {
		...typical,
		actions: [{ ...first, title: '=1+1 *b*, "q"', closedWhen: "'=already" }, ...rest]
	};
	expect(csvOf(sly)).toContain(`"'=1+1 *b*, ""q"""`);
	expect(markdownOf(sly)).toContain('=1+1 \\*b\\*');
	expect(plan(csvOf(sly), sly)).toMatchObject({ lines: [], same: 7, remarks: [] });
});

test('a table of another tool is taken in, with its own names for things', () => {
	const found = plan(
		[
			'Task;Assignee;Deadline;State;Done when;Links',
			'Drill it;priya;12.6.;doing;Under 20 min;',
			'Ship it;Mei Lin;fri;closed;Live;https://example.com/live'
		].join('\n')
	);
	expect(found.remarks).toEqual([]);
	expect(found.lines.map(({ action }) => action)).toEqual([
		{
			fields: { title: 'Drill it', owner: 'p-priya', closedWhen: 'Under 20 min' },
			due: '2026-06-12',
			status: 'in-progress'
		},
		{
			fields: { title: 'Ship it', owner: 'p-mei', closedWhen: 'Live' },
			due: '2026-06-12',
			status: 'done',
			evidence: [{ text: 'https://example.com/live', href: 'https://example.com/live' }]
		}
	]);
});

test('lines that cannot be taken are named with their line and why; the others are taken', () => {
	const long = 'x'.repeat(301);
	const found = plan(
		`Title,Owner,Due,Starts,Status,Priority\n,Priya Raman,,,,\n${long},,,,,\nOne,Nobody Known,soonish,never,paused,urgent\nTwo,,,,done,\n`
	);
	expect(found.remarks).toEqual([
		{ line: 2, message: 'It has no title.', isLeftOut: true },
		{ line: 3, message: 'Its title is longer than 300 letters.', isLeftOut: true },
		{ line: 4, message: 'Nobody here is called Nobody Known. The owner is left open.', isLeftOut: false },
		{ line: 4, message: 'Starts: “never” isn’t a day. Write fri, 12 jun or in 2 weeks.', isLeftOut: false },
		{ line: 4, message: '“urgent” is no priority. It is High, Normal or Low.', isLeftOut: false },
		{ line: 4, message: '“paused” is no status. It is left as it is.', isLeftOut: false },
		{
			line: 5,
			message:
				'It is not closed yet. Say how we’ll know it worked. A test, a check or a dashboard. Add a link or a note that shows it worked.',
			isLeftOut: false
		}
	]);
	expect(found.lines.map(({ line, action }) => [line, action])).toEqual([
		[4, { fields: { title: 'One' }, dueTyped: 'soonish' }],
		[5, { fields: { title: 'Two' } }]
	]);
});

test('a table without a title column is not read, and says so', () => {
	expect(plan('Colour,Size\nred,4\n')).toEqual({
		lines: [],
		same: 0,
		remarks: [{ line: 1, message: 'No column is called Title. Name it in the first row.', isLeftOut: true }]
	});
	expect(plan('').remarks.length).toBe(1);
});

test('what a file changes is shown by column, and taken in as one edit; taken again it changes nothing', () => {
	const [ada] = two(actionsKind);
	const edited = csvOf(ada.value)
		.replace(
			'Add p95 panel to the release envelope,Tomás Herrera,2026-06-15',
			'Add p95 panels,Mei Lin,19 jun'
		)
		.concat('ACT-9,New one,Mei Lin,,,,,,Screenshot <https://example.com/a>\r\nACT-9,New one,,,,,,,\r\n');
	const found = plan(edited, ada.value);
	expect(found).toMatchObject({ same: 6, remarks: [] });
	expect(found.lines.map(({ title, changes }) => [title, changes])).toEqual([
		['Add p95 panels', ['Title', 'Owner', 'Due']],
		['New one', undefined],
		['New one', undefined]
	]);
	let edits = 0;
	ada.doc.on(
		'afterTransaction',
		(transaction: Y.Transaction) => (edits += transaction.changed.size > 0 ? 1 : 0)
	);
	expect(
		ada.commands.take(
			found.lines.map(({ action }) => action),
			AT
		)
	).toEqual([]);
	expect(edits).toBe(1);
	expect(standingOf(ada.value, 'a-panel')).toMatchObject({
		action: { title: 'Add p95 panels', owner: 'p-mei' },
		due: '2026-06-19',
		reschedules: [{ from: '2026-06-15', to: '2026-06-19' }]
	});
	expect(ada.value.evidence.at(-1)).toMatchObject({ text: 'Screenshot', href: 'https://example.com/a' });
	expect(plan(edited, ada.value)).toMatchObject({ lines: [], same: 9, remarks: [] });
});

test('a file that closes what has no evidence is refused by the command too', () => {
	const [ada] = two(actionsKind);
	const refused = ada.commands.take([{ id: 'a-panel' as RowId, fields: {}, status: 'done' }], AT);
	expect(refused).toMatchObject([
		{ code: 'action.unchecked', missing: [{ is: 'check' }, { is: 'evidence' }] }
	]);
	expect(standingOf(ada.value, 'a-panel')?.action.status).toBe('open');
});

test('a register of 2,000 is taken in within seconds', () => {
	const lines = Array.from({ length: 2001 }, (_, index) => `Action ${index},Mei Lin,2026-07-01`);
	const found = plan(`Title,Owner,Due\n${lines.join('\n')}`, empty);
	expect(found.lines.length).toBe(2000);
	expect(found.remarks).toEqual([
		{
			line: 2002,
			message: 'Only 2000 lines are taken at once. The rest is left out from here.',
			isLeftOut: true
		}
	]);
	const doc = new Y.Doc();
	actionsKind.doc.commands(doc, 'p-mei' as PersonId).take(
		found.lines.map(({ action }) => action),
		AT
	);
	expect(
		actionsKind.doc
			.read(doc)
			.value.actions.map(({ title }) => title)
			.slice(-2)
	).toEqual(['Action 1998', 'Action 1999']);
});

test('records and drafts speak to other kinds in their words', () => {
	const [ada] = two(actionsKind);
	const made = actionsKind.draft?.(ada.commands, {
		title: ' Add an index step ',
		owner: 'p-mei' as PersonId,
		due: '2026-06-15',
		closedWhen: ' Drill completes under 20 min ',
		source: { kind: 'decisions', document: 'r-decisions' as DocumentId, row: 'd-1' as RowId },
		kpi: undefined
	});
	const lines = actionsKind.records?.(ada.value, 'r-actions' as DocumentId) ?? [];
	expect(lines[0]).toMatchObject({
		ref: { kind: 'actions', document: 'r-actions', row: 'a-canary' },
		number: 'ACT-0211',
		title: 'Extend search-api canary to 60 min',
		state: 'In progress',
		isOpen: true,
		due: '2026-06-12',
		kpis: ['slo-attainment']
	});
	expect(lines.find(({ ref }) => ref.row === 'a-runbook')?.due).toBe('2026-06-05');
	expect(lines.at(-1)).toEqual({
		ref: { kind: 'actions', document: 'r-actions', row: made },
		title: 'Add an index step',
		state: 'Open',
		isOpen: true,
		owner: 'p-mei',
		due: '2026-06-15',
		source: { kind: 'decisions', document: 'r-decisions', row: 'd-1' }
	});
	expect(ada.value.actions.at(-1)).toMatchObject({
		closedWhen: 'Drill completes under 20 min',
		createdBy: ada.id,
		createdAt: expect.stringMatching(/^\d{4}-/) as string
	});
});

test('only the server numbers, in the order of their making', () => {
	const [ada] = two(actionsKind);
	const { clerk } = actionsKind;
	const order = clerk?.numbered(ada.value).map(({ id }) => id) ?? [];
	expect(order.slice(0, 3)).toEqual(['a-bare', 'a-pager', 'a-vendor']);
	clerk?.setNumber(ada.doc, 'a-bare' as RowId, 214);
	expect(ada.value.actions.find(({ id }) => id === 'a-bare')?.number).toBe(214);
});

test.each([
	['actions/a-panel', 'Action added', 'Add p95 panel to the release envelope'],
	['actions/a-panel/due', 'Due date changed', 'Add p95 panel to the release envelope'],
	['actions/a-panel/effort', 'Action changed', 'Add p95 panel to the release envelope'],
	['actions/a-panel/removedAt', 'Action restored', 'Add p95 panel to the release envelope'],
	['actions/gone/removedAt', 'Action removed', ''],
	['evidence/e-drill', 'Evidence added', 'Page the second on-call after 5 minutes'],
	['evidence/gone/removedAt', 'Evidence removed', ''],
	['reschedules/r-runbook', 'Due date moved', 'Add an index step to the rollback runbook'],
	['carried/a-vendor.m-ops-22', 'Still open in a meeting', 'Get status webhooks from the paging vendor'],
	['a-vendor.notes#1:2', 'Note changed', 'Get status webhooks from the paging vendor']
])('%s reads “%s”', (place, what, where) => {
	expect(actionsKind.describe(place, typical)).toEqual({ what, where });
});

test('a list elsewhere says how often an action came up', () => {
	const notes = actionsKind.records?.(typical, 'r-actions' as DocumentId).flatMap(({ note }) => note ?? []);
	expect(notes).toEqual(['3rd meeting in a row']);
});
