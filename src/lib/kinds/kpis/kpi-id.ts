import { kpiId, type KpiId } from '#lib/domain/id.ts';
import * as z from 'zod/mini';

const SLUG_LENGTH_MAX = 60;

/** An id people can read, made of a name: “MTTR, Sev 1/2 median” → `mttr-sev-1-2-median`. Empty when nothing is left. */
export function slugOf(name: string): string {
	return name
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, SLUG_LENGTH_MAX)
		.replaceAll(/^-+|-+$/g, '');
}

/** The id, when the text is one. */
export function asKpiId(text: string): KpiId | undefined {
	const parsed = z.safeParse(kpiId, text);
	return parsed.success ? parsed.data : undefined;
}
