import { execFile, spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { today } from '../report.ts';
import { contenders, isInstalled, peersFolder } from './contenders.ts';
import { measures, type Measure } from './measures.ts';
import { Outcome } from './outcome.ts';
import { isCounted } from './process-costs.ts';
import { writeResults } from './results-file.ts';
import type { Numbers } from './trial.ts';

/** A trial that takes longer hangs. */
const TRIAL_MS_MAX = 300_000;

/**
 * The sync server beside its peers: the measures that are named, or all. Writes RESULTS.md as it goes, unless it is
 * quick. Throws on a name that is none.
 */
export async function serverBench(
	asked: readonly string[],
	{ isQuick }: { isQuick: boolean }
): Promise<readonly string[]> {
	const unknown = asked.filter((name) => !measures.some((measure) => measure.name === name));
	if (unknown.length > 0)
		throw new Error(
			`no measure ${unknown.join(', ')}. There is: ${measures.map(({ name }) => name).join(', ')}`
		);
	if (!isCounted) throw new Error('CPU and memory of servers are read from /proc: run this on Linux.');
	installPeers();
	const lines: string[] = [];
	for (const measure of measures) {
		if (asked.length > 0 && !asked.includes(measure.name)) continue;
		const circumstances = { date: today(), loadAverage: loadavg()[0] ?? Number.NaN };
		const outcome = await takeTurns(measure, isQuick);
		if (!isQuick) writeResults(measure, outcome, circumstances);
		lines.push(
			...measure
				.verdicts(outcome)
				.map(
					({ what, target, measured, isMet }) =>
						`${measure.name}: ${what} ${measured} (${target}) ${isMet ? 'met' : 'NOT met'}`
				)
		);
	}
	return lines;
}

/** On first use. Without a network the bench goes on with those that are there. */
function installPeers(): void {
	if (!contenders.every((contender) => isInstalled(contender))) {
		say(`Installing the peers into ${peersFolder} …`);
		const { status } = spawnSync('npm', ['ci', '--prefix', peersFolder, '--no-audit', '--no-fund'], {
			stdio: ['ignore', 'ignore', 'inherit']
		});
		if (status !== 0) say('They could not be installed.');
	}
	const missing = contenders.filter((contender) => !isInstalled(contender));
	if (missing.length > 0) say(`Missing, and left out: ${missing.map(({ title }) => title).join(', ')}.`);
}

async function takeTurns(measure: Measure, isQuick: boolean): Promise<Outcome> {
	const outcome = new Outcome();
	for (let round = 0; round < (isQuick ? 1 : measure.rounds); round++) {
		for (const contender of contenders.filter(isInstalled)) {
			try {
				const numbers = await trial([measure.name, contender.name, ...(isQuick ? ['quick'] : [])]);
				outcome.add(contender, numbers);
				say(`${measure.name} ${round + 1} ${contender.name.padEnd(12)} ${shown(numbers)}`);
			} catch (error) {
				outcome.failures.push(`${contender.title}, turn ${round + 1}: ${reasonOf(error)}`);
				say(`${measure.name} ${round + 1} ${contender.name.padEnd(12)} failed: ${reasonOf(error)}`);
			}
		}
	}
	return outcome;
}

async function trial(args: readonly string[]): Promise<Numbers> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[join(import.meta.dirname, 'load.ts'), ...args],
		{ timeout: TRIAL_MS_MAX }
	);
	const numbers = z.record(z.string(), z.nullable(z.number())).parse(JSON.parse(stdout));
	return Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, value ?? Number.NaN]));
}

const shown = (numbers: Numbers): string =>
	Object.entries(numbers)
		.map(([key, value]) => `${key} ${value.toFixed(2)}`)
		.join('  ');

function reasonOf(error: unknown): string {
	const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
	const lines = said.split('\n').map((line) => line.trim());
	return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0] ?? '';
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
