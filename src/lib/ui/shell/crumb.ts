/** One step of where a page is. The last is the page itself and leads nowhere. */
export interface Crumb {
	readonly label: string;
	readonly href?: string | undefined;
}
