import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = process.env['PLAYWRIGHT_CHROMIUM_PATH'];

export default defineConfig({
	plugins: [sveltekit()],
	// Dexie's package leads bundlers to its build for browsers of ten years ago.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
	build: { target: 'es2023', chunkSizeWarningLimit: 700 },
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					// Machines are shared: a limit is for what hangs, not for what is slow.
					testTimeout: 30_000,
					environment: 'node',
					// Many of these wait more than they reckon: for a server, a disk, a cut to mend.
					maxWorkers: 3,
					include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'tests/**/*.test.ts'],
					exclude: ['**/node_modules/**', 'src/**/*.browser.test.ts', 'tests/e2e/**']
				}
			},
			{
				extends: true,
				// All found before the first test: one found late reloads the page under the tests.
				optimizeDeps: {
					entries: ['src/lib/**/*.{svelte,ts}', 'src/routes/**/*.{svelte,ts}'],
					include: ['uplot']
				},
				test: {
					name: 'browser',
					testTimeout: 30_000,
					include: ['src/**/*.browser.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: {
								...(chromium ? { executablePath: chromium } : {}),
								args: ['--no-sandbox', '--disable-background-networking']
							}
						}),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
