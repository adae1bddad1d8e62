import { createSubscriber } from 'svelte/reactivity';
import type { SpaceId } from '../domain/id.ts';
import type { GuestView } from '../domain/guest.ts';
import { dayOf } from '../domain/words.ts';
import type { AnyKind, ExportContext } from '../kinds/contract.ts';
import { kindOfDocument } from '../kinds/registry.ts';
import type { ApiRefused } from '../sync/api-call.ts';
import { GuestDoc } from '../sync/guest-doc.ts';
import { describeGuestLink } from '../sync/server-api.ts';
import { ok, type Result } from '../util/result.ts';

/** Whoever types in it sends a change a keystroke: it is written out anew at most so often. */
const WRITE_OUT_MS = 200;

/** What documents are called of which there is one, or whose name says it. */
const titleIn = (kind: AnyKind | undefined, document: string): string | undefined =>
	kind?.only === undefined ? kind?.titleOf?.(document) : kind.label.many;

/** What a guest sees of a space: one document, as it is now, written out. */
export class GuestPage {
	readonly view: GuestView;
	readonly kind: AnyKind | undefined;
	readonly title: string;
	readonly #doc: GuestDoc;
	readonly #track: () => void;
	#changed: (() => void) | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** `title`: what the link says the document is called. Refuses with why the link opens nothing. */
	static async open(
		space: SpaceId,
		{ secret, title }: { secret: string; title: string }
	): Promise<Result<GuestPage, ApiRefused>> {
		const described = await describeGuestLink(space, secret);
		return described.ok ? ok(new GuestPage(described.value, { secret, title })) : described;
	}

	private constructor(view: GuestView, { secret, title }: { secret: string; title: string }) {
		this.view = view;
		this.kind = kindOfDocument(view.document);
		this.title = titleIn(this.kind, view.document) ?? (title || this.kind?.label.one || 'Document');
		this.#track = createSubscriber((changed) => {
			this.#changed = changed;
			return () => (this.#changed = undefined);
		});
		this.#doc = new GuestDoc({
			url: `${location.origin.replace(/^http/, 'ws')}/sync`,
			name: `${view.space}/${view.document}`,
			token: secret,
			changed: () => this.#soon()
		});
	}

	/** The server ended the link. What was shown is not to be shown any longer. */
	get isEnded(): boolean {
		this.#track();
		return this.#doc.link.is === 'refused';
	}

	/** Whether what is shown is as it is now. */
	get isLive(): boolean {
		this.#track();
		return this.#doc.link.is === 'up';
	}

	/** All of it has come once. */
	get hasArrived(): boolean {
		this.#track();
		return this.#doc.hasArrived;
	}

	/** Markdown. Guests are told no names: where a person would stand there is nothing. */
	get text(): string {
		this.#track();
		const exporter = this.kind?.exports.find(({ format }) => format === 'markdown');
		if (!this.kind || !exporter) return '';
		const context: ExportContext = {
			title: this.title,
			today: dayOf(Date.now(), this.view.timeZone),
			nameOf: () => '',
			recordOf: (ref) => ({
				ref: { ...ref, row: ref.row ?? ('' as never) },
				title: 'not part of this link',
				state: '',
				isOpen: false
			})
		};
		return exporter.render(this.kind.doc.read(this.#doc.doc).value, context);
	}

	tryNow(): void {
		this.#doc.nudge();
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#doc.close();
	}

	#soon(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#changed?.();
		}, WRITE_OUT_MS);
	}
}
