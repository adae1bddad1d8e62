import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExportContext } from '../../contract.ts';
import { snapshotOf } from '../doc.ts';
import type { MatrixToAdd } from '../doc-import.ts';
import { csvExport, markdownExport } from '../exports.ts';
import { typical } from '../fixtures.ts';
import { lettersAt, type Raci } from '../schema.ts';
import { STARTERS } from '../starters.ts';
import { findMatrices, type FoundMatrix, type Way } from './find-matrices.ts';
import { csvImport, markdownImport } from './importers.ts';
import { readMatrix, tooLarge } from './read-matrix.ts';

const context: ExportContext = {
	title: 'Operating rhythm',
	today: '2026-06-08',
	nameOf: (person) => `${person.slice(2)} Example`
};

/** The operating rhythm as its founding text has it: eight activities, seven roles. */
const founding = (() => {
	const made = snapshotOf(STARTERS[0]?.matrix as MatrixToAdd);
	if (!made.ok) throw new Error(made.error.sentence);
	return made.value;
})();

/** A matrix as people see it: no ids. */
const seen = (raci: Raci): MatrixToAdd => ({
	activities: raci.activities.map(({ title, note }) => ({ title, ...(note ? { note } : {}) })),
	roles: raci.roles.map(({ title, person, name }) => {
		const holder = person ? context.nameOf?.(person) : name;
		return { title, ...(holder ? { name: holder } : {}) };
	}),
	cells: raci.activities.map((activity) =>
		raci.roles.map((role) => {
			const note = raci.notes[`${activity.id}/${role.id}`];
			return { letters: lettersAt(raci, activity.id, role.id), ...(note ? { note } : {}) };
		})
	)
});

function only(text: string): FoundMatrix {
	const { matrices } = findMatrices(text);
	expect(matrices.length).toBe(1);
	return matrices[0] as FoundMatrix;
}

const read = (text: string, way?: Way) => {
	const found = only(text);
	return readMatrix(found, way ?? (found.way as Way));
};

const codes = ({ matrix }: ReturnType<typeof readMatrix>) =>
	matrix.cells.map((line) => line.map(({ letters }) => letters || '-').join(' '));

test.each([
	['founding', founding],
	['typical', typical]
])('the %s matrix leaves as CSV and Markdown and comes back without a difference', (_, raci) => {
	for (const [exporter, importer] of [
		[csvExport, csvImport],
		[markdownExport, markdownImport]
	] as const) {
		const text = exporter.render(raci, context);
		const back = importer.parse(text);
		expect(back.ok && seen(back.value)).toEqual(seen(raci));
		expect(back.ok && exporter.render(back.value, context)).toBe(text);
		expect(read(text)).toMatchObject({ problems: [], folds: [] });
	}
});

test('a rule of one dash under the head, with colons or without, is no activity', () => {
	for (const rule of ['|:-|:-:|-:|', '|-|-|-|', '|:---|:-:|---:|']) {
		const { matrix } = read(`| Activity | Ada | Bob |\n${rule}\n| Sign | R | **A** |`);
		expect(matrix.activities).toEqual([{ title: 'Sign' }]);
	}
});

test('the founding matrix is entered as its text has it, bold and all', () => {
	const text = [
		'## Responsibilities Matrix (RACI)',
		'',
		'| Activity | CEO | CTO | CISO | VP Eng | VP Prod | SRE Lead | FinOps |',
		'|----------|-----|-----|------|--------|---------|----------|--------|',
		'| Daily Health Check | I | I | I | I | I | **R/A** | I |',
		'| Weekly Ops Review | I | **A** | C | **R** | I | **R** | I |',
		'| Weekly Security | I | C | **R/A** | C | I | C | I |',
		'| Weekly Product | I | C | I | C | **R/A** | I | I |',
		'| Monthly Exec Review | **A** | **R** | **R** | C | **R** | C | **R** |',
		'| Monthly FinOps | C | C | I | C | I | C | **R/A** |',
		'| QBR | **R/A** | **R** | **R** | **R** | **R** | C | **R** |',
		'| Quarterly Planning | **A** | **R** | C | **R** | **R** | C | C |'
	].join('\n');
	const result = read(text);
	expect(result.matrix).toEqual(seen(founding));
	expect(result.problems).toEqual([]);
	expect(result.folds.map(({ raw, letters, count }) => [raw, letters, count])).toEqual([
		['**R/A**', 'RA', 5],
		['**A**', 'A', 3],
		['**R**', 'R', 14]
	]);
});

