import type { Settings } from '#lib/domain/signal/detector.ts';
import { median } from '../report.ts';
import { downbeat, scoresOf } from './contenders.ts';
import { bestThreshold, markSeries, outcomeAt, PROFILES, type LabelledSeries } from './scorer.ts';

// Whether the detector's numbers were picked for these ten series: what others round them give, and what is left
// when a series is judged with numbers that were chosen without it.

/** What comes of the settings round the detector's own, in points. */
export interface Neighbourhood {
	/** How many settings were tried. */
	readonly count: number;
	readonly worst: number;
	readonly median: number;
	readonly best: number;
	/** Each series with the settings and the threshold that are best for the nine others. */
	readonly unseen: number;
	/** Which settings were chosen for how many series. */
	readonly chosen: readonly { readonly settings: Settings; readonly times: number }[];
}

const GRID = {
	remembered: [2_048, 4_096, 8_192],
	tailShare: [0.03, 0.05, 0.08],
	unrestValues: [8, 12, 16],
	calmValues: [75, 100, 150]
} as const satisfies Record<keyof Settings, readonly number[]>;

const settingsOfGrid: readonly Settings[] = GRID.remembered.flatMap((remembered) =>
	GRID.tailShare.flatMap((tailShare) =>
		GRID.unrestValues.flatMap((unrestValues) =>
			GRID.calmValues.map((calmValues) => ({ remembered, tailShare, unrestValues, calmValues }))
		)
	)
);

/** What one setting gives: in all, and without each of the series what that one then gets. */
interface Tried {
	readonly settings: Settings;
	readonly points: number;
	/** By series: the points of the others at their best threshold, and its own there. */
	readonly without: readonly { readonly others: number; readonly own: number }[];
}

export function neighbourhood(corpus: readonly LabelledSeries[]): Neighbourhood {
	const marked = corpus.map((series) => markSeries(series, PROFILES.standard));
	const tried = settingsOfGrid.map((settings): Tried => {
		const detections = marked.map((one) => ({
			marked: one,
			scores: scoresOf(downbeat(settings), one.series)
		}));
		const without = detections.map((detection) => {
			const { threshold, outcome } = bestThreshold(detections.filter((other) => other !== detection));
			return { others: outcome.points, own: outcomeAt([detection], threshold).points };
		});
		return { settings, points: bestThreshold(detections).outcome.points, without };
	});
	const points = tried.map((one) => one.points);
	const picks = marked.map((_, index) =>
		tried.reduce((a, b) => ((b.without[index]?.others ?? 0) > (a.without[index]?.others ?? 0) ? b : a))
	);
	const windows = marked.reduce((sum, one) => sum + one.windows, 0);
	return {
		count: tried.length,
		worst: Math.min(...points),
		median: median(points),
		best: Math.max(...points),
		unseen: marked.reduce(
			(sum, one, index) => sum + ((picks[index]?.without[index]?.own ?? 0) * one.windows) / windows,
			0
		),
		chosen: [...Map.groupBy(picks, ({ settings }) => settings)].map(([settings, { length }]) => ({
			settings,
			times: length
		}))
	};
}
