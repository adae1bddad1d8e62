import { expect, test } from 'vitest';
import type { KpiId } from '#lib/domain/id.ts';
import type { PointShelf, SentPoint } from '#lib/domain/points.ts';
import { zoneClock } from '#lib/domain/series-calendar.ts';
import { ok, refuse } from '#lib/util/result.ts';
import { readCsv } from './csv.ts';
import { dayOrderOf, decimalSignOf, readNumber, readTime } from './csv-cells.ts';
import { textOf } from './csv-file.ts';
import { lackingSentence, suggestMapping, type Mapping } from './csv-mapping.ts';
import { badRowsCsv, readRows, sentPoint } from './csv-points.ts';
import { callsOf, sendRows } from './csv-send.ts';
import { POINTS_PER_CALL_MAX } from '#lib/protocol/limits.ts';

const NOW_MS = Date.parse('2026-06-08T10:00:00Z');
const berlin = { clock: zoneClock('Europe/Berlin'), isDayFirst: true };

function read(text: string, zone = 'UTC') {
	const table = readCsv(text);
	const mapping = suggestMapping(table, zone);
	if (!mapping) throw new Error(lackingSentence(table));
	return { table, mapping, ...readRows(table, mapping, NOW_MS) };
}

const plain = (text: string, zone?: string) => read(text, zone).good.map(sentPoint);

test.each([
	['commas', 'timestamp,value\n2026-06-01 10:00:00,1\n'],
	['semicolons, comma decimals and CRLF', 'Zeit;Wert\r\n2026-06-01 10:00:00;1,0\r\n'],
	['tabs', 'timestamp\tvalue\n2026-06-01 10:00:00\t1\n'],
	['a byte order mark', '\ufefftimestamp,value\n2026-06-01 10:00:00,1'],
	['quotes', '"timestamp","value"\n"2026-06-01 10:00:00","1"\n'],
	['no heading', '2026-06-01 10:00:00,1\n'],
	['blank lines', '\n\ntimestamp,value\n\n2026-06-01 10:00:00,1\n\n']
])('a file with %s is read', (_, text) => {
	expect(plain(text)).toEqual([{ at: '2026-06-01T10:00:00.000Z', value: 1 }]);
});

test('lines are counted as a text editor counts them, over quoted breaks and CRLF', () => {
	const table = readCsv(
		'at,note,value\r\n2026-06-01,"two\r\nlines",1\r\n2026-06-02,,2\r\n\r\n2026-06-03,,3\r\n'
	);
	expect(table.rows.map(({ line }) => line)).toEqual([2, 4, 6]);
	expect(readCsv('a,b\n1,2\n3,4').rows.map(({ line }) => line)).toEqual([2, 3]);
});

test('columns without a name, or with one that is taken, can still be told apart', () => {
	expect(readCsv('at,,value,value\n2026-06-01,x,1,2\n').columns).toEqual([
		'at',
		'Column 2',
		'value',
		'value (2)'
	]);
	expect(readCsv('').rows).toEqual([]);
});

test.each([
	['2026-06-08T10:05:00Z', '2026-06-08T10:05:00.000Z'],
	['2026-06-08T10:05:00+02:00', '2026-06-08T08:05:00.000Z'],
	['2026-06-08T10:05:00.250-0430', '2026-06-08T14:35:00.250Z'],
	['2026-06-08 10:05:00', '2026-06-08T08:05:00.000Z'],
	['2026-06-08 10:05', '2026-06-08T08:05:00.000Z'],
	['2026-12-08 10:05', '2026-12-08T09:05:00.000Z'],
	['2026-06-08', '2026-06-08T10:00:00.000Z'],
	['8.6.2026', '2026-06-08T10:00:00.000Z'],
	['08/06/2026 10:05', '2026-06-08T08:05:00.000Z'],
	['2026-06', '2026-06-01T10:00:00.000Z'],
	['2026-Q2', '2026-04-01T10:00:00.000Z'],
	['Q2 2026', '2026-04-01T10:00:00.000Z'],
	['1780913100', '2026-06-08T10:05:00.000Z'],
	['1780913100000', '2026-06-08T10:05:00.000Z']
])('%s is a time', (cell, at) => {
	expect(new Date(readTime(cell, berlin) ?? NaN).toISOString()).toBe(at);
});

test.each(['', 'soon', '2026-02-30', '2026-06-08 25:00', '31/06/2026', '12', '2026-13', '2026-Q5', '10:05'])(
	'“%s” is no time',
	(cell) => {
		expect(readTime(cell, berlin)).toBeUndefined();
	}
);

