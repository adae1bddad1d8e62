import type { Component } from 'svelte';
import type { IconType } from '#lib/ui/icon.ts';

/** A sort of block that a text can hold beside its words: a chart, a decision. */
export interface BlockKind {
	/** What stands in the document. Never changes once shipped. */
	readonly type: string;
	/** “Chart”: what it is called where it is moved, removed or announced. */
	readonly title: string;
	readonly slash: {
		readonly title: string;
		readonly keywords: readonly string[];
		readonly icon?: IconType | undefined;
	};
	/**
	 * The data of a new one. May ask the person something first; undefined when they thought better of it. The
	 * block then comes to where it was asked for, however much others wrote meanwhile.
	 */
	readonly create: () => BlockData | undefined | Promise<BlockData | undefined>;
	readonly component: Component<BlockProps>;
}

/** Plain JSON. It is replaced as a whole when two people change it at once, so keep it small. */
export type BlockData = Readonly<Record<string, unknown>>;

/** What a block's component is given. `data` may come from a newer or a broken app: it must not be trusted. */
export interface BlockProps {
	readonly id: string;
	readonly data: BlockData;
	readonly editable: boolean;
	/** Whether the block as a whole is selected in the text. */
	readonly isSelected: boolean;
	/** Sets these keys of the data; `undefined` takes one away. */
	readonly onchange: (patch: Readonly<Record<string, unknown>>) => void;
	readonly onremove: () => void;
	/** Makes another one of its kind right below, and gives it the keys. */
	readonly onanother: () => void;
}
