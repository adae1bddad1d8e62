import type { DocumentId } from '../domain/id.ts';
import { periodKindOf, periodOf, previousPeriod, type Period, type PeriodKind } from '../domain/period.ts';
import type { CommentaryCommands } from '../kinds/commentary/doc.ts';
import { commentaryDue, periodLines, type PeriodLine } from '../kinds/commentary/due.ts';
import { commentaryKind } from '../kinds/commentary/kind.ts';
import { COMMENTARY_PREFIX, type Commentaries } from '../kinds/commentary/schema.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** A commentary that somebody still has to write or complete. */
export interface DueLine {
	readonly document: DocumentId;
	readonly period: Period;
	readonly line: PeriodLine;
}

type OpenCommentary = OpenDocument<Commentaries, CommentaryCommands>;

/** What is to be explained in this period and the last one, for as long as somebody looks at it. */
export class CommentaryDue {
	readonly #space: SpaceSession;
	#open = $state.raw<readonly { readonly period: Period; readonly document: OpenCommentary }[]>([]);
	#isStopped = false;

	constructor(space: SpaceSession) {
		this.#space = space;
	}

	/** Red before amber. Of the last period only what is red: what was merely asked for then is past. */
	get lines(): readonly DueLine[] {
		const { kpis, timeZone, points } = this.#space;
		const lines = this.#open.flatMap(({ period, document }) =>
			commentaryDue(document.reading.value, {
				kpis: kpis.reading.value.kpis,
				points,
				period,
				zone: timeZone
			})
				.filter(({ standing }) => period.id === this.#now(period.kind).id || standing.need === 'required')
				.map((line) => ({ document: document.id, period, line }))
		);
		return lines.toSorted(
			(a, b) => Number(b.line.standing.status === 'red') - Number(a.line.standing.status === 'red')
		);
	}

	/** How every KPI's commentary stands, of this period and the last one. */
	get standings(): readonly DueLine[] {
		const { kpis, timeZone: zone, points } = this.#space;
		return this.#open.flatMap(({ period, document }) =>
			periodLines(document.reading.value, { kpis: kpis.reading.value.kpis, points, period, zone }).map(
				(line) => ({ document: document.id, period, line })
			)
		);
	}

	/** Opens the periods of the cadences that the space's KPIs have. */
	async start(): Promise<void> {
		const kinds = new Set(this.#space.kpis.reading.value.kpis.map(({ cadence }) => periodKindOf(cadence)));
		for (const period of [...kinds].flatMap((kind) => this.#periods(kind))) {
			const id = `${COMMENTARY_PREFIX}${period.id}` as DocumentId;
			const document = await this.#space.acquire(id, commentaryKind);
			if (this.#isStopped) return this.#space.release(id);
			this.#open = [...this.#open, { period, document }];
		}
	}

	stop(): void {
		this.#isStopped = true;
		for (const { document } of this.#open) void this.#space.release(document.id);
		this.#open = [];
	}

	#now(kind: PeriodKind): Period {
		return periodOf(this.#space.today, kind);
	}

	#periods(kind: PeriodKind): readonly Period[] {
		const now = this.#now(kind);
		return [previousPeriod(now), now];
	}
}
