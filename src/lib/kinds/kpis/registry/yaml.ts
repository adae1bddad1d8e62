import { isMap, isNode, isScalar, LineCounter, parseDocument, stringify, type Document } from 'yaml';
import * as z from 'zod/mini';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { registryFile, type RegistryFile } from './file.ts';

/** A contract with two texts of 4,000 characters and a hundred terms is a quarter of that. */
export const REGISTRY_FILE_BYTES_MAX = 256 * 1024;

/** What is wrong with a file, and in which line, from 1. */
export interface FileProblem {
	readonly line: number;
	/** What to do about it. */
	readonly sentence: string;
}

/** The file as text. The same contract always gives the same bytes. */
export const yamlOf = (file: RegistryFile): string =>
	stringify(file, { lineWidth: 100, minContentWidth: 20, aliasDuplicateObjects: false });

/**
 * Reads one file: YAML 1.2, of which JSON is a part. Refused with everything that is wrong with it. Aliases are not
 * taken: a short text could stand for an endless one.
 */
export function readYaml(text: string): Result<RegistryFile, readonly FileProblem[]> {
	if (new TextEncoder().encode(text).length > REGISTRY_FILE_BYTES_MAX)
		return refuse([{ line: 1, sentence: `A contract has at most ${REGISTRY_FILE_BYTES_MAX / 1024} KiB.` }]);
	const lines = new LineCounter();
	const document = parseDocument(text, {
		lineCounter: lines,
		prettyErrors: false,
		version: '1.2',
		merge: false
	});
	const broken = [...document.errors, ...document.warnings];
	if (broken.length > 0)
		return refuse(
			broken.map(({ pos: [at], message }) => ({ line: lineOf(lines, at), sentence: `${message}.` }))
		);
	let plain: unknown;
	try {
		plain = document.toJS({ maxAliasCount: 0 });
	} catch {
		return refuse([
			{ line: 1, sentence: 'Write out what the aliases (*name) stand for: they are not taken.' }
		]);
	}
	const parsed = z.safeParse(registryFile, plain, { error: wordsOf });
	if (parsed.success) return ok(parsed.data);
	return refuse(
		parsed.error.issues
			.flatMap((issue) => problemsOf(issue, { document, lines }))
			.toSorted((a, b) => a.line - b.line)
	);
}

interface Read {
	readonly document: Document;
	readonly lines: LineCounter;
}

function problemsOf(issue: z.core.$ZodIssue, { document, lines }: Read): readonly FileProblem[] {
	const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({
			line: lineOf(lines, offsetOf(document, path, key)),
			sentence: `“${key}” is no field of ${path.length > 0 ? path.join('.') : 'a KPI'}. Check how it is written, or take it out.`
		}));
	}
	const at = path.length > 0 ? `${path.join('.')}: ` : '';
	return [{ line: lineOf(lines, offsetOf(document, path)), sentence: `${at}${issue.message}.` }];
}

/** Where the value at `path` stands, or its key `key`; of what is missing, where it is missing. */
function offsetOf(document: Document, path: readonly (string | number)[], key?: string): number {
	const node = path.length > 0 ? document.getIn(path, true) : document.contents;
	if (!isNode(node)) return path.length > 0 ? offsetOf(document, path.slice(0, -1)) : 0;
	const named =
		isMap(node) && key !== undefined ? node.items.find((item) => isKey(item.key, key))?.key : undefined;
	return (isScalar(named) ? named : node).range?.[0] ?? 0;
}

const isKey = (node: unknown, key: string): boolean => isScalar(node) && String(node.value) === key;

const lineOf = (lines: LineCounter, offset: number): number => Math.max(1, lines.linePos(offset).line);

/** What Zod has no words for that somebody who writes a file understands. */
function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
	switch (issue.code) {
		case 'invalid_type':
			return issue.input === undefined ? 'is missing' : `must be a ${issue.expected}`;
		case 'invalid_value':
			return `must be one of ${issue.values.map(String).join(', ')}`;
		case 'too_big':
			return `must be at most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : ''}`;
		case 'too_small':
			return `must be at least ${String(issue.minimum)}${issue.origin === 'string' ? ' characters' : ''}`;
		default:
			return undefined;
	}
}
