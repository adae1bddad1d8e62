import * as z from 'zod/mini';
import { isIsoDate, type IsoDate } from './calendar.ts';
import { kpiId, personId, rowId } from './id.ts';
import { DECIMALS_MAX, unitWord } from './quantity.ts';

/** `up`: more is good. `down`: less is good. `band`: good between two bounds. */
export const direction = z.enum(['up', 'down', 'band']);
export type Direction = z.infer<typeof direction>;

/** How often a value is expected. */
export const cadence = z.enum(['hourly', 'daily', 'weekly', 'monthly', 'quarterly']);
export type Cadence = z.infer<typeof cadence>;

export const dimension = z.enum(['reliability', 'security', 'product', 'financial', 'efficiency']);
export type Dimension = z.infer<typeof dimension>;

/** Whose number it is: the company's, a domain's, or one service's or team's. */
export const level = z.enum(['company', 'domain', 'service']);
export type Level = z.infer<typeof level>;

/** How the points of a longer stretch become its one value. */
export const aggregation = z.enum(['last', 'sum', 'mean', 'median', 'p90']);
export type Aggregation = z.infer<typeof aggregation>;

/** Who may see the number. */
export const classification = z.enum(['public', 'internal', 'confidential', 'restricted']);
export type Classification = z.infer<typeof classification>;

/** What a child's share of its parent is measured by. */
export const weightBasis = z.enum(['traffic', 'revenue', 'tenants', 'coverage', 'equal']);
export type WeightBasis = z.infer<typeof weightBasis>;

export const KPI_NAME_LENGTH_MAX = 120;
export const KPI_TEXT_LENGTH_MAX = 4_000;
export const SEGMENTS_MAX = 200;
export const RUNBOOK_LENGTH_MAX = 2_048;
/** Ten years. */
export const FRESHNESS_HOURS_MAX = 87_600;

const finite = z.number().check(z.refine((value) => Number.isFinite(value), 'must be a finite number'));

/** A day. */
export const isoDate = z.string().check(z.refine(isIsoDate, 'must be a day such as 2026-07-01'));

/**
 * What a measured thing means and when it is good.
 *
 * The four bounds are apart so that two people who each move one of them both keep theirs. `direction` decides
 * which are in force (see status.ts); the others are kept for when it is turned round again.
 */
export const kpiContract = z.object({
	id: kpiId,
	/** Position in the list: a fractional index. */
	order: z.string(),
	name: z.string().check(z.minLength(1), z.maxLength(KPI_NAME_LENGTH_MAX)),
	/** The definition, in words. */
	description: z.optional(z.string().check(z.maxLength(KPI_TEXT_LENGTH_MAX))),
	unit: unitWord,
	/** Digits after the point. Absent: as many as a value needs. */
	decimals: z.optional(z.int().check(z.gte(0), z.lte(DECIMALS_MAX))),
	direction,
	target: z.optional(finite),
	redBelow: z.optional(finite),
	amberBelow: z.optional(finite),
	amberAbove: z.optional(finite),
	redAbove: z.optional(finite),
	owner: z.optional(personId),
	cadence,
	dimension: z.optional(dimension),
	/** Where the numbers come from, in words. */
	source: z.optional(z.string().check(z.maxLength(KPI_TEXT_LENGTH_MAX))),
	/** The parts that its points are told apart by, in the order they are offered. */
	segments: z.optional(z.array(z.string()).check(z.maxLength(SEGMENTS_MAX))),
	level: z.optional(level),
	/** Answers for it while the owner cannot. */
	backup: z.optional(personId),
	/** How the number is reckoned, as it would be written down. */
	formula: z.optional(z.string().check(z.maxLength(KPI_TEXT_LENGTH_MAX))),
	aggregation: z.optional(aggregation),
	/** How old the latest value may be before it counts as late. */
	freshnessHours: z.optional(z.int().check(z.gte(1), z.lte(FRESHNESS_HOURS_MAX))),
	classification: z.optional(classification),
	/** As it was typed: only what `allowedHref` passes may become a link. */
	runbook: z.optional(z.string().check(z.maxLength(RUNBOOK_LENGTH_MAX)))
});
/** From the day `from` on, in the space's time zone, these bounds are in force, all of them: an absent one is none. */
export const kpiTerms = z.object({
	id: rowId,
	order: z.string(),
	kpi: kpiId,
	from: isoDate,
	/** Absent: as the contract has it. */
	direction: z.optional(direction),
	target: z.optional(finite),
	redBelow: z.optional(finite),
	amberBelow: z.optional(finite),
	amberAbove: z.optional(finite),
	redAbove: z.optional(finite),
	reason: z.optional(z.string().check(z.maxLength(KPI_TEXT_LENGTH_MAX))),
	approver: z.optional(personId),
	by: z.optional(personId)
});
export type KpiTerms = z.infer<typeof kpiTerms>;

