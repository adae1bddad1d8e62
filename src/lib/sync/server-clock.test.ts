import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

/** A device whose clocks a test moves by hand, and a server that is `skewMs` ahead of it. */
function world(skewMs: number) {
	const at = { wallMs: 1_000_000, monotonicMs: 500 };
	const pass = (ms: number) => {
		at.wallMs += ms;
		at.monotonicMs += ms;
	};
	let trueMs = 1_000_000 + skewMs;
	return {
		now: () => ({ ...at }),
		pass(ms: number) {
			pass(ms);
			trueMs += ms;
		},
		sleep(ms: number) {
			at.wallMs += ms;
			trueMs += ms;
		},
		setWall(byMs: number) {
			at.wallMs += byMs;
		},
		get trueMs() {
			return trueMs;
		},
		/** A question that takes `outMs` there and `backMs` back. */
		ask(clock: ServerClock, outMs: number, backMs: number) {
			const askedAt = at.monotonicMs;
			this.pass(outMs);
			const serverMs = trueMs;
			this.pass(backMs);
			return clock.take({ askedAt, serverMs });
		}
	};
}

test('[SC12] a clock five minutes off is right within half a round trip', () => {
	const device = world(5 * 60_000);
	const clock = new ServerClock({ now: device.now });
	const { errorMs } = device.ask(clock, 180, 20);
	expect(errorMs).toBe(100);
	expect(Math.abs(clock.nowMs() - device.trueMs)).toBeLessThanOrEqual(errorMs);
	device.pass(60_000);
	expect(Math.abs(clock.nowMs() - device.trueMs)).toBeLessThanOrEqual(errorMs);
});

test('[SC12] of several answers the quickest is believed', () => {
	const device = world(-90_000);
	const clock = new ServerClock({ now: device.now });
	device.ask(clock, 10, 10);
	device.ask(clock, 2_000, 10);
	expect(Math.abs(clock.nowMs() - device.trueMs)).toBeLessThanOrEqual(10);
});

test('[SC12] an offset that was kept is used with no network', () => {
	const device = world(300_000);
	const clock = new ServerClock({ kept: { offsetMs: 300_000, errorMs: 20 }, now: device.now });
	expect(clock.nowMs()).toBe(device.trueMs);
});

test('[SC12] a clock set back, and a sleep, are both survived offline', () => {
	const device = world(0);
	const clock = new ServerClock({ now: device.now });
	device.ask(clock, 5, 5);
	device.setWall(-10 * 60_000);
	expect(Math.abs(clock.nowMs() - device.trueMs)).toBeLessThanOrEqual(5);
	device.sleep(3_600_000);
	expect(Math.abs(clock.nowMs() - device.trueMs)).toBeLessThanOrEqual(5);
});

test('[SC12] after the clock was set forward the next answer corrects it at once', () => {
	const device = world(0);
	const clock = new ServerClock({ now: device.now });
	device.ask(clock, 1, 1);
	device.setWall(600_000);
	device.ask(clock, 50, 50);
	expect(Math.abs(clock.nowMs() - device.trueMs)).toBeLessThanOrEqual(50);
});
