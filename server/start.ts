import { join } from 'node:path';
import { main } from './main.ts';
import { ensureBuilt } from './start-build.ts';

// `npm start`: builds the app when it has to, then serves it. One command on a fresh machine.

const isBuilt = await ensureBuilt(join(import.meta.dirname, '..'), {
	say: (line) => void process.stdout.write(`${line}\n`),
	complain: (text) => void process.stderr.write(`${text}\n`)
});
process.exit(isBuilt ? await main() : 1);
