import { proseFromMarkdown } from '#lib/docs/prose-from-markdown.ts';
import { markdownOf } from '#lib/docs/prose-markdown.ts';
import type { ProseBlock } from '#lib/docs/prose.ts';
import type { IsoDate } from '#lib/domain/calendar.ts';
import { recordNumber } from '#lib/domain/record.ts';
import {
	PREFIX,
	ROLES,
	sectionRoot,
	textRoot,
	type Decisions,
	type Reversibility,
	type Role,
	type Section,
	type Status
} from './schema.ts';
import { dossiersOf, nameOfMember, type Dossier, type NameOf } from './dossier.ts';
import { allowedMarkdown } from './allowed-markdown.ts';

/**
 * A decision as it is written in a file: people by name, texts as Markdown, no ids. What importers give and
 * exporters take, so that a way out and in again can be compared as values.
 */
export interface Written {
	readonly title: string;
	readonly status: Status;
	readonly number?: string | undefined;
	readonly madeOn?: IsoDate | undefined;
	/** ISO instants. */
	readonly proposedAt?: string | undefined;
	readonly decidedAt?: string | undefined;
	readonly settledAt?: string | undefined;
	readonly reversibility?: Reversibility | undefined;
	readonly reversibilityNote?: string | undefined;
	readonly reviewOn?: IsoDate | undefined;
	readonly reviewedOn?: IsoDate | undefined;
	/** The number of the decision in whose place it stands, or its title while that has none. */
	readonly supersedes?: string | undefined;
	/** The title of the decision that stands in its place, where only this one's file says so. */
	readonly supersededBy?: string | undefined;
	readonly tags: readonly string[];
	readonly members: Readonly<Record<Role, readonly WrittenMember[]>>;
	readonly options: readonly WrittenOption[];
	/** Index into `options`. */
	readonly chosen?: number | undefined;
	readonly evidence: readonly WrittenEvidence[];
	readonly context: string;
	readonly why: string;
	readonly outcome: string;
	/** The pieces of the file it was read from; empty for what was written here. */
	readonly chunks: readonly Chunk[];
}

export interface WrittenMember {
	readonly name: string;
	/** ISO instant. */
	readonly agreedAt?: string | undefined;
}

export interface WrittenOption {
	readonly title: string;
	readonly note: string;
	readonly pros: string;
	readonly cons: string;
}

export interface WrittenEvidence {
	readonly title: string;
	readonly url: string;
	readonly detail: string;
}

export interface Chunk {
	readonly is: Section['is'];
	/** The words of its heading; empty when it has none. */
	readonly heading: string;
	/** All of it, with its heading and the line breaks after it. */
	readonly source: string;
	/** What stands in it now, where no field holds it. */
	readonly text?: string | undefined;
	/** Index into `options`. */
	readonly option?: number | undefined;
}

/** A member with the instant at which they agreed. */
export const memberText = ({ name, agreedAt }: WrittenMember): string =>
	agreedAt ? `${name} (agreed ${agreedAt})` : name;

export const NOBODY: Written['members'] = { recommend: [], agree: [], perform: [], input: [], decide: [] };

const words = { nameOf: () => undefined, blockMarkdown: ({ type }: { type: string }) => `*${type}*` };

/** Prose as Markdown: the form in which two texts are compared. */
export const markdownOfProse = (blocks: readonly ProseBlock[], nameOf: NameOf = () => undefined): string =>
	markdownOf(blocks, { ...words, nameOf: nameOf });

/** Markdown as prose. What prose cannot hold, such as a link within the repository, stays as it was typed. */
export const proseOfMarkdown = (markdown: string): readonly ProseBlock[] =>
	proseFromMarkdown(allowedMarkdown(markdown));

/** Markdown as it comes back from prose. */
export const canonical = (markdown: string): string => markdownOfProse(proseOfMarkdown(markdown.trim()));

/** Every decision as it would be written, in order. */
export const writtenOf = (snapshot: Decisions, nameOf: NameOf = () => undefined): readonly Written[] =>
	[...dossiersOf(snapshot).values()].map((dossier) => writtenFrom(snapshot, dossier, nameOf));

export function writtenFrom(snapshot: Decisions, dossier: Dossier, nameOf: NameOf): Written {
	const { decision, options } = dossier;
	const text = (root: string) => markdownOfProse(snapshot.texts[root] ?? [], nameOf);
	const { id, title, status, madeOn, proposedAt, decidedAt, settledAt, reversibility } = decision;
	const { reversibilityNote, reviewOn, reviewedOn } = decision;
	const indexOf = (row: string | undefined) => {
		const at = options.findIndex((option) => option.id === row);
		return at === -1 ? undefined : at;
	};
	return present({
		title,
		status,
		number: decision.number === undefined ? undefined : recordNumber(PREFIX, decision.number),
		madeOn,
		proposedAt,
		decidedAt,
		settledAt,
		reversibility,
		reversibilityNote,
		reviewOn,
		reviewedOn,
		supersedes: nameOfOther(snapshot, decision.supersedes),
		tags: [...new Set(dossier.tags.map(({ tag }) => tag))],
		members: membersOf(dossier, nameOf),
		options: options.map(({ title: name, note = '', pros = '', cons = '' }) => ({
			title: name,
			note,
			pros,
			cons
		})),
		chosen: indexOf(decision.chosen),
		evidence: dossier.evidence.map(({ title: name, url = '', detail = '' }) => ({
			title: name,
			url,
			detail
		})),
		context: text(textRoot(id, 'context')),
		why: text(textRoot(id, 'why')),
		outcome: text(textRoot(id, 'outcome')),
		chunks: dossier.sections.map(({ id: row, is, heading, source, option }) =>
			present({
				is,
				heading,
				source,
				text: is === 'named' || is === 'meta' ? text(sectionRoot(row)) : undefined,
				option: indexOf(option)
			})
		)
	});
}

function membersOf(dossier: Dossier, nameOf: NameOf): Written['members'] {
	const of = (role: Role): readonly WrittenMember[] =>
		dossier.members
			.filter((member) => member.role === role)
			.map((member) => present({ name: nameOfMember(member, nameOf), agreedAt: member.agreedAt }));
	return Object.fromEntries(ROLES.map((role) => [role, of(role)])) as Record<Role, readonly WrittenMember[]>;
}

function nameOfOther({ decisions }: Decisions, id: string | undefined): string | undefined {
	const other = decisions.find((row) => row.id === id);
	if (!other) return undefined;
	return other.number === undefined ? other.title : recordNumber(PREFIX, other.number);
}

/** The same without the fields that say nothing. */
export const present = <T extends object>(value: T): T =>
	Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

/** The sections that no field holds, under their headings. */
export const sectionsText = (chunks: readonly Chunk[]): string =>
	chunks
		.filter(({ text }) => text)
		.map(({ heading, text }) => `## ${heading || 'Notes'}\n\n${text}`)
		.join('\n\n');
