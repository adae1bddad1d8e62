import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SettingsOf } from '#lib/domain/source.ts';
import { refuse, type Result } from '#lib/util/result.ts';
import type { Address } from './addresses.ts';
import { APART_HEAP_MIB } from './limits.ts';
import type { Reading, RowRules } from './rows.ts';
import { timedOut, trouble, type Trouble } from './trouble.ts';

/** What a run covers: epoch milliseconds, both included. */
export interface Range {
	readonly fromMs: number;
	readonly toMs: number;
}

/** Work on what comes from outside: it may take forever, all memory, or a library's mistake with it. */
export type ApartJob = { readonly rules: RowRules } & (
	| { readonly job: 'json'; readonly text: string; readonly settings: SettingsOf<'json'> }
	| {
			readonly job: 'prometheus';
			readonly texts: readonly string[];
			readonly segmentLabel: string | undefined;
	  }
	| {
			readonly job: 'postgresql';
			readonly settings: SettingsOf<'postgresql'>;
			/** Checked; connected to as it is. */
			readonly address: Address;
			readonly password: string;
			readonly range: Range;
	  }
	| { readonly job: 'sqlite'; readonly file: string; readonly query: string; readonly range: Range }
);

/** A process of its own reads, without our environment, and is killed when its time is up. */
export type ReadApart = (job: ApartJob, signal: AbortSignal) => Promise<Result<Reading, Trouble>>;

const CHILD = fileURLToPath(new URL('./apart-child.ts', import.meta.url));

export const readApart: ReadApart = (job, signal) => {
	if (signal.aborted) return Promise.resolve(refuse(timedOut));
	const child = fork(CHILD, {
		env: {},
		execArgv: [`--max-old-space-size=${APART_HEAP_MIB}`],
		serialization: 'advanced',
		stdio: ['ignore', 'ignore', 'ignore', 'ipc']
	});
	return new Promise((resolve) => {
		const end = (result: Result<Reading, Trouble>) => {
			signal.removeEventListener('abort', onAbort);
			child.kill('SIGKILL');
			resolve(result);
		};
		const onAbort = () => end(refuse(timedOut));
		signal.addEventListener('abort', onAbort);
		child.once('message', (answer) => end(answer as Result<Reading, Trouble>));
		child.once('error', () => end(refuse(broke)));
		child.once('exit', () => end(refuse(broke)));
		child.send(job, (error) => error && end(refuse(broke)));
	});
};

const broke = trouble(
	'source.unreadable',
	'The answer could not be read: it took too much memory, or is not of the kind that was promised.'
);