test('whether days or months come first is read from the column where it shows', () => {
	expect(dayOrderOf(['01/02/2026', '13/02/2026'])).toBe('day');
	expect(dayOrderOf(['01/02/2026', '02/13/2026'])).toBe('month');
	expect(dayOrderOf(['01/02/2026', '03/04/2026'])).toBeUndefined();
	const american = { ...berlin, isDayFirst: false };
	expect(new Date(readTime('06/08/2026', american) ?? 0).toISOString()).toContain('2026-06-08');
});

test.each([
	['1,204.5', '.', 1204.5],
	['1.204,5', ',', 1204.5],
	['1 204,5', ',', 1204.5],
	['99.82%', '.', 99.82],
	['$4.38', '.', 4.38],
	['1.204 €', ',', 1204],
	['EUR 4,38', ',', 4.38],
	['(3.5)', '.', -3.5],
	['−3', '.', -3],
	['8e-7', '.', 8e-7],
	['.5', '.', 0.5],
	['1,204', '.', 1204],
	['abc', '.', undefined],
	['1.2.3', '.', undefined],
	['12 of 13', '.', undefined],
	['Infinity', '.', undefined],
	['', '.', undefined]
] as const)('“%s” with %s is %s', (cell, sign, value) => {
	expect(readNumber(cell, sign)).toBe(value);
});

test('the decimal sign is read from the column', () => {
	expect(decimalSignOf(['1,5', '2,25'])).toBe(',');
	expect(decimalSignOf(['1.204,50', '3'])).toBe(',');
	expect(decimalSignOf(['1,204.50', '3'])).toBe('.');
	expect(decimalSignOf(['1,204', '12,300'])).toBe('.');
});

test('bad rows are named with their line and reason, and the good ones go in', () => {
	const text = [
		'timestamp,value,region',
		'2026-06-01 10:00:00,1,EU',
		'soon,2,EU',
		'2026-06-02 10:00:00,NULL,EU',
		'2026-06-03 10:00:00,,US',
		'2026-06-04 10:00:00,many,US',
		'2026-07-01 10:00:00,5,EU',
		`2026-06-05 10:00:00,6,${'x'.repeat(61)}`,
		'2026-06-06 10:00:00',
		',7,EU',
		'2026-06-07 10:00:00,8,US'
	].join('\n');
	const { good, bad } = read(text);
	expect(good.map(({ line, segment }) => [line, segment])).toEqual([
		[2, 'EU'],
		[11, 'US']
	]);
	expect(bad.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
		'3: The time “soon” cannot be read.',
		'4: The value is NULL.',
		'5: The value is empty.',
		'6: The value “many” is not a number.',
		'7: The time 2026-07-01 10:00:00 lies more than 24 hours ahead.',
		'8: A segment is 1 to 60 characters on one line, without blanks at its ends.',
		'9: The value is empty.',
		'10: The time is empty.'
	]);
	expect(badRowsCsv(bad).split('\r\n')[1]).toBe('3,The time “soon” cannot be read.');
});

test('of rows with one time and segment the last counts, and the others are named', () => {
	const { good, shared } = read('at,value,region\n2026-06-01,1,EU\n2026-06-01,2,EU\n2026-06-01,3,US\n');
	expect(good.map(({ value, segment }) => [value, segment])).toEqual([
		[2, 'EU'],
		[3, 'US']
	]);
	expect(shared).toEqual([{ line: 2, reason: 'Line 3 has the same time. The later line counts.' }]);
});

test('year and quarter columns make one time, beside a column of parts', () => {
	const { good, mapping } = read(
		'git_pushes,iso2_code,year,quarter\n21377653,US,2020,1\n17175696,EU,2020,1\n5,US,2020,2\n'
	);
	expect(mapping).toMatchObject({ time: { is: 'quarter', year: 2, quarter: 3 }, value: 0, segment: 1 });
	expect(good.map(sentPoint)).toEqual([
		{ at: '2020-01-01T12:00:00.000Z', value: 21377653, segment: 'US' },
		{ at: '2020-01-01T12:00:00.000Z', value: 17175696, segment: 'EU' },
		{ at: '2020-04-01T12:00:00.000Z', value: 5, segment: 'US' }
	]);
});

test('the column called value wins over another of numbers, and epoch seconds over numbers', () => {
	expect(
		suggestMapping(readCsv('ts,errors,value\n1780913100,3,99.8\n1780913160,4,99.7\n'), 'UTC')
	).toMatchObject({
		time: { is: 'column', at: 0 },
		value: 2
	});
});

test('what we export is read back as it was', () => {
	const points = plain('at,value,segment\r\n2026-05-11T10:00:00.000Z,0.30000000000000004,"EU, north"\r\n');
	expect(points).toEqual([{ at: '2026-05-11T10:00:00.000Z', value: 0.1 + 0.2, segment: 'EU, north' }]);
});

