import { nabBench } from './nab/nab-bench.ts';
import { openMeeting } from './open-meeting.ts';
import { registers } from './registers.ts';
import { serverBench } from './sync/server-bench.ts';

// `npm run bench`: all of them; `npm run bench -- open`: one. `open` and `registers` are of the app in `build/`;
// `server fan-out join` is those measures of the server alone, and `server --quick` a short try. `nab` is the detector
// of strange values on the series of DOWNBEAT_CORPUS.

const benches: Record<string, (rest: readonly string[]) => Promise<readonly string[]>> = {
	open: openMeeting,
	registers,
	nab: () => nabBench({ isQuick }),
	server: (rest) => serverBench(rest, { isQuick })
};

const isQuick = process.argv.includes('--quick');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [first = '', ...rest] = words;
if (words.length === 0) for (const name of Object.keys(benches)) await run(name, []);
else if (first === 'server') await run(first, rest);
else {
	const unknown = words.filter((name) => !(name in benches));
	if (unknown.length > 0) {
		process.stderr.write(
			`There is no bench ${unknown.join(', ')}. There is: ${Object.keys(benches).join(', ')}.\n`
		);
		process.exitCode = 1;
	} else for (const name of words) await run(name, []);
}

async function run(name: string, options: readonly string[]): Promise<void> {
	process.stdout.write(`${((await benches[name]?.(options)) ?? []).join('\n')}\n`);
}
