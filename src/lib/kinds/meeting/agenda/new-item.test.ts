import { expect, test } from 'vitest';
import { typedItem, USUAL_MINUTES } from './new-item.ts';

test.each([
	['Cost deltas 10 min', { title: 'Cost deltas', minutes: 10 }],
	['Cost deltas, 10min', { title: 'Cost deltas', minutes: 10 }],
	['  Cost deltas 15m ', { title: 'Cost deltas', minutes: 15 }],
	['Cost deltas 1 minutes', { title: 'Cost deltas', minutes: 1 }],
	['Cost deltas', { title: 'Cost deltas', minutes: USUAL_MINUTES }],
	['Sprint 24', { title: 'Sprint 24', minutes: USUAL_MINUTES }],
	['10 min', { title: '10 min', minutes: USUAL_MINUTES }],
	['Reset 9999 min', { title: 'Reset 9999 min', minutes: USUAL_MINUTES }]
])('“%s” is one item', (line, item) => {
	expect(typedItem(line)).toEqual(item);
});

test('nothing typed is no item', () => {
	expect(typedItem('   ')).toBeUndefined();
});

test('a pasted page becomes a title of the longest length', () => {
	expect(typedItem('x'.repeat(5_000))?.title).toHaveLength(200);
});
