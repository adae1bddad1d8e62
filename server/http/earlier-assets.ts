import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** The running build and the one before it: a tab that was open during the upgrade finds its files. */
const VERSIONS_KEPT = 2;

/** Where a copy grows until it is whole. No version is called so. */
const HALF = '.half';

export interface EarlierAssetsOptions {
	readonly buildFolder: string;
	/** Where copies are kept, one folder per version. */
	readonly assetsFolder: string;
	readonly nowMs: number;
}

/**
 * Keeps a copy of the running build's content-named files in the data folder, drops all but the build before, and
 * gives the folders to look into for files that the running build no longer has, newest first.
 */
export function keepAssets({ buildFolder, assetsFolder, nowMs }: EarlierAssetsOptions): readonly string[] {
	const version = versionOf(buildFolder);
	if (version === undefined) return [];
	mkdirSync(assetsFolder, { recursive: true });
	const kept = join(assetsFolder, version);
	const half = join(assetsFolder, HALF);
	rmSync(half, { recursive: true, force: true });
	if (!existsSync(kept)) {
		cpSync(join(buildFolder, '_app', 'immutable'), half, { recursive: true });
		renameSync(half, kept);
	}
	utimesSync(kept, nowMs / 1000, nowMs / 1000); // “Last run” decides which is the one before, also after going back.
	const newestFirst = readdirSync(assetsFolder)
		.map((name) => join(assetsFolder, name))
		.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
	for (const folder of newestFirst.slice(VERSIONS_KEPT)) rmSync(folder, { recursive: true, force: true });
	return newestFirst.slice(0, VERSIONS_KEPT).filter((folder) => folder !== kept);
}

const versionFile = z.object({ version: z.string().regex(/^[\w-]{1,64}$/) });

/** What SvelteKit says it built, or undefined when nothing is built. */
export function versionOf(buildFolder: string): string | undefined {
	try {
		const text = readFileSync(join(buildFolder, '_app', 'version.json'), 'utf8');
		return versionFile.parse(JSON.parse(text)).version;
	} catch {
		return undefined; // No build, or half of one: both mean that there is nothing to keep.
	}
}
