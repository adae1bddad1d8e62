import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { answerProblem, problems, type Problem } from './problem.ts';
import { pagePolicy } from './security.ts';
import { acceptedEncodings, COPIES, etagOf, hasAlready, typeOf, type Encoding } from './static-headers.ts';

/** Named by their content: whatever is there under a name stays the same for ever. */
const IMMUTABLE = '/_app/immutable/';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Kept, but asked about each time: the answer is 304 while nothing changed. */
const ASK_AGAIN = 'no-cache';

/** `/<space>/<kind>/<document>`. */
const ID_PARTS = 3;

const FALLBACK = '/200.html';

export interface StaticFilesOptions {
	/** The built app. May be missing: then there is nothing to serve. */
	readonly buildFolder: string;
	/** Folders with the files of earlier builds, laid out like `_app/immutable`. Asked for what the build lacks. */
	readonly earlierFolders: readonly string[];
}

/** Serves the app: its files as they are, and the fallback page for whatever a browser navigates to. */
export class StaticFiles {
	readonly #options: StaticFilesOptions;
	#policy: { readonly text: string; readonly changedMs: number } | undefined;

	constructor(options: StaticFilesOptions) {
		this.#options = options;
	}

	/** For GET and HEAD. A missing file is a 404, never a page: a browser would run the page as a script. */
	async serve(request: Request): Promise<Response> {
		const path = pathOf(request);
		if (path === undefined) return answerProblem(problems.noSuchRoute);
		const fallback = await this.#inBuild(FALLBACK);
		if (!fallback) return answerProblem(notBuilt);
		const found = typeOf(path) ? await this.#find(path) : undefined;
		if (found) return this.#answer(request, found, fallback);
		if (!isNavigation(request, path)) return answerProblem(problems.noSuchRoute);
		return this.#answer(request, fallback, fallback);
	}

	async #find(path: string): Promise<Found | undefined> {
		const built = await this.#inBuild(path);
		if (built || !path.startsWith(IMMUTABLE)) return built;
		for (const folder of this.#options.earlierFolders) {
			const kept = await fileAt(join(folder, path.slice(IMMUTABLE.length)), path);
			if (kept) return kept;
		}
		return undefined;
	}

	#inBuild(path: string): Promise<Found | undefined> {
		return fileAt(join(this.#options.buildFolder, path), path);
	}

	async #answer(request: Request, found: Found, fallback: Found): Promise<Response> {
		const { copy, encoding } = await copyFor(request, found);
		const etag = etagOf(copy.bytes, copy.changedMs, encoding);
		const headers: Record<string, string> = {
			'cache-control': found.path.startsWith(IMMUTABLE) ? FOR_EVER : ASK_AGAIN,
			// On a 304 too: the browser puts it in the place of the one it kept with the page.
			'content-security-policy': await this.#policyOf(fallback),
			etag,
			vary: 'accept-encoding'
		};
		if (hasAlready(request.headers.get('if-none-match'), etag)) {
			return new Response(null, { status: 304, headers });
		}
		headers['content-type'] = typeOf(found.path) ?? 'application/octet-stream';
		headers['content-length'] = String(copy.bytes);
		if (encoding) headers['content-encoding'] = encoding;
		return new Response(request.method === 'HEAD' ? null : await readFile(copy.file), { headers });
	}

	/** Read from the page itself, and again when it was built anew under a running server. */
	async #policyOf(fallback: Found): Promise<string> {
		if (this.#policy?.changedMs !== fallback.changedMs) {
			const text = pagePolicy(await readFile(fallback.file, 'utf8'));
			this.#policy = { text, changedMs: fallback.changedMs };
		}
		return this.#policy.text;
	}
}

interface Found {
	readonly file: string;
	/** As it was asked for. */
	readonly path: string;
	readonly bytes: number;
	readonly changedMs: number;
}

async function fileAt(file: string, path: string): Promise<Found | undefined> {
	try {
		const stats = await stat(file);
		return stats.isFile() ? { file, path, bytes: stats.size, changedMs: stats.mtimeMs } : undefined;
	} catch {
		return undefined; // Not there, or not ours to read: all the same to whoever asks.
	}
}

/** The smallest copy that the browser can read and that is not older than its original. */
async function copyFor(
	request: Request,
	found: Found
): Promise<{ copy: Found; encoding: Encoding | undefined }> {
	const accepted = acceptedEncodings(request.headers.get('accept-encoding'));
	for (const { encoding, suffix } of COPIES) {
		const copy = accepted.has(encoding) ? await fileAt(found.file + suffix, found.path) : undefined;
		if (copy && copy.changedMs >= found.changedMs) return { copy, encoding };
	}
	return { copy: found, encoding: undefined };
}

/** The decoded path, or undefined when it is not one that could be below a folder. */
function pathOf(request: Request): string | undefined {
	try {
		const path = decodeURIComponent(new URL(request.url).pathname);
		const isPlain = !/[\\\0]/.test(path) && path.split('/').every((part) => !part.startsWith('.'));
		return isPlain ? path : undefined;
	} catch {
		return undefined; // Not percent-encoded text.
	}
}

/** A person opens an address of the app. A dot means a file, except in what follows space and kind: an id. */
function isNavigation(request: Request, path: string): boolean {
	if (/^\/(?:_app|api|sync)(?:\/|$)/.test(path) || typeOf(path)) return false;
	const [, ...parts] = path.split('/');
	if (parts.length < ID_PARTS && parts.at(-1)?.includes('.')) return false;
	const accept = request.headers.get('accept') ?? '*/*';
	return accept.includes('text/html') || accept.includes('*/*');
}

const notBuilt: Problem = {
	type: 'app.not-built',
	title: 'The app is not built',
	status: 404,
	detail: 'This server has no app to show. Start it with npm start, which builds it.'
};
