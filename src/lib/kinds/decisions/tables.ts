import { rowTable } from '#lib/docs/rows.ts';
import { asked, decision, evidence, member, movedKpi, option, reply, section, tag } from './schema.ts';

/** Every list is a root of its own, with the decision as a field: two people who add one each both keep theirs. */
export const tables = {
	decisions: rowTable({ root: 'decisions', row: decision }),
	options: rowTable({ root: 'options', row: option }),
	members: rowTable({ root: 'members', row: member }),
	evidence: rowTable({ root: 'evidence', row: evidence }),
	asked: rowTable({ root: 'asked', row: asked }),
	replies: rowTable({ root: 'replies', row: reply }),
	tags: rowTable({ root: 'tags', row: tag }),
	kpis: rowTable({ root: 'kpis', row: movedKpi }),
	sections: rowTable({ root: 'sections', row: section })
} as const;
