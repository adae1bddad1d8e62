import type { SpaceId } from '#lib/domain/id.ts';
import type { FoundPorts } from './auth/create-space.ts';
import type { Directory } from './auth/directory.ts';
import type { NumberStore } from './clerk/number-store.ts';
import type { Clock } from './clock.ts';
import type { SeriesStore } from './kpi/series-store.ts';
import { foundSpace } from './setup/found-space.ts';
import type { DocStore } from './sync/doc-store.ts';

export interface FoundingParts {
	readonly directory: Directory;
	readonly clock: Clock;
	readonly docs: DocStore;
	readonly series: SeriesStore;
	readonly numbers: NumberStore;
}

/** What founding a space needs, the same for the setup page and for the command line. */
export function composeFounding({ directory, clock, docs, series, numbers }: FoundingParts): FoundPorts {
	return {
		directory,
		clock,
		found: (founding) => foundSpace(founding, { docs, series, nowMs: clock.nowMs() }),
		async erase(space: SpaceId) {
			await docs.removeSpace(space);
			await series.removeSpace(space);
			await numbers.removeSpace(space);
		}
	};
}
