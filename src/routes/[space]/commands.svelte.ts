import { ensureOccurrence } from '#lib/app/occurrences.ts';
import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import { newId, type DocumentId, type RowId } from '#lib/domain/id.ts';
import type { IsoDate } from '#lib/domain/calendar.ts';
import type { AnyKind } from '#lib/kinds/contract.ts';
import type { PageVerbs } from '#lib/kinds/views.ts';
import { hrefOf, type MeetingPlan } from './places.ts';
import type { Toasts } from '#lib/ui/messages/toasts.svelte.ts';

/** What lies over the page. */
export type Overlay = 'palette' | 'meeting' | 'invite' | 'share' | 'sync';

/** What a page lets the palette do in it. */
export interface PageOffer {
	/** “Run in this meeting”. */
	readonly group: string;
	readonly verbs: PageVerbs;
}

/** The verbs of a space that are not part of one document. */
export class Commands {
	readonly #space: SpaceSession;
	readonly #goto: (href: string) => void;
	readonly #toasts: Toasts;
	#opened = $state.raw<Overlay | undefined>();
	#offer = $state.raw<PageOffer | undefined>();
	#shared = $state.raw<DocumentId | undefined>();

	constructor(space: SpaceSession, ports: { goto: (href: string) => void; toasts: Toasts }) {
		this.#space = space;
		this.#goto = ports.goto;
		this.#toasts = ports.toasts;
	}

	get opened(): Overlay | undefined {
		return this.#opened;
	}

	open(overlay: Overlay | undefined): void {
		this.#opened = overlay;
	}

	/** Whether anything can be made here. Reactive: a role may change while the page is open. */
	get mayMake(): boolean {
		return this.#space.index.commands !== undefined && this.#space.rights.may('document.write');
	}

	/** The document that is being shared; undefined while none is. */
	get shared(): DocumentId | undefined {
		return this.#opened === 'share' ? this.#shared : undefined;
	}

	/** Opens what lets guests see a document. */
	share(document: DocumentId): void {
		this.#shared = document;
		this.#opened = 'share';
	}

	/** What the page shown now offers; undefined on pages that offer nothing of their own. */
	get offer(): PageOffer | undefined {
		return this.#offer;
	}

	set offer(offer: PageOffer | undefined) {
		this.#offer = offer;
	}

	go(href: string): void {
		this.#goto(href);
	}

	/** Makes a meeting and opens it. Works with no network. */
	createMeeting({ title, startsAtMs, minutes }: MeetingPlan): void {
		const id = `m-${newId()}` as DocumentId;
		this.#space.index.commands?.list(id, {
			kind: 'meeting',
			title,
			createdAt: new Date(this.#space.nowMs()).toISOString(),
			createdBy: this.#space.me.id,
			...(startsAtMs === undefined ? {} : { startsAt: new Date(startsAtMs).toISOString() }),
			...(minutes === undefined ? {} : { minutes })
		});
		this.#goto(hrefOf(this.#space.id, { kind: 'meeting', document: id }));
	}

	/** Makes a document of a kind that has many, named after the kind until somebody names it, and opens it. */
	createDocument({ id: kind, prefix, label }: AnyKind): void {
		const id = `${prefix ?? ''}${newId()}` as DocumentId;
		this.#space.index.commands?.list(id, {
			kind,
			title: `New ${label.one}`,
			createdAt: new Date(this.#space.nowMs()).toISOString(),
			createdBy: this.#space.me.id
		});
		this.#goto(hrefOf(this.#space.id, { kind, document: id }));
	}

	/** Makes an empty record in a register and opens it. */
	async draftRecord(kind: string): Promise<void> {
		const { row } = await this.#space.records.draft(kind, { title: '', owner: this.#space.me.id });
		this.#goto(hrefOf(this.#space.id, { kind, document: row }));
	}

	/** Opens the occurrence of a series on a day, and makes its document when nobody has. */
	async openOccurrence(series: RowId, day: IsoDate): Promise<void> {
		const id = await ensureOccurrence(this.#space, series, day);
		if (id) this.#goto(hrefOf(this.#space.id, { kind: 'meeting', document: id }));
		else if (!this.mayMake)
			this.#toasts.show({
				title: 'Nobody has opened this meeting yet',
				body: 'It is there as soon as somebody who writes here opens it.'
			});
	}

	/** Puts a meeting away, and offers to take that back. */
	archive(id: DocumentId, title: string): void {
		this.#space.index.commands?.archive(id, new Date(this.#space.nowMs()).toISOString());
		const run = () => this.#space.index.commands?.unarchive(id);
		this.#toasts.show({ title: `${title} put away`, actions: [{ label: 'Undo', run }] });
	}
}
