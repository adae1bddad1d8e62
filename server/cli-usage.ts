import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { personIdText, spaceIdText, spaceTitle, timeZone, tokenLabel } from './auth/schema.ts';
import { isRole, type Role } from '#lib/domain/access.ts';
import { EXPORT_FORMATS, type ExportFormat } from './audit/export.ts';
import type { AuditCommand } from './cli-audit.ts';
import type { PeopleCommand } from './cli-people.ts';
import type { SpaceId } from '#lib/domain/id.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';

export const HELP = `downbeat: spaces and tokens of the Downbeat in DOWNBEAT_DATA (default: ./data)

  space create "<title>" [--time-zone <zone>]   make a space; prints its id and a token that opens it
  space list                                    the spaces there are
  space invite <space> [--role <role>]          a new invite link (role: owner, editor, commenter, viewer; default
                                                editor); the old link of that role stops working. For an owner it
                                                works once, within a week
  member list <space>                           who is in a space
  member role <space> <person> <role>           change a role, at once on everything that is open
  member remove <space> <person>                remove somebody; the space's invite links end too
  admin list                                    who looks after this server
  admin add <person>, admin remove <person>     let somebody look after it, or no longer
  token create <space> --label "<label>"        a token for a program that reads and writes documents
  token create <space> --label "<label>" --points   a token that can only push points
  token list <space>                            the tokens that programs have
  token revoke <space> <token id>               withdraw a token; what it has open is closed
  backup <file>                                 write everything into one new file, also while the server runs
  verify <file>                                 read all of a backup and say what is in it
  restore <file> [--dry-run]                    put a backup in the place of what is there, which is kept aside;
                                                stop the server first
  doctor                                        look whether folder, disk, database and audit log are as they
                                                should be
  audit verify [--export <file>]                look whether the audit log is whole, and whether every entry of an
                                                earlier export (JSONL) is still in it
  audit export [--format jsonl|csv] [--space <space>]   print the audit log, oldest first; that is recorded
  help                                          this text

Works while the server runs and while it does not. Prints one line of JSON (audit export: the file) and ends with 0;
otherwise it says why on the error output and ends with 2 for a command it does not understand, 1 for one it
cannot do.
`;

/** What was asked for, one member per command. */
export type Command =
	| { readonly is: 'help' }
	| { readonly is: 'space create'; readonly title: string; readonly timeZone: string }
	| { readonly is: 'space list' }
	| {
			readonly is: 'token create';
			readonly space: SpaceId;
			readonly label: string;
			readonly kind: 'tool' | 'points';
	  }
	| { readonly is: 'token list'; readonly space: SpaceId }
	| { readonly is: 'token revoke'; readonly space: SpaceId; readonly token: string }
	| OperatorCommand
	| PeopleCommand
	| AuditCommand;

/** What concerns the whole instance and its files. Paths are as they were written. */
export type OperatorCommand =
	| { readonly is: 'backup' | 'verify'; readonly file: string }
	| { readonly is: 'restore'; readonly file: string; readonly isDryRun: boolean }
	| { readonly is: 'doctor' };

/** The command, or a sentence that says what is wrong with it. `hostZone` is used where no time zone is given. */
export function parseCommand(args: readonly string[], hostZone: string): Result<Command, string> {
	const parsed = parse(args);
	if (!parsed.ok) return parsed;
	const { values, positionals } = parsed.value;
	if (values.help || positionals.length === 0 || positionals[0] === 'help') return ok({ is: 'help' });
	const [noun = '', verb = ''] = positionals;
	const name = noun in SHAPES ? noun : `${noun} ${verb}`.trim();
	const shape = SHAPES[name];
	if (!shape) return refuse(`There is no command “${name}”. See: downbeat help`);
	const rest = positionals.slice(name.split(' ').length);
	if (rest.length !== shape.words.length)
		return refuse(`Write: ${['downbeat', name, ...shape.words].join(' ')}`);
	for (const option of Object.keys(values)) {
		if (!shape.options.includes(option))
			return refuse(`“${name}” has no option --${option}. See: downbeat help`);
	}
	return shape.read(rest, values, hostZone);
}

type Values = {
	label?: string;
	points?: boolean;
	'time-zone'?: string;
	'dry-run'?: boolean;
	export?: string;
	format?: string;
	role?: string;
	space?: string;
	help?: boolean;
};

interface Shape {
	readonly words: readonly string[];
	readonly options: readonly string[];
	read(words: readonly string[], values: Values, hostZone: string): Result<Command, string>;
}

