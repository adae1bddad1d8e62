import * as z from 'zod/mini';
import { kpiId } from './id.ts';

// A data source: where a KPI's points are fetched from by themselves. A connector (the kind) with its query, a
// schedule, and a secret that is given and never given back.

export const SOURCE_KINDS = ['json', 'prometheus', 'postgresql', 'sqlite'] as const;
export const sourceKind = z.enum(SOURCE_KINDS);
export type SourceKind = z.infer<typeof sourceKind>;

export const SOURCE_KIND_WORDS: Readonly<Record<SourceKind, string>> = {
	json: 'JSON over HTTP',
	prometheus: 'Prometheus',
	postgresql: 'PostgreSQL',
	sqlite: 'SQLite file'
};

export const SOURCES_PER_SPACE_MAX = 200;
export const SOURCE_NAME_LENGTH_MAX = 80;
export const SOURCE_QUERY_LENGTH_MAX = 8_000;
export const SOURCE_SECRET_LENGTH_MAX = 2_000;
export const SOURCE_HEADERS_MAX = 10;
/** Runs that are kept of each source. */
export const SOURCE_RUNS_KEPT = 20;
/** Rows that a test shows. */
export const SOURCE_SAMPLE_ROWS = 10;

const DAY_SECONDS = 86_400;

const oneLine = (rule: string, lengthMax: number) =>
	z.string().check(z.minLength(1, rule), z.maxLength(lengthMax, rule), z.regex(/^[^\p{Cc}]*$/u, rule));

const query = z.string().check(
	z.minLength(1, 'Give a query.'),
	z.maxLength(SOURCE_QUERY_LENGTH_MAX, `Keep the query to ${SOURCE_QUERY_LENGTH_MAX} characters.`),
	z.refine((text) => text.trim() !== '', 'Give a query.')
);

const WEB_ADDRESS_RULE =
	'Give an address that begins with https:// or http://, without a name or password in it.';

const webAddress = z.string().check(
	z.maxLength(2_000, WEB_ADDRESS_RULE),
	z.refine((text) => {
		const url = URL.parse(text);
		return !!url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.hash;
	}, WEB_ADDRESS_RULE)
);

const HEADER_RULE =
	'A header has a name of letters, digits and hyphens and a value on one line. The secret goes where secrets go.';

/** What a request says about its connection or its sender is not for a setting to say. */
const OWN_HEADERS =
	/^(?:host|connection|content-length|transfer-encoding|te|upgrade|authorization|proxy-.*|cookie|accept-encoding|expect)$/i;

const header = z.object({
	name: z.string().check(
		z.regex(/^[A-Za-z0-9-]{1,80}$/, HEADER_RULE),
		z.refine((name) => !OWN_HEADERS.test(name), HEADER_RULE)
	),
	value: z.string().check(z.regex(/^[\x20-\x7e]{0,500}$/, HEADER_RULE))
});

/** How the secret is shown to a web address: `Authorization: Bearer`, a name and password, or a header of its own. */
const auth = z._default(
	z.discriminatedUnion('as', [
		z.object({ as: z.literal('bearer') }),
		z.object({ as: z.literal('basic'), user: oneLine('Give the name that goes with the password.', 200) }),
		z.object({ as: z.literal('header'), name: header.shape.name })
	]),
	{ as: 'bearer' }
);

const seconds = (least: number, most: number, rule: string) =>
	z.int().check(z.gte(least, rule), z.lte(most, rule));

/** How far the first run looks back. Later ones begin where the one before ended, less `overlap`. */
const lookback = z._default(
	seconds(60, 3_660 * DAY_SECONDS, 'The first run looks back between a minute and ten years, in seconds.'),
	30 * DAY_SECONDS
);

/** How far each run looks back behind the last point it has, for late points and corrections. */
const overlap = z._default(
	seconds(0, 366 * DAY_SECONDS, 'A run looks back at most a year behind its last point, in seconds.'),
	DAY_SECONDS
);

/** Paths are JSONPath (RFC 9535). `at`, `value` and `segment` are relative to a row. */
const path = z
	.string()
	.check(
		z.maxLength(500, 'Keep a path to 500 characters.'),
		z.regex(/^\$/, 'A path is JSONPath and begins with $, such as $.value.')
	);

export const jsonSettings = z.object({
	url: webAddress,
	headers: z._default(z.array(header).check(z.maxLength(SOURCE_HEADERS_MAX)), []),
	auth,
	/** Finds the rows. */
	rows: z._default(path, '$'),
	/** Absent: the value is of now. */
	at: z.optional(path),
	value: z._default(path, '$'),
	segment: z.optional(path)
});

