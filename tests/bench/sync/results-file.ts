import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { contenders } from './contenders.ts';
import type { Measure } from './measures.ts';
import { rounded, type Outcome } from './outcome.ts';

// RESULTS.md: a section per measure. What was not measured this time stays as it was; what was written by hand
// (“Tried and lost”) always does.

const FILE = join(import.meta.dirname, '..', 'RESULTS.md');

export interface Circumstances {
	/** When, and how busy the machine was by other things before. */
	readonly date: string;
	readonly loadAverage: number;
}

export function writeResults(measure: Measure, outcome: Outcome, circumstances: Circumstances): void {
	writeSection(measure.title, section(measure, outcome, circumstances));
}

/** `text` without its heading. A section that is new stands behind the other measures. */
export function writeSection(title: string, text: string): void {
	const sections = readSections();
	sections.set(title, text);
	const byHand = [...sections].filter(([title]) => title === BY_HAND || title === READING);
	const measured = [...sections].filter(([title]) => title !== BY_HAND && title !== READING);
	const parts = [
		head(),
		...[...measured, ...byHand].map(([title, text]) => `## ${title}\n\n${text.trim()}\n`)
	];
	writeFileSync(FILE, parts.join('\n'));
}

const BY_HAND = 'Tried and lost';
const READING = 'What it says';

function readSections(): Map<string, string> {
	const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
	const sections = text.split(/^## /m).slice(1);
	return new Map(
		sections.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const)
	);
}

const head = (): string => `# The sync server beside its peers

\`npm run bench -- server\` writes this file, \`npm run bench -- server fan-out join\` those sections, \`--quick\` tries it out
and writes nothing. All servers of a section take turns within one run, each turn with a process of its own and raw clients in another; shown is
the median of the turns. Read ratios: absolute numbers are of this machine, on that day, beside whatever else it did.

${machine()}. Downbeat runs as shipped, with durable SQLite; Hocuspocus with its default debounce and what its SQLite extension does, over
node:sqlite (better-sqlite3 has to be compiled); @y/websocket-server with y-leveldb bound as y-websocket 2.1 did. The floor passes bytes
on over \`ws\`, knows no Yjs and stores nothing.

The section on strange values is of \`npm run bench -- nab\` and has nothing to do with servers.
`;

function machine(): string {
	const gib = Math.round(totalmem() / 2 ** 30);
	return `${cpus().length} cores, ${gib} GiB, Node ${process.version}, Linux ${release()}`;
}

function section(measure: Measure, outcome: Outcome, { date, loadAverage }: Circumstances): string {
	const keys = Object.keys(measure.columns);
	const turns = measure.rounds === 1 ? 'one turn each' : `${measure.rounds} turns each`;
	return [
		measure.about,
		'',
		`${date}, ${turns}, load average before ${loadAverage.toFixed(2)}.`,
		'',
		line(['', ...Object.values(measure.columns)]),
		line(['---', ...keys.map(() => '--:')]),
		...contenders
			.filter(({ name }) => keys.some((key) => !Number.isNaN(outcome.of(name, key))))
			.map(({ name, title }) => line([title, ...keys.map((key) => rounded(outcome.of(name, key)))])),
		'',
		line(['target', '', 'measured', '']),
		line(['---', '---', '--:', '---']),
		...measure
			.verdicts(outcome)
			.map(({ what, target, measured, isMet }) =>
				line([what, target, measured, isMet === undefined ? 'not measured' : isMet ? 'met' : '**not met**'])
			),
		...(outcome.failures.length > 0 ? ['', ...outcome.failures.map((failure) => `- ${failure}`)] : [])
	].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
