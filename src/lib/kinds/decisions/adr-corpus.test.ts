import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { PersonId } from '#lib/domain/id.ts';
import { readAdr } from './adr-read.ts';
import { writeAdr } from './adr-write.ts';
import { decisionsDoc } from './doc.ts';
import { writtenOf, type Written } from './written.ts';

// Real decision records, when a folder of them is named. Small ones that always run are in adr.test.ts.

const corpus = process.env['DOWNBEAT_CORPUS'];
if (!corpus) process.stdout.write('DOWNBEAT_CORPUS is not set: real decision records are not read.\n');

const folder = corpus ? join(corpus, 'adr') : '';
const files = corpus ? readdirSync(folder).filter((name) => name.endsWith('.md')) : [];

/** Through a document and out again. */
function throughDoc(written: Written): Written {
	const doc = new Y.Doc();
	decisionsDoc.commands(doc, 'ada' as PersonId).importWritten([written]);
	const reading = decisionsDoc.read(doc);
	expect(reading.rejected).toEqual([]);
	const [back] = writtenOf(reading.value);
	if (!back) throw new Error('nothing came back');
	return back;
}

/** The words of a text, without signs: what a reader would miss. */
const wordsOf = (text: string) => text.replaceAll(/&#x20;/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];

function counts(words: readonly string[]): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
	return found;
}

/** The words that `after` has less often than `before`. */
function lost(before: string, after: string): readonly string[] {
	const now = counts(wordsOf(after));
	return [...counts(wordsOf(before))]
		.filter(([word, count]) => (now.get(word) ?? 0) < count)
		.map(([word]) => word);
}

const summary: Record<string, string | number | boolean>[] = [];

describe.skipIf(!corpus)('real decision records', () => {
	test.each(files)('%s goes in and out', (file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		const { written, statusStyle } = readAdr(text);
		expect(written.title).toMatch(/\S/);

		const back = throughDoc(written);
		expect(writeAdr(back)).toBe(text);

		// Edited everywhere it can be: nothing but what changed goes, and the second way round changes nothing.
		const edited = edit(back);
		const once = writeAdr(edited);
		const changed = [
			'status',
			'accepted',
			'Accepted',
			'Active',
			'Approved',
			'proposed',
			'Proposed',
			'hold',
			'on'
		];
		const status = new Set([
			...changed,
			...wordsOf(written.title),
			...wordsOf(/^Superseded by.*$/m.exec(text)?.[0] ?? '')
		]);
		expect(lost(text, once).filter((word) => !status.has(word) && !/^\d+$/.test(word))).toEqual([]);
		const again = readAdr(once).written;
		expect({ ...again, chunks: [] }).toEqual({ ...edited, chunks: [] });
		expect(writeAdr(throughDoc(again))).toBe(once);

		summary.push({
			file: file.replace(/^.*__/, '').slice(0, 44),
			style: statusStyle,
			status: written.status,
			date: written.madeOn ?? '',
			deciders: written.members.decide.length,
			options: written.options.length,
			argued: written.options.filter(({ pros, cons }) => pros || cons).length,
			chosen: written.chosen === undefined ? '' : String.fromCodePoint(65 + written.chosen),
			kept: written.chunks.filter(({ is }) => is === 'named').length,
			stable: true
		});
	});

	afterAll(() => {
		const lines = summary.map((row) => Object.values(row).join(' | '));
		process.stdout.write(`${[Object.keys(summary[0] ?? {}).join(' | '), ...lines].join('\n')}\n`);
	});
});

function edit(written: Written): Written {
	return {
		...written,
		title: `${written.title}, again`,
		status: 'rejected',
		reviewOn: '2027-01-31',
		reversibility: 'partly',
		context: `${written.context}\n\nOne more reason.`.trim(),
		evidence: [{ title: 'Load test', url: 'https://tests.example/7', detail: '' }]
	};
}
