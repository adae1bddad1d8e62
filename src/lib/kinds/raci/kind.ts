import type { DocumentId } from '#lib/domain/id.ts';
import type { RecordLine } from '#lib/domain/record.ts';
import { counted } from '#lib/domain/words.ts';
import { defineKind, type PresentState, type Summary } from '../contract.ts';
import { describePlace } from './describe.ts';
import { raciDoc } from './doc.ts';
import { csvExport, markdownExport } from './exports.ts';
import { empty, typical } from './fixtures.ts';
import { csvImport, markdownImport } from './import/importers.ts';
import { changesSince } from './published.ts';
import { raciRules, rowsToFix } from './rules.ts';
import type { Raci } from './schema.ts';
import { tallyOf } from './tally.ts';

export const raciKind = defineKind({
	id: 'raci',
	label: { one: 'RACI matrix', many: 'RACI' },
	prefix: 'raci-',
	doc: raciDoc,
	rules: raciRules,
	exports: [csvExport, markdownExport],
	imports: [csvImport, markdownImport],
	summarise,
	stateOf,
	describe: describePlace,
	records,
	fixtures: { empty, typical }
});

function summarise(raci: Raci): Summary {
	const toFix = rowsToFix(raci).length;
	const size = `${counted(raci.activities.length, 'activity', 'activities')}, ${counted(raci.roles.length, 'role')}`;
	return {
		headline: toFix === 0 ? `${size}.` : `${size}, ${toFix} to fix.`,
		tone: toFix > 0 ? 'watch' : raci.activities.length > 0 ? 'good' : 'none',
		open: []
	};
}

function stateOf(raci: Raci): PresentState {
	const { published } = raci.fields;
	if (!published) return { words: '', isOn: false };
	return { words: changesSince(published, raci).length > 0 ? 'Changed' : 'Published', isOn: false };
}

/** Each activity, so that the notes of a meeting can hold its row. */
function records(raci: Raci, document: DocumentId): readonly RecordLine[] {
	return tallyOf(raci).rows.map(({ activity, by, isEmpty }): RecordLine => {
		const [answers, ...others] = by.A;
		const isOpen = !isEmpty && (answers === undefined || others.length > 0 || by.R.length === 0);
		return {
			ref: { kind: 'raci', document, row: activity.id },
			title: activity.title,
			state: isOpen ? 'To fix' : '',
			isOpen,
			owner: others.length === 0 ? answers?.person : undefined
		};
	});
}
