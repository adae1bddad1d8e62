import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { assert } from '#lib/util/assert.ts';
import type { LabelledSeries } from './scorer.ts';

/** By series, then window: its first and last instant. */
const windowsFile = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/**
 * The series of the Numenta Anomaly Benchmark in `folder`, with the windows people marked, in order of their names.
 * Throws when a file is missing or a window's edge is no row.
 */
export function readCorpus(folder: string): readonly LabelledSeries[] {
	const windows = windowsFile.parse(JSON.parse(readFileSync(join(folder, 'combined_windows.json'), 'utf8')));
	return Object.entries(windows)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([path, edges]) => readSeries(join(folder, path.replace('/', '__')), { path, edges }));
}

function readSeries(
	file: string,
	{ path, edges }: { path: string; edges: readonly (readonly [string, string])[] }
): LabelledSeries {
	const rows = readFileSync(file, 'utf8')
		.trimEnd()
		.split(/\r?\n/)
		.slice(1)
		.map((line) => line.split(','));
	const atMs = rows.map(([at = '']) => instantOf(at));
	const rowOf = (edge: string) => {
		const row = atMs.indexOf(instantOf(edge));
		assert(row >= 0, `${path}: no row at ${edge}`);
		return row;
	};
	return {
		name: path.replace(/^.*\//, '').replace(/\.csv$/, ''),
		atMs,
		values: rows.map(([, value]) => Number(value)),
		windows: edges.map(([first, last]) => ({ first: rowOf(first), last: rowOf(last) }))
	};
}

/** The files name no zone; all are read alike. */
const instantOf = (text: string): number => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
