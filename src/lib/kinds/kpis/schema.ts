import type { KpiContract, Marker } from '#lib/domain/kpi.ts';

/** What the document `<space>/kpis` holds: what each number means, and the moments pinned to charts. */
export interface Kpis {
	/** In the order people gave them. */
	readonly kpis: readonly KpiContract[];
	/** In the order they were pinned, not of their moments. */
	readonly markers: readonly Marker[];
}

/** Fields that may be edited after a KPI is there. Its id names its points and never changes. */
export type KpiFields = Partial<Omit<KpiContract, 'id' | 'order'>>;
export type MarkerFields = Partial<Omit<Marker, 'id' | 'order'>>;

/** The document of a space that holds its KPIs. One name for all: two people who make it apart make one. */
export const KPIS_DOCUMENT = 'kpis';
