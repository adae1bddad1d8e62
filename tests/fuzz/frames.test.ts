import { expect, test } from 'vitest';
import { attack } from './hostile.ts';

const SEED = Number(process.env['DOWNBEAT_SEED'] ?? 20261121);
const MIB = 1024 * 1024;

test('[SV5] [SV6] a hostile client with a token: frames, sockets and requests; two people edit on, lose nothing, and the server goes on', async () => {
	const after = await attack({ seed: SEED, frames: 5_000, sockets: 500 });
	const ratio = after.p99Ms.meanwhile / after.p99Ms.calm;
	process.stdout.write(
		`seed ${SEED}: ${after.frames} frames, ${after.sockets} sockets, ${after.words} honest words; p99 ` +
			`${ratio.toFixed(1)} × calm; memory ${((after.rssBytes.afterwards - after.rssBytes.calm) / MIB).toFixed(0)} MiB over calm\n`
	);
	expect(after).toMatchObject({ isAlive: true, doAgree: true, exitCode: 0 });
	expect(after.lost).toEqual([]);
	expect(after.words).toBeGreaterThan(300);
	expect(after.answers.filter((answer) => !/^(HTTP\/1.1 [234]\d\d|hung up)/.test(answer))).toEqual([]);
	expect(after.answers).toContain('HTTP/1.1 400 Bad Request');
	expect(after.stacks).toEqual([]);
	expect(after.rssBytes.afterwards).toBeLessThan(after.rssBytes.calm + 150 * MIB);
}, 120_000);
