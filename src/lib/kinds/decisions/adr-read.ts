import { bodyOf, piecesOf, type Piece } from './adr-chunks.ts';
import {
	dateFrom,
	factsOf,
	instantIn,
	namesFrom,
	reversibilityFrom,
	statusFrom,
	tagsFrom,
	type Fact,
	type FactName
} from './adr-facts.ts';
import { listOf, optionFromItem, optionNamed, optionTexts, plainText } from './adr-options.ts';
import { STATUS_WORDS, type Role, type Status } from './schema.ts';
import {
	canonical,
	present,
	type Chunk,
	type Written,
	type WrittenEvidence,
	type WrittenMember,
	type WrittenOption
} from './written.ts';

/** A decision record that was read, and what a person should know about how. */
export interface AdrReading {
	readonly written: Written;
	/** Sentences about what was doubtful: “Two statuses …”. Nothing of it is lost. */
	readonly notes: readonly string[];
	readonly statusStyle: Fact['style'] | 'none';
}

/** Reads one record. Never throws: what is no record is a decision with one section. */
export function readAdr(text: string): AdrReading {
	const pieces = piecesOf(text.replace(/^\ufeff/, ''));
	const facts = factsOf(pieces);
	const fact = (name: FactName) => facts.find((one) => one.name === name)?.value;
	const { options, about } = optionsIn(pieces);
	const why = whyIn(pieces, options);
	const status = statusIn(facts, pieces);
	const date = dateIn(facts);
	const body = (is: Piece['is']) => {
		const piece = pieces.find((one) => one.is === is);
		return piece ? canonical(bodyOf(piece)) : '';
	};
	const written: Written = present({
		title: titleIn(pieces),
		status: status.value,
		number: fact('number'),
		madeOn: date.value,
		proposedAt: instantIn(fact('proposed')),
		decidedAt: instantIn(fact('decided')),
		settledAt: instantIn(fact('settled')),
		reversibility: reversibilityFrom(fact('reversible') ?? ''),
		reversibilityNote: fact('reversible-note'),
		reviewOn: dateFrom(fact('review') ?? ''),
		reviewedOn: dateFrom(fact('reviewed') ?? ''),
		supersedes: fact('supersedes'),
		supersededBy: successorIn(facts),
		tags: tagsFrom(fact('tags') ?? ''),
		members: membersIn(fact),
		options,
		chosen: why.chosen,
		evidence: evidenceIn(pieces),
		context: body('context'),
		why: why.text,
		outcome: body('outcome'),
		chunks: pieces.map((piece, index) => chunkOf(piece, about.get(index)))
	});
	return { written, notes: [...status.notes, ...date.notes], statusStyle: status.style };
}

function chunkOf(piece: Piece, option: number | undefined): Chunk {
	const { is, heading, source } = piece;
	const hasOwnText = is === 'named' || is === 'meta' || (is === 'option' && option === undefined);
	return present({
		is: is === 'option' && option === undefined ? 'named' : is,
		heading: plainText(heading),
		source,
		text: hasOwnText ? canonical(bodyOf(piece)) : undefined,
		option
	});
}

/** “4. Docker base image” is called “Docker base image”. */
export const titleFrom = (heading: string): string => plainText(heading).replace(TITLE_PREFIX, '');

/** “12. ”, “ADR-12: ”, “ADR: ”. */
export const TITLE_PREFIX = /^(?:ADR:\s+|(?:ADR[- ]?)?\d+[.:)]\s+)/i;

const titleIn = (pieces: readonly Piece[]): string =>
	titleFrom(pieces.find(({ is }) => is === 'title')?.heading ?? '');

/** The list of options and the sections about them; which piece is about which. */
function optionsIn(pieces: readonly Piece[]) {
	const list = pieces.find(({ is }) => is === 'options');
	const options = (list ? listOf(list).items : []).map(optionFromItem);
	const about = new Map<number, number>();
	for (const [index, piece] of pieces.entries()) {
		if (piece.is !== 'option') continue;
		let at = optionNamed(options, piece.heading);
		if (at === -1 && list && listOf(list).items.length === 0) {
			options.push({ title: titleFrom(piece.heading), note: '', pros: '', cons: '' });
			at = options.length - 1;
		}
		if (at === -1 || [...about.values()].includes(at)) continue;
		about.set(index, at);
		const own = options[at] as WrittenOption;
		const { note, pros, cons } = optionTexts(piece);
		options[at] = { ...own, note: [own.note, note].filter(Boolean).join('\n\n'), pros, cons };
	}
	return { options, about };
}

