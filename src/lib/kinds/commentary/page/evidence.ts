import { EVIDENCE_TITLE_LENGTH_MAX, HREF_LENGTH_MAX, type Evidence } from '../schema.ts';

/** “INC-2291 timeline https://…” as a title and an address; undefined without an address that can be kept. */
export function readEvidence(typed: string): Pick<Evidence, 'title' | 'href'> | undefined {
	const href = /https?:\/\/\S+/.exec(typed)?.[0];
	if (!href || href.length > HREF_LENGTH_MAX) return undefined;
	const title = typed.replace(href, '').replaceAll(/\s+/g, ' ').trim();
	return { title: title.slice(0, EVIDENCE_TITLE_LENGTH_MAX), href };
}
