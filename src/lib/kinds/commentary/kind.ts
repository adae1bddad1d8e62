import type { DocumentId, RowId } from '#lib/domain/id.ts';
import { periodById, periodOf, periodWords } from '#lib/domain/period.ts';
import type { RecordDraft, RecordLine } from '#lib/domain/record.ts';
import { statusWord } from '#lib/domain/status.ts';
import { assert } from '#lib/util/assert.ts';
import { defineKind, type Summary } from '../contract.ts';
import { describePlace } from './describe.ts';
import { commentaryDoc, type CommentaryCommands } from './doc.ts';
import { csvExport, markdownExport } from './exports.ts';
import { empty, typical } from './fixtures.ts';
import { isOwnPlace } from './own.ts';
import { redHasWords } from './rules.ts';
import { COMMENTARY_PREFIX, type Commentaries } from './schema.ts';
import { isOpen, STATE_WORDS, storedStanding } from './state.ts';
import { writtenOn, type Written } from './written.ts';

export const commentaryKind = defineKind({
	id: 'commentary',
	label: { one: 'Commentary', many: 'Commentary' },
	prefix: COMMENTARY_PREFIX,
	frame: { isTabless: true, scrolls: 'inside' },
	doc: commentaryDoc,
	rules: [redHasWords],
	exports: [csvExport, markdownExport],
	summarise,
	describe: describePlace,
	titleOf,
	documentOn: (today) => `${COMMENTARY_PREFIX}${periodOf(today, 'week').id}`,
	records,
	draft,
	isOwnPlace,
	fixtures: { empty, typical }
});

/** “Week 47”: the document's own name says its period. */
function titleOf(document: string): string | undefined {
	const period = periodById(document.slice(COMMENTARY_PREFIX.length));
	return period && periodWords(period);
}

/** By what its authors saw: the numbers themselves are not in the document. */
function summarise(commentaries: Commentaries): Summary {
	const all = standings(commentaries);
	const waiting = all.filter(({ standing }) => isOpen(standing));
	const complete = all.filter(({ standing }) => standing.state === 'complete').length;
	const isRed = waiting.some(({ standing }) => standing.status === 'red');
	return {
		headline: `${complete} of ${all.length} complete.`,
		tone: isRed ? 'bad' : waiting.length > 0 ? 'watch' : 'none',
		open: waiting.map(({ written, standing }) => ({
			group: 'commentary',
			what: nameOf(written),
			detail: `${STATE_WORDS[standing.state]}, ${statusWord(standing.status).toLowerCase()}`,
			ref: { row: written.id }
		}))
	};
}

function standings(commentaries: Commentaries) {
	return commentaries.rows.map(({ id }) => {
		const written = writtenOn(commentaries, id);
		return { written, standing: storedStanding(written) };
	});
}

/** A document of commentary knows its KPIs by their ids alone. */
const nameOf = ({ id, row }: Written): string => [row?.kpi ?? id, row?.segment].filter(Boolean).join(', ');

function records(commentaries: Commentaries, document: DocumentId): readonly RecordLine[] {
	return standings(commentaries).map(({ written, standing }) => ({
		ref: { kind: 'commentary', document, row: written.id },
		title: written.texts.changed.split('\n')[0] || nameOf(written),
		state: STATE_WORDS[standing.state],
		isOpen: isOpen(standing),
		owner: written.authors[0]?.person,
		kpis: written.row ? [written.row.kpi] : []
	}));
}

/** A commentary is on a KPI: without one there is nothing to begin. */
function draft(commands: CommentaryCommands, { kpi, segment, seen, title }: RecordDraft): RowId {
	assert(kpi, 'a commentary is begun with its KPI');
	const about = { kpi, segment, seen: seen?.find((one) => one.kpi === kpi && one.segment === segment) };
	if (title.trim()) commands.write(about, 'changed', title);
	return commands.begin(about);
}
