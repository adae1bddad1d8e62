import { Calm } from '#lib/domain/signal/calm.ts';
import { Detector, SETTINGS, type Settings } from '#lib/domain/signal/detector.ts';
import { assert } from '#lib/util/assert.ts';
import { Random } from '#lib/util/random.ts';
import { changePoints } from './change-points.ts';
import type { Contender } from './contender.ts';
import type { LabelledSeries } from './scorer.ts';
import { windowedGaussian } from './windowed-gaussian.ts';

export const DOWNBEAT = 'Downbeat';

/** Our detector; what it does not tell because it was told already counts as nothing. */
export const downbeat = (settings: Settings = SETTINGS): Contender => ({
	name: DOWNBEAT,
	start() {
		const detector = new Detector(undefined, settings);
		return (atMs, value) => {
			const found = detector.observe(atMs, value);
			assert(found.ok, `${value} at ${atMs} was refused`);
			return found.value.isRepeat ? 0 : found.value.score;
		};
	}
});

/** Knows nothing, and says so with chance. */
const chance: Contender = {
	name: 'Chance',
	start() {
		const random = new Random(42);
		return () => random.next();
	}
};

/** Says nothing: by definition 0 points. */
const silence: Contender = { name: 'Silence', start: () => () => 0 };

/** Another contender with what ours has over it: it, too, reports an incident once. */
const calmed = (contender: Contender): Contender => ({
	name: `${contender.name}, calmed`,
	start() {
		const score = contender.start();
		const calm = new Calm(SETTINGS.calmValues);
		return (atMs, value) => {
			const found = score(atMs, value);
			return calm.isRepeat(found) ? 0 : found;
		};
	}
});

/** Ours first. */
export const contenders: readonly Contender[] = [
	downbeat(),
	windowedGaussian,
	calmed(windowedGaussian),
	changePoints,
	calmed(changePoints),
	chance,
	silence
];

/** One score a row. */
export function scoresOf(contender: Contender, { atMs, values }: LabelledSeries): Float64Array {
	const score = contender.start();
	return Float64Array.from(values, (value, row) => score(atMs[row] ?? NaN, value));
}