test.each([
	[
		'name,city\nAda,Paris\n',
		'Found 2 columns: name, city. Needed: a column of times, such as 2026-06-08 10:05:00 and a column of numbers.'
	],
	['day,what\n2026-06-01,x\n', 'Found 2 columns: day, what. Needed: a column of numbers.'],
	['just text\nmore\n', 'Found one column: just text. Needed:'],
	['', 'This file has no rows.']
])('wrong columns are told: %j', (text, sentence) => {
	const table = readCsv(text);
	expect(suggestMapping(table, 'UTC')).toBeUndefined();
	expect(lackingSentence(table)).toContain(sentence);
});

test('files of any encoding become text, and others are refused', async () => {
	const bytes = (...parts: number[]) => new Blob([Uint8Array.from(parts)]);
	expect(await textOf(new Blob(['\ufeffZürich']))).toEqual(ok('Zürich'));
	expect(await textOf(bytes(0x5a, 0xfc, 0x72))).toEqual(ok('Zür'));
	expect(await textOf(bytes(0xff, 0xfe, 0x41, 0, 0x42, 0))).toEqual(ok('AB'));
	expect(await textOf(new Blob([' \n']))).toMatchObject({ ok: false, error: { code: 'csv.empty' } });
	expect(await textOf(bytes(0x50, 0x4b, 3, 4, 0, 0, 8))).toMatchObject({
		ok: false,
		error: { code: 'csv.binary' }
	});
});

const rowsOf = (instants: readonly number[]) =>
	instants.map((atMs, index) => ({ line: index + 2, atMs, value: index, segment: `s${index}` }));

test('calls are as long as the server takes and never cut an instant in two', () => {
	const calls = callsOf(
		rowsOf(Array.from({ length: POINTS_PER_CALL_MAX + 5 }, (_, index) => Math.floor(index / 3)))
	);
	expect(calls.map((call) => call.length)).toEqual([9999, 6]);
	expect(
		callsOf(rowsOf(Array.from({ length: POINTS_PER_CALL_MAX + 1 }, () => 7))).map((call) => call.length)
	).toEqual([POINTS_PER_CALL_MAX, 1]);
	expect(callsOf([])).toEqual([]);
});

const kpi = 'mttr' as KpiId;
const shelfThat = (send: PointShelf['send']) => ({ send }) as unknown as PointShelf;

test('what the server does not take is named by its line', async () => {
	const progress: number[] = [];
	const shelf = shelfThat((_, points: readonly SentPoint[]) =>
		Promise.resolve(ok({ added: points.length - 1, duplicates: 0, rejected: [{ index: 0, reason: 'No.' }] }))
	);
	const rows = rowsOf(Array.from({ length: POINTS_PER_CALL_MAX + 1 }, (_, index) => index));
	const result = await sendRows(rows, { shelf, kpi, onprogress: (done) => progress.push(done) });
	expect(result).toEqual(
		ok({
			added: POINTS_PER_CALL_MAX - 1,
			known: 0,
			rejected: [
				{ line: 2, reason: 'No.' },
				{ line: POINTS_PER_CALL_MAX + 2, reason: 'No.' }
			]
		})
	);
	expect(progress).toEqual([POINTS_PER_CALL_MAX, POINTS_PER_CALL_MAX + 1]);
});

test('a connection that goes on the way stops the rest, and says what is in', async () => {
	let calls = 0;
	const away = { code: 'points.offline', sentence: 'No connection.' } as const;
	const shelf = shelfThat(() =>
		Promise.resolve(
			calls++ === 0 ? ok({ added: POINTS_PER_CALL_MAX, duplicates: 0, rejected: [] }) : refuse(away)
		)
	);
	const rows = rowsOf(Array.from({ length: 2 * POINTS_PER_CALL_MAX + 1 }, (_, index) => index));
	const result = await sendRows(rows, { shelf, kpi, onprogress: () => undefined });
	expect(result).toEqual(refuse({ why: away, sent: { added: POINTS_PER_CALL_MAX, known: 0, rejected: [] } }));
	expect(calls).toBe(2);
});

test('a mapping that a person chose is followed, right or wrong', () => {
	const table = readCsv('a,b\n2026-06-01,5\n2026-06-02,6\n');
	const odd: Mapping = {
		time: { is: 'column', at: 1 },
		value: 0,
		segment: undefined,
		decimalSign: '.',
		isDayFirst: true,
		zone: 'UTC'
	};
	expect(readRows(table, odd, NOW_MS)).toMatchObject({ good: [], bad: [{ line: 2 }, { line: 3 }] });
});
