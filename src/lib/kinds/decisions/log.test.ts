import { expect, test } from 'vitest';
import { readCsvLog, writeCsv } from './csv.ts';
import { typical } from './fixtures.ts';
import { looksLikeLog, readLog, writeLog } from './log-text.ts';
import { NOBODY, writtenOf, type Written } from './written.ts';

const ENTERED: Written = {
	title: 'Hold search-api releases',
	status: 'decided',
	madeOn: '2026-06-08',
	reversibility: 'partly',
	reversibilityNote: 'One setting, two teams',
	reviewOn: '2026-06-22',
	tags: [],
	members: { ...NOBODY, decide: [{ name: 'Samuel Adeyemi' }] },
	options: [
		{ title: 'Keep 15 minutes', note: '', pros: 'No change\nNo cost', cons: 'Somebody: forgets' },
		{ title: '60-minute canary', note: 'For Tier-0 alone', pros: '', cons: '' }
	],
	chosen: 1,
	evidence: [],
	context: 'p95 doubled.\n\nDate: this line is no label.\n\n- one\n- two',
	why: 'Lead time stays inside its target.',
	outcome: '',
	chunks: []
};
const BARE: Written = {
	...ENTERED,
	title: 'Do nothing',
	status: 'proposed',
	madeOn: undefined,
	chosen: undefined
};

test('a decision log in labels leaves and comes back without a difference', () => {
	const text = writeLog([ENTERED, BARE]);
	expect(looksLikeLog(text)).toBe(true);
	expect(readLog(text)).toEqual([ENTERED, { ...BARE, madeOn: undefined }]);
	expect(writeLog(readLog(text))).toBe(text);
});

test('a log that somebody typed by hand is read', () => {
	const [one, two] = readLog(
		[
			'Date: 2026-02-01',
			'Decision: Buy, not build',
			'Context: Two quarters late.',
			'Options considered: Build; Buy',
			'Decision made: Buy from Tarn',
			'Rationale: Cheaper.',
			'Owner: Ruth Abrams',
			'Reversible: Partially',
			'Review date: 2026-08-01',
			'Outcome:',
			'',
			'Date: 2026-03-01',
			'Decision: Hire two'
		].join('\n')
	);
	expect(one).toMatchObject({
		title: 'Buy, not build',
		status: 'decided',
		why: 'Buy from Tarn\n\nCheaper.',
		reversibility: 'partly',
		members: { decide: [{ name: 'Ruth Abrams' }] }
	});
	expect(two).toMatchObject({ title: 'Hire two', status: 'proposed' });
});

test('the whole log leaves as CSV and comes back without a difference', () => {
	const all = [
		...writtenOf(typical),
		ENTERED,
		{
			...ENTERED,
			title: '=HYPERLINK("http://x")',
			context: '+1\n\n"quoted", and more',
			why: "'=1+1",
			tags: ['-a', "'b", 'c d'],
			evidence: [{ title: 'A: b [c]', url: 'https://a.example/x(1)', detail: 'now, then' }],
			chunks: [{ is: 'named' as const, heading: 'Notes', source: '', text: 'More.' }]
		}
	];
	const text = writeCsv(all);
	expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
	expect(text).not.toMatch(/(^|,|\r\n)"?[=+@-]/);
	expect(readCsvLog(text)).toEqual({ ok: true, value: all });
});

test('a table without the column that counts is refused with a sentence', () => {
	expect(readCsvLog('a,b\n1,2\n')).toEqual({
		ok: false,
		error: 'It has no column called “decision”. The first line names the columns.'
	});
});

test('a table in any order, with a byte order mark and columns of its own, is read', () => {
	const reading = readCsvLog('\ufeffStatus,Team,Decision\r\naccepted,Ops,Ship it\r\n\r\n,,\r\n');
	expect(reading).toMatchObject({ ok: true, value: [{ title: 'Ship it', status: 'decided' }] });
});
