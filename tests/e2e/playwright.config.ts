import { defineConfig } from '@playwright/test';

const chromium = process.env['PLAYWRIGHT_CHROMIUM_PATH'];
const jsonReport = process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'];

export default defineConfig({
	testDir: '.',
	testMatch: '**/*.e2e.ts',
	fullyParallel: true,
	// They wait as much as they reckon.
	workers: 3,
	retries: 0,
	timeout: 90_000,
	expect: { timeout: 10_000 },
	outputDir: '../../test-results',
	reporter: jsonReport ? [['line'], ['json']] : [['list']],
	use: {
		viewport: { width: 1440, height: 900 },
		locale: 'en-GB',
		timezoneId: 'Europe/Berlin',
		actionTimeout: 20_000,
		trace: 'off',
		launchOptions: {
			...(chromium ? { executablePath: chromium } : {}),
			args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update']
		}
	}
});
