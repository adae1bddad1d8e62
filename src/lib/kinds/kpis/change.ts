import * as z from 'zod/mini';
import type { IsoDate } from '#lib/domain/calendar.ts';
import { kpiId, personId, rowId } from '#lib/domain/id.ts';
import { isTermField, termsAt, withTerms, type ContractInForce } from '#lib/domain/kpi-terms.ts';
import {
	DIRECTION_WORDS,
	isoDate,
	KPI_TEXT_LENGTH_MAX,
	kpiContract,
	type KpiContract,
	type KpiTerms,
	type KpiTurn
} from '#lib/domain/kpi.ts';
import { quantityText, unitLabel } from '#lib/domain/quantity.ts';
import { boundsOf } from '#lib/domain/status.ts';
import { listed, shortDay } from '#lib/domain/words.ts';

// A change of what a number means, or of when it is good, once there are points that would read differently for it.

/** What is changed by asking, with the words for it. All else of a contract is simply edited. */
export const CHANGED_WORDS = {
	description: 'Definition',
	formula: 'Formula',
	source: 'Source',
	unit: 'Unit',
	direction: 'Direction',
	target: 'Target',
	redBelow: 'Off target below',
	amberBelow: 'At risk below',
	amberAbove: 'At risk above',
	redAbove: 'Off target above'
} as const satisfies Partial<Record<keyof KpiContract, string>>;

export type ChangedField = keyof typeof CHANGED_WORDS;
export const CHANGED_FIELDS = Object.keys(CHANGED_WORDS) as readonly ChangedField[];

const changedFields = z.partial(
	z.pick(kpiContract, {
		description: true,
		formula: true,
		source: true,
		unit: true,
		direction: true,
		target: true,
		redBelow: true,
		amberBelow: true,
		amberAbove: true,
		redAbove: true
	})
);
export type ChangedFields = z.infer<typeof changedFields>;

export const changeState = z.enum(['proposed', 'approved', 'declined', 'withdrawn']);
export type ChangeState = z.infer<typeof changeState>;

const words = z.string().check(z.maxLength(KPI_TEXT_LENGTH_MAX));

export const kpiChange = z.object({
	id: rowId,
	order: z.string(),
	kpi: kpiId,
	/** A field that is named here and absent of `after` is cleared. */
	fields: z.array(z.enum(CHANGED_FIELDS)),
	before: changedFields,
	after: changedFields,
	reason: words,
	/** Who and what feels it. */
	impact: z.optional(words),
	/** Who decides. Absent: whoever may write. */
	approver: z.optional(personId),
	/** The day from which it holds. */
	from: isoDate,
	state: changeState,
	/** ISO instants: of the asking, and of the decision. */
	at: z.iso.datetime(),
	by: personId,
	decidedAt: z.optional(z.iso.datetime()),
	decidedBy: z.optional(personId)
});
export type KpiChange = z.infer<typeof kpiChange>;

/** The contracts with what held when beside them. Terms hold as long as the change that they came of is approved. */
export function datedContracts(
	contracts: readonly KpiContract[],
	terms: readonly KpiTerms[],
	changes: readonly KpiChange[]
): readonly KpiContract[] {
	const held = termsHeld(terms, changes);
	const turns = Map.groupBy(changes.filter(turnsMeaning), ({ kpi }) => kpi);
	return withTerms(contracts, held).map((contract) => {
		const own = turns.get(contract.id);
		return own ? { ...contract, turns: own.map(turnOf) } : contract;
	});
}

/** Terms that hold: those of a change only while it stands approved. */
export function termsHeld(terms: readonly KpiTerms[], changes: readonly KpiChange[]): readonly KpiTerms[] {
	const stateOf = new Map(changes.map(({ id, state }) => [id, state]));
	return terms.filter(({ id }) => (stateOf.get(id) ?? 'approved') === 'approved');
}

/** “1 Jul 2026”. */
export const dayWithYear = (on: IsoDate): string => `${shortDay(on)} ${on.slice(0, 4)}`;

const turnsMeaning = ({ state, fields }: KpiChange) =>
	state === 'approved' && fields.some((field) => !isTermField(field));

function turnOf({ from, fields }: KpiChange): KpiTurn {
	const names = fields.filter((field) => !isTermField(field)).map((field) => CHANGED_WORDS[field]);
	const [first = '', ...rest] = names;
	return { from, words: `${listed([first, ...rest.map((name) => name.toLowerCase())])} changed` };
}

/**
 * Whether `fields` cannot simply be edited: there are points that would read differently, or a target that has held
 * since a day. What says something for the first time takes nothing back.
 */
export function asksForChange(
	contract: KpiContract,
	fields: Partial<Record<keyof KpiContract, unknown>>,
	hasPoints: boolean
): boolean {
	if (contract.terms && Object.keys(fields).some(isTermField)) return true;
	if (!hasPoints) return false;
	const touched = CHANGED_FIELDS.filter((field) => field in fields && fields[field] !== contract[field]);
	const moved = touched.filter(isTermField);
	const { terms: _terms, ...own } = contract;
	if (moved.length > 0 && boundsOf(own) !== undefined) return true;
	return touched.some((field) => !isTermField(field) && contract[field] !== undefined);
}

/** What differs of the contract as it would be on `from`; empty when nothing does. */
export function changeOf(
	contract: KpiContract,
	wanted: { readonly [Field in ChangedField]?: ChangedFields[Field] | undefined },
	from: IsoDate
): Pick<KpiChange, 'fields' | 'before' | 'after'> {
	const base = termsAt(contract, from);
	const fields = CHANGED_FIELDS.filter((field) => field in wanted && wanted[field] !== base[field]);
	const pick = (of: Partial<Record<ChangedField, unknown>>) =>
		z.parse(
			changedFields,
			Object.fromEntries(fields.flatMap((field) => (of[field] === undefined ? [] : [[field, of[field]]])))
		);
	return { fields, before: pick(base), after: pick(wanted) };
}

/** “Target 45 min to 40 min”, a phrase for each field. */
export function changeWords(
	{ fields, before, after }: Pick<KpiChange, 'fields' | 'before' | 'after'>,
	contract: Pick<ContractInForce, 'unit' | 'decimals'>
): readonly string[] {
	return fields.map((field) => {
		const name = CHANGED_WORDS[field];
		if (!isTermField(field) && field !== 'unit') return `${name} changed`;
		const text = (side: ChangedFields, unit: string) => valueText(field, side, { ...contract, unit });
		const [was, now] = [text(before, before.unit ?? contract.unit), text(after, after.unit ?? contract.unit)];
		if (was === undefined) return `${name} ${now ?? ''}`.trim();
		return now === undefined ? `${name} ${was} removed` : `${name} ${was} to ${now}`;
	});
}

function valueText(
	field: ChangedField,
	side: ChangedFields,
	measure: Pick<ContractInForce, 'unit' | 'decimals'>
): string | undefined {
	const value = side[field];
	if (typeof value === 'number') return quantityText(value, measure);
	if (field === 'direction' && side.direction) return DIRECTION_WORDS[side.direction].toLowerCase();
	return field === 'unit' && side.unit ? unitLabel(side.unit) : value;
}
