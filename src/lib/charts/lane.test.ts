import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placePills, type LaneOptions, type Pill } from './lane.ts';
import type { PlacedMarker } from './figure.ts';

const options: LaneOptions = {
	xOf: ({ at }) => at,
	widthOf: (text) => text.length * 6,
	left: 2,
	right: 640,
	hasGlyphsOnly: false
};
const marker = (at: number, label: string, day = `day ${at}`): PlacedMarker => ({
	at,
	label,
	day,
	kind: 'release'
});
const texts = (pills: readonly Pill[]) => pills.map(({ label }) => label);

test('a pill stands with its glyph over the moment and its text to the right', () => {
	expect(placePills([marker(200, 'search-api 3')], options)).toMatchObject([
		{ left: 191, glyphX: 200, isTextLeft: false, label: 'search-api 3' }
	]);
});

test('at the right edge the text goes left', () => {
	expect(placePills([marker(630, 'search-api 3')], options)).toMatchObject([
		{ isTextLeft: true, glyphX: 630 }
	]);
});

test('two close markers are split left and right', () => {
	const [first, second] = placePills([marker(500, 'search-api 2026.22'), marker(521, 'INC-2291')], options);
	expect(first).toMatchObject({ isTextLeft: true });
	expect(second).toMatchObject({ isTextLeft: false });
});

test('three on one day become one pill that says how many', () => {
	const pills = placePills([marker(300, 'a', 'x'), marker(302, 'b', 'x'), marker(304, 'c', 'x')], options);
	expect(texts(pills)).toEqual(['3 events']);
	expect(pills[0]?.members.length).toBe(3);
});

test('on a phone only glyphs are placed, a little aside where they would touch', () => {
	const pills = placePills([marker(100, 'a'), marker(108, 'b')], { ...options, hasGlyphsOnly: true });
	expect(texts(pills)).toEqual(['', '']);
	expect((pills[1]?.glyphX ?? 0) - (pills[0]?.glyphX ?? 0)).toBeGreaterThanOrEqual(18);
});

test('pills never cover one another or leave the lane, and no marker is lost', () => {
	const some = fc.array(
		fc.record({ at: fc.integer({ min: 2, max: 630 }), length: fc.integer({ min: 1, max: 40 }) }),
		{
			minLength: 1,
			maxLength: 60
		}
	);
	fc.assert(
		fc.property(some, fc.boolean(), (drawn, hasGlyphsOnly) => {
			const markers = drawn
				.toSorted((a, b) => a.at - b.at)
				.map(({ at, length }, index) => marker(at, 'x'.repeat(length), `day ${index >> 1}`));
			const pills = placePills(markers, { ...options, hasGlyphsOnly });
			expect(pills.flatMap(({ members }) => members).length).toBe(markers.length);
			pills.forEach((pill, index) => {
				const before = pills[index - 1];
				expect(pill.left).toBeGreaterThanOrEqual(before ? before.left + before.width : options.left);
				expect(pill.left + pill.width).toBeLessThanOrEqual(options.right + 0.001);
			});
		})
	);
});
