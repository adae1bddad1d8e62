import { rowTable } from '#lib/docs/rows.ts';
import { author, commentary, driver, evidence, link } from './schema.ts';

/** Every list is a root of its own: two people who add one each both keep theirs. */
export const tables = {
	rows: rowTable({ root: 'commentaries', row: commentary }),
	drivers: rowTable({ root: 'drivers', row: driver }),
	links: rowTable({ root: 'links', row: link }),
	evidence: rowTable({ root: 'evidence', row: evidence }),
	authors: rowTable({ root: 'authors', row: author })
} as const;
