import { resolve } from 'node:path';
import { createToolSpace, FoundingRefused } from './auth/create-space.ts';
import type { TokenRecord } from './auth/directory.ts';
import { createToken, revokeToken } from './auth/membership.ts';
import type { AuditAction } from '#lib/domain/audit.ts';
import { carryOutAudit, type AuditCommand } from './cli-audit.ts';
import { carryOutPeople, isPeoples } from './cli-people.ts';
import { HELP, parseCommand, type Command, type OperatorCommand } from './cli-usage.ts';
import { systemClock, type Clock } from './clock.ts';
import { composeFounding } from './compose-founding.ts';
import { CONFIG_EXIT_CODE, readConfig, type Environment } from './config.ts';
import { StartRefused } from './start-refused.ts';
import { backUp, restoreBackup, verifyBackup } from './storage/sqlite/backup.ts';
import { SqliteAuditLog } from './storage/sqlite/audit-log.ts';
import { SqliteDirectory } from './storage/sqlite/directory.ts';
import { SqliteDocStore } from './storage/sqlite/doc-store.ts';
import { examine } from './storage/sqlite/doctor.ts';
import { allMigrations } from './storage/sqlite/migrations-all.ts';
import { openForCommand } from './storage/sqlite/open.ts';
import { SqliteNumberStore } from './storage/sqlite/number-store.ts';
import { SqliteSeriesStore } from './storage/sqlite/series-store.ts';

export interface CliPorts {
	readonly env: Environment;
	readonly cwd: string;
	readonly clock: Clock;
	readonly hostZone: string;
	readonly out: (line: string) => void;
	readonly err: (line: string) => void;
}

/** One command from its words to the exit code. Writes into the same file as a running server. */
export async function cli(args: readonly string[], ports: CliPorts): Promise<number> {
	const command = parseCommand(args, ports.hostZone);
	if (!command.ok) {
		ports.err(command.error);
		return 2;
	}
	if (command.value.is === 'help') {
		ports.out(HELP.trimEnd());
		return 0;
	}
	const config = readConfig(ports.env, ports.cwd);
	if (!config.ok) {
		for (const sentence of config.error) ports.err(sentence);
		return CONFIG_EXIT_CODE;
	}
	try {
		const { dataFolder } = config.value;
		if (isAudits(command.value)) {
			carryOutAudit(command.value, dataFolder, ports);
			return 0;
		}
		const answer = isOperators(command.value)
			? operate(command.value, dataFolder, ports)
			: await carryOut(command.value, dataFolder, ports.clock);
		ports.out(JSON.stringify(answer));
		return 0;
	} catch (error) {
		if (!(error instanceof StartRefused || error instanceof FoundingRefused)) throw error;
		ports.err(error.message);
		return 1;
	}
}

const isOperators = (command: Command): command is OperatorCommand =>
	['backup', 'verify', 'restore', 'doctor'].includes(command.is);

const isAudits = (command: Command): command is AuditCommand => command.is.startsWith('audit ');

/** What is printed. Throws `StartRefused` with a sentence when it cannot be done. */
function operate(command: OperatorCommand, folder: string, { cwd, clock }: CliPorts): unknown {
	switch (command.is) {
		case 'backup': {
			const database = openForCommand(folder, allMigrations);
			try {
				return backUp(database, resolve(cwd, command.file), allMigrations);
			} finally {
				database.close();
			}
		}
		case 'verify':
			return verifyBackup(resolve(cwd, command.file), allMigrations);
		case 'restore': {
			const { file, isDryRun } = command;
			const options = { migrations: allMigrations, isDryRun, nowMs: clock.nowMs() };
			return restoreBackup(resolve(cwd, file), folder, options);
		}
		case 'doctor':
			return examine(folder, allMigrations);
	}
}

/** What is printed. Throws `StartRefused` with a sentence when it cannot be done. */
async function carryOut(
	command: Exclude<Command, OperatorCommand | AuditCommand | { is: 'help' }>,
	folder: string,
	clock: Clock
): Promise<unknown> {
	const database = openForCommand(folder, allMigrations);
	try {
		const directory = new SqliteDirectory(database.connect());
		// A running server finds out about what is withdrawn here by itself, within a second.
		const membership = { directory, clock, onChange: () => undefined, onJoined: () => undefined };
		if ('space' in command && !directory.space(command.space)) {
			throw new StartRefused(
				`There is no space called ${command.space} in ${folder}. See: downbeat space list`
			);
		}
		const audit = new SqliteAuditLog(database.connect());
		const record = (action: AuditAction, space: string, target: string) =>
			audit.append({
				atMs: clock.nowMs(),
				action,
				actor: { kind: 'operator' },
				outcome: 'done',
				space,
				target
			});
		if (isPeoples(command)) return carryOutPeople(command, { membership, audit });
		switch (command.is) {
			case 'space create': {
				const docs = new SqliteDocStore(database.connect());
				const series = new SqliteSeriesStore(database.connect());
				const wish = { ...command, series: [], sample: false, label: 'Command line' };
				const numbers = new SqliteNumberStore(database.connect());
				const founding = composeFounding({ directory, clock, docs, series, numbers });
				const made = await createToolSpace(wish, founding);
				record('space.created', made.space, made.space);
				return made;
			}
			case 'space list':
				return directory.spaces().map(({ id, title }) => ({ space: id, title }));
			case 'token create': {
				const { secret, record: made } = createToken(command, membership);
				record('token.created', command.space, made.id);
				return { ...shown(made), token: secret };
			}
			case 'token list':
				return directory.tokens(command.space, ['tool', 'points']).map(shown);
			case 'token revoke': {
				if (revokeToken(command.space, command.token, membership)) {
					record('token.revoked', command.space, command.token);
					return { revoked: command.token };
				}
				throw new StartRefused(`${command.space} has no token ${command.token}. See: downbeat token list`);
			}
		}
	} finally {
		database.close();
	}
}

const shown = ({ id, kind, label, space }: TokenRecord) => ({ id, kind, label, space });

if (import.meta.main) {
	process.umask(0o077);
	process.exitCode = await cli(process.argv.slice(2), {
		env: process.env,
		cwd: process.cwd(),
		clock: systemClock,
		hostZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
		out: (line) => void process.stdout.write(`${line}\n`),
		err: (line) => void process.stderr.write(`${line}\n`)
	});
}
