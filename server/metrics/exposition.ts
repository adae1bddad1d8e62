import type { Histogram } from './histogram.ts';

// The Prometheus text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/

/** What to send as `Content-Type`. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Label names and values. Values are ours or of a fixed set: each new one is a series for ever. */
export type Labels = Readonly<Record<string, string>>;

type Kind = 'counter' | 'gauge' | 'histogram';

/** Puts numbers into words, one family after the other, in the order they are given. */
export class Exposition {
	readonly #lines: string[] = [];

	/** How much there was since the process started. Its name ends in `_total`. */
	counter(name: string, help: string, value: number | Samples): void {
		this.#family('counter', name, help, value);
	}

	/** How much there is now. */
	gauge(name: string, help: string, value: number | Samples): void {
		this.#family('gauge', name, help, value);
	}

	/** One family of histograms, one for each set of labels. */
	histograms(name: string, help: string, some: readonly (readonly [Labels, Histogram])[]): void {
		this.#head('histogram', name, help);
		for (const [labels, histogram] of some) this.#histogram(name, labels, histogram);
	}

	toString(): string {
		return `${this.#lines.join('\n')}\n`;
	}

	#histogram(name: string, labels: Labels, { bounds, counts, sum }: Histogram): void {
		let below = 0;
		for (const [index, count] of counts.entries()) {
			below += count;
			const le = index < bounds.length ? String(bounds[index]) : '+Inf';
			this.#sample(`${name}_bucket`, { ...labels, le }, below);
		}
		this.#sample(`${name}_sum`, labels, sum);
		this.#sample(`${name}_count`, labels, below);
	}

	#family(kind: Kind, name: string, help: string, value: number | Samples): void {
		this.#head(kind, name, help);
		const samples: Samples = typeof value === 'number' ? [[{}, value]] : value;
		for (const [labels, one] of samples) this.#sample(name, labels, one);
	}

	#head(kind: Kind, name: string, help: string): void {
		this.#lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
	}

	#sample(name: string, labels: Labels, value: number): void {
		const said = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
		this.#lines.push(`${name}${said.length > 0 ? `{${said.join(',')}}` : ''} ${value}`);
	}
}

export type Samples = readonly (readonly [Labels, number])[];

const escaped = (text: string): string =>
	text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
