import { createContext } from 'svelte';
import type { GlyphLook } from '../sync/sync-words.ts';
import type { IconType } from '../icon.ts';
import { realSchedule, type Schedule } from './schedule.ts';

/** What happened, in passing. What needs an answer is never only a toast. */
export interface ToastWords {
	/** “Action deleted”. */
	readonly title: string;
	readonly body?: string | undefined;
	/** An icon, or how the sync glyph looks. */
	readonly icon?: IconType | GlyphLook | undefined;
	/** Small buttons. Each closes the toast. */
	readonly actions?: readonly ToastAction[] | undefined;
	/** A toast with the same key takes the place of the one that shows. */
	readonly key?: string | undefined;
}

export interface ToastAction {
	readonly label: string;
	run(): void;
}

export interface Toast extends ToastWords {
	readonly id: number;
}

/** How long a toast stays while nobody is at it. */
export const TOAST_STAYS_MS = 6_000;
/** More than three are not read. The oldest gives way. */
export const TOASTS_MAX = 3;

/** The toasts of the page: `toasts.show({ title })`. One per app, handed down by context. */
export class Toasts {
	readonly #schedule: Schedule;
	readonly #leaving = new Map<number, () => void>();
	#shown = $state.raw<readonly Toast[]>([]);
	#isHeld = false;
	#count = 0;

	constructor(schedule: Schedule = realSchedule) {
		this.#schedule = schedule;
	}

	/** Oldest first. */
	get shown(): readonly Toast[] {
		return this.#shown;
	}

	/** Shows a toast; gives the way to take it away before its time. */
	show(words: ToastWords): () => void {
		const toast: Toast = { ...words, id: ++this.#count };
		const others = this.#shown.filter((other) => words.key === undefined || other.key !== words.key);
		const kept = [...others, toast].slice(-TOASTS_MAX);
		for (const gone of this.#shown) if (!kept.includes(gone)) this.#stopWaiting(gone.id);
		this.#shown = kept;
		if (!this.#isHeld) this.#wait(toast.id);
		return () => this.dismiss(toast.id);
	}

	dismiss(id: number): void {
		this.#stopWaiting(id);
		this.#shown = this.#shown.filter((toast) => toast.id !== id);
	}

	/** Somebody is at them with pointer or keyboard: none goes away. */
	hold(): void {
		this.#isHeld = true;
		for (const id of [...this.#leaving.keys()]) this.#stopWaiting(id);
	}

	/** Nobody is: each has its whole time again. */
	release(): void {
		if (!this.#isHeld) return;
		this.#isHeld = false;
		for (const { id } of this.#shown) this.#wait(id);
	}

	#wait(id: number): void {
		this.#leaving.set(
			id,
			this.#schedule(() => this.dismiss(id), TOAST_STAYS_MS)
		);
	}

	#stopWaiting(id: number): void {
		this.#leaving.get(id)?.();
		this.#leaving.delete(id);
	}
}

export const [toastsInUse, provideToasts] = createContext<Toasts>();
