import { existsSync, globSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isCompressible } from './http/static-headers.ts';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Below this a packet is not saved. */
const BYTES_MIN = 1_024;

/** Written last, so that its presence says that all of them are there. */
const LAST = '200.html';

export const isCompressed = (buildFolder: string): boolean => existsSync(join(buildFolder, `${LAST}.br`));

/** Puts a `.br` and a `.gz` beside every file that is worth it: once, so that nothing is packed while people wait. */
export async function compressBuild(buildFolder: string): Promise<void> {
	const files = globSync('**/*', { cwd: buildFolder }).filter((name) => isWorthIt(buildFolder, name));
	await Promise.all(files.filter((name) => name !== LAST).map((name) => compress(join(buildFolder, name))));
	await compress(join(buildFolder, LAST));
}

function isWorthIt(buildFolder: string, name: string): boolean {
	const stats = statSync(join(buildFolder, name));
	return stats.isFile() && isCompressible(name) && stats.size >= BYTES_MIN;
}

async function compress(file: string): Promise<void> {
	const original = await readFile(file);
	const params = {
		[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
		[constants.BROTLI_PARAM_SIZE_HINT]: original.length
	};
	await Promise.all([
		brotli(original, { params }).then((packed) => writeFile(`${file}.br`, packed)),
		zip(original, { level: constants.Z_BEST_COMPRESSION }).then((packed) => writeFile(`${file}.gz`, packed))
	]);
}
