import { expect, test } from 'vitest';
import type { ConnectionFacts } from '#lib/domain/connection.ts';
import { connectionFindings } from './connection-words.ts';

const well: ConnectionFacts = {
	answersInMs: 41.6,
	live: 'live',
	clockAheadMs: 900,
	isStorageKept: true
};
const titles = (over: Partial<ConnectionFacts>) =>
	connectionFindings({ ...well, ...over }, 'downbeat.example.com').map(
		({ isGood, title }) => `${isGood ? '+' : '-'} ${title}`
	);
const body = (over: Partial<ConnectionFacts>, index: number) =>
	connectionFindings({ ...well, ...over }, 'downbeat.example.com')[index]?.body;

test('all is well', () => {
	expect(titles({})).toEqual([
		'+ The server answers in 42 ms',
		'+ The live connection is open',
		'+ This device’s clock and the server’s agree',
		'+ The browser keeps what Downbeat keeps on this device'
	]);
});

test('where no live connection gets through it says who can change that', () => {
	expect(titles({ live: 'requests' })[1]).toBe('- No live connection');
	expect(body({ live: 'requests' }, 1)).toContain('let websockets through to downbeat.example.com');
});

test('where nobody answers, one thing is to be done, not three', () => {
	const offline = { answersInMs: undefined, live: 'none', clockAheadMs: undefined } as const;
	expect(titles(offline).slice(0, 3)).toEqual([
		'- The server does not answer',
		'- No live connection yet',
		'+ The clock is compared once the server answers'
	]);
	expect(body(offline, 0)).toContain('goes out by itself');
	expect(body(offline, 1)).toBe('');
});

test.each([
	[-45_000, '- This device’s clock is 45 seconds behind'],
	[29_000, '+ This device’s clock and the server’s agree'],
	[600_000, '- This device’s clock is 10 minutes ahead']
])('a clock that is %i ms ahead', (clockAheadMs, title) => {
	expect(titles({ clockAheadMs })[2]).toBe(title);
});

test('a browser that promised nothing is said to be able to clear', () => {
	for (const isStorageKept of [false, undefined])
		expect(titles({ isStorageKept })[3]).toBe('- The browser may clear what is kept on this device');
});
