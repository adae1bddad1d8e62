import type { KpiId } from '#lib/domain/id.ts';

/** Asks the person which KPI a new chart shows. One question at a time: another one takes its place. */
export class ChartAsk {
	#answer = $state.raw<(kpi: KpiId | undefined) => void>();

	get isOpen(): boolean {
		return this.#answer !== undefined;
	}

	/** Resolves to the chosen KPI, or to nothing when they thought better of it. */
	ask(): Promise<KpiId | undefined> {
		this.#answer?.(undefined);
		const { promise, resolve } = Promise.withResolvers<KpiId | undefined>();
		this.#answer = resolve;
		return promise;
	}

	answer(kpi: KpiId | undefined): void {
		const answer = this.#answer;
		this.#answer = undefined;
		answer?.(kpi);
	}
}
