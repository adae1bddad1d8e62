import {
	AGGREGATION_WORDS,
	CADENCE_WORDS,
	CLASSIFICATION_WORDS,
	DIMENSION_WORDS,
	DIRECTION_WORDS,
	LEVEL_WORDS,
	MARKER_WORDS,
	WEIGHT_BASIS_WORDS
} from '#lib/domain/kpi.ts';
import { termsAt, type ContractInForce } from '#lib/domain/kpi-terms.ts';
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
	'description',
	'level',
	'backup',
	'formula',
	'aggregation',
	'freshnessHours',
	'classification',
	'runbook'
] as const satisfies readonly (keyof ContractInForce)[];

/** One line per contract, with every field as it is kept, and the bounds that are in force on the day. */
export const csvExport: Exporter<Kpis> = {
	format: 'csv',
	render: ({ kpis }, { today }) =>
		csvLines([
			[...COLUMNS],
			...kpis.map((kpi) => termsAt(kpi, today)).map((kpi) => COLUMNS.map((column) => cellOf(kpi[column])))
		])
};

const cellOf = (value: string | number | undefined) =>
	typeof value === 'number' ? String(value) : csvCell(value ?? '');

/** For people: each contract under its name, and the markers as a list. */
export const markdownExport: Exporter<Kpis> = {
	format: 'markdown',
	render(snapshot, { title, nameOf, today }) {
		const { kpis, markers } = snapshot;
		const pinned = markers
			.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
			.map(({ at, kind, label }) => `- ${at.slice(0, 10)}: ${MARKER_WORDS[kind]} ${escape(label)}`);
		const parts = [
			`# ${escape(title)}`,
			...kpis.map((kpi) => contractText(termsAt(kpi, today), snapshot, nameOf))
		];
		if (pinned.length > 0) parts.push(['## Markers', '', ...pinned].join('\n'));
		return `${parts.join('\n\n')}\n`;
	}
};

function contractText(kpi: ContractInForce, snapshot: Kpis, nameOf: ExportContext['nameOf']): string {
	const person = (id: string | undefined) => id && (nameOf?.(id) ?? id);
	const parents = snapshot.parents
		.filter((link) => link.kpi === kpi.id)
		.map(
			({ parent, basis, weight }) =>
				`${parent} ${WEIGHT_BASIS_WORDS[basis]}${weight === undefined ? '' : ` (${weight})`}`
		);
	const terms = snapshot.terms.filter((one) => one.kpi === kpi.id);
	const held = terms.map(({ from }) => from).toSorted();
	const upstream = snapshot.upstream.filter((link) => link.kpi === kpi.id).map((link) => link.upstream);
	const facts: [string, string | undefined][] = [
		['Target', targetText(kpi)],
		...bandWords(kpi).map(({ status, words }): [string, string] => [statusWord(status), words]),
		['Bounds changed', held.join(', ')],
		['Unit', unitLabel(kpi.unit)],
		['Direction', DIRECTION_WORDS[kpi.direction]],
		['Cadence', CADENCE_WORDS[kpi.cadence]],
		['Dimension', kpi.dimension && DIMENSION_WORDS[kpi.dimension]],
		['Level', kpi.level && LEVEL_WORDS[kpi.level]],
		['Owner', person(kpi.owner)],
		['Backup', person(kpi.backup)],
		['Formula', kpi.formula && escape(kpi.formula)],
		['Aggregation', kpi.aggregation && AGGREGATION_WORDS[kpi.aggregation]],
		['Source', kpi.source && escape(kpi.source)],
		['Freshness', kpi.freshnessHours === undefined ? undefined : `within ${kpi.freshnessHours} h`],
		['Classification', kpi.classification && CLASSIFICATION_WORDS[kpi.classification]],
		['Runbook', kpi.runbook && escape(kpi.runbook)],
		['Part of', parents.join(', ')],
		['Moves after', upstream.join(', ')],
		['Id', kpi.id]
	];
	const lines = facts.filter(([, text]) => text).map(([name, text]) => `- ${name}: ${text}`);
	const definition = kpi.description ? [escape(kpi.description), ''] : [];
	return [`## ${escape(kpi.name)}`, '', ...definition, ...lines].join('\n');
}

/** Keeps what people typed from becoming markup, and every text on its line. */
const escape = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|]/g, '\\$&');
