import { expect, test } from 'vitest';
import { callBetween, shareUsed, timeLeft, timeLeftSpoken } from './time-words.ts';

const left = (remainingMs: number) => timeLeft({ remainingMs, allottedMs: 600_000 });

test('the time left counts down to zero, then up', () => {
	expect(left(600_000)).toMatchObject({ digits: '10:00', of: 'left of 10:00', isOver: false });
	expect(left(191_300)).toMatchObject({ digits: '3:12', of: 'left of 10:00' });
	expect(left(300)).toMatchObject({ digits: '0:01' });
	expect(left(-12_000)).toMatchObject({ digits: '+0:12', of: 'over 10:00', isOver: true });
	expect(left(-3_725_000).digits).toBe('+1:02:05');
});

test('zero is shown for one second', () => {
	expect([900, 0, -400, -999, -1_000].map((ms) => left(ms).digits)).toEqual([
		'0:01',
		'0:00',
		'0:00',
		'0:00',
		'+0:01'
	]);
	expect(left(-400).isOver).toBe(false);
});

test('ears hear words, not digits', () => {
	expect(timeLeftSpoken(left(192_000))).toBe('3 minutes 12 seconds left');
	expect(timeLeftSpoken(left(60_000))).toBe('1 minute left');
	expect(timeLeftSpoken(left(-1_000))).toBe('1 second over');
	expect(timeLeftSpoken(left(0))).toBe('0 seconds left');
});

test('the time is said three times and no more', () => {
	const said: string[] = [];
	for (let seconds = 600; seconds > -120; seconds -= 1) {
		const words = callBetween(seconds, seconds - 1);
		if (words) said.push(`${seconds - 1}: ${words}`);
	}
	expect(said).toEqual(['120: 2 minutes left', '30: 30 seconds left', '0: Time is up']);
});

test('a laptop that slept through two of them says the last', () => {
	expect(callBetween(300, 10)).toBe('30 seconds left');
	expect(callBetween(300, -50)).toBe('Time is up');
	expect(callBetween(-50, -51)).toBeUndefined();
	expect(callBetween(100, 220)).toBeUndefined();
});

test('with less motion the bar steps every 15 seconds', () => {
	const bar = (usedMs: number, isCalm: boolean) => shareUsed(usedMs, { allottedMs: 60_000, isCalm });
	expect(bar(29_000, false)).toBeCloseTo(29 / 60);
	expect(bar(29_000, true)).toBe(0.25);
	expect(bar(90_000, true)).toBe(1);
	expect(shareUsed(0, { allottedMs: 0, isCalm: false })).toBe(1);
});
