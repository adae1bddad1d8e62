import { expect, test } from 'vitest';
import type { PersonId } from '#lib/domain/id.ts';
import { mentionedIn, partsOf, readable, withMentions } from './mentions.ts';

const people = [
	{ id: 'p-mei' as PersonId, name: 'Mei' },
	{ id: 'p-lin' as PersonId, name: 'Mei Lin' },
	{ id: 'p-tomas' as PersonId, name: 'Tomás Herrera' }
];

test('a name that was typed becomes a mention of whom it names, the longest name first', () => {
	expect(withMentions('@Mei Lin and @Mei, see @Tomás Herrera.', people)).toBe(
		'@[Mei Lin](p-lin) and @[Mei](p-mei), see @[Tomás Herrera](p-tomas).'
	);
});

test('an address, a longer word and nobody’s name are no mention', () => {
	for (const text of ['mail x@Mei', '@Meier', '@ Mei', '@Nobody', 'a @ b', '@']) {
		expect(withMentions(text, people)).toBe(text);
	}
});

test('what was written reads as it was typed, with the name of today', () => {
	const stored = withMentions('Ask @Mei Lin, (today)', people);
	expect(readable(stored)).toBe('Ask @Mei Lin, (today)');
	expect(readable(stored, () => 'Mei Lin-Park')).toBe('Ask @Mei Lin-Park, (today)');
	expect(withMentions(readable(stored), people)).toBe(stored);
});

test('a comment is words and mentions, in order; each person is meant once', () => {
	const text = 'Hi @[Mei](p-mei)@[Mei](p-mei) and [a link](https://example.com)';
	expect(partsOf(text)).toEqual([
		{ is: 'words', words: 'Hi ' },
		{ is: 'mention', person: 'p-mei', name: 'Mei' },
		{ is: 'mention', person: 'p-mei', name: 'Mei' },
		{ is: 'words', words: ' and [a link](https://example.com)' }
	]);
	expect(mentionedIn(text)).toEqual(['p-mei']);
});

test('junk that looks like a mention is words', () => {
	for (const text of ['@[](p-mei)', '@[Mei](../x)', '@[Mei]()', '@[a\nb](p-mei)'])
		expect(partsOf(text)).toEqual([{ is: 'words', words: text }]);
});
