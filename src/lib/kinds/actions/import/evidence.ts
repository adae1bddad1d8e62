import { hrefFromTyping } from '#lib/docs/prose-href.ts';
import type { NewEvidence } from '../commands.ts';

/** “Drill of 3 June <https://…>”, an address alone, or a note. */
export function evidenceFrom(text: string): NewEvidence {
	const [, words = '', address = ''] = /^(.*?)\s*<([^<>\s]+)>$/.exec(text) ?? [];
	const href = hrefFromTyping(address || (/^[a-z]+:\/\//i.test(text) ? text : ''));
	return href ? { text: words || href, href } : { text };
}
