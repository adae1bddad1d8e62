import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import project from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');

/** Every library that `entry` imports, by itself or through our own files. Types are not imported. */
function librariesOf(entry: string): Map<string, string> {
	const found = new Map<string, string>();
	const seen = new Set<string>();
	const waiting = [entry];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (seen.has(file) || !file.endsWith('.ts')) continue;
		seen.add(file);
		const text = readFileSync(join(root, file), 'utf8');
		for (const [, specifier = ''] of text.matchAll(
			/^(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]/gm
		)) {
			if (specifier.startsWith('.')) waiting.push(join(dirname(file), specifier));
			else if (specifier.startsWith('#lib/')) waiting.push(specifier.replace('#lib/', 'src/lib/'));
			else if (!isBuiltin(specifier)) found.set(nameOf(specifier), file);
		}
	}
	expect(seen.size).toBeGreaterThan(10);
	return found;
}

const isBuiltin = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier);
const nameOf = (specifier: string) =>
	specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');

test.each(['server/main.ts', 'server/start.ts', 'server/cli.ts'])(
	'%s runs without the development dependencies',
	(entry) => {
		const libraries = librariesOf(entry);
		expect(libraries.has('zod')).toBe(true);
		const missing = [...libraries].filter(([name]) => !(name in project.dependencies));
		expect(missing).toEqual([]);
	}
);
