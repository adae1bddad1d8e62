import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** Files of ours that a file loads at once, and those that they load. Types load nothing. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
	if (seen.has(file)) return seen;
	seen.add(file);
	const text = readFileSync(file, 'utf8');
	for (const [, names = '', from = ''] of text.matchAll(/^import ([^;]*?) from '(\.[^']+)';/gms)) {
		if (!names.startsWith('type ')) loadedWith(join(dirname(file), from), seen);
	}
	return seen;
}

test('whoever has accounts in hand has not loaded better-auth, which costs 95 MB', () => {
	for (const file of ['accounts.ts', 'routes.ts', 'smtp-mailer.ts', 'mails.ts']) {
		const loaded = [...loadedWith(`server/identity/${file}`)];
		expect(loaded.length).toBeGreaterThan(1);
		expect(loaded.filter((one) => /library|\/oidc\.ts/.test(one))).toEqual([]);
	}
	expect([...loadedWith('server/identity/library.ts')]).toContain('server/identity/oidc.ts');
});
