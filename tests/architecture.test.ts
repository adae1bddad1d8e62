import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** Who may import whom, lowest first. A folder sees itself and what its row names; nothing else. */
const ladder: Record<string, readonly string[]> = {
	'src/lib/util': [],
	'src/lib/domain': ['util'],
	'src/lib/protocol': ['util', 'domain'],
	'src/lib/docs': ['util', 'domain'],
	'src/lib/charts': ['util', 'domain', 'ui'],
	'src/lib/ui': ['util', 'domain'],
	'src/lib/editor': ['util', 'domain', 'docs', 'ui'],
	'src/lib/kinds': ['util', 'domain', 'protocol', 'docs', 'charts', 'ui', 'editor'],
	'src/lib/sync': ['util', 'domain', 'protocol', 'docs'],
	'src/lib/app': ['util', 'domain', 'docs', 'kinds', 'sync', 'protocol'],
	'src/routes': ['util', 'domain', 'kinds', 'ui', 'charts', 'app'],
	'src/service-worker': ['util'],
	server: ['util', 'domain', 'protocol', 'docs', 'kinds']
};

/** Libraries that come in through one door each. */
const doors: Record<string, RegExp> = {
	uplot: /^src\/lib\/charts\//,
	'@tiptap/core': /^src\/lib\/editor\//,
	'@tiptap/y-tiptap': /^src\/lib\/editor\//,
	dexie: /^src\/lib\/sync\/dexie-store\.ts$/,
	'y-websocket': /^src\/lib\/sync\/link\.ts$/,
	papaparse: /^src\/lib\/kinds\/kpis\/csv\.ts$/,
	rrule: /^src\/lib\/domain\/recurrence\.ts$/,
	ws: /^server\/sync\/gateway\.ts$/,
	'better-auth': /^server\/identity\/library\.ts$/,
	pg: /^server\/connect\/read-postgresql\.ts$/,
	'pg-cursor': /^server\/connect\/read-postgresql\.ts$/,
	'json-p3': /^server\/connect\/read-json\.ts$/,
	croner: /^server\/connect\/timing\.ts$/,
	yaml: /^src\/lib\/kinds\/kpis\/registry\/yaml\.ts$/,
	nodemailer: /^server\/identity\/smtp-mailer\.ts$/
};

const files = globSync('{src,server}/**/*.{ts,svelte}').filter((file) => !/\.test\.ts$/.test(file));
const folderOf = (path: string) => Object.keys(ladder).find((folder) => path.startsWith(`${folder}/`));

/** What `file` imports: project files by path, libraries by name. Reads text, so it also sees lazy imports. */
function importsOf(file: string): string[] {
	const found = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
	return [...found].map(([, specifier = '']) => {
		if (specifier.startsWith('#lib/')) return specifier.replace('#lib/', 'src/lib/');
		return specifier.startsWith('.') ? join(dirname(file), specifier) : specifier;
	});
}

function offenders(isWrong: (file: string, target: string) => boolean): string[] {
	return files.flatMap((file) =>
		importsOf(file)
			.filter((target) => isWrong(file, target))
			.map((target) => `${file} → ${target}`)
	);
}

test('[A1] imports only go down the ladder', () => {
	const wrong = offenders((file, target) => {
		const [from, to] = [folderOf(file), folderOf(target)];
		return !!from && !!to && from !== to && !ladder[from]?.includes(to.replace('src/lib/', ''));
	});
	expect(files.length).toBeGreaterThan(20);
	expect(wrong).toEqual([]);
});

test('[A2] a kind never imports another kind', () => {
	const kindOf = (path: string) => /^src\/lib\/kinds\/([^/]+)\//.exec(path)?.[1];
	const wrong = offenders((file, target) => {
		const [from, to] = [kindOf(file), kindOf(target)];
		return !!from && !!to && from !== to;
	});
	expect(wrong).toEqual([]);
});

test('[A3] every folder of kinds/ is registered under its own name', async () => {
	const { kinds } = await import('#lib/kinds/registry.ts');
	const folders = globSync('src/lib/kinds/*/kind.ts').map((file) => file.split('/')[3] ?? '');
	expect(kinds.map((kind: { id: string }) => kind.id).toSorted()).toEqual(folders.toSorted());
});

test('[A4] every rule of a SPEC.md is named by a test', () => {
	const tests = globSync('{src,server,tests}/**/*.ts', { exclude: ['**/node_modules/**'] })
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
	const tested = new Set([...tests.matchAll(/['"`]\[([A-Z]+\d+)\]/g)].map(([, id]) => id));
	const untested = globSync('{src,server}/**/SPEC.md').flatMap((spec) =>
		[...readFileSync(spec, 'utf8').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)]
			.map(([, id]) => id)
			.filter((id) => !tested.has(id))
	);
	expect(untested).toEqual([]);
});

test('[A5] a library comes in through its door', () => {
	expect(offenders((file, target) => !!doors[target] && !doors[target].test(file))).toEqual([]);
});
