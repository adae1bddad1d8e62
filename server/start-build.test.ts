import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import svelteConfig from '../svelte.config.js';
import { ensureBuilt, sourceHash } from './start-build.ts';

/** Stands in for vite: leaves a build of the version that is in `next-version`, or fails when there is none. */
const FAKE_VITE = `
	const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
	if (!existsSync('next-version')) { console.error('src/routes/+page.svelte: unexpected end'); process.exit(1); }
	mkdirSync('build/_app', { recursive: true });
	const version = readFileSync('next-version', 'utf8');
	writeFileSync('build/_app/version.json', JSON.stringify({ version }));
	writeFileSync('build/200.html', 'page '.repeat(1000));
	console.log('vite talks a lot');
`;

function checkout() {
	const root = mkdtempSync(join(tmpdir(), 'downbeat-checkout-'));
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	};
	write('package.json', '{}');
	write('package-lock.json', '{}');
	write('src/app.html', '<html></html>');
	const said: string[] = [];
	const complaints: string[] = [];
	return {
		root,
		write,
		said,
		complaints,
		install: () => {
			write('node_modules/vite/package.json', '{"name":"vite"}');
			write('node_modules/vite/bin/vite.js', FAKE_VITE);
			write('next-version', sourceHash(root));
		},
		ensure: () =>
			ensureBuilt(root, {
				say: (line) => void said.push(line),
				complain: (text) => void complaints.push(text)
			})
	};
}

test('our hash of the sources is the version that SvelteKit is told', () => {
	expect(sourceHash(join(import.meta.dirname, '..'))).toBe(svelteConfig.kit?.version?.name);
});

test('a fresh clone is built and packed, once', async () => {
	const { root, install, ensure, said } = checkout();
	install();
	expect(await ensure()).toBe(true);
	expect(said).toEqual(['Building the app, once …']);
	expect(existsSync(join(root, 'build', '200.html.br'))).toBe(true);
	expect(existsSync(join(root, 'build', '200.html.gz'))).toBe(true);
	expect(await ensure()).toBe(true);
	expect(said).toHaveLength(1);
});

test('a changed source is built anew', async () => {
	const { write, install, ensure, said, root } = checkout();
	install();
	await ensure();
	write('src/app.html', '<html lang="en"></html>');
	write('next-version', sourceHash(root));
	expect(await ensure()).toBe(true);
	expect(said[1]).toMatch(/^The sources have changed/);
});

test('a build that was made by hand is only packed', async () => {
	const { root, install, ensure, said } = checkout();
	install();
	await ensure();
	rmSync(join(root, 'build', '200.html.br'));
	expect(await ensure()).toBe(true);
	expect(said).toHaveLength(1);
	expect(existsSync(join(root, 'build', '200.html.br'))).toBe(true);
});

test('a build that does not work says why and starts nothing', async () => {
	const { root, install, ensure, complaints } = checkout();
	install();
	rmSync(join(root, 'next-version'));
	expect(await ensure()).toBe(false);
	expect(complaints[0]).toContain('+page.svelte: unexpected end');
	expect(complaints[0]).toMatch(/could not be built\. What stopped it stands above\.$/);
});

test('in production the build is taken as it is, without vite', async () => {
	const { root, write, ensure, said } = checkout();
	write('build/200.html', 'page');
	write('build/_app/version.json', JSON.stringify({ version: sourceHash(root) }));
	expect(await ensure()).toBe(true);
	expect(said).toEqual([]);

	write('src/app.html', '<html lang="de"></html>');
	expect(await ensure()).toBe(true);
	expect(said).toEqual([expect.stringMatching(/^Starting the app as it was built/)]);
});

test('without a build and without vite there is nothing to start', async () => {
	const { ensure, complaints } = checkout();
	expect(await ensure()).toBe(false);
	expect(complaints).toEqual(['There is no build/ and no vite to make one. Run npm ci, then npm start.']);
});
