import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignPieces, stepsBetween, wordsIn } from './sequence.ts';

const shown = (before: string, after: string) =>
	stepsBetween(wordsIn(before), wordsIn(after)).map(
		({ is, units }) => `${{ kept: ' ', removed: '-', added: '+' }[is]}${units.join('')}`
	);

test('what was written differently is said in whole words', () => {
	expect(shown('MTTR is 52 minutes.', 'MTTR rose to 74 minutes.')).toEqual([
		' MTTR ',
		'-is 52',
		'+rose to 74',
		'  minutes.'
	]);
	expect(shown('one old two', 'one new two')).toEqual([' one ', '-old', '+new', '  two']);
	expect(shown('', 'New')).toEqual(['+New']);
	expect(shown('Old', '')).toEqual(['-Old']);
	expect(shown('Same', 'Same')).toEqual([' Same']);
	expect(shown('', '')).toEqual([]);
});

test('words are words in any script, and no letter is cut in two', () => {
	expect(wordsIn('naïve 事 👩‍💻x')).toEqual(['naïve', ' ', '事', ' ', '👩', '‍', '💻', 'x']);
	fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => wordsIn(text).join('') === text));
});

test('the steps lead from the one to the other, whatever they are', () => {
	const units = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
	fc.assert(
		fc.property(units, units, (before, after) => {
			const steps = stepsBetween(before, after);
			const without = (gone: string) => steps.flatMap(({ is, units: some }) => (is === gone ? [] : some));
			expect(without('added')).toEqual(before);
			expect(without('removed')).toEqual(after);
		})
	);
});

test('two books are compared without comparing every word with every other', () => {
	const book = (word: string) => Array.from({ length: 4_000 }, (_, index) => `${word}${index}`);
	expect(stepsBetween(book('a'), book('b')).map(({ is, units }) => [is, units.length])).toEqual([
		['removed', 4_000],
		['added', 4_000]
	]);
});

const pieces = (...names: readonly string[]) =>
	names.map((name) => ({ id: name.split(':')[0] ?? '', content: name.split(':')[1] ?? '' }));

test('pieces are found by what they are, else by what they say', () => {
	expect(alignPieces(pieces('1:a', '2:b', '3:c'), pieces('1:x', '9:c', '3:c'))).toEqual([
		[0, 0],
		[2, 2]
	]);
	expect(alignPieces(pieces('1:a', '2:b'), pieces('8:a', '9:b'))).toEqual([
		[0, 0],
		[1, 1]
	]);
	expect(alignPieces(pieces('1:', '2:'), pieces('7:', '8:', '9:'))).toEqual([
		[0, 0],
		[1, 1]
	]);
});

test('of pieces that changed places, as many as can keep theirs', () => {
	expect(alignPieces(pieces('1:a', '2:b', '3:c', '4:d'), pieces('4:d', '1:a', '2:b', '3:c'))).toEqual([
		[0, 1],
		[1, 2],
		[2, 3]
	]);
});
