import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { RhythmContext } from './rhythm-events.ts';

/** What the rhythm is reckoned from. Reactive where it is read. */
export function rhythmContext(space: SpaceSession, nowMs: number): RhythmContext {
	return {
		space: space.id,
		index: space.index.reading.value,
		timeZone: space.timeZone,
		today: space.today,
		nowMs,
		summaryOf: (document) => space.summaries.of(document)
	};
}