/** A day on which a number began to mean something else. */
export interface KpiTurn {
	readonly from: IsoDate;
	/** “Formula changed”. */
	readonly words: string;
}

/** A contract with all the terms it ever had. It judges nothing by itself: `kpi-terms.ts` says what held when. */
export interface KpiContract extends z.infer<typeof kpiContract> {
	/** By the day they begin; absent when the contract's own bounds always held. */
	readonly terms?: readonly KpiTerms[] | undefined;
	/** Changes of what the number itself means, by the day they took effect; the bounds aside. */
	readonly turns?: readonly KpiTurn[] | undefined;
}

/** That `kpi` is a part of `parent`, and how much it counts in it. */
export const kpiParent = z.object({
	id: rowId,
	order: z.string(),
	kpi: kpiId,
	parent: kpiId,
	basis: weightBasis,
	/** In the basis's own measure: requests, euros, tenants. Absent with `equal`, or not known yet. */
	weight: z.optional(finite.check(z.gte(0)))
});
export type KpiParent = z.infer<typeof kpiParent>;

/** That `upstream` moves before `kpi` does. */
export const kpiUpstream = z.object({ id: rowId, order: z.string(), kpi: kpiId, upstream: kpiId });
export type KpiUpstream = z.infer<typeof kpiUpstream>;

/** A moment pinned to charts. */
export const markerKind = z.enum(['release', 'incident', 'rollback', 'decision', 'note']);
export type MarkerKind = z.infer<typeof markerKind>;

export const MARKER_LABEL_LENGTH_MAX = 60;

export const marker = z.object({
	id: rowId,
	order: z.string(),
	/** ISO 8601 instant in UTC. */
	at: z.iso.datetime(),
	kind: markerKind,
	label: z.string().check(z.minLength(1), z.maxLength(MARKER_LABEL_LENGTH_MAX)),
	/** The one KPI it belongs to; absent: every chart of the space shows it. */
	kpi: z.optional(kpiId)
});
export type Marker = z.infer<typeof marker>;

export const DIRECTION_WORDS: Record<Direction, string> = {
	up: 'Up is good',
	down: 'Down is good',
	band: 'In a band'
};

export const CADENCE_WORDS: Record<Cadence, string> = {
	hourly: 'Hourly',
	daily: 'Daily',
	weekly: 'Weekly',
	monthly: 'Monthly',
	quarterly: 'Quarterly'
};

export const DIMENSION_WORDS: Record<Dimension, string> = {
	reliability: 'Reliability',
	security: 'Security',
	product: 'Product',
	financial: 'Financial',
	efficiency: 'Efficiency'
};

export const LEVEL_WORDS: Record<Level, string> = {
	company: 'Company',
	domain: 'Domain',
	service: 'Service or team'
};

export const AGGREGATION_WORDS: Record<Aggregation, string> = {
	last: 'Last value',
	sum: 'Sum',
	mean: 'Mean',
	median: 'Median',
	p90: '90th percentile'
};

export const CLASSIFICATION_WORDS: Record<Classification, string> = {
	public: 'Public',
	internal: 'Internal',
	confidential: 'Confidential',
	restricted: 'Restricted'
};

export const WEIGHT_BASIS_WORDS: Record<WeightBasis, string> = {
	traffic: 'by traffic',
	revenue: 'by revenue',
	tenants: 'by tenants',
	coverage: 'by coverage',
	equal: 'in equal parts'
};

export const MARKER_WORDS: Record<MarkerKind, string> = {
	release: 'Release',
	incident: 'Incident',
	rollback: 'Rollback',
	decision: 'Decision',
	note: 'Note'
};

const DAY_SECONDS = 86_400;

/** Seconds from one expected value to the next. Months and quarters by their longest. */
export const CADENCE_SECONDS: Record<Cadence, number> = {
	hourly: 3_600,
	daily: DAY_SECONDS,
	weekly: 7 * DAY_SECONDS,
	monthly: 31 * DAY_SECONDS,
	quarterly: 92 * DAY_SECONDS
};
