import { MediaQuery } from 'svelte/reactivity';

/** Which of the three shells the window is wide enough for. Readable in effects and templates alike. */
export class Viewport {
	readonly #phone = new MediaQuery('width < 768px');
	readonly #wide = new MediaQuery('width >= 1100px');

	/** Bottom tabs, one column. */
	get isPhone(): boolean {
		return this.#phone.current;
	}

	/** Room for the sidebar; otherwise the rail. */
	get isWide(): boolean {
		return this.#wide.current;
	}
}
