import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findMatrices } from './find-matrices.ts';
import { readMatrix } from './read-matrix.ts';

// Real matrices, when a folder of them is named. The small ones that always run are in import.test.ts.

const corpus = process.env['DOWNBEAT_CORPUS'];
if (!corpus) process.stdout.write('DOWNBEAT_CORPUS is not set: real RACI matrices are not read.\n');

/** Files, and the activities and roles of each matrix, as counted by hand. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
	'anygate__raci_1-4.md': ['3 × 11', '3 × 11', '3 × 11', '4 × 11'],
	'claude-skills__raci_matrix_template.md': [
		'9 × 5',
		'9 × 5',
		'9 × 5',
		'8 × 5',
		'8 × 5',
		'6 × 4',
		'6 × 4',
		'5 × 4',
		'4 × 11',
		'5 × 4',
		'4 × 7'
	],
	'ms-caf__raci-alignment_1-3.md': ['8 × 1', '8 × 2', '8 × 3']
};

describe.skipIf(!corpus)('real matrices', () => {
	const folder = join(corpus ?? '', 'raci');
	const files = corpus ? readdirSync(folder) : [];

	test('every matrix of every file is found and read', () => {
		const lines = files.flatMap((file) => {
			const { matrices, leftOut } = findMatrices(readFileSync(join(folder, file), 'utf8'));
			const sizes = matrices.map((found) => {
				expect(found.way).toBeDefined();
				const { matrix, letters, folds, problems } = readMatrix(found, found.way ?? 'activities');
				const folded = folds.reduce((sum, { count }) => sum + count, 0);
				const size = `${matrix.activities.length} × ${matrix.roles.length}`;
				expect(letters).toBeGreaterThan(0);
				expect(problems.filter(({ what }) => what.includes('is not R, A, C or I'))).toEqual([]);
				return { size, line: [file, found.name, size, letters, folded, problems.length].join('\t') };
			});
			expect(sizes.map(({ size }) => size)).toEqual(EXPECTED[file]);
			return [...sizes.map(({ line }) => line), `${file}\t${leftOut} other tables left out`];
		});
		expect(lines.length).toBeGreaterThan(files.length);
		process.stdout.write(
			`file\tmatrix\tactivities × roles\tletters\tfolded\tnot understood or moved\n${lines.join('\n')}\n`
		);
	});
});
