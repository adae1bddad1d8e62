import type { KpiContract, KpiParent, KpiTerms, KpiUpstream, Marker } from '#lib/domain/kpi.ts';
import type { KpiChange } from './change.ts';

/** What the document `<space>/kpis` holds: what each number means, and the moments pinned to charts. */
export interface Kpis {
	/** In the order people gave them. */
	readonly kpis: readonly KpiContract[];
	/** In the order they were pinned, not of their moments. */
	readonly markers: readonly Marker[];
	/** What each KPI is a part of. Either side may be gone, or not there yet. */
	readonly parents: readonly KpiParent[];
	/** What moves before each KPI. */
	readonly upstream: readonly KpiUpstream[];
	/** What has held since a day. Each contract carries its own. */
	readonly terms: readonly KpiTerms[];
	/** What was asked to be different, and what became of it, in the order of asking. */
	readonly changes: readonly KpiChange[];
}

/** Fields that may be edited after a KPI is there. Its id names its points and never changes. */
export type KpiFields = Partial<Omit<KpiContract, 'id' | 'order' | 'terms' | 'turns'>>;
export type MarkerFields = Partial<Omit<Marker, 'id' | 'order'>>;
export type ParentFields = Partial<Pick<KpiParent, 'basis' | 'weight'>>;

/** The document of a space that holds its KPIs. One name for all: two people who make it apart make one. */
export const KPIS_DOCUMENT = 'kpis';
