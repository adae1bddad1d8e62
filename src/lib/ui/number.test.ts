import { expect, test } from 'vitest';
import { numberText, parseNumber } from './number.ts';

test('numbers are read as people of several countries type them', () => {
	const typed = ['12', '12.5', '12,5', '1 200,5', '1,200.5', '1.200,5', '1,200', '−3', '-0.5', '.5', "1'000"];
	expect(typed.map(parseNumber)).toEqual([12, 12.5, 12.5, 1200.5, 1200.5, 1200.5, 1200, -3, -0.5, 0.5, 1000]);
});

test('what is no number is not guessed at', () => {
	expect(['', ' ', 'ten', '1e9', '12 min', '--3', '1-2', '.'].map(parseNumber)).toEqual([
		undefined,
		undefined,
		undefined,
		undefined,
		undefined,
		undefined,
		undefined,
		undefined
	]);
});

test('a number stands in its field with a true minus, and nothing stands as nothing', () => {
	expect([numberText(-3), numberText(0), numberText(12.5), numberText(undefined)]).toEqual([
		'−3',
		'0',
		'12.5',
		''
	]);
});
