import type { MarkerKind } from '#lib/domain/kpi.ts';

/** How a marker's sign is drawn, round its centre, in CSS pixels: as an outline or filled. */
export interface Glyph {
	readonly path: string;
	readonly isFilled: boolean;
}

/** The signs of design section 7: flag, bolt, return arrow; a signpost for decisions and a pencil for notes. */
export const GLYPHS: Record<MarkerKind, Glyph> = {
	release: { path: 'M-2.6 4.6V-4.6M-2.6 -4.2h6.2l-1.7 2.2 1.7 2.2h-6.2', isFilled: false },
	incident: { path: 'M.7 -4.8-2.9 .6H-.1L-.7 4.8 2.9 -.6H.1Z', isFilled: true },
	rollback: { path: 'M-3.8 -3.6v2.9h2.9M-3.6 -.9A4 4 0 1 1 -2.9 2.6', isFilled: false },
	decision: { path: 'M0 .8V4.6M0 -4.6V-3M-3.8 -3h6.4l1.6 1.9-1.6 1.9h-6.4Z', isFilled: false },
	note: { path: 'M-3.8 3.8l.7-2.7L2.2 -4.2l2 2L-1.1 3.1Z', isFilled: false }
};
