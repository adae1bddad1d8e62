import * as z from 'zod/mini';
import { DEEDS, mayDo, ROLES, ROLE_WORDS, type Deed } from '#lib/domain/access.ts';
import { listed } from '#lib/domain/words.ts';

// What the server says of its own API, made readable.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export type Schema = z.infer<typeof schema>;
const schema = z.looseObject({
	type: z.optional(z.union([z.string(), z.array(z.string())])),
	description: z.optional(z.string()),
	format: z.optional(z.string()),
	enum: z.optional(z.array(z.unknown())),
	const: z.optional(z.unknown()),
	required: z.optional(z.array(z.string())),
	get properties() {
		return z.optional(z.record(z.string(), schema));
	},
	get items() {
		return z.optional(schema);
	},
	get additionalProperties() {
		return z.optional(z.union([z.boolean(), schema]));
	},
	get anyOf() {
		return z.optional(z.array(schema));
	},
	get oneOf() {
		return z.optional(z.array(schema));
	},
	$ref: z.optional(z.string())
});

const content = z.optional(z.record(z.string(), z.object({ schema: z.optional(schema) })));
const operation = z.object({
	summary: z.optional(z.string()),
	description: z.optional(z.string()),
	parameters: z.optional(
		z.array(
			z.object({
				name: z.string(),
				in: z.string(),
				required: z.optional(z.boolean()),
				description: z.optional(z.string()),
				schema: z.optional(schema)
			})
		)
	),
	requestBody: z.optional(z.object({ content })),
	responses: z.record(z.string(), z.object({ description: z.optional(z.string()), content })),
	'x-needs': z.optional(z.string())
});

/** The parts of an OpenAPI 3.1 description that are shown. */
export const description = z.object({
	info: z.object({ version: z.string() }),
	paths: z.record(z.string(), z.record(z.string(), z.unknown())),
	components: z.object({ schemas: z.optional(z.record(z.string(), schema)) })
});
export type Description = z.infer<typeof description>;

/** One call, in words. */
export interface Call {
	readonly id: string;
	readonly method: string;
	readonly path: string;
	readonly summary: string;
	readonly description: string;
	/** Who may make it. */
	readonly needs: string;
	readonly parameters: readonly { name: string; where: string; isRequired: boolean; type: string }[];
	/** What is sent, as a type; undefined when nothing is. */
	readonly body: string | undefined;
	readonly answers: readonly { status: string; words: string; type: string | undefined }[];
}

export interface Group {
	readonly title: string;
	readonly calls: readonly Call[];
}