test.each([
	['R/A', 'RA'],
	['A, R', 'RA'],
	['R,A', 'RA'],
	['r + a', 'RA'],
	['RA', 'RA'],
	['**A**', 'A'],
	['_C_', 'C'],
	['`I`', 'I'],
	['Accountable', 'A'],
	['responsible and accountable', 'RA'],
	['Informed', 'I'],
	['А', 'A'],
	['С', 'C'],
	['І', 'I'],
	['Ａ', 'A'],
	['-', '-'],
	['—', '-'],
	['n/a', '-'],
	['', '-']
])('“%s” is read as %s', (raw, letters) => {
	const result = read(`Task\tAda\tBob\n1\t${raw}\tR\n2\tI\tA`);
	expect(codes(result)).toEqual([`${letters} R`, 'I A']);
	expect(result.problems).toEqual([]);
});

test('“R (veto)” is R with a note, and comes back as it was written', () => {
	const { matrix, problems } = read(
		'| Task | Ada |\n|---|---|\n| Sign | R (veto) |\n| Ship | (later) |\n| Go | A |'
	);
	expect(matrix.cells.map(([first]) => first)).toEqual([
		{ letters: 'R', note: 'veto' },
		{ letters: '', note: 'later' },
		{ letters: 'A' }
	]);
	expect(problems).toEqual([]);
	const snapshot = snapshotOf(matrix);
	expect(snapshot.ok && csvExport.render(snapshot.value, context)).toBe(
		'Activity,Ada\r\nSign,R (veto)\r\nShip,(later)\r\nGo,A\r\n'
	);
});

test('what is no letter is kept as a note and named with its place', () => {
	const { matrix, problems } = read('Task,Ada,Bob\nSign,R,A team\nShip,A,X\nGo,R,A\nStop,I,C\n');
	expect(matrix.cells[0]?.[1]).toEqual({ letters: '', note: 'A team' });
	expect(problems).toEqual([
		{ line: 2, where: 'Sign, Bob', what: '“A team” is not R, A, C or I. It is kept as a note of the cell.' },
		{ line: 3, where: 'Ship, Bob', what: '“X” is not R, A, C or I. It is kept as a note of the cell.' }
	]);
});

test('roles as rows are turned, and a row of prose becomes the second line of each activity', () => {
	const text = [
		'| Team | Delivery | Governance |',
		'| --- | --- | --- |',
		'| Adoption | Accountable | Consulted |',
		'| Governance | Responsible | Accountable |',
		'| | | |',
		'| Capability | [Cloud](./cloud.md) | Rules |'
	].join('\n');
	const result = read(text);
	expect(result.matrix.roles.map(({ title }) => title)).toEqual(['Adoption', 'Governance']);
	expect(result.matrix.activities).toEqual([
		{ title: 'Delivery', note: 'Capability: Cloud (./cloud.md)' },
		{ title: 'Governance', note: 'Capability: Rules' }
	]);
	expect(codes(result)).toEqual(['A R', 'C A']);
	expect(result.problems).toMatchObject([{ where: 'Capability' }]);
});

test('columns that are letters make roles of the names in the cells', () => {
	const result = read(
		'| Artefact | Creator (R) | Approver (A) | Informed (I) | Due |\n|---|---|---|---|---|\n| Report | Ada | Bob | Cy, Dee | Friday |\n| Log | Bob | Bob | - | Daily |'
	);
	expect(result.matrix.roles.map(({ title }) => title)).toEqual(['Ada', 'Bob', 'Cy', 'Dee']);
	expect(codes(result)).toEqual(['R A I I', '- RA - -']);
	expect(result.matrix.activities[0]).toEqual({ title: 'Report', note: 'Due: Friday' });
});

