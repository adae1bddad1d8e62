import { on } from 'svelte/events';

/**
 * Which of the three shells the window is wide enough for. Readable in effects and templates alike. Made while a
 * component is, and listens for as long as that is there.
 */
export class Viewport {
	#isPhone = $state(false);
	#isWide = $state(false);

	// Not svelte's MediaQuery: what is derived of it has been seen to miss a change (sveltejs/svelte#15888).
	constructor() {
		const [phone, wide] = [matchMedia('(width < 768px)'), matchMedia('(width >= 1100px)')];
		const read = () => ([this.#isPhone, this.#isWide] = [phone.matches, wide.matches]);
		read();
		$effect.pre(() => {
			const stops = [phone, wide].map((query) => on(query, 'change', read));
			return () => {
				for (const stop of stops) stop();
			};
		});
	}

	/** Bottom tabs, one column. */
	get isPhone(): boolean {
		return this.#isPhone;
	}

	/** Room for the sidebar; otherwise the rail. */
	get isWide(): boolean {
		return this.#isWide;
	}
}
