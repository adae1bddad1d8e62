/** The colours and the typeface that a chart paints with, resolved for the theme and contrast in force. */
export interface Palette {
	readonly surface: string;
	readonly ink: string;
	readonly ink2: string;
	readonly ink3: string;
	readonly line: string;
	readonly line2: string;
	readonly inverse: string;
	readonly onInverse: string;
	readonly red: string;
	readonly redInk: string;
	readonly redSoft: string;
	readonly redHatch: string;
	readonly amber: string;
	readonly amberInk: string;
	readonly amberSoft: string;
	readonly amberEdge: string;
	readonly amberHatch: string;
	readonly green: string;
	readonly fontFamily: string;
}

const TOKENS: Record<Exclude<keyof Palette, 'fontFamily'>, string> = {
	surface: '--surface',
	ink: '--ink',
	ink2: '--ink-2',
	ink3: '--ink-3',
	line: '--line',
	line2: '--line-2',
	inverse: '--inv',
	onInverse: '--on-inv',
	red: '--red',
	redInk: '--red-ink',
	redSoft: '--red-soft',
	redHatch: '--hatch-red',
	amber: '--amber',
	amberInk: '--amber-ink',
	amberSoft: '--amber-soft',
	amberEdge: '--amber-edge',
	amberHatch: '--hatch-amber',
	green: '--green'
};

/** Where the system chooses the colours, shape, letters and hatches say everything. */
const FORCED: Record<keyof typeof TOKENS, string> = {
	surface: 'Canvas',
	ink: 'CanvasText',
	ink2: 'CanvasText',
	ink3: 'CanvasText',
	line: 'GrayText',
	line2: 'GrayText',
	inverse: 'CanvasText',
	onInverse: 'Canvas',
	red: 'CanvasText',
	redInk: 'CanvasText',
	redSoft: 'Canvas',
	redHatch: 'GrayText',
	amber: 'CanvasText',
	amberInk: 'CanvasText',
	amberSoft: 'Canvas',
	amberEdge: 'CanvasText',
	amberHatch: 'GrayText',
	green: 'CanvasText'
};

/**
 * Reads the palette as it is at `element`. A custom property holds `light-dark(…)` as it was written, so each
 * token is put on a probe and read back as the colour that came of it.
 */
export function readPalette(element: HTMLElement): Palette {
	const probe = document.createElement('span');
	probe.hidden = true;
	element.append(probe);
	const style = getComputedStyle(probe);
	const isForced = matchMedia('(forced-colors: active)').matches;
	const names = Object.keys(TOKENS) as (keyof typeof TOKENS)[];
	const colours = Object.fromEntries(
		names.map((name) => {
			probe.style.color = isForced ? FORCED[name] : `var(${TOKENS[name]})`;
			return [name, style.color];
		})
	) as Record<keyof typeof TOKENS, string>;
	const palette = { ...colours, fontFamily: style.fontFamily };
	probe.remove();
	return palette;
}

/** Calls back whenever the colours may have changed: theme, contrast, forced colours, paper. Returns the stop. */
export function onPaletteChange(changed: () => void): () => void {
	const queries = [
		'(prefers-color-scheme: dark)',
		'(prefers-contrast: more)',
		'(forced-colors: active)',
		'print'
	].map((query) => matchMedia(query));
	for (const query of queries) query.addEventListener('change', changed);
	const themes = new MutationObserver(changed);
	themes.observe(document.documentElement, {
		attributes: true,
		attributeFilter: ['data-theme', 'class', 'style']
	});
	return () => {
		for (const query of queries) query.removeEventListener('change', changed);
		themes.disconnect();
	};
}
