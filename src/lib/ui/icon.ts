import type { LucideIcon } from '@lucide/svelte';

/**
 * A Lucide icon, imported by path so that only the icons in use are shipped:
 * `import Plus from '@lucide/svelte/icons/plus'`, drawn by `<Icon of={Plus} />`.
 */
export type IconType = LucideIcon;

/** Strokes look alike across sizes: small icons are drawn heavier, large ones lighter. On the 24 grid. */
export function strokeAt(sizePx: number): number {
	if (sizePx <= 14) return 2.1;
	return sizePx >= 20 ? 1.7 : 1.9;
}
