import './loop.ts'; // First: libraries take hold of clocks when they are loaded.
import 'fake-indexeddb/auto';
import './browser.ts';
import { parseArgs } from 'node:util';
import { attack } from './hostile.ts';
import { Broken, World } from './world.ts';

// `npm run fuzz -- --steps 1000000 --seed 7`: one world after another, each with the next seed, until so many steps
// are done or one breaks. A world is small, so that its way to a failure can be read. `--hostile`: bad clients.

const { values } = parseArgs({
	options: {
		seed: { type: 'string', default: process.env['DOWNBEAT_SEED'] ?? String(Date.now() % 1_000_000) },
		steps: { type: 'string', default: '100000' },
		world: { type: 'string', default: '500' },
		hostile: { type: 'boolean', default: false },
		frames: { type: 'string', default: '100000' },
		sockets: { type: 'string', default: '10000' }
	}
});

const say = (line: string) => process.stdout.write(`${line}\n`);

async function liveMany(first: number, options: { steps: number; world: number }): Promise<boolean> {
	say(`${options.steps} steps in worlds of ${options.world}, from seed ${first}`);
	let [steps, edits, folds] = [0, 0, 0];
	for (let seed = first; steps < options.steps; seed++) {
		try {
			const lived = await World.live(seed, Math.min(options.world, options.steps - steps));
			[steps, edits, folds] = [steps + lived.steps, edits + lived.edits, folds + lived.folds];
			if (seed % 20 === 19) say(`${steps} steps, ${edits} edits, ${folds} folds; seed ${seed}`);
		} catch (error) {
			if (!(error instanceof Broken)) throw error;
			say([...error.trace, '', error.message, ''].join('\n'));
			say(`Again: npm run fuzz -- --seed ${seed} --world ${options.world} --steps ${options.world}`);
			return false;
		}
	}
	say(
		`${steps} steps, ${edits} edits, ${folds} folds: everything that was said was true, and nothing is missing`
	);
	return true;
}

async function beAttacked(seed: number): Promise<boolean> {
	const [frames, sockets] = [Number(values.frames), Number(values.sockets)];
	say(`${frames} frames and ${sockets} sockets of a hostile client, seed ${seed}`);
	const after = await attack({ seed, frames, sockets });
	say(JSON.stringify(after, undefined, '\t'));
	const { isAlive, doAgree, lost, stacks, exitCode } = after;
	return isAlive && doAgree && lost.length === 0 && stacks.length === 0 && exitCode === 0;
}

const seed = Number(values.seed);
const steps = { steps: Number(values.steps), world: Number(values.world) };
const isWell = await (values.hostile ? beAttacked(seed) : liveMany(seed, steps));
process.exitCode = isWell ? 0 : 1;
