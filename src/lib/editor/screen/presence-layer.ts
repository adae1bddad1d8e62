import type { EditorView } from '@tiptap/pm/view';
import type { PresenceSlot } from '#lib/domain/person.ts';
import { boxesOf } from './boxes.ts';

export interface DrawnCaret {
	readonly client: number;
	readonly label: string;
	readonly slot: PresenceSlot | undefined;
	/** Positions in the view's document. */
	readonly anchor: number;
	readonly head: number;
}

export interface DrawnTint {
	readonly from: number;
	readonly to: number;
	readonly slot: number | undefined;
	readonly key: number;
}

/** Room a name needs beside a caret at the end of a line, before it is measured. */
const FLAG_WIDTH_MIN = 40;

/** Draws carets and tints as boxes over a text. Positions are measured anew at every drawing. */
export class PresenceLayer {
	readonly #view: EditorView;
	readonly #root: HTMLElement;
	readonly #carets = new Map<number, { readonly element: HTMLElement; flag: HTMLElement; place: string }>();
	readonly #boxes = new Map<string, HTMLElement>();

	constructor(view: EditorView, root: HTMLElement) {
		this.#view = view;
		this.#root = root;
	}

	draw(carets: readonly DrawnCaret[], tints: readonly DrawnTint[]): void {
		if (carets.length === 0 && tints.length === 0 && this.#carets.size === 0 && this.#boxes.size === 0)
			return;
		const size = this.#view.state.doc.content.size;
		const alive = carets.filter(({ anchor, head }) => anchor <= size && head <= size);
		this.#dropOthers(alive);
		const origin = this.#root.getBoundingClientRect();
		for (const caret of alive) this.#drawCaret(caret, origin);
		const kept = new Set<string>();
		for (const { client, slot, anchor, head } of alive) {
			const [from, to] = anchor < head ? [anchor, head] : [head, anchor];
			this.#drawBoxes({ key: `s${client}`, kind: 'selection', from, to, slot }, origin, kept);
		}
		for (const { key, slot, from, to } of tints) {
			if (to <= size) this.#drawBoxes({ key: `t${key}`, kind: 'tint', from, to, slot }, origin, kept);
		}
		for (const [key, box] of this.#boxes) {
			if (kept.has(key)) continue;
			box.remove();
			this.#boxes.delete(key);
		}
	}

	destroy(): void {
		this.#root.replaceChildren();
		this.#carets.clear();
		this.#boxes.clear();
	}

	#dropOthers(alive: readonly DrawnCaret[]): void {
		const clients = new Set(alive.map(({ client }) => client));
		for (const [client, { element }] of this.#carets) {
			if (clients.has(client)) continue;
			element.remove();
			this.#carets.delete(client);
		}
	}

	#drawCaret({ client, label, slot, head }: DrawnCaret, origin: DOMRect): void {
		const at = this.#view.coordsAtPos(head);
		const drawn = this.#carets.get(client) ?? this.#newCaret(client);
		const { element } = drawn;
		element.style.setProperty('--c', colourOf(slot));
		element.style.setProperty('--x', `${at.left - origin.left}px`);
		element.style.setProperty('--y', `${at.top - origin.top}px`);
		element.style.setProperty('--h', `${at.bottom - at.top}px`);
		const place = `${head} ${label}`;
		if (drawn.place === place) return;
		// A flag of its own for every move: its name shows for a while from now.
		const flag = document.createElement('span');
		flag.className = 'flag';
		flag.textContent = label;
		drawn.flag.replaceWith(flag);
		drawn.flag = flag;
		drawn.place = place;
		const room = origin.right - at.left;
		element.dataset['flag'] = this.#isLineEnd(head) && room > flag.offsetWidth + 8 ? 'beside' : 'above';
		element.dataset['side'] = room > Math.max(FLAG_WIDTH_MIN, flag.offsetWidth) ? 'after' : 'before';
	}

	#newCaret(client: number) {
		const element = document.createElement('span');
		element.className = 'remote-caret';
		const flag = element.appendChild(document.createElement('span'));
		this.#root.append(element);
		const drawn = { element, flag, place: '' };
		this.#carets.set(client, drawn);
		return drawn;
	}

	/** Whether nothing stands to the right of `pos` on its line. */
	#isLineEnd(pos: number): boolean {
		const $pos = this.#view.state.doc.resolve(pos);
		if (!$pos.parent.isTextblock || $pos.parentOffset === $pos.parent.content.size) return true;
		return this.#view.coordsAtPos(pos + 1, -1).top > this.#view.coordsAtPos(pos).bottom - 2;
	}

	#drawBoxes(
		range: { key: string; kind: 'selection' | 'tint'; from: number; to: number; slot: number | undefined },
		origin: DOMRect,
		kept: Set<string>
	): void {
		if (range.from === range.to) return;
		for (const [index, { left, top, width, height }] of boxesOf(this.#view, range.from, range.to).entries()) {
			const key = `${range.key}-${index}`;
			const box = this.#boxes.get(key) ?? this.#newBox(key, range.kind);
			kept.add(key);
			box.style.setProperty('--c', colourOf(range.slot));
			box.style.translate = `${left - origin.left}px ${top - origin.top}px`;
			box.style.inlineSize = `${width}px`;
			box.style.blockSize = `${height}px`;
		}
	}

	#newBox(key: string, kind: string): HTMLElement {
		const box = document.createElement('span');
		box.className = 'remote-box';
		box.dataset['kind'] = kind;
		this.#root.prepend(box);
		this.#boxes.set(key, box);
		return box;
	}
}

const colourOf = (slot: number | undefined): string => (slot ? `var(--p${slot})` : 'var(--accent)');
