import * as Y from 'yjs';
import { isText, type Child } from './standing.ts';
import { leaveTrace, leavingTexts, lettersOf, type Leaving } from './trace.ts';

/**
 * What one edit takes out of a shared text and what it puts in. At its end, every text that went and came again in
 * other words' places (a line that became an item, two lines that became one) leaves its trace.
 */
export class Ledger {
	readonly #gone: Leaving[] = [];
	readonly #made: Y.XmlText[] = [];
	readonly #grown: { readonly text: Y.XmlText; readonly words: string; readonly index: number }[] = [];

	/** To be called before `child` is deleted. */
	goes(child: Child): void {
		this.#gone.push(...leavingTexts(child));
	}

	/** To be called after `child` was put in. */
	comes(child: Child): void {
		this.#made.push(...textsIn(child));
	}

	/** To be called after `words` were written into `text` at `index`. */
	grows(text: Y.XmlText, index: number, words: string): void {
		this.#grown.push({ text, index, words });
	}

	/** Leaves the traces. Nothing else of the edit may follow. */
	settle(): void {
		if (this.#gone.length === 0) return;
		for (const gone of this.#gone) {
			const made = this.#made.findIndex(
				(text) => text.length === gone.words.length && wordsOf(text) === gone.words
			);
			const text = this.#made[made];
			if (text) {
				this.#made.splice(made, 1);
				leaveTrace(text, gone, lettersOf(text));
			} else this.#settleInto(gone);
		}
	}

	/** A line that was joined to another: its words came into that one as they were. */
	#settleInto(gone: Leaving): void {
		const at = this.#grown.findIndex(({ words }) => words !== '' && words === gone.words);
		const grown = this.#grown[at];
		if (!grown) return;
		this.#grown.splice(at, 1);
		leaveTrace(grown.text, gone, lettersOf(grown.text).slice(grown.index, grown.index + grown.words.length));
	}
}

const wordsOf = (text: Y.XmlText): string =>
	lettersOf(text)
		.map((letter) => letter.text)
		.join('');

function textsIn(child: Child): readonly Y.XmlText[] {
	if (isText(child)) return [child];
	return child.toArray().flatMap((inner) => (inner instanceof Y.XmlHook ? [] : textsIn(inner)));
}
