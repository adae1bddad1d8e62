import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Contender } from './contender.ts';
import { downbeat, scoresOf } from './contenders.ts';
import { readCorpus } from './corpus.ts';
import { bestThreshold, markSeries, outcomeAt, PROFILES } from './scorer.ts';
import { windowedGaussian } from './windowed-gaussian.ts';

// What the bench measures at length, as a floor that must not be fallen through.

const folder = process.env['DOWNBEAT_CORPUS'];
if (!folder) process.stdout.write('DOWNBEAT_CORPUS is not set: the detector is not tried on real series.\n');

test.skipIf(!folder)('on real series the detector is ten points ahead of a windowed Gaussian', () => {
	const corpus = readCorpus(join(folder ?? '', 'kpi', 'nab')).map((series) =>
		markSeries(series, PROFILES.standard)
	);
	const detectionsOf = (contender: Contender) =>
		corpus.map((marked) => ({ marked, scores: scoresOf(contender, marked.series) }));
	expect(corpus.map(({ windows }) => windows)).toEqual([2, 2, 2, 1, 3, 4, 5, 3, 4, 4]);
	const [ours, gaussian] = [detectionsOf(downbeat()), detectionsOf(windowedGaussian)];
	expect(bestThreshold(ours).outcome.points).toBeGreaterThan(bestThreshold(gaussian).outcome.points + 10);
	expect(outcomeAt(ours, 0.5).points).toBeGreaterThan(65);
});
