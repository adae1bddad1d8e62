import type { KpiId } from '#lib/domain/id.ts';
import type { PointShelf } from '#lib/domain/points.ts';
import { deviceZone } from '#lib/domain/series-calendar.ts';
import { FUTURE_MS_MAX } from '#lib/protocol/limits.ts';
import type { CsvTable } from './csv.ts';
import { textOf } from './csv-file.ts';
import { lackingSentence, suggestMapping, type Mapping } from './csv-mapping.ts';
import { readRows, type BadRow, type ReadRows } from './csv-points.ts';
import { sendRows } from './csv-send.ts';

/** Where an import is: one member per step, each with what its screen needs. */
export type ImportStep =
	| { readonly is: 'file'; readonly sentence: string }
	| { readonly is: 'map'; readonly fileName: string; readonly table: CsvTable }
	| { readonly is: 'sending'; readonly total: number }
	| { readonly is: 'done'; readonly result: ImportResult };

export interface ImportResult {
	readonly added: number;
	/** The server had them already, with the same value. */
	readonly known: number;
	readonly shared: readonly BadRow[];
	readonly notUsed: readonly BadRow[];
	/** Why it stopped on the way; empty when everything went through. */
	readonly stopped: string;
}

/** One file on its way in. The chosen columns stay while the connection comes and goes. */
export class ImportState {
	readonly #kpi: KpiId;
	readonly #shelf: PointShelf;
	readonly #nowMs: () => number;
	#step = $state.raw<ImportStep>({ is: 'file', sentence: '' });
	#mapping = $state.raw<Mapping>();
	#file: { readonly fileName: string; readonly table: CsvTable } | undefined;
	#done = $state(0);

	constructor({ kpi, shelf, nowMs }: { kpi: KpiId; shelf: PointShelf; nowMs: () => number }) {
		this.#kpi = kpi;
		this.#shelf = shelf;
		this.#nowMs = nowMs;
	}

	get step(): ImportStep {
		return this.#step;
	}

	get mapping(): Mapping | undefined {
		return this.#mapping;
	}

	/** Rows that are through. */
	get done(): number {
		return this.#done;
	}

	/** Every row as it would be sent. */
	readonly rows: ReadRows | undefined = $derived.by(() => {
		if (this.#step.is !== 'map' || !this.#mapping) return undefined;
		return readRows(this.#step.table, this.#mapping, this.#nowMs() + FUTURE_MS_MAX);
	});

	async take(file: File): Promise<void> {
		const text = await textOf(file);
		if (!text.ok) return this.#refuse(text.error.sentence);
		const { readCsv } = await import('./csv.ts');
		const table = readCsv(text.value);
		const mapping = suggestMapping(table, deviceZone());
		if (!mapping) return this.#refuse(lackingSentence(table));
		this.#mapping = mapping;
		this.#file = { fileName: file.name, table };
		this.again();
	}

	map(fields: Partial<Mapping>): void {
		if (this.#mapping) this.#mapping = { ...this.#mapping, ...fields };
	}

	/** Back to choosing a file. */
	restart(): void {
		this.#refuse('');
	}

	/** Back to the columns, as they were chosen: after a stop on the way. */
	again(): void {
		if (this.#file) this.#step = { is: 'map', ...this.#file };
	}

	async send(): Promise<void> {
		const { rows } = this;
		const before = this.#step;
		if (!rows || before.is !== 'map') return;
		this.#done = 0;
		this.#step = { is: 'sending', total: rows.good.length };
		const result = await sendRows(rows.good, {
			shelf: this.#shelf,
			kpi: this.#kpi,
			onprogress: (done) => (this.#done = done)
		});
		const sent = result.ok ? result.value : result.error.sent;
		this.#step = {
			is: 'done',
			result: {
				added: sent.added,
				known: sent.known,
				shared: rows.shared,
				notUsed: [...rows.bad, ...sent.rejected],
				stopped: result.ok ? '' : result.error.why.sentence
			}
		};
	}

	#refuse(sentence: string): void {
		this.#step = { is: 'file', sentence };
	}
}
