import type { BlockData } from '#lib/editor/blocks.ts';
import type { ProseApi } from '#lib/editor/prose-types.ts';
import type { KpiId, RowId } from '#lib/domain/id.ts';
import { CHART } from '../document/chart-data.ts';

type Wish = (prose: ProseApi) => void;

/** The notes on the screen, for those who want something of them before the editor is there. */
export class Writing {
	#item: RowId | undefined;
	#prose: ProseApi | undefined;
	#wish: Wish | undefined;

	/** The editor of an item came, or went: the next one's may come before the last one's goes. */
	ready(item: RowId, prose: ProseApi | undefined): void {
		if (!prose && item !== this.#item) return;
		this.#item = item;
		this.#prose = prose;
		if (!prose) return;
		const wish = this.#wish;
		this.#wish = undefined;
		wish?.(prose);
	}

	/** The last wish counts: nobody waits for two things at once. */
	#ask(wish: Wish): void {
		if (this.#prose) wish(this.#prose);
		else this.#wish = wish;
	}

	/** Puts the caret on an empty line at the end of the notes. */
	focus(): void {
		this.#ask((prose) => prose.startLine());
	}

	/** Another item is coming: what is asked for from here on is asked of its notes. */
	leave(): void {
		this.#prose = undefined;
	}

	insertChart(kpi: KpiId): void {
		this.insertBlock(CHART, { kpi });
	}

	insertBlock(type: string, data: BlockData): void {
		this.#ask((prose) => prose.insertBlock(type, data));
	}

	scrollTo(block: string): void {
		this.#ask((prose) => prose.scrollToBlock(block));
	}
}
