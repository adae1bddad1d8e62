import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EMPTY_SERIES, gapsOf, mergePoints } from '#lib/domain/series.ts';
import { readCsv } from './csv.ts';
import { suggestMapping } from './csv-mapping.ts';
import { readRows } from './csv-points.ts';
import { callsOf } from './csv-send.ts';

// Real files, when a folder of them is named. The small ones that always run are in csv.test.ts.

const corpus = process.env['DOWNBEAT_CORPUS'];
if (!corpus) process.stdout.write('DOWNBEAT_CORPUS is not set: real CSV files are not read.\n');

const NOW_MS = Date.parse('2026-06-08T10:00:00Z');

function filesIn(folder: string): readonly string[] {
	if (!corpus) return [];
	const path = join(corpus, 'kpi', folder);
	return readdirSync(path)
		.filter((name) => name.endsWith('.csv'))
		.map((name) => join(path, name));
}

function load(file: string) {
	const text = readFileSync(file, 'utf8');
	const table = readCsv(text);
	const mapping = suggestMapping(table, 'UTC');
	if (!mapping) throw new Error(`${file} suggests no mapping`);
	const lines = text.trimEnd().split('\n').length - 1;
	return { table, mapping, lines, ...readRows(table, mapping, NOW_MS) };
}

describe.skipIf(!corpus)('real files', () => {
	test.each(filesIn('nab'))('%s: every row is a point or shares its time with a later one', (file) => {
		const { table, mapping, lines, good, bad, shared } = load(file);
		expect(mapping).toMatchObject({ time: { is: 'column', at: 0 }, value: 1, segment: undefined });
		expect(table.rows.length).toBe(lines);
		expect(bad).toEqual([]);
		expect(good.length + shared.length).toBe(lines);
		expect(callsOf(good).flat().length).toBe(good.length);
		const series = mergePoints(
			EMPTY_SERIES,
			good.map(({ atMs, value }) => ({ at: atMs / 1000, value }))
		);
		expect(series.seconds.length).toBe(good.length);
		// Broken lines are the exception: a series is not torn to pieces.
		expect(gapsOf(series, undefined).length).toBeLessThan(good.length / 10);
	});

	test.each(filesIn('github-quarterly'))('%s: one point per economy and quarter', (file) => {
		const { mapping, lines, good, bad, shared } = load(file);
		expect(mapping).toMatchObject({ time: { is: 'quarter', year: 2, quarter: 3 }, value: 0, segment: 1 });
		expect(bad.length + good.length + shared.length).toBe(lines);
		expect(bad).toEqual([]);
		expect(new Set(good.map(({ segment }) => segment)).has('EU')).toBe(true);
	});

	test('a cost export with 44 columns is read, its empty cells as bad rows', () => {
		const [file] = filesIn('focus-cost');
		const { table, good, bad, shared } = load(file ?? '');
		expect(table.columns.length).toBe(44);
		expect(table.rows.length).toBe(500);
		expect(good.length + bad.length + shared.length).toBe(500);
		expect(good.length).toBeGreaterThan(0);
	});
});
