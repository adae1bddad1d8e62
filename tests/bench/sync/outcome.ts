import { median } from '../report.ts';
import { contenders, type Contender, type ContenderName } from './contenders.ts';
import type { Numbers } from './trial.ts';

/** What all rounds of a measure gave: medians, beside the best of the peers. */
export class Outcome {
	readonly #rounds = new Map<ContenderName, Numbers[]>();
	/** Who could not be measured, and why. */
	readonly failures: string[] = [];

	add(contender: Contender, numbers: Numbers): void {
		this.#rounds.set(contender.name, [...(this.#rounds.get(contender.name) ?? []), numbers]);
	}

	/** NaN when it was not measured. */
	of(name: ContenderName, key: string): number {
		const values = (this.#rounds.get(name) ?? []).flatMap((numbers) => numbers[key] ?? []);
		return values.length > 0 ? median(values) : Number.NaN;
	}

	sumOf(name: ContenderName, key: string): number {
		return (this.#rounds.get(name) ?? []).reduce((sum, numbers) => sum + (numbers[key] ?? 0), 0);
	}

	/** The lowest of the peers, or of those with storage. */
	lowest(key: string, isStored = false): number {
		return Math.min(...this.#peers(key, isStored));
	}

	highest(key: string): number {
		return Math.max(...this.#peers(key, false));
	}

	#peers(key: string, isStored: boolean): readonly number[] {
		const found = contenders
			.filter(({ name, isRelay }) => name !== 'ours' && !isRelay)
			.filter((contender) => contender.isStored || !isStored)
			.map(({ name }) => this.of(name, key))
			.filter((value) => !Number.isNaN(value));
		return found.length > 0 ? found : [Number.NaN];
	}
}

/** One target beside what was measured. */
export interface Verdict {
	readonly what: string;
	readonly target: string;
	readonly measured: string;
	/** Undefined when what it is compared with was not measured. */
	readonly isMet: boolean | undefined;
}

export function atMost(what: string, value: number, limit: number, unit = ' ×'): Verdict {
	return verdict(what, value, { limit, unit, sign: '≤', isMet: value <= limit });
}

export function atLeast(what: string, value: number, limit: number, unit = ' ×'): Verdict {
	return verdict(what, value, { limit, unit, sign: '≥', isMet: value >= limit });
}

function verdict(
	what: string,
	value: number,
	{ limit, unit, sign, isMet }: { limit: number; unit: string; sign: string; isMet: boolean }
): Verdict {
	return {
		what,
		target: `${sign} ${limit}${unit}`,
		measured: `${rounded(value)}${unit}`,
		isMet: Number.isNaN(value) ? undefined : isMet
	};
}

/** Three digits that mean something. */
export function rounded(value: number): string {
	if (Number.isNaN(value)) return '–';
	const size = Math.abs(value);
	if (size >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
	return value.toFixed(size >= 10 ? 1 : 2);
}
