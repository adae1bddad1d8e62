import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const IMMUTABLE = '_app/immutable/nodes';

/** The next release of Downbeat: the same program under another version, and one file of the app less. */
export interface Release {
	readonly folder: string;
	readonly version: string;
	/** The address of the file that only the release before has. */
	readonly dropped: string;
	remove(): void;
}

export function nextRelease(): Release {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-release-'));
	for (const part of ['server', 'src/lib', 'build', 'package.json'])
		cpSync(join(root, part), join(folder, part), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	const build = join(folder, 'build');
	const versionFile = join(build, '_app', 'version.json');
	const before = (JSON.parse(readFileSync(versionFile, 'utf8')) as { version: string }).version;
	const version = 'abcdef012345';
	writeFileSync(versionFile, JSON.stringify({ version }));
	for (const name of readdirSync(build)) {
		const isCompressed = /^service-worker\.js\.(br|gz)$/.test(name);
		if (isCompressed) rmSync(join(build, name)); // It would be served in place of what is written here.
	}
	const worker = join(build, 'service-worker.js');
	writeFileSync(worker, readFileSync(worker, 'utf8').replaceAll(before, version));
	const file = readdirSync(join(build, IMMUTABLE)).find((name) => name.endsWith('.js')) ?? '';
	for (const name of readdirSync(join(build, IMMUTABLE)))
		if (name.startsWith(file)) rmSync(join(build, IMMUTABLE, name));
	return {
		folder,
		version,
		dropped: `/${IMMUTABLE}/${file}`,
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}