export const prometheusSettings = z.object({
	/** Of the server, without `/api/v1`. */
	url: webAddress,
	auth,
	/** PromQL. */
	query,
	/** Seconds between two values. */
	step: z._default(seconds(1, 31 * DAY_SECONDS, 'A step is between a second and 31 days, in seconds.'), 300),
	/** The label whose value is the segment. */
	segmentLabel: z.optional(
		z
			.string()
			.check(
				z.regex(/^[A-Za-z_][A-Za-z0-9_]{0,100}$/, 'A label has letters, digits and _, and no digit first.')
			)
	),
	lookback: z._default(
		seconds(60, 366 * DAY_SECONDS, 'The first run looks back between a minute and a year, in seconds.'),
		7 * DAY_SECONDS
	),
	overlap: z._default(seconds(0, 31 * DAY_SECONDS, 'A run looks back at most 31 days.'), 3_600)
});

export const postgresqlSettings = z.object({
	host: z
		.string()
		.check(
			z.regex(
				/^[A-Za-z0-9._:-]{1,253}$/,
				'Give the name or the address of the database’s machine, without a port.'
			)
		),
	port: z._default(z.int().check(z.gte(1), z.lte(65_535)), 5432),
	database: oneLine('Give the name of the database.', 63),
	user: oneLine('Give the name of the database user.', 63),
	/** `verify`: TLS with a certificate that is checked. `require`: TLS with any. `off`: in the clear. */
	tls: z._default(z.enum(['verify', 'require', 'off']), 'verify'),
	/** One SELECT with the columns `value`, `at` and `segment`; `:from` and `:to` stand for the range of the run. */
	query,
	lookback,
	overlap
});

export const sqliteSettings = z.object({
	/** Within the folder that the operator opened for this. */
	file: z.string().check(
		z.minLength(1, 'Give the name of the file.'),
		z.maxLength(500, 'Keep the name of the file to 500 characters.'),
		z.refine(
			(text) => !/^[/\\]|^[A-Za-z]:|\0/.test(text) && !text.split(/[/\\]/).includes('..'),
			'Give the file’s name within the folder that the operator opened, such as sales/orders.db.'
		)
	),
	/** As in PostgreSQL. */
	query,
	lookback,
	overlap
});

/** A kind with its settings. */
export const sourceConnector = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('json'), settings: jsonSettings }),
	z.object({ kind: z.literal('prometheus'), settings: prometheusSettings }),
	z.object({ kind: z.literal('postgresql'), settings: postgresqlSettings }),
	z.object({ kind: z.literal('sqlite'), settings: sqliteSettings })
]);
export type SourceConnector = z.infer<typeof sourceConnector>;
export type SettingsOf<Kind extends SourceKind> = Extract<SourceConnector, { kind: Kind }>['settings'];

/** One run: what it read, what it changed, and what went wrong. Times are epoch-free: ISO 8601 in UTC. */
export const sourceRun = z.object({
	at: z.iso.datetime(),
	ms: z.int(),
	/** `by`: the schedule, or somebody who asked for it. */
	by: z.enum(['schedule', 'person']),
	rows: z.int(),
	/** New points and corrections. */
	added: z.int(),
	rejected: z.int(),
	/** The first that were not taken: which row, from 1, and why. For owners alone. */
	reasons: z.optional(z.array(z.object({ row: z.int(), reason: z.string() }))),
	/** Why nothing was read. `detail` is in the other side's own words, for owners alone. */
	error: z.optional(z.object({ code: z.string(), sentence: z.string(), detail: z.optional(z.string()) }))
});
export type ListedRun = z.infer<typeof sourceRun>;

/** A source as the server lists it. `connector` and what it says about addresses are for owners alone. */
export const listedSource = z.object({
	id: z.string(),
	kpi: kpiId,
	name: z.string(),
	kind: sourceKind,
	schedule: z.string(),
	zone: z.optional(z.string()),
	isPaused: z.boolean(),
	hasSecret: z.boolean(),
	/** Absent while it is paused. */
	nextAt: z.optional(z.iso.datetime()),
	isRunning: z.boolean(),
	lastRun: z.optional(sourceRun),
	settings: z.optional(z.unknown())
});
export type ListedSource = z.infer<typeof listedSource>;

/** What a test found: the first rows, the first that would not be taken, and how many there are. */
export const sourceTest = z.object({
	rows: z.int(),
	ms: z.int(),
	points: z.array(z.object({ at: z.iso.datetime(), value: z.number(), segment: z.optional(z.string()) })),
	rejected: z.int(),
	reasons: z.array(z.object({ row: z.int(), reason: z.string() })),
	error: z.optional(z.object({ code: z.string(), sentence: z.string(), detail: z.optional(z.string()) }))
});
export type SourceTest = z.infer<typeof sourceTest>;
