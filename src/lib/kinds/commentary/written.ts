import { textOfBlocks } from '#lib/docs/prose-text.ts';
import type { RowId } from '#lib/domain/id.ts';
import { commentaryRow } from './row-names.ts';
import {
	TEXTS,
	textRoot,
	type About,
	type Author,
	type Commentaries,
	type Commentary,
	type Driver,
	type Evidence,
	type Link,
	type TextName
} from './schema.ts';

/** Everything that was written about one KPI, in one place. */
export interface Written {
	readonly id: RowId;
	/** Absent until the first edit. */
	readonly row: Commentary | undefined;
	readonly drivers: readonly Driver[];
	readonly links: readonly Link[];
	readonly evidence: readonly Evidence[];
	readonly authors: readonly Author[];
	/** Plain, without blanks at the ends; empty when nothing is said. */
	readonly texts: Readonly<Record<TextName, string>>;
}

/** What `commentaries` say about `about`, or about the row of that name. */
export function writtenOn(
	commentaries: Commentaries,
	about: RowId | Pick<About, 'kpi' | 'segment'>
): Written {
	const id = typeof about === 'string' ? about : commentaryRow(about);
	const own = <Part extends { readonly commentary: RowId }>(parts: readonly Part[]) =>
		parts.filter((part) => part.commentary === id);
	return {
		id,
		row: commentaries.rows.find((row) => row.id === id),
		drivers: own(commentaries.drivers),
		links: own(commentaries.links),
		evidence: own(commentaries.evidence),
		authors: own(commentaries.authors),
		texts: { changed: textIn(commentaries, id, 'changed'), doing: textIn(commentaries, id, 'doing') }
	};
}

function textIn({ texts }: Commentaries, id: RowId, name: TextName): string {
	return textOfBlocks(texts[textRoot(id, name)] ?? []).trim();
}

/** Whether anybody said anything yet. */
export function hasWords({ row, drivers, links, evidence, texts }: Written): boolean {
	const hasParts = drivers.length + links.length + evidence.length > 0;
	const hasFields = row?.outlook !== undefined || row?.nature !== undefined;
	return hasParts || hasFields || TEXTS.some((name) => texts[name] !== '');
}

/** Those that people reach for before a document has drivers of its own. */
export const USUAL_DRIVERS = ['Detection', 'Runbook', 'Release', 'Staffing', 'Vendor'] as const;

/** The names to offer: those used in this document, the most used first, then the usual ones. Each once. */
export function offeredDrivers({ drivers }: Pick<Commentaries, 'drivers'>): readonly string[] {
	const byName = Map.groupBy(drivers, ({ name }) => name.toLowerCase());
	const used = [...byName.values()]
		.toSorted((a, b) => b.length - a.length)
		.flatMap(([first]) => (first ? [first.name] : []));
	return [...used, ...USUAL_DRIVERS.filter((name) => !byName.has(name.toLowerCase()))];
}
