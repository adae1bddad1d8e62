import { expect, test } from 'vitest';
import { axisText, differenceText, numberText, quantityParts, quantityText, unitSuffix } from './quantity.ts';

test('a value is written with its unit, a true minus sign and grouping', () => {
	expect(quantityText(99.82, { unit: '%', decimals: 2 })).toBe('99.82%');
	expect(quantityText(74, { unit: 'min' })).toBe('74\u00a0min');
	expect(quantityText(21_377_653, { unit: 'count' })).toBe('21,377,653');
	expect(quantityText(-3, { unit: 'req/s' })).toBe('\u22123\u00a0req/s');
});

test('money has its sign in front, and the minus before it', () => {
	expect(quantityText(4.38, { unit: 'currency:USD', decimals: 2 })).toBe('$4.38');
	expect(quantityText(-0.17, { unit: 'currency:EUR', decimals: 2 })).toBe('\u2212€0.17');
	expect(quantityText(4, { unit: 'currency:CHF' })).toBe('CHF\u00a04');
});

test('a contract that fixes the digits gets exactly those', () => {
	expect(numberText(99.9, 2)).toBe('99.90');
	expect(numberText(99.995, 0)).toBe('100');
});

test('without fixed digits a tiny cost is not rounded to nothing', () => {
	expect(numberText(8e-7)).toBe('0.0000008');
	expect(numberText(0.0134)).toBe('0.01');
	expect(numberText(0)).toBe('0');
});

test('what rounds to nothing carries no sign', () => {
	expect(numberText(-0.001, 2)).toBe('0.00');
	expect(numberText(-0)).toBe('0');
});

test('two per cents differ in points, anything else in its unit, without a sign', () => {
	expect(differenceText(-0.11, { unit: '%', decimals: 2 })).toBe('0.11\u00a0pt');
	expect(differenceText(22, { unit: 'min' })).toBe('22\u00a0min');
	expect(differenceText(-0.17, { unit: 'currency:USD', decimals: 2 })).toBe('$0.17');
});

test('the parts of a value put together are the value', () => {
	const { before, number, after } = quantityParts(1204.5, { unit: 'h', decimals: 1 });
	expect(before + number + after).toBe(quantityText(1204.5, { unit: 'h', decimals: 1 }));
});

test('ticks are short: signs stay, words go, whole numbers lose their zeros', () => {
	const percent = (value: number) => axisText(value, { unit: '%', step: 0.1 });
	expect([99.7, 99.9, 100].map(percent)).toEqual(['99.7%', '99.9%', '100%']);
	expect(axisText(99.9, { unit: '%', step: 0.1, isNarrow: true })).toBe('99.9');
	expect(axisText(40, { unit: 'min', step: 20 })).toBe('40');
	expect(axisText(-2, { unit: 'currency:EUR', step: 1 })).toBe('\u2212€2');
	expect(axisText(0.25, { unit: 'count', step: 0.25 })).toBe('0.25');
});

test('ticks of large counts are compact', () => {
	expect(axisText(15_000, { unit: 'count', step: 5000 })).toBe('15k');
	expect(axisText(21_400_000, { unit: 'count', step: 100_000 })).toBe('21.4M');
});

test('a field says what its number is in', () => {
	expect([unitSuffix('%'), unitSuffix('min'), unitSuffix('currency:GBP'), unitSuffix('count')]).toEqual([
		'%',
		'min',
		'£',
		''
	]);
});
