import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogMark } from '../sync/doc-store.ts';
import { PAUSE_MS, versionsIn } from './versions.ts';

const MINUTE_MS = 60_000;
const none = new Set<number>();

/** “ada@3”: Ada wrote in minute 3. Rows are numbered from 1. */
const log = (...rows: readonly string[]): readonly LogMark[] =>
	rows.map((row, index) => {
		const [author = '', minute] = row.split('@');
		return { seq: index + 1, author, atMs: Number(minute) * MINUTE_MS };
	});
const shown = (marks: readonly LogMark[], named: ReadonlySet<number> = none, isFromStart = true) =>
	versionsIn({ marks, isFromStart, named }).map(
		({ fromSeq, seq, authors }) => `${fromSeq}-${seq} ${authors.join()}`
	);

test('what one person writes without a pause is one version', () => {
	expect(shown(log('ada@0', 'ada@5', 'ada@15', 'ada@25'))).toEqual(['1-4 ada']);
	expect(shown(log('ada@0', 'ada@5', 'ada@16', 'ada@17'))).toEqual(['1-2 ada', '3-4 ada']);
	expect(shown([])).toEqual([]);
});

test('somebody who comes in begins another, and then both write in one', () => {
	expect(shown(log('ada@0', 'ada@1', 'bob@2', 'ada@3', 'bob@4', 'ada@5'))).toEqual([
		'1-2 ada',
		'3-6 bob,ada'
	]);
	expect(shown(log('ada@0', 'bob@1', 'bob@9', 'ada@12'))).toEqual(['1-1 ada', '2-3 bob', '4-4 ada']);
});

test('a name ends a version', () => {
	expect(shown(log('ada@0', 'ada@1', 'ada@2'), new Set([2]))).toEqual(['1-2 ada', '3-3 ada']);
	expect(shown(log('ada@0', 'ada@1'), new Set([2]))).toEqual(['1-2 ada']);
});

test('a clock that was set back begins nothing by itself', () => {
	expect(shown(log('ada@60', 'ada@0', 'ada@1'))).toEqual(['1-3 ada']);
});

test('of a part of the log, only the versions that lie whole in it', () => {
	const marks = log('ada@0', 'ada@1', 'ada@20', 'ada@21', 'bob@22');
	expect(shown(marks.slice(1), none, false)).toEqual(['3-4 ada', '5-5 bob']);
	expect(shown(marks.slice(2), none, false)).toEqual([]);
});

const history = fc.array(
	fc.tuple(fc.constantFrom('ada', 'bob', 'cy'), fc.nat(PAUSE_MS * 1.5), fc.boolean()),
	{ maxLength: 80 }
);

test('the list is the same wherever it is cut', () => {
	fc.assert(
		fc.property(history, fc.nat(79), (rows, cut) => {
			let atMs = 0;
			const marks = rows.map(([author, pauseMs], index) => ({
				seq: index + 1,
				author,
				atMs: (atMs += pauseMs)
			}));
			const named = new Set(rows.flatMap(([, , isNamed], index) => (isNamed ? [index + 1] : [])));
			const whole = versionsIn({ marks, isFromStart: true, named });
			const part = versionsIn({ marks: marks.slice(cut), isFromStart: false, named });
			expect(part).toEqual(part.length === 0 ? [] : whole.slice(-part.length));
		})
	);
});
