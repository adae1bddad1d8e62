import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { versionOf } from './http/earlier-assets.ts';
import { compressBuild, isCompressed } from './start-compress.ts';

export interface BuildPorts {
	/** Tells the operator what goes on, a line at a time. */
	readonly say: (line: string) => void;
	/** Shown only when the build does not work. */
	readonly complain: (text: string) => void;
}

/** Makes sure that `build/` holds the app of the present sources. False when there is none to start with. */
export async function ensureBuilt(root: string, { say, complain }: BuildPorts): Promise<boolean> {
	const buildFolder = join(root, 'build');
	if (isUpToDate(root)) {
		if (viteOf(root) && !isCompressed(buildFolder)) await compressBuild(buildFolder);
		return true;
	}
	const isThere = isWhole(buildFolder);
	const vite = viteOf(root);
	if (!vite) {
		if (!isThere) complain('There is no build/ and no vite to make one. Run npm ci, then npm start.');
		else say('Starting the app as it was built: vite is not installed, so later changes are not in it.');
		return isThere;
	}
	say(isThere ? 'The sources have changed since the last build. Building …' : 'Building the app, once …');
	const { code, output } = await runVite(vite, root);
	if (code !== 0 || !isWhole(buildFolder)) {
		complain(`${output.trimEnd()}\nThe app could not be built. What stopped it stands above.`);
		return false;
	}
	await compressBuild(buildFolder);
	return true;
}

/** Whether the build was made of the sources as they are. Both sides name it by the same hash. */
export const isUpToDate = (root: string): boolean =>
	isWhole(join(root, 'build')) && versionOf(join(root, 'build')) === sourceHash(root);

/** The same as in `svelte.config.js`, which cannot be imported where the development dependencies are missing. */
export function sourceHash(root: string): string {
	const hash = createHash('sha256');
	for (const file of globSync('{src,static}/**/*.*', { cwd: root }).toSorted()) {
		hash.update(file).update(readFileSync(join(root, file)));
	}
	return hash
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex')
		.slice(0, 12);
}

/** The fallback page is written last. */
const isWhole = (buildFolder: string): boolean => existsSync(join(buildFolder, '200.html'));

function viteOf(root: string): string | undefined {
	try {
		const require = createRequire(join(root, 'package.json'));
		return join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
	} catch {
		return undefined; // Not installed, as in production.
	}
}

function runVite(vite: string, root: string): Promise<{ code: number | null; output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [vite, 'build'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => (output += text));
		}
		child.once('error', reject);
		child.once('close', (code) => resolve({ code, output }));
	});
}

if (import.meta.main) {
	const isBuilt = await ensureBuilt(join(import.meta.dirname, '..'), {
		say: (line) => void process.stdout.write(`${line}\n`),
		complain: (text) => void process.stderr.write(`${text}\n`)
	});
	process.exit(isBuilt ? 0 : 1);
}
