import type * as Y from 'yjs';
import type { IsoDate } from '#lib/domain/calendar.ts';
import { newRowId, type KpiId, type PersonId, type RowId } from '#lib/domain/id.ts';
import { isTermField, TERM_FIELDS, termsAt } from '#lib/domain/kpi-terms.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { changeOf, datedContracts, type ChangedFields, type KpiChange } from './change.ts';
import type { Edit } from './link-commands.ts';
import { asContract, changeRows, kpiRows, rowOf, termRows } from './tables.ts';

export interface ChangeCommands {
	/** Asks for a change of what a number means or of when it is good. */
	proposeChange(kpi: KpiId, asked: AskedChange): Result<RowId, ChangeRefused>;
	/** Only its approver decides. What is approved holds from its day on, and stays on record. */
	decideChange(id: RowId, state: 'approved' | 'declined', at: string): Result<void, ChangeRefused>;
	/** Whoever asked takes it back while nobody has decided. */
	withdrawChange(id: RowId, at: string): Result<void, ChangeRefused>;
	/** Terms that should not hold after all. */
	removeTerms(id: RowId, at: string): void;
	restoreTerms(id: RowId): void;
}

export interface AskedChange {
	/** A field that is there and undefined is to be cleared. */
	readonly after: { readonly [Field in keyof ChangedFields]?: ChangedFields[Field] | undefined };
	readonly reason: string;
	readonly impact?: string | undefined;
	readonly approver?: PersonId | undefined;
	readonly from: IsoDate;
	/** ISO instant. */
	readonly at: string;
}

export interface ChangeRefused {
	readonly code:
		'change.nothing' | 'change.no-reason' | 'change.decided' | 'change.not-yours' | 'change.gone';
	/** To be shown as it is. */
	readonly sentence: string;
}

const GONE: ChangeRefused = { code: 'change.gone', sentence: 'It is not there any more.' };
const DECIDED: ChangeRefused = { code: 'change.decided', sentence: 'This has been decided already.' };

export function changeCommands(doc: Y.Doc, { by, edit }: { by: PersonId; edit: Edit }): ChangeCommands {
	const contractOf = (kpi: KpiId): KpiContract | undefined =>
		datedContracts(
			kpiRows
				.read(doc)
				.value.filter(({ id }) => id === rowOf(kpi))
				.map(asContract),
			termRows.read(doc).value,
			changeRows.read(doc).value
		)[0];

	function open(id: RowId): Result<KpiChange, ChangeRefused> {
		const change = changeRows.read(doc).value.find((one) => one.id === id);
		if (!change) return refuse(GONE);
		return change.state === 'proposed' ? ok(change) : refuse(DECIDED);
	}

	/** Terms are named by their change, so that two devices that approve it make them once. */
	function bringIntoForce(change: KpiChange, contract: KpiContract): void {
		const { id, kpi, fields, after, from, reason } = change;
		const spoken = fields.filter((field) => !isTermField(field));
		if (spoken.length > 0) {
			kpiRows.patch(doc, rowOf(kpi), Object.fromEntries(spoken.map((field) => [field, after[field]])));
		}
		const moved = fields.filter(isTermField);
		if (moved.length === 0) return;
		const base = termsAt(contract, from);
		const bounds = Object.fromEntries(
			TERM_FIELDS.map((field) => [field, moved.includes(field) ? after[field] : base[field]])
		);
		const terms = { id, kpi, from, reason, by: change.by, ...bounds };
		termRows.ensure(doc, terms, { after: 'end', own: { approver: by } });
	}

	return {
		proposeChange(kpi, { after: wanted, from, at, reason, impact, approver }) {
			const contract = contractOf(kpi);
			if (!contract) return refuse(GONE);
			const change = changeOf(contract, wanted, from);
			if (change.fields.length === 0) {
				return refuse({ code: 'change.nothing', sentence: 'Nothing would be different.' });
			}
			if (!reason.trim()) return refuse({ code: 'change.no-reason', sentence: 'Say why.' });
			const id = newRowId();
			const optional = { ...(impact ? { impact } : {}), ...(approver ? { approver } : {}) };
			const row = { id, kpi, ...change, reason, ...optional, from, state: 'proposed' as const, at, by };
			edit('propose', () => changeRows.insert(doc, row, 'end'));
			return ok(id);
		},
		decideChange(id, state, at) {
			const found = open(id);
			if (!found.ok) return found;
			const { approver, kpi } = found.value;
			if (approver !== undefined && approver !== by) {
				return refuse({ code: 'change.not-yours', sentence: 'Only its approver decides.' });
			}
			const contract = contractOf(kpi);
			if (!contract) return refuse(GONE);
			edit(state === 'approved' ? 'approve' : 'decline', () => {
				changeRows.patch(doc, id, { state, decidedAt: at, decidedBy: by });
				if (state === 'approved') bringIntoForce(found.value, contract);
			});
			return ok(undefined);
		},
		withdrawChange(id, at) {
			const found = open(id);
			if (!found.ok) return found;
			if (found.value.by !== by) {
				return refuse({ code: 'change.not-yours', sentence: 'Only who asked for it takes it back.' });
			}
			edit('withdraw', () => changeRows.patch(doc, id, { state: 'withdrawn', decidedAt: at, decidedBy: by }));
			return ok(undefined);
		},
		removeTerms: (id, at) => edit('unset', () => termRows.remove(doc, id, at)),
		restoreTerms: (id) => edit('reset', () => termRows.restore(doc, id))
	};
}
