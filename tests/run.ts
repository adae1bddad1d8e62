import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

// `npm test`: everything, on a clean clone. Each step counts: a step without tests of its own is one.

interface Count {
	readonly passed: number;
	readonly failed: number;
}

interface Step {
	readonly name: string;
	readonly command: readonly [string, ...string[]];
	/** A report to count tests in; without it the exit code is one pass or one failure. */
	readonly count?: () => Count;
}

const folder = mkdtempSync(join(tmpdir(), 'downbeat-test-'));
const report = (name: string) => join(folder, `${name}.json`);

const vitestReport = z.object({
	numPassedTests: z.int(),
	numFailedTests: z.int(),
	numFailedTestSuites: z.int()
});
const playwrightReport = z.object({
	stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() })
});

function countVitest(file: string): Count {
	const { numPassedTests, numFailedTests, numFailedTestSuites } = vitestReport.parse(readJson(file));
	// A file that cannot even be loaded has no tests to fail.
	return { passed: numPassedTests, failed: Math.max(numFailedTests, Math.min(1, numFailedTestSuites)) };
}

function countPlaywright(file: string): Count {
	const { expected, unexpected, flaky } = playwrightReport.parse(readJson(file)).stats;
	return { passed: expected, failed: unexpected + flaky };
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const vitest = (project: string): Step => ({
	name: project,
	command: [
		'vitest',
		'run',
		'--project',
		project,
		'--reporter=dot',
		'--reporter=json',
		`--outputFile.json=${report(project)}`
	],
	count: () => countVitest(report(project))
});

const lint = (what: string, ...files: string[]): Step => ({
	name: `lint of ${what}`,
	command: ['eslint', '-c', '.config/eslint.config.js', ...files]
});

/**
 * Steps of one row run side by side, so that what waits stands beside what reckons: typed rules put a program together
 * for every component, and the tests under Node wait for disks, processes and each other a third of their time.
 */
const rows: readonly (readonly Step[])[] = [
	[
		{ name: 'format', command: ['prettier', '--check', '.'] },
		{ name: 'types', command: ['npm', 'run', '--silent', 'check'] },
		lint('scripts', '.', '--ignore-pattern', '**/*.svelte')
	],
	// Alone: it and the types both write what SvelteKit generates.
	[{ name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] }],
	[vitest('unit'), lint('components', 'src/**/*.svelte')],
	[vitest('browser')],
	[
		{
			name: 'e2e',
			command: ['playwright', 'test', '--config', 'tests/e2e/playwright.config.ts'],
			count: () => countPlaywright(report('e2e'))
		}
	]
];

function run({ name, command, count }: Step): Promise<Count> {
	const [program, ...args] = command;
	const began = Date.now();
	const child = spawn(program, args, {
		env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report(name) },
		shell: process.platform === 'win32'
	});
	let output = '';
	const hear = (chunk: Buffer) => (output += chunk.toString());
	child.stdout.on('data', hear);
	child.stderr.on('data', hear);
	return new Promise((resolve) => {
		child.on('error', (error) => (output += error.message));
		child.on('close', (code) => {
			const counted = countOf(code, count);
			const seconds = Math.round((Date.now() - began) / 1000);
			say(`${counted.failed === 0 ? 'ok' : 'FAILED'}  ${name} (${seconds} s): ${words(counted)}`);
			if (counted.failed > 0 || process.env['DOWNBEAT_TEST_OUTPUT']) say(output);
			resolve(counted);
		});
	});
}

function countOf(code: number | null, count: Step['count']): Count {
	try {
		const counted = count?.() ?? { passed: 0, failed: 0 };
		if (code === 0) return count ? counted : { passed: 1, failed: 0 };
		return { ...counted, failed: Math.max(1, counted.failed) };
	} catch {
		return { passed: 0, failed: 1 }; // It ended before it wrote a report.
	}
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const words = ({ passed, failed }: Count) => `${passed} passed, ${failed} failed`;

const total = { passed: 0, failed: 0 };
for (const row of rows) {
	for (const { passed, failed } of await Promise.all(row.map(run))) {
		total.passed += passed;
		total.failed += failed;
	}
}
rmSync(folder, { recursive: true });
if (!process.env['DOWNBEAT_CORPUS']) say('DOWNBEAT_CORPUS is not set: tests on real documents did not run.');
say(words(total));
process.exitCode = total.failed === 0 ? 0 : 1;
