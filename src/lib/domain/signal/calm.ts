/** As it is kept between two runs of a process. */
export interface CalmState {
	/** The score of the last report. */
	readonly reported: number;
	/** For how many values it still holds. */
	readonly left: number;
}

/** An incident is reported once: for `values` values after a report only what is stranger is another, and calms anew. */
export class Calm {
	readonly #values: number;
	#reported: number;
	#left: number;

	constructor(values: number, state: CalmState = { reported: 0, left: 0 }) {
		this.#values = values;
		this.#reported = state.reported;
		this.#left = state.left;
	}

	/** Whether a score, asked once per value and in order, is nothing new. A score of 0 is no repeat: it says nothing. */
	isRepeat(score: number): boolean {
		if (this.#left === 0) this.#reported = 0;
		else this.#left--;
		if (score <= this.#reported) return score > 0;
		this.#reported = score;
		this.#left = this.#values;
		return false;
	}

	get state(): CalmState {
		return { reported: this.#reported, left: this.#left };
	}
}
