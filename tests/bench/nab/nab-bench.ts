import { loadavg } from 'node:os';
import { join } from 'node:path';
import { SETTINGS } from '#lib/domain/signal/detector.ts';
import { row, today } from '../report.ts';
import { writeSection } from '../sync/results-file.ts';
import type { Contender } from './contender.ts';
import { contenders, DOWNBEAT, downbeat, scoresOf } from './contenders.ts';
import { readCorpus } from './corpus.ts';
import { neighbourhood } from './neighbourhood.ts';
import {
	bestThreshold,
	markSeries,
	outcomeAt,
	PROFILES,
	type Detection,
	type LabelledSeries,
	type Profile
} from './scorer.ts';
import { sectionOf, type Measured, type Report } from './section.ts';

/** From here on the detector itself calls a value an anomaly. */
const TOLD_SCORE = 0.5;

/**
 * The detector beside others on the series of the Numenta Anomaly Benchmark. Writes its section of RESULTS.md, unless
 * it is quick. Says so when `DOWNBEAT_CORPUS` names no folder that has them.
 */
export function nabBench({ isQuick }: { isQuick: boolean }): Promise<readonly string[]> {
	const folder = process.env['DOWNBEAT_CORPUS'];
	if (!folder)
		return Promise.resolve([
			'DOWNBEAT_CORPUS is not set: it names the folder whose kpi/nab has the series. Nothing was measured.'
		]);
	const loadAverage = loadavg()[0] ?? Number.NaN;
	const corpus = readCorpus(join(folder, 'kpi', 'nab'));
	const measured = contenders.map((contender) => measure(corpus, contender));
	const own = corpus.map((series) => scoresOf(downbeat(), series));
	const report: Report = {
		corpus,
		measured,
		atOwnLine: outcomeAt(detectionsOf(corpus, own, PROFILES.standard), TOLD_SCORE),
		neighbourhood: isQuick ? undefined : neighbourhood(corpus),
		settings: SETTINGS,
		circumstances: `${today()}, load average before ${loadAverage.toFixed(2)}.`
	};
	if (!isQuick) writeSection('Strange values (NAB)', sectionOf(report));
	return Promise.resolve(linesOf(report));
}

const detectionsOf = (
	corpus: readonly LabelledSeries[],
	scores: readonly Float64Array[],
	profile: Profile
): readonly Detection[] =>
	corpus.map((series, index) => ({
		marked: markSeries(series, profile),
		scores: scores[index] ?? new Float64Array()
	}));

function measure(corpus: readonly LabelledSeries[], contender: Contender): Measured {
	corpus.slice(0, 1).forEach((series) => scoresOf(contender, series)); // Compiled before it is timed.
	const before = process.cpuUsage();
	const scores = corpus.map((series) => scoresOf(contender, series));
	const { user, system } = process.cpuUsage(before);
	const standard = detectionsOf(corpus, scores, PROFILES.standard);
	const { threshold, outcome } = bestThreshold(standard);
	const values = corpus.reduce((sum, series) => sum + series.values.length, 0);
	return {
		name: contender.name,
		threshold,
		outcome,
		bySeries: standard.map((detection) => outcomeAt([detection], threshold)),
		fewFalseAlarms: bestThreshold(detectionsOf(corpus, scores, PROFILES.fewFalseAlarms)).outcome.points,
		fewMisses: bestThreshold(detectionsOf(corpus, scores, PROFILES.fewMisses)).outcome.points,
		unseen: unseenPoints(standard),
		valuesPerSecond: (1e6 * values) / (user + system)
	};
}

/** The points of all when each series is judged at the threshold that is best for the others. */
function unseenPoints(detections: readonly Detection[]): number {
	const windows = detections.reduce((sum, { marked }) => sum + marked.windows, 0);
	return detections.reduce((sum, detection) => {
		const { threshold } = bestThreshold(detections.filter((other) => other !== detection));
		const { points } = outcomeAt([detection], threshold);
		return sum + (points * detection.marked.windows) / windows;
	}, 0);
}

function linesOf({ corpus, measured, atOwnLine, neighbourhood: around }: Report): readonly string[] {
	const lines = measured.flatMap(({ name, outcome, bySeries, unseen, valuesPerSecond }) => [
		row(
			`${name}, all series`,
			`${outcome.points.toFixed(1)} (${outcome.hits} of ${outcome.windows} found, ${outcome.falseAlarms} false)`
		),
		...corpus.map((series, index) => row(`  ${series.name}`, (bySeries[index]?.points ?? NaN).toFixed(1))),
		row('  each at the threshold that is best for the others', unseen.toFixed(1)),
		row('  values a second of CPU', Math.round(valuesPerSecond).toLocaleString('en-GB'))
	]);
	return [
		...lines,
		row(`${DOWNBEAT} at its own line`, atOwnLine.points.toFixed(1)),
		...(around
			? [
					row(
						`${DOWNBEAT}, ${around.count} settings round its own: worst, median, best`,
						[around.worst, around.median, around.best].map((points) => points.toFixed(1)).join(', ')
					),
					row('  each series with settings and threshold chosen on the others', around.unseen.toFixed(1))
				]
			: [])
	];
}
