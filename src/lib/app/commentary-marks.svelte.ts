import type * as Y from 'yjs';
import type { DocumentId, RowId } from '../domain/id.ts';
import type { Marker } from '../domain/kpi.ts';
import type { CommentaryCommands } from '../kinds/commentary/doc.ts';
import { commentaryKind } from '../kinds/commentary/kind.ts';
import { commentaryMarks } from '../kinds/commentary/marks.ts';
import { COMMENTARY_PREFIX, type Commentaries } from '../kinds/commentary/schema.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** What was said about numbers in the periods that this device keeps, for charts and for whoever writes the next. */
export class CommentaryMarks {
	readonly #space: SpaceSession;
	#byDocument = $state.raw<ReadonlyMap<DocumentId, Commentaries>>(new Map());
	#held = $state.raw<ReadonlyMap<DocumentId, OpenDocument<Commentaries, CommentaryCommands>>>(new Map());
	readonly #asked = new Set<DocumentId>();
	/** Those that were open since: what is on the disk is older. */
	readonly #heard = new Set<DocumentId>();

	constructor(space: SpaceSession) {
		this.#space = space;
	}

	/** One marker for each value that somebody explained. */
	readonly markers: readonly Marker[] = $derived.by(() =>
		[...this.#byDocument].flatMap(([document, commentaries]) =>
			commentaryMarks(commentaries)
				.filter(({ segment }) => segment === undefined)
				.map(({ row, kpi, at, words }) => ({
					id: `${document}.${row}` as RowId,
					order: '',
					at: new Date(at * 1000).toISOString(),
					kind: 'note' as const,
					label: words,
					kpi
				}))
		)
	);

	/** What a period's document says now. It is opened when it is asked for first, and stays open with the space. */
	of(document: DocumentId): Commentaries | undefined {
		if (!this.#asked.has(document)) void this.#hold(document);
		return this.#held.get(document)?.reading.value ?? this.#byDocument.get(document);
	}

	/** Looks through the periods that the space lists. */
	load(): void {
		for (const { id, kind } of this.#space.index.reading.value.documents) {
			if (kind === commentaryKind.id) void this.#load(id as string as DocumentId);
		}
	}

	/** A document of the space is closed, or was brought up to date. What was typed last may not be on the disk yet. */
	heard(document: DocumentId, doc: Y.Doc): void {
		if (!document.startsWith(COMMENTARY_PREFIX)) return;
		this.#heard.add(document);
		this.#put(document, doc);
	}

	async #hold(document: DocumentId): Promise<void> {
		this.#asked.add(document);
		const opened = await this.#space.acquire(document, commentaryKind);
		this.#held = new Map([...this.#held, [document, opened]]);
	}

	async #load(document: DocumentId): Promise<void> {
		const doc = await this.#space.readKept(document);
		if (doc && !this.#heard.has(document)) this.#put(document, doc); // Else it was closed while the disk was read.
		doc?.destroy();
	}

	#put(document: DocumentId, doc: Y.Doc): void {
		this.#byDocument = new Map([...this.#byDocument, [document, commentaryKind.doc.read(doc).value]]);
	}
}
