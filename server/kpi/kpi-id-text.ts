import { z } from '@hono/zod-openapi';
import { ID_RULE, kpiId, type KpiId } from '#lib/domain/id.ts';

/** The id of a KPI in a path or a body. */
export const kpiIdText = z
	.string()
	.refine((text) => kpiId.safeParse(text).success, `A KPI's id has ${ID_RULE}.`)
	.transform((text) => text as KpiId);