/** “Chosen option: "MIT", because …”: the option, and the reason without the formula. */
export function whyFrom(body: string, options: readonly WrittenOption[]): { chosen?: number; text: string } {
	const [all, quote, name = '', tail = ''] =
		/^Chosen option:[ \t]*(["'`“”*]+)(.+?)\1([.,][ \t]*(?:because\b:?)?|)(?=\s|$)/.exec(body) ?? [];
	const index = all && quote ? optionNamed(options, name) : -1;
	if (!all || index === -1) return { text: canonical(body) };
	return { chosen: index, text: canonical(body.slice(all.length + (tail ? 0 : 0))) };
}

function whyIn(pieces: readonly Piece[], options: readonly WrittenOption[]) {
	const piece = pieces.find(({ is }) => is === 'why');
	return piece ? whyFrom(bodyOf(piece), options) : { text: '' };
}

function statusIn(facts: readonly Fact[], pieces: readonly Piece[]) {
	const said = facts.filter(({ name }) => name === 'status');
	const known = said.flatMap((fact) => statusFrom(fact.value) ?? []);
	const style: Fact['style'] | 'none' = said[0]?.style ?? 'none';
	const typed = (value: string) => `“${plainText(value)}”`;
	if (said.length === 0) {
		const hasOutcome = pieces.some((piece) => piece.is === 'why' && bodyOf(piece) !== '');
		const value: Status = hasOutcome ? 'decided' : 'proposed';
		const why = hasOutcome ? 'it says what was decided' : 'it does not say what was decided';
		return {
			value,
			style,
			notes: [`It names no status. Taken as ${STATUS_WORDS[value].toLowerCase()}: ${why}.`]
		};
	}
	const distinct = [...new Set(known)];
	const value = distinct.find((one) => one === 'superseded') ?? distinct[0] ?? 'proposed';
	const notes: string[] = [];
	if (known.length === 0)
		notes.push(
			`The status ${typed(said[0]?.value ?? '')} is none of ours. Taken as proposed, kept as typed.`
		);
	if (distinct.length > 1)
		notes.push(
			`It names ${said.length} statuses: ${said.map((fact) => typed(fact.value)).join(' and ')}. ${STATUS_WORDS[value]} counts; both are kept as typed.`
		);
	return { value, style, notes };
}

/** “Superseded by [20. User models](…)” names the other by its title. */
function successorIn(facts: readonly Fact[]): string | undefined {
	const said = facts.find(({ name, value }) => name === 'status' && statusFrom(value) === 'superseded');
	const name = /^\S+\s+by\s+(.*\S)/i.exec(plainText(said?.value ?? ''))?.[1];
	return name && titleFrom(name);
}

function dateIn(facts: readonly Fact[]) {
	const said = facts.filter(({ name }) => name === 'date');
	const value = said.flatMap((fact) => dateFrom(fact.value) ?? [])[0];
	const unread = said.find((fact) => dateFrom(fact.value) === undefined);
	const notes = unread ? [`“${plainText(unread.value)}” was not read as a date. It is kept as typed.`] : [];
	return { value, notes };
}

function membersIn(fact: (name: FactName) => string | undefined): Written['members'] {
	const of = (role: Role) => namesFrom(fact(role) ?? '').map(memberFrom);
	return {
		recommend: of('recommend'),
		agree: of('agree'),
		perform: of('perform'),
		input: of('input'),
		decide: of('decide')
	};
}

/** “Rafael Costa (agreed 2026-06-08T08:00:00.000Z)”. */
export function memberFrom(text: string): WrittenMember {
	const [, name, agreedAt] = /^(.*) \(agreed (\d{4}-\d{2}-\d{2}T[\d:.]+Z)\)$/.exec(text) ?? [];
	return instantIn(agreedAt) ? { name: name ?? text, agreedAt } : { name: text };
}

/** “* [INC-2291 timeline](https://…): Sev 2”. */
export function evidenceIn(pieces: readonly Piece[]): readonly WrittenEvidence[] {
	const piece = pieces.find(({ is }) => is === 'evidence');
	if (!piece) return [];
	return listOf(piece).items.map((item) => {
		const [, name, angled, plain = '', detail = ''] = LINKED.exec(item) ?? [];
		if (name !== undefined)
			return { title: unescaped(name), url: angled ?? plain, detail: unescaped(detail) };
		const [, title = item, rest = ''] = /^((?:[^:\\]|\\.|:(?!\s))*)(?::[ \t]+(.*))?$/s.exec(item) ?? [];
		return { title: unescaped(title), url: '', detail: unescaped(rest) };
	});
}

const LINKED = /^\[((?:[^\]\\]|\\.)*)\]\((?:<([^<>\n]*)>|([^)\s]*))\)(?::[ \t]*(.*))?$/s;

const unescaped = (text: string): string =>
	text.replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '').replaceAll(/\s*\n\s*/g, ' ');
