import { expect, test } from 'vitest';
import type { Person } from '#lib/domain/person.ts';
import type { PresentInMeeting } from '../surroundings.ts';
import { doingWords, lastSeenWords, type PresenceContext } from './presence-words.ts';

const context: PresenceContext = {
	titleOf: (item) => ({ slo: 'SLO', cost: 'Cost deltas' })[item] ?? '',
	shown: 'slo',
	facilitator: 'p-nadia',
	scribe: 'p-ada',
	zone: 'UTC'
};

function somebody(some: Partial<PresentInMeeting>, id = 'p-mei'): PresentInMeeting {
	const person = { id, name: 'Mei Lin', slot: 3 } as Person;
	const seenAtMs = Date.parse('2026-06-08T10:02:00Z');
	return { person, isMe: false, state: 'here', where: '', seenAtMs, row: 'cost', device: 'laptop', ...some };
}

test.each([
	['Facilitating', somebody({}, 'p-nadia')],
	['Typing in notes', somebody({ state: 'typing', row: 'slo' }, 'p-nadia')],
	['Typing in Cost deltas', somebody({ state: 'typing' })],
	['Reading Cost deltas', somebody({})],
	['Taking the minutes', somebody({}, 'p-ada')],
	['Phone, in Cost deltas', somebody({ device: 'phone' })],
	['Phone, typing in notes', somebody({ device: 'phone', state: 'typing', row: 'slo' })],
	['On a phone', somebody({ device: 'phone', row: '' })],
	['In the meeting', somebody({ row: 'gone' })],
	['Offline since 10:02, edits will merge', somebody({ state: 'away' }, 'p-nadia')]
])('“%s”', (words, one) => {
	expect(doingWords(one, context)).toBe(words);
});

test('offline, everybody is where they were last seen', () => {
	expect(lastSeenWords(somebody({ state: 'typing' }), context)).toBe('In notes at 10:02');
	expect(lastSeenWords(somebody({ row: 'slo' }), context)).toBe('In notes at 10:02');
	expect(lastSeenWords(somebody({}), context)).toBe('Reading Cost deltas at 10:02');
	expect(lastSeenWords(somebody({ row: '' }), context)).toBe('Here at 10:02');
});
