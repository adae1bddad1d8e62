import type { DocumentId, RowId } from '#lib/domain/id.ts';
import { recordNumber, type RecordDraft, type RecordLine } from '#lib/domain/record.ts';
import { counted, dayOf, shortDay } from '#lib/domain/words.ts';
import { defineKind, type OpenEntry, type Summary } from '../contract.ts';
import type { RuleContext } from '#lib/domain/finding.ts';
import { decisionsClerk } from './clerk.ts';
import type { DecisionsCommands } from './commands.ts';
import { describePlace } from './describe.ts';
import { decisionsDoc } from './doc.ts';
import { deciderOf, dossiersOf, type Dossier } from './dossier.ts';
import { csvExport, csvImport, markdownExport } from './exports.ts';
import { empty, typical } from './fixtures.ts';
import { decisionRules } from './rules.ts';
import { DECISIONS_DOCUMENT, PREFIX, type Decisions } from './schema.ts';
import { standingOf, STANDING_WORDS } from './standing.ts';

export const decisionsKind = defineKind({
	id: 'decisions',
	label: { one: 'Decisions', many: 'Decisions' },
	only: DECISIONS_DOCUMENT,
	frame: { scrolls: 'inside' },
	doc: decisionsDoc,
	rules: decisionRules,
	exports: [csvExport, markdownExport],
	imports: [csvImport],
	summarise,
	describe: describePlace,
	records,
	draft,
	clerk: decisionsClerk,
	fixtures: { empty, typical }
});

function summarise(snapshot: Decisions, { today }: RuleContext): Summary {
	const open = [...dossiersOf(snapshot).values()].flatMap((dossier) => openEntry(dossier, today) ?? []);
	const count = snapshot.decisions.length;
	return {
		headline: `${counted(count, 'decision')}${open.length > 0 ? `, ${open.length} open` : ''}.`,
		tone: open.length > 0 ? 'watch' : 'none',
		open
	};
}

function openEntry(dossier: Dossier, today: string): OpenEntry | undefined {
	const { id, title, decideBy, reviewOn } = dossier.decision;
	const what = title || 'Decision without a title';
	const standing = standingOf(dossier, today);
	if (standing === 'waiting')
		return {
			group: 'decision',
			what,
			detail: `Waiting for input, by ${shortDay(dayOf(Date.parse(decideBy ?? '')))}`,
			ref: { row: id }
		};
	if (standing === 'review-due')
		return { group: 'decision', what, detail: `Review due ${shortDay(reviewOn ?? today)}`, ref: { row: id } };
	return undefined;
}

/** The day stands where it is not asked: a list of records has no day of its own. */
function records(snapshot: Decisions, document: DocumentId): readonly RecordLine[] {
	return [...dossiersOf(snapshot).values()].map((dossier): RecordLine => {
		const { id, number, title, source, decideBy, reviewOn } = dossier.decision;
		const standing = standingOf(dossier, '');
		const owner = deciderOf(dossier)?.person;
		const isOpen = standing === 'waiting' || standing === 'proposed' || standing === 'in-review';
		const due =
			standing === 'waiting' ? decideBy?.slice(0, 10) : standing === 'decided' ? reviewOn : undefined;
		return {
			ref: { kind: 'decisions', document, row: id },
			title,
			state: STANDING_WORDS[standing],
			isOpen,
			...(number === undefined ? {} : { number: recordNumber(PREFIX, number) }),
			...(owner ? { owner } : {}),
			...(due ? { due } : {}),
			...(source ? { source } : {}),
			...(dossier.kpis.length > 0 ? { kpis: dossier.kpis.map(({ kpi }) => kpi) } : {})
		};
	});
}

/** A decision made in a meeting's notes or beside a chart: proposed, with what its author looked at. */
function draft(
	commands: DecisionsCommands,
	{ title, owner, due, source, seen, kpi, segment }: RecordDraft
): RowId {
	return commands.addDrafted({
		title,
		proposedAt: new Date().toISOString(),
		...(source ? { source } : {}),
		...(due ? { reviewOn: due } : {}),
		decider: owner,
		kpis: seen?.length
			? seen.map((one) => ({ kpi: one.kpi, segment: one.segment, seen: one }))
			: kpi
				? [{ kpi, segment }]
				: []
	});
}
