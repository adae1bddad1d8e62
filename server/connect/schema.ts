import { z } from '@hono/zod-openapi';
import * as core from 'zod/v4/core';
import {
	SOURCE_KINDS,
	SOURCE_NAME_LENGTH_MAX,
	SOURCE_SECRET_LENGTH_MAX,
	sourceConnector,
	sourceRun,
	sourceTest,
	type SourceConnector
} from '#lib/domain/source.ts';
import { kpiId, type KpiId } from '#lib/domain/id.ts';
import { timeZone } from '../auth/schema.ts';
import { wrongPath } from './read-json.ts';
import { isSchedule } from './timing.ts';

// What the routes of sources take and give. The settings of each kind are described once, in `domain/source.ts`.

/** How OpenAPI describes one of the domain's shapes. */
const described = (schema: core.$ZodType, io: 'input' | 'output') => {
	const { $schema: _, ...rest } = core.toJSONSchema(schema, { io, unrepresentable: 'any' });
	return rest as { type: 'object' };
};

/** A part of the body that a shape of the domain reads; what it refuses is said in its words. */
const shaped = <Shape>(schema: core.$ZodType<Shape>) =>
	z.unknown().transform((value, context): Shape => {
		const read = core.safeParse(schema, value);
		if (read.success) return read.data;
		for (const { message, path } of read.error.issues)
			context.addIssue({ code: 'custom', message, path: [...path] });
		return z.NEVER;
	});

const connector = shaped(sourceConnector)
	.superRefine((value, context) => {
		const wrong = value.kind === 'json' ? wrongPath(value.settings) : undefined;
		if (wrong)
			context.addIssue({
				code: 'custom',
				path: ['settings'],
				message: `The path ${wrong.path} is no JSONPath: ${wrong.why}.`
			});
	})
	.openapi(described(sourceConnector, 'input'));

const SCHEDULE_RULE =
	'Give a schedule as cron of five fields, minute hour day month weekday, such as */15 * * * * for every quarter of an hour.';

const name = z
	.string()
	.trim()
	.min(1, 'Give the source a name.')
	.max(SOURCE_NAME_LENGTH_MAX, `Keep the name to ${SOURCE_NAME_LENGTH_MAX} characters.`)
	.regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, 'Write the name on one line.');

const secret = z
	.string()
	.min(1)
	.max(SOURCE_SECRET_LENGTH_MAX, `A secret has at most ${SOURCE_SECRET_LENGTH_MAX} characters.`)
	.regex(/^[^\p{Cc}]*$/u, 'A secret is on one line.');

const schedule = z.string().trim().max(100).refine(isSchedule, SCHEDULE_RULE);
const kpi = shaped(kpiId as core.$ZodType<KpiId>).openapi({ type: 'string' });

/** `secret` is taken and never given back. */
export const newSource = z.object({
	kpi,
	name,
	connector,
	schedule,
	zone: timeZone.optional(),
	secret: secret.optional(),
	isPaused: z.boolean().default(false)
});

/** What is left away stays; null takes it away. */
export const changedSource = z.object({
	kpi: kpi.optional(),
	name: name.optional(),
	connector: connector.optional(),
	schedule: schedule.optional(),
	zone: timeZone.nullish(),
	secret: secret.nullish(),
	isPaused: z.boolean().optional()
});

/** `source`: whose kept secret is used, for the place it was given for. */
export const tried = z.object({
	connector,
	zone: timeZone.optional(),
	secret: secret.optional(),
	source: z.string().max(96).optional()
});

export const shownRun = z.custom<core.infer<typeof sourceRun>>().openapi(described(sourceRun, 'output'));
export const shownTest = z.custom<core.infer<typeof sourceTest>>().openapi(described(sourceTest, 'output'));

export const shownSource = z.object({
	id: z.string(),
	kpi: z.string(),
	name: z.string(),
	kind: z.enum(SOURCE_KINDS),
	schedule: z.string(),
	zone: z.string().optional(),
	isPaused: z.boolean(),
	hasSecret: z.boolean(),
	nextAt: z.iso.datetime().optional(),
	isRunning: z.boolean(),
	lastRun: shownRun.optional(),
	settings: z.custom<SourceConnector['settings']>().openapi({ type: 'object' }).optional()
});

/** Where a connector goes to with its secret. Another place has to be given the secret anew. */
export function placeOf({ kind, settings }: SourceConnector): string {
	switch (kind) {
		case 'json':
		case 'prometheus':
			return new URL(settings.url).origin;
		case 'postgresql':
			return `postgresql://${settings.host.toLowerCase()}:${settings.port} ${settings.tls}`;
		case 'sqlite':
			return 'sqlite';
	}
}
