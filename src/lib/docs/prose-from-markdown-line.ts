import { allowedHref } from './prose-href.ts';
import type { ProseLine, ProseMarks, ProseRun } from './prose.ts';

// One line of Markdown as runs. Signs are paired as CommonMark pairs them: a list of tokens, then from each sign
// that can close back to the nearest that can open.

type Token =
	| { readonly is: 'text'; readonly text: string }
	| { readonly is: 'code'; readonly text: string }
	| { readonly is: 'break' }
	| { readonly is: 'link'; readonly href: string; readonly tokens: readonly Token[] }
	| Sign;

interface Sign {
	readonly is: 'sign';
	readonly sign: string;
	/** How many of it are still unpaired. */
	count: number;
	canOpen: boolean;
	canClose: boolean;
	/** Marks that begin or end here, outermost last for openers and first for closers. */
	readonly opens: MarkName[];
	readonly closes: MarkName[];
}

type MarkName = 'bold' | 'italic' | 'strike';

/** Links inside links are text; signs beyond this many in one line stay signs, so that pairing stays quick. */
const SIGNS_MAX = 2_000;

export function lineFromMarkdown(text: string): ProseLine {
	const tokens = tokensOf(text, { inLink: false });
	return merged(runsFrom(tokens, {}));
}

interface Scope {
	readonly inLink: boolean;
}

function tokensOf(text: string, scope: Scope): readonly Token[] {
	const tokens: Token[] = [];
	let at = 0;
	let plain = '';
	const flush = () => {
		if (plain) tokens.push({ is: 'text', text: plain });
		plain = '';
	};
	while (at < text.length) {
		const found = tokenAt(text, at, scope);
		if (!found) {
			plain += text[at];
			at += 1;
		} else if (typeof found.token === 'string') {
			plain += found.token;
			at = found.next;
		} else {
			flush();
			tokens.push(found.token);
			at = found.next;
		}
	}
	flush();
	paired(tokens);
	return tokens;
}

interface Found {
	/** A token, or text that stands for what was found. */
	readonly token: Token | string;
	readonly next: number;
}

function tokenAt(text: string, at: number, scope: Scope): Found | undefined {
	switch (text[at]) {
		case '\\':
			return escapeAt(text, at);
		case '`':
			return codeAt(text, at);
		case '<':
			return angleAt(text, at, scope);
		case '&':
			return entityAt(text, at);
		case '!':
			return text[at + 1] === '[' ? linkAt(text, at + 1, scope) : undefined;
		case '[':
			return linkAt(text, at, scope);
		case '\n':
			return { token: ' ', next: at + 1 };
		case ' ':
			return spacesAt(text, at);
		case '*':
		case '_':
		case '~':
			return signAt(text, at);
		case 'h':
			return addressAt(text, at, scope);
		default:
			return undefined;
	}
}

