import { expect, onTestFinished, test } from 'vitest';
import { CLOSE } from '#lib/protocol/close.ts';
import { SOCKETS_PER_PRINCIPAL_MAX, SOCKETS_UNADMITTED_MAX } from '#lib/protocol/limits.ts';
import type { WireListener } from '../../server/sync/gateway.ts';
import type { Wire } from '../../server/sync/session.ts';
import { startSync, type Running } from './harness.ts';

/** A connection without a socket: what it was told, and a way to hang up. */
interface Visitor {
	readonly codes: number[];
	readonly isCut: () => boolean;
	readonly listener: WireListener;
}

function visit({ sync }: Running, path: string): Visitor {
	const codes: number[] = [];
	let isCut = false;
	const wire: Wire = {
		send: () => undefined,
		close: (code) => void codes.push(code),
		terminate: () => (isCut = true),
		pause: () => undefined,
		resume: () => undefined,
		backlogBytes: 0
	};
	const listener = sync.open(wire, { url: `/sync/${path}`, headers: {} });
	return { codes, isCut: () => isCut, listener };
}

async function started(): Promise<Running> {
	const running = await startSync();
	onTestFinished(() => running.stop());
	return running;
}

/** Whoever may come in is in, and whoever may not was told. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('[SV4] strangers who are turned away and stay are cut from the limit on, and those who are in are not', async () => {
	const running = await started();
	const member = visit(running, 'acme/index?token=editor');
	await settled();
	const strangers: Visitor[] = [];
	for (let count = 0; count < SOCKETS_UNADMITTED_MAX; count++)
		strangers.push(visit(running, 'acme/index?token=wrong'));
	await settled();
	for (const { codes, isCut } of strangers) expect([codes, isCut()]).toEqual([[CLOSE.signedOut], false]);
	expect(visit(running, 'acme/index?token=wrong').isCut()).toBe(true);
	expect([member.codes, member.isCut()]).toEqual([[], false]);
	strangers[0]?.listener.onClose();
	expect(visit(running, 'acme/index?token=editor').isCut()).toBe(false);
});

test('[SV4] one token has so many connections, one more is refused until another ends', async () => {
	const running = await started();
	const visitors: Visitor[] = [];
	for (let count = 0; count < SOCKETS_PER_PRINCIPAL_MAX; count++) {
		visitors.push(visit(running, `acme/m-${count % 8}?token=editor`));
		if (count % 500 === 499) await settled();
	}
	const oneMore = visit(running, 'acme/m-9?token=editor');
	await settled();
	expect(visitors.flatMap(({ codes }) => codes)).toEqual([]);
	expect(oneMore.codes).toEqual([CLOSE.tooMany]);
	const viewer = visit(running, 'acme/m-9?token=viewer');
	visitors[0]?.listener.onClose();
	const again = visit(running, 'acme/m-9?token=editor');
	await settled();
	expect([viewer.codes, again.codes]).toEqual([[], []]);
	for (const { listener } of visitors) listener.onClose();
});
