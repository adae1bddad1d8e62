import { allowedHref } from '#lib/docs/prose-href.ts';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** A code span, or a link or picture with the address in brackets. */
const CODE_OR_LINK =
	/(`+)(?:(?!\1)[\s\S])*?\1|(?<!\\)(!?)\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)([^()]*)\)/g;

/**
 * Markdown in which no address gets lost on its way into prose: a picture, or a link to where prose may not link (a
 * file beside it), stays in the text as it was typed.
 */
export function allowedMarkdown(markdown: string): string {
	let fence: string | undefined;
	const lines = markdown.split('\n').map((line) => {
		const sign = FENCE.exec(line)?.[1];
		if (fence !== undefined) {
			if (sign?.startsWith(fence)) fence = undefined;
			return line;
		}
		fence = sign;
		return sign ? line : line.replaceAll(CODE_OR_LINK, kept);
	});
	return lines.join('\n');
}

function kept(all: string, code: string | undefined, bang: string, text: string, href: string): string {
	if (code !== undefined) return all;
	if (bang === '' && allowedHref(href) !== undefined) return all;
	// A link around a picture: its inner part is looked at by itself.
	return `${bang ? '\\!' : ''}\\[${text.replaceAll(/(?<!\\)[[\]]/g, '\\$&')}\\]\\(${href}${all.slice(all.indexOf(href) + href.length, -1)}\\)`;
}
