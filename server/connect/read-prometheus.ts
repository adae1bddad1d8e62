import * as z from 'zod/mini';
import type { SettingsOf } from '#lib/domain/source.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Range } from './apart.ts';
import { ROWS_MAX } from './limits.ts';
import { parseJson } from './read-json.ts';
import { RowReader, type Reading, type RowRules } from './rows.ts';
import { refused, tooManyRows, type Trouble } from './trouble.ts';

/** Prometheus answers at most 11,000 values of a series at a time. */
const STEPS_AT_ONCE = 10_000;

/**
 * The addresses to ask, one after the other. Steps are laid on whole multiples of `step`, so that the next run finds
 * the same instants.
 */
export function prometheusUrls(
	{ url, query, step }: SettingsOf<'prometheus'>,
	{ fromMs, toMs }: Range
): Result<readonly URL[], Trouble> {
	const [first, last] = [Math.ceil(fromMs / 1000 / step), Math.floor(toMs / 1000 / step)];
	if (last - first + 1 > ROWS_MAX) return refuse(tooManyRows);
	const urls: URL[] = [];
	for (let start = first; start <= last; start += STEPS_AT_ONCE) {
		const end = Math.min(start + STEPS_AT_ONCE - 1, last);
		const at = new URL(url);
		at.pathname = `${at.pathname.replace(/\/$/, '')}/api/v1/query_range`;
		const asked = { query, start: start * step, end: end * step, step };
		for (const [name, value] of Object.entries(asked)) at.searchParams.set(name, String(value));
		urls.push(at);
	}
	return ok(urls);
}

const matrix = z.object({
	status: z.literal('success'),
	data: z.object({
		resultType: z.literal('matrix'),
		result: z.array(
			z.object({
				metric: z.record(z.string(), z.string()),
				values: z.optional(z.array(z.tuple([z.number(), z.string()])))
			})
		)
	})
});

/** The rows of the answers to a range query: one for each value of each series. */
export function rowsOfPrometheus(
	texts: readonly string[],
	segmentLabel: string | undefined,
	rules: RowRules
): Result<Reading, Trouble> {
	const reader = new RowReader(rules);
	for (const text of texts) {
		const parsed = parseJson(text);
		if (!parsed.ok) return parsed;
		const answer = matrix.safeParse(parsed.value);
		if (!answer.success)
			return refused(
				'source.not-prometheus',
				'The answer is not one of Prometheus to a range query.',
				text.slice(0, 200)
			);
		const series = answer.data.data.result;
		const segments = series.map(({ metric }) => (segmentLabel && metric[segmentLabel]) || undefined);
		if (new Set(segments).size < segments.length) return refused('source.series', manySeries(segmentLabel));
		for (const [index, { values = [] }] of series.entries()) {
			if (reader.rows + values.length > ROWS_MAX) return refuse(tooManyRows);
			for (const [at, value] of values) reader.take({ at, value, segment: segments[index] });
		}
	}
	return ok(reader.reading());
}

const manySeries = (label: string | undefined): string =>
	label === undefined
		? 'The query gives several series, and a KPI has one value at a time. Sum them up, such as with sum(…), or name the label that tells segments apart.'
		: 'Several series have the same segment. Sum them up by the label of the segment, such as with sum by (…).';
