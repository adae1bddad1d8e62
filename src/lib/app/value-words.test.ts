import { expect, test } from 'vitest';
import { fieldWords, valueWords } from './value-words.ts';

const names = {
	timeZone: 'Europe/Berlin',
	nameOf: (id: string) => ({ 'p-mei': 'Mei Lin', mttr: 'MTTR' })[id]
};

test.each([
	[undefined, ''],
	[null, ''],
	['', ''],
	[false, 'No'],
	[-4.5, '−4.5'],
	['p-mei', 'Mei Lin'],
	['p-gone', 'p-gone'],
	['2026-06-22', 'Mon 22 June 2026'],
	['2026-06-08T08:00:00.000Z', 'Mon 8 June 2026, 10:00'],
	['2026-99-99T99:99:99Z', ''],
	[['p-mei', 'mttr'], 'Mei Lin and MTTR'],
	[[1, 2, 3, 4, 5, 6, 7], '1, 2, 3, 4, 5 and 2 more'],
	[{ title: 'SLO', minutes: 5 }, 'SLO'],
	[[{ title: 'One' }, { title: 'Two' }], 'One and Two'],
	[{ kpi: 'mttr', value: 74, segment: '' }, 'Kpi MTTR, Value 74']
])('%j reads “%s”', (value, words) => {
	expect(valueWords(value, names)).toBe(words);
});

test.each([
	['redAbove', 'Red above'],
	['closedWhen', 'Closed when'],
	['parkedAt', 'Parked'],
	['at', 'At'],
	['title', 'Title'],
	['i7.p-1', 'I7 p 1']
])('the field %s reads “%s”', (field, words) => {
	expect(fieldWords(field)).toBe(words);
});