test('which way a table stands is asked where it does not say', () => {
	const found = only('|  | Ada | Bob |\n|---|---|---|\n| Sign | R | A |\n| Ship | A | R |');
	expect(found.way).toBeUndefined();
	expect(found.because).toBe(
		'The first column has no name. 2 of 2 rows and 2 of 2 columns have exactly one A.'
	);
	expect(csvImport.parse('x,Ada,Bob\nSign,R,A\nShip,A,R\n')).toMatchObject({
		ok: false,
		error: [{ line: 1, message: expect.stringContaining('Say what the rows are.') as string }]
	});
	expect(codes(readMatrix(found, 'activities'))).toEqual(['R A', 'A R']);
	expect(readMatrix(found, 'roles').matrix.activities.map(({ title }) => title)).toEqual(['Ada', 'Bob']);
});

test('ragged rows lose nothing: what is missing is empty, what is over gets a column, both are said', () => {
	const { matrix, problems } = read(
		'| Task | Ada | Bob |\n|---|---|---|\n| Sign | R |\n| Ship | A | R | C |\n| Go | I | A |'
	);
	expect(matrix.roles.map(({ title }) => title)).toEqual(['Ada', 'Bob', 'Column 4']);
	expect(matrix.cells.map((line) => line.map(({ letters }) => letters))).toEqual([
		['R', '', ''],
		['A', 'R', 'C'],
		['I', 'A', '']
	]);
	expect(problems.map(({ line, what }) => [line, what])).toEqual([
		[3, 'This row has 2 cells, the head 3. The missing cells are taken as empty.'],
		[4, 'This row has 4 cells, the head 3. The cells without a head get a column of their own.']
	]);
});

test('several matrices are found with their headings; a legend and other tables are left out', () => {
	const text = [
		'## Legend',
		'| Code | Role |\n|---|---|\n| R | Responsible |\n| A | Accountable |',
		'## Build',
		'| Task | Ada |\n|---|---|\n| Sign | R/A |',
		'## Run',
		'| Task | Bob |\n|---|---|\n| Ship | A |',
		'## People',
		'| Name | Mail |\n|---|---|\n| Ada | ada@example.org |'
	].join('\n\n');
	const { matrices, leftOut } = findMatrices(text);
	expect(matrices.map(({ name, line }) => [name, line])).toEqual([
		['Build', 10],
		['Run', 16]
	]);
	expect(leftOut).toBe(2);
	expect(markdownImport.parse(text)).toMatchObject({
		ok: false,
		error: [{ line: 16, message: 'There are 2 matrices here. Choose one.' }]
	});
});

test('a table of spaces and pipes, as in a plain text, is read', () => {
	const result = read('Task | CS Lead | CEO\n-----|-----|----\nReceive | R | -\nClose | A | I (major)');
	expect(codes(result)).toEqual(['R -', 'A I']);
	expect(result.matrix.cells[1]?.[1]?.note).toBe('major');
});

test('a semicolon file with a quoted line break counts its lines as an editor does', () => {
	const { matrix, problems } = read('\ufeffTask;Ada;Bob\r\n"Sign\r\nand send";R;A\r\nShip;what;R\r\n');
	expect(matrix.activities.map(({ title }) => title)).toEqual([
		'Sign\r\nand send'.replace(/\s+/g, ' '),
		'Ship'
	]);
	expect(problems).toMatchObject([{ line: 4, where: 'Ship, Ada' }]);
});

test('5,000 columns are refused with a sentence, and so are too many rows', () => {
	const wide = `Task,${Array.from({ length: 5000 }, (_, index) => `Role ${index}`).join(',')}\nSign,${'R,'.repeat(4999)}A\n`;
	const sentence =
		'This table has 1 row and 5,000 columns. A matrix takes 60 roles. Split it and import the parts.';
	expect(csvImport.parse(wide)).toEqual({ ok: false, error: [{ line: 1, message: sentence }] });
	const lines = (count: number) => `Task,Ada\n${'Sign,R\n'.repeat(count)}`;
	expect(tooLarge(only(lines(500)), 'activities')).toBeUndefined();
	expect(tooLarge(only(lines(501)), 'activities')).toContain('A matrix takes 500 activities.');
});

