import type { Settings } from '#lib/domain/signal/detector.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { LabelledSeries, Outcome } from './scorer.ts';

/** What one contender got. */
export interface Measured {
	readonly name: string;
	/** The best one for all series together, by the standard profile. */
	readonly threshold: number;
	readonly outcome: Outcome;
	/** At that threshold, in the order of the corpus. */
	readonly bySeries: readonly Outcome[];
	/** Points by the other two profiles, each with a threshold of its own. */
	readonly fewFalseAlarms: number;
	readonly fewMisses: number;
	/** Points when each series is judged at the threshold that is best for the others. */
	readonly unseen: number;
	readonly valuesPerSecond: number;
}

export interface Report {
	readonly corpus: readonly LabelledSeries[];
	/** Downbeat first. */
	readonly measured: readonly Measured[];
	/** Downbeat at the line from which it calls a value an anomaly by itself. */
	readonly atOwnLine: Outcome;
	readonly neighbourhood: Neighbourhood | undefined;
	readonly settings: Settings;
	readonly circumstances: string;
}

/** How far ahead of the best other. */
const AHEAD_MIN = 10;
const VALUES_PER_SECOND_MIN = 50_000;

/** The section of RESULTS.md, without its title. */
export function sectionOf(report: Report): string {
	const { corpus, measured, circumstances } = report;
	return [
		ABOUT,
		'',
		circumstances,
		'',
		line(['', ...measured.map(({ name }) => name)]),
		line(['---', ...measured.map(() => '--:')]),
		...corpus.map((series, index) =>
			line([
				`${series.name}, ${series.windows.length}`,
				...measured.map(({ bySeries }) => seriesCell(bySeries[index]))
			])
		),
		line(['**all**', ...measured.map(({ outcome }) => `**${points(outcome.points)}**`)]),
		line(['found, of all', ...measured.map(({ outcome }) => `${outcome.hits} of ${outcome.windows}`)]),
		line(['false alarms', ...measured.map(({ outcome }) => String(outcome.falseAlarms))]),
		line(['all, few false alarms', ...measured.map((one) => points(one.fewFalseAlarms))]),
		line(['all, few misses', ...measured.map((one) => points(one.fewMisses))]),
		line(['all, threshold of the others', ...measured.map(({ unseen }) => points(unseen))]),
		line(['values a second of CPU', ...measured.map((one) => thousands(one.valuesPerSecond))]),
		'',
		line(['target', '', 'measured', '']),
		line(['---', '---', '--:', '---']),
		...verdicts(report),
		'',
		...remarks(report)
	].join('\n');
}

const ABOUT = `The detector of \`domain/signal\` on ten series of the Numenta Anomaly Benchmark, by its scorer and standard profile: 0 is
silence, 100 a detection at the beginning of each window and no other. \`npm run bench -- nab\` with \`DOWNBEAT_CORPUS\`
measures it; what was tried and lost is in \`nab/NOTES.md\`. Each contender has one threshold for all series, its best. “Calmed”
is one with our rule that an incident is reported once. Beside a series' name stands the number of its windows, beside its
points that of the false alarms.`;

function verdicts({ measured }: Report): readonly string[] {
	const [own, ...others] = measured;
	if (!own) return [];
	const best = others.reduce((a, b) => (b.outcome.points > a.outcome.points ? b : a));
	const ahead = own.outcome.points - best.outcome.points;
	const speed = own.valuesPerSecond;
	return [
		line([
			`all, ahead of the best other (${best.name})`,
			`≥ ${AHEAD_MIN}`,
			points(ahead),
			ahead >= AHEAD_MIN ? 'met' : '**not met**'
		]),
		line([
			'values a second of CPU',
			`≥ ${thousands(VALUES_PER_SECOND_MIN)}`,
			thousands(speed),
			speed >= VALUES_PER_SECOND_MIN ? 'met' : '**not met**'
		])
	];
}

function remarks({ atOwnLine, measured, neighbourhood, settings }: Report): readonly string[] {
	const threshold = measured[0]?.threshold ?? NaN;
	const own = `- **Its own line**: what scores 0.5 or more is an anomaly to the app. There it gets ${points(atOwnLine.points)}, with ${atOwnLine.hits} found and
  ${atOwnLine.falseAlarms} false alarms; the best threshold is ${threshold.toFixed(3)}.`;
	if (!neighbourhood) return [own];
	const { count, worst, median, best, unseen, chosen } = neighbourhood;
	const picks = chosen
		.toSorted((a, b) => b.times - a.times)
		.map(({ settings: one, times }) => `${settingsText(one)} (${times} ×)`);
	return [
		own,
		`- **Not picked for these ten**: ${count} settings round the detector's own (${settingsText(settings)}: values remembered, tail,
  values of unrest, values of calm) give ${points(worst)} to ${points(best)}, half of them ${points(median)} or more. With settings and threshold chosen on
  nine series and judged on the tenth, in turn: ${points(unseen)}. Chosen: ${picks.join('; ')}.`
	];
}

const settingsText = ({ remembered, tailShare, unrestValues, calmValues }: Settings): string =>
	[remembered, tailShare, unrestValues, calmValues].join(' / ');

const seriesCell = (outcome: Outcome | undefined): string =>
	outcome ? `${points(outcome.points)} (${outcome.falseAlarms})` : '';

const points = (value: number): string => value.toFixed(1).replace('-', '−');
const thousands = (value: number): string => Math.round(value).toLocaleString('en-GB');
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
