/** Light, dark, or what the machine says. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'downbeat.theme';
/** `theme-color` of the two canvases, for the browser's own bars. */
const CANVAS = { light: '#f6f5f1', dark: '#131312' };

/** What the page may keep, and where it is shown. Handed in for tests. */
export interface ThemePlace {
	readonly root: HTMLElement;
	readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** The person's choice of theme: kept on this device, shown at once. */
export class ThemeChoice {
	readonly #place: ThemePlace;
	#chosen = $state<Theme>('system');

	constructor(place: ThemePlace = { root: document.documentElement, storage: localStorage }) {
		this.#place = place;
		const kept = place.storage.getItem(KEY);
		this.#chosen = kept === 'light' || kept === 'dark' ? kept : 'system';
		this.#show();
	}

	get chosen(): Theme {
		return this.#chosen;
	}

	choose(theme: Theme): void {
		this.#chosen = theme;
		if (theme === 'system') this.#place.storage.removeItem(KEY);
		else this.#place.storage.setItem(KEY, theme);
		this.#show();
	}

	#show(): void {
		const { root } = this.#place;
		if (this.#chosen === 'system') delete root.dataset['theme'];
		else root.dataset['theme'] = this.#chosen;
		for (const meta of root.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
			const own = meta.media.includes('dark') ? 'dark' : 'light';
			meta.content = CANVAS[this.#chosen === 'system' ? own : this.#chosen];
		}
	}
}
