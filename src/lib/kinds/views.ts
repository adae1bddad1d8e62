import type { Component, Snippet } from 'svelte';
import { assert } from '../util/assert.ts';
import type { PageProps } from './contract.ts';

/** What only the page of one document among many is given. */
export interface DocumentPageProps {
	/** The list it is in: where the phone's way back leads. */
	readonly backHref?: string;
	/** The sync pill, for the header that such a page draws itself on a phone. */
	readonly pill?: Snippet;
}

/** What every page is given, whatever its kind: each kind's own page declares the part that it reads. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- pages of every kind stand side by side here.
export type AnyPage = Component<PageProps<any, any> & DocumentPageProps & { surroundings: any }>;

const pages = import.meta.glob<{ default: AnyPage }>('./*/Page.svelte');

/** Loads the page of a kind. Browser only: the server has no use for components. */
export async function pageOf(kind: string): Promise<AnyPage> {
	const load = pages[`./${kind}/Page.svelte`];
	assert(load, `kinds/${kind}/ has no Page.svelte`);
	return (await load()).default;
}