function escapeAt(text: string, at: number): Found | undefined {
	const next = text[at + 1];
	if (next === '\n') return { token: { is: 'break' }, next: at + 2 };
	return next && /[!-/:-@[-`{-~]/.test(next) ? { token: next, next: at + 2 } : undefined;
}

function spacesAt(text: string, at: number): Found | undefined {
	const [run, newline] = /^ +(\n)?/.exec(text.slice(at, at + 200)) ?? [];
	if (!run || !newline) return undefined;
	return { token: run.length > 2 ? { is: 'break' } : ' ', next: at + run.length };
}

function codeAt(text: string, at: number): Found | undefined {
	const fence = /^`+/.exec(text.slice(at))?.[0] ?? '`';
	const close = new RegExp(`(?<!\`)\`{${fence.length}}(?!\`)`, 'g');
	close.lastIndex = at + fence.length;
	const end = close.exec(text)?.index;
	if (end === undefined) return { token: fence, next: at + fence.length };
	const inner = text.slice(at + fence.length, end).replaceAll('\n', ' ');
	const isPadded = /^ .*[^ ].* $/s.test(inner);
	return { token: { is: 'code', text: isPadded ? inner.slice(1, -1) : inner }, next: end + fence.length };
}

function angleAt(text: string, at: number, scope: Scope): Found | undefined {
	const rest = text.slice(at, at + 2_100);
	const comment = /^<!--.*?-->/s.exec(rest)?.[0];
	if (comment) return { token: '', next: at + comment.length };
	const [all, address = ''] = /^<([^\s<>]+)>/.exec(rest) ?? [];
	const href = all ? allowedHref(address.includes(':') ? address : `mailto:${address}`) : undefined;
	if (!all || !href || scope.inLink || !/[:@]/.test(address)) return undefined;
	return { token: { is: 'link', href, tokens: [{ is: 'text', text: address }] }, next: at + all.length };
}

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0'
};

function entityAt(text: string, at: number): Found | undefined {
	const [all, name = ''] =
		/^&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,8});/.exec(text.slice(at, at + 12)) ?? [];
	if (!all) return undefined;
	const token = name.startsWith('#') ? letterOf(name.slice(1)) : ENTITIES[name];
	return token === undefined ? undefined : { token, next: at + all.length };
}

function letterOf(number: string): string | undefined {
	const code = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 10);
	const isLetter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
	return isLetter ? String.fromCodePoint(code) : undefined;
}

