import {
	CADENCE_WORDS,
	DIMENSION_WORDS,
	DIRECTION_WORDS,
	MARKER_WORDS,
	type KpiContract
} from '#lib/domain/kpi.ts';
import { unitLabel } from '#lib/domain/quantity.ts';
import { csvCell, csvLines } from '#lib/domain/series-csv.ts';
import { bandWords, statusWord, targetText } from '#lib/domain/status.ts';
import type { ExportContext, Exporter } from '../contract.ts';
import type { Kpis } from './schema.ts';

const COLUMNS = [
	'id',
	'name',
	'dimension',
	'unit',
	'decimals',
	'direction',
	'target',
	'redBelow',
	'amberBelow',
	'amberAbove',
	'redAbove',
	'owner',
	'cadence',
	'source',
	'description'
] as const satisfies readonly (keyof KpiContract)[];

/** One line per contract, with every field as it is kept. */
export const csvExport: Exporter<Kpis> = {
	format: 'csv',
	render: ({ kpis }) =>
		csvLines([[...COLUMNS], ...kpis.map((kpi) => COLUMNS.map((column) => cellOf(kpi[column])))])
};

const cellOf = (value: string | number | undefined) =>
	typeof value === 'number' ? String(value) : csvCell(value ?? '');

/** For people: each contract under its name, and the markers as a list. */
export const markdownExport: Exporter<Kpis> = {
	format: 'markdown',
	render({ kpis, markers }, { title, nameOf }) {
		const pinned = markers
			.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
			.map(({ at, kind, label }) => `- ${at.slice(0, 10)}: ${MARKER_WORDS[kind]} ${escape(label)}`);
		const parts = [`# ${escape(title)}`, ...kpis.map((kpi) => contractText(kpi, nameOf))];
		if (pinned.length > 0) parts.push(['## Markers', '', ...pinned].join('\n'));
		return `${parts.join('\n\n')}\n`;
	}
};

function contractText(kpi: KpiContract, nameOf: ExportContext['nameOf']): string {
	const facts: [string, string | undefined][] = [
		['Target', targetText(kpi)],
		...bandWords(kpi).map(({ status, words }): [string, string] => [statusWord(status), words]),
		['Unit', unitLabel(kpi.unit)],
		['Direction', DIRECTION_WORDS[kpi.direction]],
		['Cadence', CADENCE_WORDS[kpi.cadence]],
		['Dimension', kpi.dimension && DIMENSION_WORDS[kpi.dimension]],
		['Owner', kpi.owner && (nameOf?.(kpi.owner) ?? kpi.owner)],
		['Source', kpi.source && escape(kpi.source)],
		['Id', kpi.id]
	];
	const lines = facts.filter(([, text]) => text).map(([name, text]) => `- ${name}: ${text}`);
	const definition = kpi.description ? [escape(kpi.description), ''] : [];
	return [`## ${escape(kpi.name)}`, '', ...definition, ...lines].join('\n');
}

/** Keeps what people typed from becoming markup, and every text on its line. */
const escape = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|]/g, '\\$&');
