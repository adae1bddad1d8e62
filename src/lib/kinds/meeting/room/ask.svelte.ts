import type { KpiId } from '#lib/domain/id.ts';
import type { PickQuestion } from '../../record-blocks.ts';

/** Asks the person something before a block can be made. One question at a time: another one takes its place. */
export class Ask<Question, Answer> {
	#open = $state.raw<{ question: Question; answer: (answer: Answer | undefined) => void }>();

	/** What is asked; undefined when nothing is. */
	get question(): Question | undefined {
		return this.#open?.question;
	}

	/** Resolves to the answer, or to nothing when they thought better of it. */
	ask(question: Question): Promise<Answer | undefined> {
		this.#open?.answer(undefined);
		const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
		this.#open = { question, answer: resolve };
		return promise;
	}

	answer(answer: Answer | undefined): void {
		const open = this.#open;
		this.#open = undefined;
		open?.answer(answer);
	}
}

/** Which KPI, and what for. */
export interface KpiQuestion {
	readonly title: string;
	readonly description: string;
}

export type KpiAsk = Ask<KpiQuestion, KpiId>;
export type PickAsk = Ask<PickQuestion, string>;

export const CHART_QUESTION: KpiQuestion = {
	title: 'Insert a chart',
	description: 'It is live: new values show here as they come.'
};

export const COMMENTARY_QUESTION: KpiQuestion = {
	title: 'Insert commentary',
	description: 'What changed, and what is being done about it: one text, here and beside the chart.'
};
