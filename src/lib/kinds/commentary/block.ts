import MessageSquareText from '@lucide/svelte/icons/message-square-text';
import * as z from 'zod/mini';
import type { DocumentId } from '#lib/domain/id.ts';
import { cadence } from '#lib/domain/kpi.ts';
import { periodKindOf, periodOf } from '#lib/domain/period.ts';
import type { RecordBlockKind } from '../record-blocks.ts';
import { commentaryRow } from './row-names.ts';
import { COMMENTARY_PREFIX } from './schema.ts';

/** This period's commentary on a KPI, among the notes of a meeting. Nothing is written until somebody writes in it. */
export const recordBlock: RecordBlockKind = {
	type: 'commentary',
	title: 'Variance commentary',
	keywords: ['what changed', 'why', 'explain', 'driver', 'red', 'kpi'],
	icon: MessageSquareText,
	kind: 'commentary',
	async create({ askKpi, cadenceOf, today }) {
		const kpi = await askKpi();
		if (kpi === undefined) return undefined;
		const known = z.safeParse(cadence, cadenceOf(kpi));
		const period = periodOf(today, known.success ? periodKindOf(known.data) : 'week');
		const document = `${COMMENTARY_PREFIX}${period.id}` as DocumentId;
		return { kind: 'commentary', document, row: commentaryRow({ kpi }) };
	}
};
