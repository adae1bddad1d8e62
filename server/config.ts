import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import {
	IDENTITY_VARIABLES,
	identityEnvironment,
	identitySettings,
	type IdentitySettings
} from './config-identity.ts';
import {
	OPERATION_VARIABLES,
	operationEnvironment,
	operationSettings,
	type OperationSettings
} from './config-operation.ts';
import { toOrigin } from './config-origin.ts';
import {
	SOURCES_VARIABLES,
	sourcesEnvironment,
	sourcesSettings,
	type SourcesSettings
} from './config-sources.ts';

/** What an operator decides, read once from the environment. */
export interface Config {
	/** 0 lets the system choose: for tests. */
	readonly port: number;
	readonly host: string;
	/** Absolute path of the one folder that holds everything. */
	readonly dataFolder: string;
	/** Fixes the one-time setup token for automated installs. */
	readonly setupToken: string | undefined;
	/** Scheme and host that people type, when it is not the address the server listens on. */
	readonly origin: string | undefined;
	readonly identity: IdentitySettings;
	readonly operation: OperationSettings;
	readonly sources: SourcesSettings;
}

/** Variables as the process has them; an empty one counts as absent. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** EX_CONFIG of BSD's sysexits: supervisors may take it as “do not restart, somebody must look”. */
export const CONFIG_EXIT_CODE = 78;

/** NIST SP 800-63B: the least length of a secret people choose, where guessing is rate-limited. It is here. */
export const SETUP_TOKEN_LENGTH_MIN = 8;

const VARIABLES = [
	'PORT',
	'HOST',
	'DOWNBEAT_DATA',
	'DOWNBEAT_SETUP_TOKEN',
	'DOWNBEAT_ORIGIN',
	...IDENTITY_VARIABLES,
	...OPERATION_VARIABLES,
	...SOURCES_VARIABLES
] as const;
type Variable = (typeof VARIABLES)[number];

const PORT_RULE = 'a whole number from 0 to 65535, such as 4380';
const HOST_RULE = 'an address of this machine without a scheme or port, such as 127.0.0.1 or 0.0.0.0';
const TOKEN_RULE = `at least ${SETUP_TOKEN_LENGTH_MIN} characters of A-Z a-z 0-9 . _ ~ -, because it ends up in a link`;

const environment = z.object({
	PORT: z
		.string()
		.regex(/^\d{1,5}$/, PORT_RULE)
		.transform(Number)
		.pipe(z.number().max(65_535, PORT_RULE))
		.default(4380),
	HOST: z
		.string()
		.regex(/^[A-Za-z0-9.:-]+$/, HOST_RULE)
		.default('127.0.0.1'),
	DOWNBEAT_DATA: z.string().default('data'),
	DOWNBEAT_SETUP_TOKEN: z
		.string()
		.min(SETUP_TOKEN_LENGTH_MIN, TOKEN_RULE)
		.max(256, TOKEN_RULE)
		.regex(/^[A-Za-z0-9._~-]+$/, TOKEN_RULE)
		.optional(),
	DOWNBEAT_ORIGIN: z.string().transform(toOrigin).optional(),
	...identityEnvironment,
	...operationEnvironment,
	...sourcesEnvironment
});

/** The settings, or one sentence for each variable that cannot be used. Values are not repeated: some are secret. */
export function readConfig(env: Environment, cwd: string): Result<Config, readonly string[]> {
	const { values, sentences } = withFiles(env);
	const parsed = environment.safeParse(values);
	const wrong = parsed.success
		? []
		: parsed.error.issues.map(({ path, message }) => oneSentence(path, message));
	if (!parsed.success || sentences.length > 0) return refuse([...sentences, ...new Set(wrong)]);
	const identity = identitySettings(parsed.data);
	if (!identity.ok) return identity;
	return ok({
		port: parsed.data.PORT,
		host: parsed.data.HOST,
		dataFolder: resolve(cwd, parsed.data.DOWNBEAT_DATA),
		setupToken: parsed.data.DOWNBEAT_SETUP_TOKEN,
		origin: parsed.data.DOWNBEAT_ORIGIN,
		identity: identity.value,
		operation: operationSettings(parsed.data),
		sources: sourcesSettings(parsed.data, cwd)
	});
}

/** Each variable, or what stands in the file that `<variable>_FILE` names: how containers hand over secrets. */
function withFiles(env: Environment): { values: Partial<Record<Variable, string>>; sentences: string[] } {
	const values: Partial<Record<Variable, string>> = {};
	const sentences: string[] = [];
	for (const name of VARIABLES) {
		const [direct, file] = [env[name] || undefined, env[`${name}_FILE`] || undefined];
		if (direct && file) sentences.push(`${name} and ${name}_FILE are both set. Keep one of them.`);
		const value = direct ?? (file && readLine(file));
		if (value !== undefined) values[name] = value;
		else if (file)
			sentences.push(`${name}_FILE names ${file}, which cannot be read. Give it a readable file.`);
	}
	return { values, sentences };
}

function readLine(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return undefined; // Why does not matter to the sentence: the operator can look at the file.
	}
}

const oneSentence = (path: readonly PropertyKey[], rule: string): string =>
	`${String(path[0])} cannot be used as it is set. It must be ${rule}.`;
