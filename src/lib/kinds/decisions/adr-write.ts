import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import { bodyOf, META_LINE, withBody, type Piece } from './adr-chunks.ts';
import { dateFrom, factsOf, FACTS, linesOf, statusFrom, type FactName } from './adr-facts.ts';
import {
	evidencePart,
	evidenceText,
	factTexts,
	freshAdr,
	frontLine,
	optionPart,
	textPart,
	whyBody,
	whyPart,
	type AdrStyle
} from './adr-fresh.ts';
import { listOf, optionFromItem } from './adr-options.ts';
import { evidenceIn, readAdr, TITLE_PREFIX, titleFrom, whyFrom } from './adr-read.ts';
import { optionListNow, optionSectionNow } from './adr-rewrite-options.ts';
import { TEXT_WORDS, type TextField } from './schema.ts';
import { canonical, sectionsText, type Chunk, type Written } from './written.ts';

/**
 * A decision as a Markdown record. One that was read from a file is written as that file, changed only where what it
 * says has changed; one from here is written in the style asked for.
 */
export const writeAdr = (written: Written, style: AdrStyle = 'madr'): string =>
	written.chunks.some(({ source }) => source !== '')
		? rewritten(written)
		: [freshAdr(written, style), sectionsText(written.chunks)].filter(Boolean).join('\n');

function rewritten(written: Written): string {
	const before = readAdr(written.chunks.map(({ source }) => source).join('')).written;
	const pieces = written.chunks.map((chunk, index): Piece => {
		const piece: Piece = { ...chunk, level: levelOf(chunk) };
		const was = before.options[before.chunks[index]?.option ?? -1];
		if (chunk.is === 'options') return { ...piece, source: optionListNow(piece, written) };
		if (chunk.is !== 'option') return { ...piece, source: sourceNow(piece, chunk, written) };
		const now = written.options[chunk.option ?? -1];
		return { ...piece, source: optionSectionNow(piece, { was, now, list: listIn(written) }) };
	});
	return withFacts(withNews(withTitle(pieces, written), written), { before, written });
}

