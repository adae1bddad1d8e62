/** What the page's keys ask of the list. */
export interface RegisterVerbs {
	/** Moves the focus to the next or the previous action. */
	step(by: 1 | -1): Promise<void>;
	focusFilter(): void;
}
