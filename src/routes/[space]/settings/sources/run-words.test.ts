import { expect, test } from 'vitest';
import { kpiId } from '#lib/domain/id.ts';
import type { ListedSource } from '#lib/domain/source.ts';
import { lastRunWords } from './run-words.ts';

const source: ListedSource = {
	id: 's',
	kpi: kpiId.parse('mttr'),
	name: 'The gateway',
	kind: 'json',
	schedule: '0 * * * *',
	isPaused: false,
	hasSecret: false,
	isRunning: false,
	nextAt: '2026-06-08T11:00:00.000Z'
};
const run = {
	at: '2026-06-08T10:00:00.000Z',
	ms: 5,
	by: 'schedule' as const,
	rows: 40,
	added: 3,
	rejected: 0
};
const words = (over: Partial<ListedSource>, isRunning = false) =>
	lastRunWords({ ...source, ...over }, { timeZone: 'Europe/Berlin', isRunning });

test('it says what the last run brought, and when the next one is', () => {
	expect(words({ lastRun: run }).text).toBe('Mon 8 Jun, 12:00: 3 new of 40 rows. Next Mon 8 Jun, 13:00.');
	expect(words({}).text).toBe('Not read yet. Next Mon 8 Jun, 13:00.');
	expect(words({}, true).text).toBe('Is being read…');
});

test('what was not taken is counted, and the first of it named', () => {
	const lastRun = { ...run, rejected: 2, reasons: [{ row: 7, reason: 'value is NaN.' }] };
	expect(words({ lastRun }).text).toContain('3 new of 40 rows, 2 rows not taken. Row 7: value is NaN.');
});

test('why nothing was read stands in words; a paused one has no next time', () => {
	const lastRun = { ...run, error: { code: 'source.slow', sentence: 'It did not answer in 10 seconds.' } };
	expect(words({ lastRun, isPaused: true })).toEqual({
		text: 'Mon 8 Jun, 12:00: It did not answer in 10 seconds. Paused.',
		hasFailed: true
	});
});