const levelOf = ({ source }: Pick<Chunk, 'source'>): number =>
	/^ {0,3}(#{1,6})[ \t]/.exec(source)?.[1]?.length ?? 0;

function listIn({ chunks }: Written): Piece | undefined {
	const chunk = chunks.find(({ is }) => is === 'options');
	return chunk && { ...chunk, level: levelOf(chunk) };
}

function sourceNow(piece: Piece, chunk: Chunk, written: Written): string {
	const { source, level } = piece;
	const replaced = (text: string) => withBody(source, level, text);
	switch (piece.is) {
		case 'title':
			return titleFrom(piece.heading) === written.title
				? source
				: retitled(source, piece.heading, written.title);
		case 'context':
		case 'outcome':
			return canonical(bodyOf(piece)) === written[piece.is] ? source : replaced(written[piece.is]);
		case 'why': {
			const own = whyFrom(bodyOf(piece), written.options);
			const isSame = own.text === written.why && own.chosen === written.chosen;
			return isSame ? source : replaced(whyBody(written));
		}
		case 'evidence':
			return JSON.stringify(evidenceIn([piece])) === JSON.stringify(written.evidence)
				? source
				: replaced(evidenceText(written.evidence));
		case 'named':
		case 'meta':
			return canonical(bodyOf(piece)) === (chunk.text ?? '') ? source : replaced(chunk.text ?? '');
		default:
			return source;
	}
}

function retitled(source: string, heading: string, title: string): string {
	const number = TITLE_PREFIX.exec(heading)?.[0] ?? '';
	return source.replace(
		/^( {0,3}#{1,6}[ \t]+).*/,
		(_, signs: string) => `${signs}${number}${escapeLine(title)}`
	);
}

/** A file without a title gets one above everything but its front matter. */
function withTitle(pieces: readonly Piece[], { title }: Written): readonly Piece[] {
	if (title === '' || pieces.some(({ is }) => is === 'title')) return pieces;
	const made: Piece = { is: 'title', heading: title, level: 1, source: `# ${escapeLine(title)}\n\n` };
	return pieces[0]?.is === 'front' ? [pieces[0], made, ...pieces.slice(1)] : [made, ...pieces];
}

/** Adds what has no place in the file yet, at its end. */
function withNews(pieces: readonly Piece[], written: Written): readonly Piece[] {
	const has = (is: Piece['is']) => pieces.some((piece) => piece.is === is);
	const text = (is: TextField, heading: string) => (has(is) ? [] : textPart(heading, written[is]));
	const parts = [
		...text('context', 'Context and Problem Statement'),
		...newOptions(written),
		...(has('why') ? [] : whyPart(written, 'Decision Outcome')),
		...(has('evidence') ? [] : evidencePart(written)),
		...text('outcome', TEXT_WORDS.outcome)
	];
	if (parts.length === 0) return pieces;
	const last = pieces.at(-1)?.source ?? '';
	const gap = last === '' || last.endsWith('\n\n') ? '' : last.endsWith('\n') ? '\n' : '\n\n';
	return [...pieces, { is: 'named', heading: '', level: 0, source: `${gap}${parts.join('\n\n')}\n` }];
}

/** Options that the file does not name yet, and arguments for which it has no section. */
function newOptions(written: Written): readonly string[] {
	const { options, chunks } = written;
	const list = listIn(written);
	const items = list ? listOf(list).items.map(optionFromItem) : [];
	const unheaded = options.filter((_, index) => !chunks.some(({ option }) => option === index));
	const unlisted = items.length > 0 ? [] : unheaded.map(({ title }) => `* ${escapeLine(title)}`);
	const argued = unheaded.filter(({ title, note, pros, cons }) => {
		const own = items.find((item) => item.title === title);
		return pros || cons || (note && note !== own?.note);
	});
	return [
		...(unlisted.length > 0 ? [`## Considered Options\n\n${unlisted.join('\n')}`] : []),
		...(argued.length > 0 ? ['## Pros and Cons of the Options'] : []),
		...argued.map((option) => optionPart(option))
	];
}

/**
 * Facts that changed are set where they stand, the others in the front matter. Being given a number changes nothing in
 * a file that has none.
 */
function withFacts(
	pieces: readonly Piece[],
	{ before, written }: { before: Written; written: Written }
): string {
	const [was, now] = [factTexts(before), factTexts(written)];
	const sources = pieces.map(({ source }) => source);
	const facts = factsOf(pieces);
	const front: string[] = [];
	for (const name of FACTS) {
		if (was[name] === now[name]) continue;
		const place = facts.find((fact) => fact.name === name && isMeant(name, fact.value, before));
		if (place) {
			const lines = [...linesOf(sources[place.piece] ?? '')];
			lines[place.line] = withValue(lines[place.line] ?? '', now[name], place.style);
			sources[place.piece] = lines.join('');
		} else if (now[name] && name !== 'number') front.push(frontLine(name, now[name]));
	}
	if (front.length === 0) return sources.join('');
	const at = pieces.findIndex(({ is }) => is === 'front');
	if (at === -1) return `---\n${front.join('')}---\n\n${sources.join('')}`;
	sources[at] = (sources[at] ?? '').replace(/---[ \t]*(\r?\n)?$/, (end: string) => `${front.join('')}${end}`);
	return sources.join('');
}

/** Of two statuses or dates in a file, the one that counted. */
function isMeant(name: FactName, value: string, before: Written): boolean {
	if (name === 'status') return statusFrom(value) === before.status || statusFrom(value) === undefined;
	return name !== 'date' || dateFrom(value) === before.madeOn;
}

function withValue(line: string, value: string, style: 'front matter' | 'line' | 'heading'): string {
	const end = /\r?\n?$/.exec(line)?.[0] ?? '';
	if (style === 'heading') return `${value.charAt(0).toUpperCase()}${value.slice(1)}${end}`;
	if (style === 'front matter') return `${line.slice(0, line.indexOf(':'))}: ${value}${end}`;
	return line.replace(
		META_LINE,
		(_, lead: string, key: string, colon: string) => `${lead}${key}${colon.trimEnd()} ${value}${end}`
	);
}
