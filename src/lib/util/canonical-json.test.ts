import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type Json } from './canonical-json.ts';

test('the example of RFC 8785, 3.2.2, is written as it says', () => {
	const given = `{
		"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
		"string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
		"literals": [null, true, false]
	}`;
	expect(canonicalJson(JSON.parse(given) as Json)).toBe(
		'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
			'"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
	);
});

test('fields are sorted by code unit, as in RFC 8785, 3.2.3', () => {
	const given = {
		'\u20ac': 'Euro Sign',
		'\r': 'Carriage Return',
		'\ufb33': 'Hebrew Letter Dalet With Dagesh',
		'1': 'One',
		'\u{1f600}': 'Emoji: Grinning Face',
		'\u0080': 'Control',
		'\u00f6': 'Latin Small Letter O With Diaeresis'
	};
	const names = Object.values(JSON.parse(canonicalJson(given)) as object).map((word) => String(word));
	// An object lists names that are numbers first, so the text itself is looked at for these two.
	expect(canonicalJson(given)).toMatch(/^\{"\\r":"Carriage Return","1":"One",/);
	expect(names.filter((word) => word !== 'One')).toEqual([
		'Carriage Return',
		'Control',
		'Latin Small Letter O With Diaeresis',
		'Euro Sign',
		'Emoji: Grinning Face',
		'Hebrew Letter Dalet With Dagesh'
	]);
});

test('what it writes is JSON of the same value, whatever the order of the fields was', () => {
	const turned = (value: Json): Json =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).toReversed())
			: value;
	fc.assert(
		fc.property(fc.jsonValue(), (given) => {
			const value = JSON.parse(JSON.stringify(given).replaceAll(/\\u[dD][89a-fA-F]\w\w/g, '?')) as Json;
			expect(JSON.parse(canonicalJson(value))).toEqual(value);
			expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
		})
	);
});

test('what JSON cannot say is our own mistake; a missing field is none', () => {
	expect(() => canonicalJson({ at: NaN })).toThrow('no number of JSON');
	expect(() => canonicalJson(['\ud83d'])).toThrow('half a surrogate pair');
	expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
});
