import * as z from 'zod';
import { LOG_LEVELS, type LogLevel } from './log.ts';

/** How the server is watched, and how much one address may ask of it. */
export interface OperationSettings {
	/** Who shows it may read `/metrics`. Undefined: only this machine may. */
	readonly metricsToken: string | undefined;
	/** Undefined: JSON, unless somebody reads along at a terminal. */
	readonly logFormat: 'json' | 'text' | undefined;
	/** The least level that is written. */
	readonly logLevel: LogLevel;
	/** Whether what one address may ask for is limited. */
	readonly hasRateLimits: boolean;
}

/** What an empty environment gives. */
export const plainOperation: OperationSettings = {
	metricsToken: undefined,
	logFormat: undefined,
	logLevel: 'info',
	hasRateLimits: true
};

export const OPERATION_VARIABLES = [
	'DOWNBEAT_METRICS_TOKEN',
	'DOWNBEAT_LOG',
	'DOWNBEAT_LOG_LEVEL',
	'DOWNBEAT_RATE_LIMITS'
] as const;

const METRICS_TOKEN_RULE = 'from 16 to 256 visible characters of ASCII without a space';

export const operationEnvironment = {
	DOWNBEAT_METRICS_TOKEN: z
		.string()
		.regex(/^[\x21-\x7e]{16,256}$/, METRICS_TOKEN_RULE)
		.optional(),
	DOWNBEAT_LOG: z.enum(['json', 'text'], { error: 'json or text' }).optional(),
	DOWNBEAT_LOG_LEVEL: z.enum(LOG_LEVELS, { error: 'info, warn or error' }).default('info'),
	DOWNBEAT_RATE_LIMITS: z.enum(['on', 'off'], { error: 'on or off' }).default('on')
};

type OperationEnvironment = z.infer<z.ZodObject<typeof operationEnvironment>>;

export const operationSettings = (values: OperationEnvironment): OperationSettings => ({
	metricsToken: values.DOWNBEAT_METRICS_TOKEN,
	logFormat: values.DOWNBEAT_LOG,
	logLevel: values.DOWNBEAT_LOG_LEVEL,
	hasRateLimits: values.DOWNBEAT_RATE_LIMITS === 'on'
});
