import { createHash } from 'node:crypto';
import { expect, SETUP_TOKEN, test } from './downbeat.ts';

const directivesOf = (policy: string): Map<string, readonly string[]> =>
	new Map(
		policy.split(';').map((directive) => {
			const [name = '', ...sources] = directive.trim().split(/\s+/);
			return [name, sources];
		})
	);

test('a page runs our own scripts and the one whose hash its policy names, and asks nobody else for anything', async ({
	downbeat,
	page
}) => {
	const answer = await page.request.get(downbeat.url);
	const html = await answer.text();
	const policy = directivesOf(answer.headers()['content-security-policy'] ?? '');
	const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
		([, code = '']) => code
	);
	expect(inline).toHaveLength(1);
	const hashes = inline.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
	expect(policy.get('script-src')).toEqual(["'self'", ...hashes]);
	expect(policy.get('default-src')).toEqual(["'self'"]);
	for (const name of ['object-src', 'frame-src', 'base-uri', 'frame-ancestors'])
		expect([name, policy.get(name)]).toEqual([name, ["'none'"]]);
	const sources = [...policy.values()].flat();
	expect(
		sources.filter((source) => !/^'(?:self|none|unsafe-inline|sha256-.+)'$|^(?:data|blob):$/.test(source))
	).toEqual([]);
	expect([...policy].filter(([, some]) => some.includes("'unsafe-inline'")).map(([name]) => name)).toEqual([
		'style-src'
	]);
	// No handler in an attribute either: the policy would stop it, and nobody would see why.
	expect(html).not.toMatch(/<[^>]+\son\w+=|javascript:/i);

	const origins = new Set<string>();
	page.on('request', (request) => origins.add(new URL(request.url()).origin));
	await page.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
			(Reflect.get(globalThis, 'broken') as string[]).push(`${violatedDirective} ${blockedURI}`)
		);
		Reflect.set(globalThis, 'broken', []);
	});
	await page.goto(`${downbeat.url}/setup#${SETUP_TOKEN}`);
	await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
	await page.waitForLoadState('networkidle');
	expect([...origins]).toEqual([downbeat.url]);
	expect(await page.evaluate(() => Reflect.get(globalThis, 'broken') as string[])).toEqual([]);
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
	// And it is in force.
	await page.evaluate(() => {
		const script = document.createElement('script');
		script.textContent = 'document.title = "ran"';
		document.head.append(script);
	});
	expect(await page.title()).not.toBe('ran');
});
