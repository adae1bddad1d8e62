import { expect, test } from 'vitest';
import { encodeLineNews, Incoming, Outgoing, readLineNews } from './line.ts';

const bytesOf = (length: number, value = 7) => new Uint8Array(length).fill(value);
const lengths = (taken: ReturnType<Incoming['take']>) =>
	typeof taken === 'string' ? taken : taken.map(({ length }) => length);

test('frames come out as they went in, in pieces of any size', () => {
	const outgoing = new Outgoing();
	const sent = [0, 1, 127, 128, 16_384, 3].map((length, index) => bytesOf(length, index));
	for (const frame of sent) outgoing.put(frame);
	for (const piece of [1, 2, 1_000, 100_000]) {
		const incoming = new Incoming({ frameBytesMax: 100_000 });
		const all = outgoing.next(Infinity);
		const heard: Uint8Array[] = [];
		for (let at = 0; at < all.length; at += piece) {
			const taken = incoming.take(at, all.subarray(at, at + piece));
			if (typeof taken === 'string') throw new Error(taken);
			heard.push(...taken);
		}
		expect(heard.map((frame) => [...frame])).toEqual(sent.map((frame) => [...frame]));
	}
});

test('what is not confirmed is given again, and what comes twice is taken once', () => {
	const outgoing = new Outgoing();
	const incoming = new Incoming({ frameBytesMax: 100 });
	outgoing.put(bytesOf(10));
	const first = outgoing.next(1_000);
	outgoing.put(bytesOf(20));
	const both = outgoing.next(1_000);
	expect(lengths(incoming.take(0, both))).toEqual([10, 20]);
	// The first request was thought lost and comes after all.
	expect(lengths(incoming.take(0, first))).toEqual([]);
	expect(lengths(incoming.take(0, both))).toEqual([]);
	expect(outgoing.confirm(incoming.received)).toBe(true);
	expect(outgoing.waitingBytes).toBe(0);
	outgoing.put(bytesOf(30));
	expect(outgoing.from).toBe(both.length);
	expect(lengths(incoming.take(outgoing.from, outgoing.next(1_000)))).toEqual([30]);
});

test('a confirmation in the middle of a frame leaves the rest of it', () => {
	const outgoing = new Outgoing();
	const incoming = new Incoming({ frameBytesMax: 100 });
	outgoing.put(bytesOf(10));
	expect(lengths(incoming.take(0, outgoing.next(4)))).toEqual([]);
	expect(outgoing.confirm(4)).toBe(true);
	// An older one that arrives late takes nothing back.
	expect(outgoing.confirm(2)).toBe(true);
	expect(outgoing.from).toBe(4);
	expect(lengths(incoming.take(4, outgoing.next(100)))).toEqual([10]);
	expect(outgoing.confirm(12)).toBe(false);
});

test('bytes that never came are a gap, a frame over the limit is refused by its length alone', () => {
	const incoming = new Incoming({ frameBytesMax: 100 });
	expect(incoming.take(1, bytesOf(5))).toBe('gap');
	const long = new Outgoing();
	long.put(bytesOf(101));
	expect(incoming.take(0, long.next(2))).toBe('tooLarge');
	expect(new Incoming({ frameBytesMax: 100 }).take(0, bytesOf(8, 0xff))).toBe('tooLarge');
	const fits = new Outgoing();
	fits.put(bytesOf(100));
	expect(lengths(new Incoming({ frameBytesMax: 100 }).take(0, fits.next(1_000)))).toEqual([100]);
});

test('the answer to a wait says which line, where, what, and that it ended', () => {
	const news = [
		{ index: 0, at: 0, bytes: bytesOf(3) },
		{ index: 5, at: 70_000, bytes: bytesOf(0), end: { code: 4401, sentence: 'Sign in — please.' } }
	];
	expect(readLineNews(encodeLineNews(news))).toEqual(news.map((one) => ({ end: undefined, ...one })));
	expect(readLineNews(encodeLineNews([]))).toEqual([]);
	expect(() => readLineNews(new TextEncoder().encode('<html>Sign in to the hotel</html>'))).toThrow();
});
