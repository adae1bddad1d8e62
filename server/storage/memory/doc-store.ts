import type { DocAuthor, DocStore, Fold, HistoryRow, LogEntry, VersionName } from '../../sync/doc-store.ts';

interface KeptDoc {
	readonly rows: HistoryRow[];
	readonly authors: Map<number, string>;
	readonly names: Map<number, VersionName>;
	fold: Fold | undefined;
}

/** For tests and for trying things: keeps everything, and loses it with the process. */
export class MemoryDocStore implements DocStore {
	readonly #docs = new Map<string, KeptDoc>();
	#lastSeq = 0;

	append(entries: readonly LogEntry[]): Promise<readonly number[]> {
		return Promise.resolve(entries.map((entry) => this.#appendOne(entry)));
	}

	flush(): Promise<void> {
		return Promise.resolve();
	}

	load(doc: string) {
		const kept = this.#docs.get(doc);
		const fold = kept?.fold;
		return Promise.resolve({
			fold: fold && { ...fold, stateBytes: fold.state.length },
			tail: (kept?.rows ?? []).filter(({ seq }) => seq > (fold?.uptoSeq ?? 0))
		});
	}

	loadState(doc: string) {
		return Promise.resolve(this.#docs.get(doc)?.fold?.state);
	}

	foldUpTo(doc: string, seq: number) {
		const fold = this.#docs.get(doc)?.fold;
		return Promise.resolve(fold && fold.uptoSeq <= seq ? fold : undefined);
	}

	fold(doc: string, fold: Fold): Promise<void> {
		this.#kept(doc).fold = fold;
		return Promise.resolve();
	}

	authors(doc: string, limit: number): Promise<readonly DocAuthor[]> {
		const authors = [...(this.#docs.get(doc)?.authors ?? [])].map(([client, author]) => ({ client, author }));
		return Promise.resolve(authors.slice(-limit));
	}

	history(doc: string, { afterSeq, limit }: { afterSeq: number; limit: number }) {
		const rows = (this.#docs.get(doc)?.rows ?? []).filter(({ seq }) => seq > afterSeq);
		return Promise.resolve(rows.slice(0, limit));
	}

	trail(doc: string, { beforeSeq, limit }: { beforeSeq: number; limit: number }) {
		const rows = (this.#docs.get(doc)?.rows ?? []).filter(({ seq }) => seq < beforeSeq);
		const marks = rows.slice(-limit).map(({ seq, atMs, author }) => ({ seq, atMs, author }));
		return Promise.resolve(marks.toReversed());
	}

	nameVersion(doc: string, name: VersionName): Promise<boolean> {
		const kept = this.#docs.get(doc);
		if (!kept?.rows.some(({ seq }) => seq === name.seq)) return Promise.resolve(false);
		kept.names.set(name.seq, name);
		return Promise.resolve(true);
	}

	unnameVersion(doc: string, seq: number): Promise<boolean> {
		return Promise.resolve(this.#docs.get(doc)?.names.delete(seq) ?? false);
	}

	versionNames(doc: string): Promise<readonly VersionName[]> {
		const names = [...(this.#docs.get(doc)?.names.values() ?? [])];
		return Promise.resolve(names.toSorted((a, b) => b.seq - a.seq));
	}

	list(space: string): Promise<readonly string[]> {
		return Promise.resolve([...this.#docs.keys()].filter((name) => name.startsWith(`${space}/`)).toSorted());
	}

	async removeSpace(space: string): Promise<void> {
		for (const name of await this.list(space)) this.#docs.delete(name);
	}

	#appendOne({ doc, update, author, atMs, newClients }: LogEntry): number {
		const kept = this.#kept(doc);
		const seq = ++this.#lastSeq;
		kept.rows.push({ seq, atMs, author, update });
		for (const client of newClients) if (!kept.authors.has(client)) kept.authors.set(client, author);
		return seq;
	}

	#kept(doc: string): KeptDoc {
		let kept = this.#docs.get(doc);
		if (!kept)
			this.#docs.set(doc, (kept = { rows: [], authors: new Map(), names: new Map(), fold: undefined }));
		return kept;
	}
}
