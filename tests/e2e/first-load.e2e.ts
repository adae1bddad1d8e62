import { expect, SETUP_TOKEN, test } from './downbeat.ts';
import { scriptsOf } from './scripts.ts';

/** Bytes, gzipped: what the architecture allows the shell. */
const FIRST_LOAD_MAX = 150_000;

for (const [screen, path, button] of [
	['the page to join', 'nobody-knows/join#an-invite', 'Join'],
	['the setup', `setup#${SETUP_TOKEN}`, 'Continue']
] as const) {
	test(`the first load of ${screen} is small: editor, charts and sync come when they are needed`, async ({
		downbeat,
		browser
	}) => {
		const context = await browser.newContext({ serviceWorkers: 'block' });
		const page = await context.newPage();
		const scripts = scriptsOf(page);
		await page.goto(`${downbeat.url}/${path}`);
		await expect(page.getByRole('button', { name: button })).toBeVisible();
		await page.waitForLoadState('networkidle');
		const bytes = await scripts.gzippedBytes();
		process.stdout.write(`first load of ${screen}: ${(bytes / 1000).toFixed(1)} kB gzipped\n`);
		expect(bytes).toBeGreaterThan(40_000);
		expect(bytes).toBeLessThan(FIRST_LOAD_MAX);
		await context.close();
	});
}
