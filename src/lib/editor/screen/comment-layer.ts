import type { EditorView } from '@tiptap/pm/view';
import { boxesOf } from './boxes.ts';

/** A stretch of the view's document that a thread is about. */
export interface DrawnComment {
	readonly id: string;
	readonly from: number;
	readonly to: number;
	/** The thread that the person looks at. */
	readonly isActive: boolean;
}

/** Underlines what threads are about, on the layer behind the text. Everything is measured anew at every drawing. */
export class CommentLayer {
	readonly #view: EditorView;
	readonly #root: HTMLElement;
	readonly #boxes = new Map<string, HTMLElement>();

	/** `layer` lies behind the text and is as large. */
	constructor(view: EditorView, layer: HTMLElement) {
		this.#view = view;
		this.#root = document.createElement('div');
		layer.prepend(this.#root);
	}

	draw(comments: readonly DrawnComment[]): void {
		if (comments.length === 0 && this.#boxes.size === 0) return;
		const size = this.#view.state.doc.content.size;
		const origin = this.#root.parentElement?.getBoundingClientRect() ?? new DOMRect();
		const kept = new Set<string>();
		for (const { id, from, to, isActive } of comments) {
			if (to > size) continue;
			for (const [index, { left, top, width, height }] of boxesOf(this.#view, from, to).entries()) {
				const key = `${id} ${index}`;
				kept.add(key);
				const box = this.#boxes.get(key) ?? this.#add(key, id);
				box.toggleAttribute('data-active', isActive);
				box.style.translate = `${left - origin.left}px ${top - origin.top}px`;
				box.style.inlineSize = `${width}px`;
				box.style.blockSize = `${height}px`;
			}
		}
		for (const [key, box] of this.#boxes) {
			if (kept.has(key)) continue;
			box.remove();
			this.#boxes.delete(key);
		}
	}

	/** Brings the words of a thread into sight, if they are not. */
	reveal(id: string): void {
		const box = this.#boxes.get(`${id} 0`);
		if (!box) return;
		const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
		new IntersectionObserver(([seen], watcher) => {
			watcher.disconnect();
			if (seen?.isIntersecting) return;
			box.scrollIntoView({ block: 'center', behavior: isCalm ? 'auto' : 'smooth' });
		}).observe(box);
	}

	destroy(): void {
		this.#root.remove();
		this.#boxes.clear();
	}

	#add(key: string, id: string): HTMLElement {
		const box = document.createElement('span');
		box.className = 'comment-mark';
		box.dataset['thread'] = id;
		this.#root.append(box);
		this.#boxes.set(key, box);
		return box;
	}
}
