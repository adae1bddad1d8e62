import type { Snippet } from 'svelte';

/** What every field has around it. */
export interface FieldFrame {
	/** Its name. Always there; it may be hidden where the place makes it plain. */
	label: string;
	isLabelHidden?: boolean | undefined;
	/** What helps before typing. */
	hint?: string | undefined;
	/** What to do about what was typed, in a sentence. Empty or absent when all is well. */
	error?: string | undefined;
}

/** What the control inside a field must carry so that label, hint and error belong to it. */
export interface FieldControl {
	readonly id: string;
	readonly 'aria-invalid': true | undefined;
	readonly 'aria-describedby': string | undefined;
}

export interface FieldProps extends FieldFrame {
	/** At the end of the label's line: a count, a link. */
	aside?: Snippet | undefined;
	children: Snippet<[FieldControl]>;
}