test('60 roles are taken and 61 are not', () => {
	const wide = (count: number) => `Task${',Ada'.repeat(count)}\nSign${',R'.repeat(count)}\n`;
	expect(csvImport.parse(wide(60)).ok).toBe(true);
	expect(csvImport.parse(wide(61)).ok).toBe(false);
});

test.each(['', '   \n', 'Just a sentence.', 'a,b\n1,2\n', '|', '"', '| a |\n|---|\n| R |'])(
	'“%s” holds no matrix',
	(text) => {
		expect(csvImport.parse(text)).toMatchObject({ ok: false, error: [{ line: 1 }] });
	}
);

test('nothing that can be pasted makes reading throw', () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.constantFrom('|', 'R', 'A/', ',', ';', '\t', '\n', '"', '---', '**', '(', ')', '\\', 'Task', 'А')
			),
			(parts) => {
				for (const found of findMatrices(parts.join('')).matrices)
					for (const way of ['activities', 'roles', 'letters'] as const) readMatrix(found, way);
			}
		)
	);
});

test('a title that is too long is cut, and what is left out is said', () => {
	const long = 'x'.repeat(230);
	const { matrix, problems } = read(`Task,Ada\n${long},R/A\n`);
	expect(matrix.activities[0]?.title.length).toBe(200);
	expect(problems[0]?.what).toBe(`Longer than 200 letters. Left out: “${'x'.repeat(30)}”.`);
});

test('what people typed cannot become a formula or markup', () => {
	const sly: MatrixToAdd = {
		activities: [{ title: '=1+1 | *b*', note: "'@sum" }],
		roles: [{ title: '-2 [x](y)' }],
		cells: [[{ letters: 'RA', note: '+cmd' }]]
	};
	const made = snapshotOf(sly);
	if (!made.ok) throw new Error(made.error.sentence);
	const csv = csvExport.render(made.value, context);
	expect(csv).toBe("Activity,Note,'-2 [x](y)\r\n'=1+1 | *b*,''@sum,R/A (+cmd)\r\n");
	expect(markdownExport.render(made.value, context)).toContain('=1+1 \\| \\*b\\*');
	for (const [text, importer] of [
		[csv, csvImport],
		[markdownExport.render(made.value, context), markdownImport]
	] as const) {
		const back = importer.parse(text);
		expect(back.ok && seen(back.value)).toEqual(sly);
	}
});

test('whatever people call things, a matrix comes back as it left', () => {
	const word = fc
		.string({
			minLength: 1,
			maxLength: 12,
			unit: fc.constantFrom(...'ab Я|*_`\\"\',;=+-@#<&[](){}~1.!'.split(''))
		})
		.map((text) => `n${text}n`.replaceAll(/\s+/g, ' '));
	const cell = fc.record({ letters: fc.constantFrom('', 'R', 'A', 'RA', 'C', 'RACI') });
	fc.assert(
		fc.property(
			fc.array(word, { minLength: 1, maxLength: 4 }),
			fc.array(fc.tuple(word, fc.array(cell, { minLength: 4, maxLength: 4 })), {
				minLength: 1,
				maxLength: 5
			}),
			(roles, lines) => {
				const made = snapshotOf({
					activities: [{ title: 'First', note: 'said once' }, ...lines.map(([title]) => ({ title }))],
					roles: roles.map((title) => ({ title })),
					cells: [
						roles.map(() => ({ letters: 'I' })),
						...lines.map(([, cells]) => cells.slice(0, roles.length))
					]
				});
				if (!made.ok) throw new Error(made.error.sentence);
				for (const [exporter, importer] of [
					[csvExport, csvImport],
					[markdownExport, markdownImport]
				] as const) {
					const back = importer.parse(exporter.render(made.value, context));
					expect(back.ok && seen(back.value)).toEqual(seen(made.value));
				}
			}
		),
		{ numRuns: 120 }
	);
});
