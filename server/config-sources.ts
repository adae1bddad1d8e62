import { resolve } from 'node:path';
import * as z from 'zod';
import { isAllowRule } from './connect/addresses.ts';

/** Where the data sources of KPIs may read from. */
export interface SourcesSettings {
	/** Hosts, addresses and CIDRs of inner networks that sources may reach. */
	readonly allow: readonly string[];
	/** Absolute path of the folder in which SQLite files may be read. Undefined: none may. */
	readonly sqliteFolder: string | undefined;
}

/** What an empty environment gives. */
export const plainSources: SourcesSettings = { allow: [], sqliteFolder: undefined };

export const SOURCES_VARIABLES = ['DOWNBEAT_SOURCES_ALLOW', 'DOWNBEAT_SQLITE_SOURCES'] as const;

const ALLOW_RULE =
	'hosts, addresses or networks with commas between them and no ports, such as db.internal,10.20.0.0/16';

export const sourcesEnvironment = {
	DOWNBEAT_SOURCES_ALLOW: z
		.string()
		.transform((text) => text.split(',').map((rule) => rule.trim()))
		.refine((rules) => rules.every(isAllowRule), ALLOW_RULE)
		.optional(),
	DOWNBEAT_SQLITE_SOURCES: z.string().optional()
};

type SourcesEnvironment = z.infer<z.ZodObject<typeof sourcesEnvironment>>;

export const sourcesSettings = (values: SourcesEnvironment, cwd: string): SourcesSettings => ({
	allow: values.DOWNBEAT_SOURCES_ALLOW ?? [],
	sqliteFolder:
		values.DOWNBEAT_SQLITE_SOURCES === undefined ? undefined : resolve(cwd, values.DOWNBEAT_SQLITE_SOURCES)
});