const SHAPES: Readonly<Record<string, Shape>> = {
	'space create': {
		words: ['"<title>"'],
		options: ['time-zone'],
		read: ([title], values, hostZone) =>
			all(
				{ title: read(spaceTitle, title), timeZone: read(timeZone, values['time-zone'] ?? hostZone) },
				(fields) => ({
					is: 'space create',
					...fields
				})
			)
	},
	'space list': { words: [], options: [], read: () => ok({ is: 'space list' }) },
	'space invite': {
		words: ['<space>'],
		options: ['role'],
		read: ([space], { role = 'editor' }) =>
			all({ space: read(spaceIdText, space), role: readRole(role) }, (fields) => ({
				is: 'space invite',
				...fields
			}))
	},
	'member list': {
		words: ['<space>'],
		options: [],
		read: ([space]) =>
			all({ space: read(spaceIdText, space) }, (fields) => ({ is: 'member list', ...fields }))
	},
	'member role': {
		words: ['<space>', '<person>', '<role>'],
		options: [],
		read: ([space, person, role]) =>
			all(
				{ space: read(spaceIdText, space), person: read(personIdText, person), role: readRole(role) },
				(fields) => ({ is: 'member role', ...fields })
			)
	},
	'member remove': {
		words: ['<space>', '<person>'],
		options: [],
		read: ([space, person]) =>
			all({ space: read(spaceIdText, space), person: read(personIdText, person) }, (fields) => ({
				is: 'member remove',
				...fields
			}))
	},
	'admin list': { words: [], options: [], read: () => ok({ is: 'admin list' }) },
	'admin add': {
		words: ['<person>'],
		options: [],
		read: ([person]) =>
			all({ person: read(personIdText, person) }, (fields) => ({ is: 'admin add', ...fields }))
	},
	'admin remove': {
		words: ['<person>'],
		options: [],
		read: ([person]) =>
			all({ person: read(personIdText, person) }, (fields) => ({ is: 'admin remove', ...fields }))
	},
	'token create': {
		words: ['<space>'],
		options: ['label', 'points'],
		read: ([space], { label, points }) =>
			all({ space: read(spaceIdText, space), label: read(tokenLabel, label ?? '') }, (fields) => ({
				is: 'token create',
				...fields,
				kind: points ? 'points' : 'tool'
			}))
	},
	'token list': {
		words: ['<space>'],
		options: [],
		read: ([space]) => all({ space: read(spaceIdText, space) }, (fields) => ({ is: 'token list', ...fields }))
	},
	'token revoke': {
		words: ['<space>', '<token id>'],
		options: [],
		read: ([space, token = '']) =>
			all({ space: read(spaceIdText, space) }, (fields) => ({ is: 'token revoke', ...fields, token }))
	},
	backup: { words: ['<file>'], options: [], read: ([file = '']) => ok({ is: 'backup', file }) },
	verify: { words: ['<file>'], options: [], read: ([file = '']) => ok({ is: 'verify', file }) },
	restore: {
		words: ['<file>'],
		options: ['dry-run'],
		read: ([file = ''], values) => ok({ is: 'restore', file, isDryRun: values['dry-run'] ?? false })
	},
	doctor: { words: [], options: [], read: () => ok({ is: 'doctor' }) },
	'audit verify': {
		words: [],
		options: ['export'],
		read: (_, values) => ok({ is: 'audit verify', file: values.export })
	},
	'audit export': {
		words: [],
		options: ['format', 'space'],
		read: (_, { format = 'jsonl', space }) =>
			all(
				{
					format: isFormat(format) ? ok(format) : refuse('There are two formats: jsonl and csv.'),
					space: space === undefined ? ok(undefined) : read(spaceIdText, space)
				},
				(fields) => ({ is: 'audit export', ...fields })
			)
	}
};

const readRole = (text = ''): Result<Role, string> =>
	isRole(text) ? ok(text) : refuse('There are four roles: owner, editor, commenter and viewer.');

const isFormat = (text: string): text is ExportFormat => EXPORT_FORMATS.some((format) => format === text);

function parse(args: readonly string[]): Result<{ values: Values; positionals: string[] }, string> {
	try {
		return ok(
			parseArgs({
				args: [...args],
				allowPositionals: true,
				options: {
					label: { type: 'string' },
					points: { type: 'boolean' },
					'time-zone': { type: 'string' },
					'dry-run': { type: 'boolean' },
					export: { type: 'string' },
					format: { type: 'string' },
					role: { type: 'string' },
					space: { type: 'string' },
					help: { type: 'boolean', short: 'h' }
				}
			})
		);
	} catch (error) {
		// parseArgs says in its message which option is wrong, and throws nothing else.
		const [first] = (error instanceof Error ? error.message : String(error)).split('. ');
		return refuse(`${first}. See: downbeat help`);
	}
}

function read<T>(schema: z.ZodType<T>, text: string | undefined): Result<T, string> {
	const parsed = schema.safeParse(text);
	return parsed.success ? ok(parsed.data) : refuse(parsed.error.issues[0]?.message ?? 'This cannot be read.');
}

/** The command made of all fields, or the first sentence about one of them. */
function all<Fields extends Record<string, unknown>>(
	results: { readonly [Name in keyof Fields]: Result<Fields[Name], string> },
	make: (fields: Fields) => Command
): Result<Command, string> {
	const fields: Record<string, unknown> = {};
	for (const [name, result] of Object.entries<Result<unknown, string>>(results)) {
		if (!result.ok) return result;
		fields[name] = result.value;
	}
	return ok(make(fields as Fields));
}
