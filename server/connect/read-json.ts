import { compile } from 'json-p3';
import type { SettingsOf } from '#lib/domain/source.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { ROWS_MAX } from './limits.ts';
import { RowReader, type Reading, type RowRules } from './rows.ts';
import { refused, tooManyRows, type Trouble } from './trouble.ts';

type Json = Parameters<ReturnType<typeof compile>['query']>[0];

/** The rows of an answer, by JSONPath (RFC 9535). */
export function rowsOfJson(
	text: string,
	settings: Pick<SettingsOf<'json'>, 'rows' | 'at' | 'value' | 'segment'>,
	rules: RowRules
): Result<Reading, Trouble> {
	const parsed = parseJson(text);
	if (!parsed.ok) return parsed;
	const wrong = wrongPath(settings);
	if (wrong) return refused('source.path', `The path ${wrong.path} cannot be read.`, wrong.why);
	const found = compile(settings.rows)
		.query(parsed.value as Json)
		.values();
	if (found.length > ROWS_MAX) return refuse(tooManyRows);
	const [at, value, segment] = [settings.at, settings.value, settings.segment].map(firstBy);
	const reader = new RowReader(rules);
	for (const row of found)
		reader.take({ at: at && (at(row) ?? null), value: value?.(row), segment: segment?.(row) });
	return ok(reader.reading());
}

const firstBy = (path: string | undefined): ((row: Json) => unknown) | undefined => {
	if (path === undefined) return undefined;
	const query = compile(path);
	return (row) => query.query(row).values()[0];
};

export function parseJson(text: string): Result<unknown, Trouble> {
	try {
		return ok(JSON.parse(text));
	} catch {
		return refused('source.not-json', 'The answer is not JSON.', text.slice(0, 200));
	}
}

/** The first of the paths that is no JSONPath, and why. */
export function wrongPath(
	settings: Pick<SettingsOf<'json'>, 'rows' | 'at' | 'value' | 'segment'>
): { readonly path: string; readonly why: string } | undefined {
	for (const path of [settings.rows, settings.at, settings.value, settings.segment]) {
		if (path === undefined) continue;
		try {
			compile(path);
		} catch (error) {
			return { path, why: error instanceof Error ? error.message : String(error) };
		}
	}
	return undefined;
}