/** The first that fits names the group; in the order in which they are shown. */
const GROUPS: readonly (readonly [title: string, paths: RegExp])[] = [
	['Numbers', /\/(kpis|markers|sources)\b/],
	['Documents', /\/(documents|proposals|lines)\b/],
	['Spaces, people and rights', /\/api\/v1\/spaces\//],
	['Your account', /\/api\/(auth|v1\/(me|sign-in))\b/],
	['This server', /./]
];

/** Every call that the description holds, in groups. What is no operation is left out. */
export function groupsOf({ paths, components }: Description): readonly Group[] {
	const calls = Object.entries(paths).flatMap(([path, methods]) =>
		METHODS.flatMap((method) => {
			const parsed = z.safeParse(operation, methods[method]);
			return parsed.success ? [callOf({ path, method }, parsed.data, components.schemas ?? {})] : [];
		})
	);
	const titleOf = ({ path }: Call) => GROUPS.find(([, paths]) => paths.test(path))?.[0];
	return GROUPS.map(([title]) => ({ title, calls: calls.filter((call) => titleOf(call) === title) })).filter(
		({ calls: some }) => some.length > 0
	);
}

/** The groups with the calls that hold every word of `sought`, whatever its case. */
export function soughtIn(groups: readonly Group[], sought: string): readonly Group[] {
	const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
	const holds = ({ method, path, summary, description: more }: Call) => {
		const text = `${method} ${path} ${summary} ${more}`.toLowerCase();
		return words.every((word) => text.includes(word));
	};
	return groups
		.map(({ title, calls }) => ({ title, calls: calls.filter(holds) }))
		.filter(({ calls }) => calls.length > 0);
}

type Schemas = Readonly<Record<string, Schema>>;

function callOf(
	{ path, method }: { path: string; method: string },
	one: z.infer<typeof operation>,
	schemas: Schemas
): Call {
	const typeIn = (held: z.infer<typeof content>) => {
		const [first] = Object.values(held ?? {});
		return first?.schema && typeText(first.schema, schemas);
	};
	return {
		id: `${method}${path.replaceAll(/[^\w]+/g, '-')}`,
		method: method.toUpperCase(),
		path,
		summary: one.summary ?? '',
		description: one.description ?? '',
		needs: needsWords(one['x-needs']),
		parameters: (one.parameters ?? []).map(({ name, in: where, required, schema: type }) => ({
			name,
			where,
			isRequired: required === true,
			type: type ? typeText(type, schemas) : 'string'
		})),
		body: typeIn(one.requestBody?.content),
		answers: Object.entries(one.responses).map(([status, { description: words, content: held }]) => ({
			status: status === 'default' ? 'Else' : status,
			words: words ?? '',
			type: typeIn(held)
		}))
	};
}

/** “Owners and editors”. Without a need a call is open to everybody. */
export function needsWords(need: string | undefined): string {
	if (need === undefined) return 'Everybody';
	if (need === 'somebody') return 'Whoever is known by a token or a session';
	if (need === 'admin') return 'Administrators of this server';
	const deed = DEEDS.find((one) => one === need);
	return deed ? rolesWords(deed) : need;
}

function rolesWords(deed: Deed): string {
	const roles = ROLES.filter((role) => mayDo(role, 'space', deed));
	const tokens = mayDo('editor', 'points', deed) ? '; tokens for points' : '';
	if (roles.length === ROLES.length) return `Everybody in the space${tokens}`;
	return `${listed(roles.map((role) => `${ROLE_WORDS[role].name}s`))}${tokens}`;
}

/** A schema as somebody would write it down: `{ at: date-time, kpi?: string }`. Indented by tabs. */
export function typeText(one: Schema, schemas: Schemas, depth = 0): string {
	const named = one.$ref?.split('/').at(-1);
	// Deeper than that nothing of ours goes; what names itself ends somewhere.
	if (depth > 6) return '…';
	if (named !== undefined) return schemas[named] ? typeText(schemas[named], schemas, depth + 1) : named;
	const either = one.anyOf ?? one.oneOf;
	if (either) return either.map((each) => typeText(each, schemas, depth)).join(' | ');
	if (one.enum) return one.enum.map((value) => JSON.stringify(value)).join(' | ');
	if (one.const !== undefined) return JSON.stringify(one.const);
	if (one.items) return `${bracketed(typeText(one.items, schemas, depth))}[]`;
	if (one.properties) return objectText(one, schemas, depth);
	if (typeof one.additionalProperties === 'object')
		return `{ [name]: ${typeText(one.additionalProperties, schemas, depth)} }`;
	return one.format ?? [one.type ?? 'anything'].flat().join(' | ');
}

const bracketed = (type: string): string =>
	type.includes(' | ') && !type.startsWith('{') ? `(${type})` : type;

function objectText({ properties = {}, required = [] }: Schema, schemas: Schemas, depth: number): string {
	const indent = '\t'.repeat(depth + 1);
	const lines = Object.entries(properties).map(([name, type]) => {
		const mark = required.includes(name) ? '' : '?';
		const note = type.description ? ` // ${type.description}` : '';
		return `${indent}${name}${mark}: ${typeText(type, schemas, depth + 1)}${note}`;
	});
	return `{\n${lines.join('\n')}\n${'\t'.repeat(depth)}}`;
}
