import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import { FACTS, yamlList, yamlValue, type FactName } from './adr-facts.ts';
import { TEXT_WORDS, type Role, type Status } from './schema.ts';
import { memberText, type Written, type WrittenOption } from './written.ts';

// A decision that was written here, as a Markdown record.

export type AdrStyle = 'madr' | 'nygard';

const STATUS_OUT: Record<Status, string> = {
	proposed: 'proposed',
	'in-review': 'in review',
	decided: 'accepted',
	superseded: 'superseded',
	rejected: 'rejected'
};

/** What each fact says now, as it stands in a front matter. */
export function factTexts(written: Written): Readonly<Record<FactName, string>> {
	const { members, tags } = written;
	const value = (text: string | undefined) => (text === undefined ? '' : yamlValue(text));
	const names = (role: Role) => yamlList(members[role].map(memberText));
	return {
		status: STATUS_OUT[written.status],
		date: value(written.madeOn),
		decide: names('decide'),
		input: names('input'),
		recommend: names('recommend'),
		agree: names('agree'),
		perform: names('perform'),
		tags: tags.length === 0 ? '' : tags.length > 1 ? yamlList(tags) : JSON.stringify(tags),
		number: value(written.number),
		proposed: written.proposedAt ?? '',
		decided: written.decidedAt ?? '',
		settled: written.settledAt ?? '',
		reversible: value(written.reversibility),
		'reversible-note': value(written.reversibilityNote),
		review: value(written.reviewOn),
		reviewed: value(written.reviewedOn),
		supersedes: value(written.supersedes)
	};
}

const KEY_OUT: Partial<Record<FactName, string>> = {
	decide: 'decision-makers',
	input: 'consulted',
	settled: 'decided-by-default'
};

export const frontLine = (name: FactName, text: string): string => `${KEY_OUT[name] ?? name}: ${text}\n`;

/** The record, in the headings of one style or the other. */
export function freshAdr(written: Written, style: AdrStyle): string {
	const texts = factTexts(written);
	const inBody: readonly FactName[] = style === 'nygard' ? ['status', 'date'] : [];
	const front = FACTS.filter((name) => texts[name] && !inBody.includes(name)).map((name) =>
		frontLine(name, texts[name])
	);
	const status = `${texts.status.charAt(0).toUpperCase()}${texts.status.slice(1)}`;
	const parts = [
		`# ${escapeLine(written.title)}`,
		...(style === 'nygard' && texts.date ? [`Date: ${texts.date}`] : []),
		...(style === 'nygard' ? [`## Status\n\n${status}`] : []),
		...textPart(style === 'madr' ? 'Context and Problem Statement' : 'Context', written.context),
		...optionsPart(written),
		...whyPart(written, style === 'madr' ? 'Decision Outcome' : 'Decision'),
		...prosPart(written.options),
		...evidencePart(written),
		...textPart(TEXT_WORDS.outcome, written.outcome)
	];
	return `${front.length > 0 ? `---\n${front.join('')}---\n\n` : ''}${parts.join('\n\n')}\n`;
}

export const textPart = (heading: string, text: string): readonly string[] =>
	text ? [`## ${heading}\n\n${text}`] : [];

const optionsPart = ({ options }: Written): readonly string[] =>
	options.length === 0 ? [] : [`## Considered Options\n\n${itemsText(options)}`];

export const itemsText = (options: readonly WrittenOption[]): string =>
	options.map(({ title }) => `* ${escapeLine(title)}`).join('\n');

export function whyPart(written: Written, heading: string): readonly string[] {
	const body = whyBody(written);
	return body ? [`## ${heading}\n\n${body}`] : [];
}

/** The reason behind the formula by which MADR names the option. */
export function whyBody({ options, chosen, why }: Written): string {
	const option = chosen === undefined ? undefined : options[chosen];
	if (!option) return why;
	const quote = option.title.includes('"') ? "'" : '"';
	const head = `Chosen option: ${quote}${escapeLine(option.title)}${quote}`;
	return why ? `${head}, because\n\n${why}` : `${head}.`;
}

export const hasTexts = ({ note, pros, cons }: WrittenOption): boolean => [note, pros, cons].some(Boolean);

export const prosPart = (options: readonly WrittenOption[]): readonly string[] =>
	options.some(hasTexts)
		? ['## Pros and Cons of the Options', ...options.filter(hasTexts).map((option) => optionPart(option))]
		: [];

export function optionPart(option: WrittenOption, level = 3): string {
	const body = optionBody(option);
	return `${'#'.repeat(level)} ${escapeLine(option.title)}${body ? `\n\n${body}` : ''}`;
}

export function optionBody({ note, pros, cons }: Omit<WrittenOption, 'title'>): string {
	const items = [...argumentLines('Good', pros), ...argumentLines('Bad', cons)].join('\n');
	return [note, items].filter(Boolean).join('\n\n');
}

/** A line that runs on below an argument is indented. */
const argumentLines = (word: 'Good' | 'Bad', text: string): readonly string[] =>
	text
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => (/^\s/.test(line) ? line : `* ${word}, because ${line}`));

export function evidencePart({ evidence }: Written): readonly string[] {
	if (evidence.length === 0) return [];
	return [`## Evidence\n\n${evidenceText(evidence)}`];
}

export const evidenceText = (evidence: Written['evidence']): string =>
	evidence
		.map(({ title, url, detail }) => {
			const name = escapeLine(title).replaceAll(':', '\\:');
			return `* ${url ? `[${name}](<${url}>)` : name}${detail ? `: ${escapeLine(detail)}` : ''}`;
		})
		.join('\n');
