import { ok, refuse } from '#lib/util/result.ts';
import type { Importer } from '../../contract.ts';
import { snapshotOf } from '../doc.ts';
import type { Raci } from '../schema.ts';
import { findMatrices, TEXT_LENGTH_MAX } from './find-matrices.ts';
import { readMatrix, tooLarge } from './read-matrix.ts';

/** Text with exactly one matrix that says which way it stands, and nothing that has to be asked. */
const parse: Importer<Raci>['parse'] = (text) => {
	const no = (line: number, message: string) => refuse([{ line, message }]);
	if (text.length > TEXT_LENGTH_MAX) return no(1, TOO_LONG);
	const { matrices } = findMatrices(text);
	const [found, ...others] = matrices;
	if (!found) return no(1, NO_MATRIX);
	if (others.length > 0)
		return no(others[0]?.line ?? 1, `There are ${matrices.length} matrices here. Choose one.`);
	if (!found.way) return no(found.line, `${found.because} Say what the rows are.`);
	const large = tooLarge(found, found.way);
	if (large) return no(found.line, large);
	const snapshot = snapshotOf(readMatrix(found, found.way).matrix);
	return snapshot.ok ? ok(snapshot.value) : no(found.line, snapshot.error.sentence);
};

export const csvImport: Importer<Raci> = { format: 'csv', parse };
export const markdownImport: Importer<Raci> = { format: 'markdown', parse };

export const NO_MATRIX =
	'No matrix was found. A matrix is a table: activities down, roles across, and R, A, C or I in its cells.';
export const TOO_LONG = 'This is more than 2 MB of text. Import the matrix alone.';
