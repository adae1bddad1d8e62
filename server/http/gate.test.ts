import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import {
	CONNECTIONS_PER_ADDRESS_MAX,
	OPENING_BURST_MAX,
	REQUEST_BURST_MAX,
	SOCKETS_PER_ADDRESS_MAX,
	STRANGER_BURST_MAX
} from '#lib/protocol/limits.ts';
import { ManualClock } from '../clock-manual.ts';
import { HttpMeter } from '../metrics/http-meter.ts';
import { Buckets } from './buckets.ts';
import { Gate, networkOf } from './gate.ts';

function newGate(isOn = true) {
	const clock = new ManualClock();
	const meter = new HttpMeter();
	return { clock, meter, gate: new Gate({ clock, meter, isOn }) };
}

test('requests at the limit are let in, one more waits, another address does not', () => {
	const { gate, clock, meter } = newGate();
	for (let count = 0; count < REQUEST_BURST_MAX; count++) expect(gate.request('192.0.2.1')).toBe(0);
	expect(gate.request('192.0.2.1')).toBe(1);
	expect(meter.refused.of('requests')).toBe(1);
	expect(gate.request('192.0.2.2')).toBe(0);
	clock.advance(1_000);
	expect(gate.request('192.0.2.1')).toBe(0);
});

test('strangers have less', () => {
	const { gate, meter } = newGate();
	for (let count = 0; count < STRANGER_BURST_MAX; count++) expect(gate.stranger('192.0.2.1')).toBe(0);
	expect(gate.stranger('192.0.2.1')).toBe(1);
	expect(gate.request('192.0.2.1')).toBe(0);
	expect(meter.refused.of('strangers')).toBe(1);
});

test('websockets count until they are closed', async () => {
	const { gate, clock, meter } = newGate();
	const sockets = Array.from({ length: SOCKETS_PER_ADDRESS_MAX }, () => new PassThrough());
	for (const socket of sockets) {
		clock.advance(10);
		expect(gate.socket('192.0.2.1', socket)).toBe(0);
	}
	clock.advance(60_000);
	expect(gate.socket('192.0.2.1', new PassThrough())).toBe(30);
	expect(meter.refused.of('sockets')).toBe(1);
	expect(gate.socket('192.0.2.2', new PassThrough())).toBe(0);
	const closed = new Promise((resolve) => sockets[0]?.once('close', resolve));
	sockets[0]?.destroy();
	await closed;
	expect(gate.socket('192.0.2.1', new PassThrough())).toBe(0);
});

test('however soon they are closed again, so many are opened and no more', () => {
	const { gate, meter } = newGate();
	const socket = () => {
		const opened = new PassThrough();
		const waitSeconds = gate.socket('192.0.2.1', opened);
		opened.emit('close');
		return waitSeconds;
	};
	for (let count = 0; count < OPENING_BURST_MAX; count++) expect(socket()).toBe(0);
	expect(socket()).toBe(1);
	expect(meter.refused.of('openings')).toBe(1);
});

test('connections are held too, before anything is asked', () => {
	const { gate } = newGate();
	for (let count = 0; count < CONNECTIONS_PER_ADDRESS_MAX; count++) {
		expect(gate.connection('192.0.2.1', new PassThrough())).toBe(true);
	}
	expect(gate.connection('192.0.2.1', new PassThrough())).toBe(false);
	expect(gate.connection('192.0.2.2', new PassThrough())).toBe(true);
});

test('turned off, everything is let in', () => {
	const { gate, meter } = newGate(false);
	for (let count = 0; count <= STRANGER_BURST_MAX; count++) expect(gate.stranger('192.0.2.1')).toBe(0);
	expect(meter.refused.entries()).toEqual([]);
});

test.each([
	['192.0.2.1', '192.0.2.1'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
	['2001:db8:1:2::9', '2001:db8:1:2'],
	['2001:db8::9', '2001:db8:0:0'],
	['::1', '0:0:0:0'],
	['', '']
])('%s is counted as %s', (address, network) => {
	expect(networkOf(address)).toBe(network);
});

test('a spread attack shares one bucket, and buckets that are full again are forgotten', () => {
	const clock = new ManualClock();
	const buckets = new Buckets(clock, { perSecond: 1, burst: 1 });
	for (let key = 0; key < 10_000; key++) expect(buckets.take(String(key))).toBe(0);
	expect([buckets.take('one more'), buckets.take('another')]).toEqual([0, 1]);
	expect(buckets.take('5')).toBe(1);
	clock.advance(1_000);
	expect([buckets.take('one more'), buckets.take('another')]).toEqual([0, 0]);
});
