import { expect, test } from 'vitest';
import { mailLinkIn, placeAfter, problemWords, signInHref } from './addresses.ts';

const after = (next: string) => placeAfter(new URLSearchParams({ next }));

test('a sign-in leads back into the app and never to another site', () => {
	expect(after('/ops/meeting?x=1#dbi_a')).toBe('/ops/meeting?x=1#dbi_a');
	for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:x', ''])
		expect(after(elsewhere)).toBe('/');
	expect(placeAfter(new URLSearchParams())).toBe('/');
	expect(placeAfter(new URL(signInHref('/ops#a&b'), 'http://here').searchParams)).toBe('/ops#a&b');
});

test('the links of mails are told apart', () => {
	expect(mailLinkIn('#link=abc')).toEqual({ is: 'link', token: 'abc' });
	expect(mailLinkIn('#reset=abc=')).toEqual({ is: 'reset', token: 'abc=' });
	expect(mailLinkIn('#verify=a.b.c')).toEqual({ is: 'verify', token: 'a.b.c' });
	for (const none of ['', '#', '#link=', '#other=abc', 'link=abc']) expect(mailLinkIn(none)).toBeUndefined();
});

test('every problem of the provider has a sentence, and no problem has none', () => {
	expect(problemWords(null)).toBe('');
	expect(problemWords('auth.provider-away')).toContain('cannot be reached');
	expect(problemWords('constructor.x')).toContain('Begin again');
});
