import type * as Y from 'yjs';
import type { RowFields } from '#lib/docs/rows.ts';
import { newRowId, type KpiId, type PersonId, type RowId } from '#lib/domain/id.ts';
import type { SeenNumber } from '#lib/domain/seen.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { namedRow } from './named-row.ts';
import { AGREE_MAX, type Evidence, type Member, type Option, type Role } from './schema.ts';
import { tables } from './tables.ts';

/** A person of the space, or a name such as “Platform team”. */
export type Who = { readonly person: PersonId } | { readonly name: string };

export interface TooManyAgree {
	readonly code: 'decision.too-many-agree';
	readonly sentence: string;
}

/** The verbs for what belongs to a decision: each part is a row of its own. `at` is an ISO instant. */
export interface PartCommands {
	addOption(decision: RowId, fields: Omit<Option, 'id' | 'order' | 'decision'>): RowId;
	patchOption(id: RowId, fields: RowFields<Option>): void;
	removeOption(id: RowId, at: string): void;
	restoreOption(id: RowId): void;
	choose(decision: RowId, option: RowId | undefined): void;
	/** Gives somebody a part in it; the same person twice is once. Four who must agree are refused. */
	addMember(decision: RowId, part: { role: Role; who: Who }): Result<void, TooManyAgree>;
	removeMember(id: RowId, at: string): void;
	/** Makes them the one who decides, instead of anybody before. */
	setDecider(decision: RowId, who: Who | undefined, at: string): void;
	/** Records that somebody agreed at `at`, or takes it back. */
	setAgreed(member: RowId, at: string | undefined): void;
	addEvidence(decision: RowId, fields: Omit<Evidence, 'id' | 'order' | 'decision'>): RowId;
	patchEvidence(id: RowId, fields: RowFields<Evidence>): void;
	removeEvidence(id: RowId, at: string): void;
	restoreEvidence(id: RowId): void;
	addTag(decision: RowId, tag: string): void;
	removeTag(id: RowId, at: string): void;
	addKpi(decision: RowId, moved: NewMovedKpi): void;
	removeKpi(id: RowId, at: string): void;
}

export interface NewMovedKpi {
	readonly kpi: KpiId;
	readonly segment?: string | undefined;
	readonly seen?: SeenNumber | undefined;
}

/** Writes at once, as `putKpi` does. */
export function putMember(doc: Y.Doc, decision: RowId, { role, who }: { role: Role; who: Who }): void {
	const id = 'person' in who ? namedRow(decision, role, who.person) : newRowId();
	tables.members.ensure(doc, { id, decision, role, ...who }, { after: 'end' });
}

export function putKpi(doc: Y.Doc, decision: RowId, { kpi, segment, seen }: NewMovedKpi): void {
	const rest = { ...(segment ? { segment } : {}), ...(seen ? { seen } : {}) };
	tables.kpis.insert(doc, { id: newRowId(), decision, kpi, ...rest }, 'end');
}

type Edit = <T>(command: string, change: () => T) => T;

export function partCommands(doc: Y.Doc, edit: Edit): PartCommands {
	const { options, evidence, tags, kpis } = tables;
	return {
		...memberCommands(doc, edit),
		addOption(decision, fields) {
			const id = newRowId();
			edit('option', () => options.insert(doc, { ...fields, id, decision }, 'end'));
			return id;
		},
		patchOption: (id, fields) => edit('option', () => options.patch(doc, id, fields)),
		removeOption: (id, at) => edit('remove-option', () => options.remove(doc, id, at)),
		restoreOption: (id) => edit('restore-option', () => options.restore(doc, id)),
		choose: (decision, option) =>
			edit('choose', () => tables.decisions.patch(doc, decision, { chosen: option })),
		addEvidence(decision, fields) {
			const id = newRowId();
			edit('evidence', () => evidence.insert(doc, { ...fields, id, decision }, 'end'));
			return id;
		},
		patchEvidence: (id, fields) => edit('evidence', () => evidence.patch(doc, id, fields)),
		removeEvidence: (id, at) => edit('remove-evidence', () => evidence.remove(doc, id, at)),
		restoreEvidence: (id) => edit('restore-evidence', () => evidence.restore(doc, id)),
		addTag(decision, text) {
			const tag = text.trim();
			const isThere = tags.read(doc).value.some((row) => row.decision === decision && row.tag === tag);
			if (!tag || isThere) return;
			edit('tag', () => tags.insert(doc, { id: newRowId(), decision, tag }, 'end'));
		},
		removeTag: (id, at) => edit('remove-tag', () => tags.remove(doc, id, at)),
		addKpi: (decision, moved) => edit('kpi', () => putKpi(doc, decision, moved)),
		removeKpi: (id, at) => edit('remove-kpi', () => kpis.remove(doc, id, at))
	};
}

function memberCommands(doc: Y.Doc, edit: Edit) {
	const { members } = tables;
	const of = (decision: RowId, role: Role): readonly Member[] =>
		members.read(doc).value.filter((row) => row.decision === decision && row.role === role);
	return {
		addMember(decision: RowId, { role, who }: { role: Role; who: Who }): Result<void, TooManyAgree> {
			if (role === 'agree' && of(decision, role).length >= AGREE_MAX)
				return refuse({
					code: 'decision.too-many-agree',
					sentence: `At most ${AGREE_MAX} people agree. Take one out, or ask for their input instead.`
				});
			edit('member', () => putMember(doc, decision, { role, who }));
			return ok(undefined);
		},
		removeMember: (id: RowId, at: string) => edit('remove-member', () => members.remove(doc, id, at)),
		setDecider: (decision: RowId, who: Who | undefined, at: string) =>
			edit('decider', () => {
				for (const { id } of of(decision, 'decide')) members.remove(doc, id, at);
				if (who) putMember(doc, decision, { role: 'decide', who });
			}),
		setAgreed: (id: RowId, at: string | undefined) =>
			edit('agree', () => members.patch(doc, id, { agreedAt: at }))
	};
}
