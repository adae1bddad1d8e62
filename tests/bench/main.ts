import { openMeeting } from './open-meeting.ts';
import { registers } from './registers.ts';

// `npm run bench`: all of them; `npm run bench -- open`: one. On the app in `build/`.

const benches: Record<string, () => Promise<readonly string[]>> = { open: openMeeting, registers };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
	process.stderr.write(
		`There is no bench ${unknown.join(', ')}. There is: ${Object.keys(benches).join(', ')}.\n`
	);
	process.exitCode = 1;
} else {
	for (const [name, bench] of Object.entries(benches)) {
		if (asked.length === 0 || asked.includes(name)) process.stdout.write(`${(await bench()).join('\n')}\n`);
	}
}
