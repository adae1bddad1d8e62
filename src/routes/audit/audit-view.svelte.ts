import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { AuditEntry, AuditPage, AuditQuery } from '#lib/domain/audit.ts';

/** Where the entries come from: the log of a space, or of the whole server. */
export type AuditSource = Pick<SpaceSession['api']['audit'], 'page' | 'file'>;

/** Why there is nothing to show, or nothing more. */
export interface Trouble {
	readonly isOffline: boolean;
	readonly sentence: string;
}

/** Entries that a press of “Load older” brings at least, while there are any. */
const ENTRIES_MIN = 25;

/** An audit log as it is looked through: newest first, by a choice, as far back as was asked for. */
export class AuditView {
	readonly #source: AuditSource;
	#query = $state.raw<AuditQuery>({});
	#entries = $state.raw<readonly AuditEntry[]>([]);
	#next = $state.raw<number | undefined>();
	#isLoading = $state(true);
	#trouble = $state.raw<Trouble | undefined>();
	/** Of the latest choice; answers to earlier ones are dropped. */
	#turn = 0;

	constructor(source: AuditSource) {
		this.#source = source;
	}

	get query(): AuditQuery {
		return this.#query;
	}

	get entries(): readonly AuditEntry[] {
		return this.#entries;
	}

	get hasOlder(): boolean {
		return this.#next !== undefined;
	}

	get isLoading(): boolean {
		return this.#isLoading;
	}

	get trouble(): Trouble | undefined {
		return this.#trouble;
	}

	/** Shows what `query` chooses, from the newest on. */
	async choose(query: AuditQuery): Promise<void> {
		this.#query = query;
		this.#entries = [];
		this.#next = undefined;
		await this.#load(++this.#turn);
	}

	async older(): Promise<void> {
		if (!this.#isLoading) await this.#load(this.#turn);
	}

	/** All that is chosen, as a file; undefined when it cannot be had, and `trouble` says why. */
	async file(format: 'csv' | 'jsonl'): Promise<Uint8Array<ArrayBuffer> | undefined> {
		const answer = await this.#source.file(this.#query, format);
		this.#trouble = answer.ok ? undefined : troubleOf(answer.error);
		return answer.ok ? answer.value : undefined;
	}

	/** A page may be short, or empty, and there be more: one call looks through a limited number of entries. */
	async #load(turn: number): Promise<void> {
		this.#isLoading = true;
		this.#trouble = undefined;
		const shownBefore = this.#entries.length;
		do {
			const answer = await this.#source.page(this.#query, this.#next);
			if (turn !== this.#turn) return;
			if (!answer.ok) {
				this.#trouble = troubleOf(answer.error);
				break;
			}
			this.#take(answer.value);
		} while (this.#next !== undefined && this.#entries.length - shownBefore < ENTRIES_MIN);
		this.#isLoading = false;
	}

	#take({ entries, next }: AuditPage): void {
		this.#entries = [...this.#entries, ...entries];
		this.#next = next;
	}
}

const troubleOf = ({ code, sentence }: { code: string; sentence: string }): Trouble => ({
	isOffline: code === 'offline',
	sentence
});
