import { performance } from 'node:perf_hooks';
import type { RunningServer } from '../contenders.ts';
import { enter, withServer, type Trial } from '../trial.ts';
import { Typing, type Group } from '../typing.ts';

/** Documents × people, all of whom type. */
const SHAPES = [
	[1, 50],
	[100, 3]
] as const;
const LATE_MS = 100;
const STEP_MS = 1_500;
const FIRST = 500;
const LAST = 128_000;

/** The most characters a second, of all together, at which 95 of 100 reach the others within a tenth of a second. */
export const throughput: Trial = async (contender, { isQuick }) => {
	const numbers: Record<string, number> = {};
	for (const [documents, people] of SHAPES) {
		// A server of its own: what one still puts away would be counted against the other.
		const found = await withServer(contender, async (server) =>
			search(new Typing(await enterAll(server, documents, people)), isQuick ? 1 : 3)
		);
		numbers[`${documents}x${people}`] = found.perSecond;
		numbers[`${documents}x${people}.load`] = found.loadShare;
	}
	return numbers;
};

async function enterAll(server: RunningServer, documents: number, people: number): Promise<readonly Group[]> {
	const groups: Group[] = [];
	for (let index = 0; index < documents; index++) {
		const clients = await enter(server, `rate-${documents}-${index}`, {
			count: people,
			from: 1 + index * people
		});
		groups.push({ clients, typists: clients });
	}
	return groups;
}

/**
 * Doubles until it is too much twice over, since a busy machine may spoil any one step; then halves the distance on a
 * scale of ratios.
 */
async function search(work: Typing, refinements: number): Promise<{ perSecond: number; loadShare: number }> {
	let [good, bad, loadShare] = [0, 0, 0];
	await keepsUp(work, FIRST);
	for (let rate = FIRST; rate <= LAST; rate *= 2) {
		const step = await keepsUp(work, rate);
		if (step.isGood || (await keepsUp(work, rate)).isGood) [good, bad, loadShare] = [rate, 0, step.loadShare];
		else if (bad > 0) break;
		else bad = rate;
	}
	for (let time = 0; time < refinements && bad > 0 && good > 0; time++) {
		const middle = Math.sqrt(good * bad);
		const step = await keepsUp(work, middle);
		if (step.isGood) [good, loadShare] = [middle, step.loadShare];
		else bad = middle;
	}
	return { perSecond: good, loadShare };
}

/** `loadShare`: how busy this process was, which may itself be what gives out. */
async function keepsUp(work: Typing, perSecond: number): Promise<{ isGood: boolean; loadShare: number }> {
	work.clear();
	const before = performance.eventLoopUtilization();
	const startMs = performance.now();
	await work.type(STEP_MS, perSecond);
	const typedMs = performance.now() - startMs;
	const isThere = await work.arrived(LATE_MS * 3);
	const loadShare = performance.eventLoopUtilization(before).utilization;
	const isGood = isThere && typedMs < STEP_MS * 1.1 && work.latencies.percentile(95) <= LATE_MS;
	if (!isThere) await work.arrived(8_000);
	return { isGood, loadShare };
}
