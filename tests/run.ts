import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';

// `npm test`: everything, on a clean clone. Each step counts: a step without tests of its own is one.

interface Count {
	readonly passed: number;
	readonly failed: number;
	/** What failed, a line each, to be read at the end: what is above it may have been cut off. */
	readonly failures: readonly string[];
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
	testResults: z.array(
		z.object({
			name: z.string(),
			status: z.string(),
			assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() }))
		})
	)
});
const playwrightReport = z.object({
	stats: z.object({ expected: z.int() }),
	suites: z.array(z.unknown())
});
const playwrightSuite = z.object({
	specs: z.array(z.object({ title: z.string(), file: z.string(), line: z.int(), ok: z.boolean() })),
	suites: z.array(z.unknown()).default([])
});

function countVitest(file: string): Count {
	const { numPassedTests, testResults } = vitestReport.parse(readJson(file));
	const failures = testResults.flatMap(({ name, status, assertionResults }) => {
		const tests = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
		// A file that cannot even be loaded has no tests to fail.
		if (tests.length === 0 && status === 'failed') tests.push('(the whole file)');
		return tests.map((test) => `${relative(process.cwd(), name)}: ${test}`);
	});
	return { passed: numPassedTests, failed: failures.length, failures };
}

function countPlaywright(file: string): Count {
	const { stats, suites } = playwrightReport.parse(readJson(file));
	const failures = suites.flatMap(unmetIn);
	return { passed: stats.expected, failed: failures.length, failures };
}

function unmetIn(suite: unknown): string[] {
	const { specs, suites } = playwrightSuite.parse(suite);
	const unmet = specs
		.filter(({ ok }) => !ok)
		.map(({ file, line, title }) => `${file}:${String(line)}: ${title}`);
	return [...unmet, ...suites.flatMap(unmetIn)];
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const vitest = (project: string): Step => ({
	name: project,
	command: [
		'vitest',
		'run',
		'--project',
		project,
		'--reporter=minimal',
		'--silent=passed-only',
		'--reporter=json',
		`--outputFile.json=${report(project)}`
	],
	count: () => countVitest(report(project))
});

/** Steps of one row run side by side. */
const rows: readonly (readonly Step[])[] = [
	[
		{ name: 'format', command: ['prettier', '--check', '.'] },
		{ name: 'types', command: ['npm', 'run', '--silent', 'check'] }
	],
	// Alone: it and the types both write what SvelteKit generates.
	[{ name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] }],
	// One page at a time leaves a core idle.
	[vitest('browser'), { name: 'lint', command: ['eslint', '-c', '.config/eslint.quick.js', '.'] }],
	[vitest('unit')],
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
			const counted = countOf(name, code, count);
			const seconds = Math.round((Date.now() - began) / 1000);
			say(`${counted.failed === 0 ? 'ok' : 'FAILED'}  ${name} (${seconds} s): ${words(counted)}`);
			if (counted.failed > 0 || process.env['DOWNBEAT_TEST_OUTPUT'])
				say(shortened(stripVTControlCharacters(output)));
			resolve(counted);
		});
	});
}

function countOf(name: string, code: number | null, count: Step['count']): Count {
	const ended = `${name}: ended with exit code ${String(code)}`;
	try {
		const counted = count?.() ?? { passed: 0, failed: 0, failures: [] };
		if (code === 0) return count ? counted : { passed: 1, failed: 0, failures: [] };
		return counted.failed > 0 ? counted : { ...counted, failed: 1, failures: [ended] };
	} catch {
		return { passed: 0, failed: 1, failures: [`${ended} before it wrote a report`] };
	}
}

/** Beginning and end of what a step said. */
function shortened(output: string): string {
	const most = 20_000;
	if (output.length <= most || process.env['DOWNBEAT_TEST_OUTPUT']) return output;
	const left = String(output.length - most);
	return `${output.slice(0, most / 2)}\n… ${left} characters, whole with DOWNBEAT_TEST_OUTPUT=1 …\n${output.slice(-most / 2)}`;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const words = ({ passed, failed }: Omit<Count, 'failures'>) =>
	`${String(passed)} passed, ${String(failed)} failed`;

const counts: Count[] = [];
for (const row of rows) counts.push(...(await Promise.all(row.map(run))));
rmSync(folder, { recursive: true });
if (!process.env['DOWNBEAT_CORPUS']) say('DOWNBEAT_CORPUS is not set: tests on real documents did not run.');
for (const failure of counts.flatMap(({ failures }) => failures)) say(`FAILED  ${failure}`);
const failed = sum(counts.map((count) => count.failed));
say(words({ passed: sum(counts.map((count) => count.passed)), failed }));
process.exitCode = failed === 0 ? 0 : 1;

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
