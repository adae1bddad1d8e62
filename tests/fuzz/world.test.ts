import './loop.ts'; // First: libraries take hold of clocks when they are loaded.
import 'fake-indexeddb/auto';
import './browser.ts';
import { expect, test } from 'vitest';
import { Broken, World, type Outcome } from './world.ts';

const SEED = Number(process.env['DOWNBEAT_SEED'] ?? 20261121);
const [WORLDS, STEPS] = [20, 500];

/** With the way to what broke in its message. */
async function lived(seed: number, steps: number) {
	try {
		return await World.live(seed, steps);
	} catch (error) {
		if (!(error instanceof Broken)) throw error;
		const again = `npm run fuzz -- --seed ${seed} --world ${steps} --steps ${steps}`;
		error.message = [error.message, ...error.trace.slice(-40), again].join('\n');
		throw error;
	}
}

test(`[SV2] [SC2] ${WORLDS * STEPS} steps of three devices and a server to whom everything happens: all that was said was true, and nothing is missing`, async () => {
	const worlds: Outcome[] = [];
	for (let world = 0; world < WORLDS; world++) worlds.push(await lived(SEED + world, STEPS));
	const sum = (count: (world: Outcome) => number) => worlds.reduce((total, world) => total + count(world), 0);
	process.stdout.write(
		`${sum(({ steps }) => steps)} steps from seed ${SEED}: ${sum(({ edits }) => edits)} edits, ` +
			`${sum(({ folds }) => folds)} folds, ${sum(({ lives }) => lives)} lives of a server\n`
	);
	expect(sum(({ edits }) => edits)).toBeGreaterThan(WORLDS * STEPS * 0.5);
	expect(sum(({ folds }) => folds)).toBeGreaterThan(0);
	expect(sum(({ lives }) => lives)).toBeGreaterThan(2 * WORLDS);
}, 240_000);

test('the same seed lives the same world', async () => {
	const [first, second] = [await lived(7, 120), await lived(7, 120)];
	expect(first.edits).toBeGreaterThan(50);
	expect(second).toEqual(first);
	expect(await lived(8, 120)).not.toEqual(first);
});