/** `[text](address "title")`; the title is dropped. An image becomes a link: nothing is fetched from elsewhere. */
function linkAt(text: string, at: number, scope: Scope): Found | undefined {
	if (scope.inLink) return undefined;
	const close = closingBracket(text, at);
	if (close === undefined || text[close + 1] !== '(') return undefined;
	const [all, angled, bare] =
		/^\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)/.exec(
			text.slice(close + 1, close + 4_200)
		) ?? [];
	if (!all) return undefined;
	const inner = tokensOf(text.slice(at + 1, close), { inLink: true });
	const href = allowedHref((angled ?? bare ?? '').replaceAll(/\\([!-/:-@[-`{-~])/g, '$1'));
	const next = close + 1 + all.length;
	// A link to where no link may go leaves its text.
	return { token: { is: 'link', href: href ?? '', tokens: inner }, next };
}

function closingBracket(text: string, at: number): number | undefined {
	let depth = 0;
	for (let index = at; index < Math.min(text.length, at + 4_000); index += 1) {
		if (text[index] === '\\') index += 1;
		else if (text[index] === '[') depth += 1;
		else if (text[index] === ']') {
			depth -= 1;
			if (depth === 0) return index;
		}
	}
	return undefined;
}

function addressAt(text: string, at: number, scope: Scope): Found | undefined {
	if (scope.inLink || /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return undefined;
	const [found = ''] = /^https?:\/\/[^\s<>*`]+/.exec(text.slice(at, at + 2_100)) ?? [];
	const address = found.replace(/[?!.,:;'")\]_~]+$/, '');
	const href = address.length > 'https://'.length ? allowedHref(address) : undefined;
	if (!href) return undefined;
	return { token: { is: 'link', href, tokens: [{ is: 'text', text: address }] }, next: at + address.length };
}

function signAt(text: string, at: number): Found {
	const sign = text[at] ?? '';
	let end = at;
	while (text[end] === sign) end += 1;
	const [before = '\n'] = [...text.slice(Math.max(0, at - 2), at)].slice(-1);
	const [after = '\n'] = text.slice(end, end + 2);
	const opens = isFlanking(after, before);
	const closes = isFlanking(before, after);
	const isWordSign = sign === '_';
	const token: Sign = {
		is: 'sign',
		sign,
		count: end - at,
		canOpen: opens && (!isWordSign || !closes || isPunctuation(before)),
		canClose: closes && (!isWordSign || !opens || isPunctuation(after)),
		opens: [],
		closes: []
	};
	return { token, next: end };
}

const isPunctuation = (letter: string): boolean => /[\p{P}\p{S}]/u.test(letter);

/** CommonMark’s left-flanking for (after, before); right-flanking for (before, after). */
const isFlanking = (inner: string, outer: string): boolean =>
	!/\s/.test(inner) && (!isPunctuation(inner) || /\s/.test(outer) || isPunctuation(outer));

function paired(tokens: readonly Token[]): void {
	const signs = tokens.filter((token): token is Sign => token.is === 'sign').slice(0, SIGNS_MAX);
	for (const [index, closer] of signs.entries()) {
		while (closer.canClose && closer.count > 0) {
			const opener = openerFor(signs, index);
			if (!opener) break;
			const size = closer.sign === '~' || (closer.count >= 2 && opener.count >= 2) ? 2 : 1;
			const mark = closer.sign === '~' ? 'strike' : size === 2 ? 'bold' : 'italic';
			opener.count -= size;
			closer.count -= size;
			opener.opens.unshift(mark);
			closer.closes.push(mark);
			spend(signs.slice(signs.indexOf(opener) + 1, index));
		}
	}
}

function openerFor(signs: readonly Sign[], index: number): Sign | undefined {
	const closer = signs[index];
	if (!closer || (closer.sign === '~' && closer.count < 2)) return undefined;
	return signs.slice(0, index).findLast((opener) => {
		if (opener.sign !== closer.sign || !opener.canOpen || opener.count === 0) return false;
		if (closer.sign === '~') return opener.count >= 2;
		const isOdd = (opener.canClose || closer.canOpen) && (opener.count + closer.count) % 3 === 0;
		return !isOdd || (opener.count % 3 === 0 && closer.count % 3 === 0);
	});
}

/** Signs between a pair cannot pair with anything outside it. */
function spend(between: readonly Sign[]): void {
	for (const sign of between) {
		sign.canOpen = false;
		sign.canClose = false;
	}
}

function runsFrom(tokens: readonly Token[], outer: ProseMarks): readonly ProseRun[] {
	const depth: Record<MarkName, number> = { bold: 0, italic: 0, strike: 0 };
	const marks = (): ProseMarks => ({
		...outer,
		...(depth.bold > 0 ? { bold: true } : {}),
		...(depth.italic > 0 ? { italic: true } : {}),
		...(depth.strike > 0 ? { strike: true } : {})
	});
	return tokens.flatMap((token): readonly ProseRun[] => {
		switch (token.is) {
			case 'text':
				return [{ is: 'text', text: token.text, marks: marks() }];
			case 'code':
				return [{ is: 'text', text: token.text, marks: { ...marks(), code: true } }];
			case 'break':
				return [{ is: 'break' }];
			case 'link':
				return runsFrom(token.tokens, { ...marks(), ...(token.href ? { link: token.href } : {}) });
			case 'sign': {
				for (const mark of token.closes) depth[mark] -= 1;
				const left: ProseRun = { is: 'text', text: token.sign.repeat(token.count), marks: marks() };
				for (const mark of token.opens) depth[mark] += 1;
				return [left];
			}
		}
	});
}

/** Neighbours with equal marks become one run; empty ones go. */
function merged(runs: readonly ProseRun[]): ProseLine {
	const line: ProseRun[] = [];
	for (const run of runs) {
		const last = line.at(-1);
		if (run.is !== 'text') line.push(run);
		else if (run.text === '') continue;
		else if (last?.is === 'text' && isSameMarks(last.marks, run.marks)) {
			line[line.length - 1] = { ...last, text: last.text + run.text };
		} else line.push(run);
	}
	return line;
}

const isSameMarks = (a: ProseMarks, b: ProseMarks): boolean =>
	a.bold === b.bold &&
	a.italic === b.italic &&
	a.strike === b.strike &&
	a.code === b.code &&
	a.link === b.link;
