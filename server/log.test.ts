import { expect, test } from 'vitest';
import { ManualClock } from './clock-manual.ts';
import { createLog } from './log.ts';

function said(isJson: boolean) {
	const lines: string[] = [];
	const clock = new ManualClock(Date.UTC(2026, 5, 8, 10, 14, 22));
	return { lines, log: createLog({ write: (line) => void lines.push(line), clock, isJson }) };
}

test('for machines a line is JSON with the time, the level and the name', () => {
	const { lines, log } = said(true);
	log.warn('http.answer', { code: 503, ms: 1.2, route: undefined });
	expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
		{ at: '2026-06-08T10:14:22.000Z', level: 'warn', name: 'http.answer', code: 503, ms: 1.2 }
	]);
});

test('for people a line is text, and what is not known is left out', () => {
	const { lines, log } = said(false);
	log.info('http.answer', { code: 200, route: undefined });
	expect(lines[0]).toMatch(/^\d\d:14:22 info {2}http\.answer code=200$/);
});

test('only a fault carries a stack, and a line of JSON stays one line', () => {
	const [machine, person] = [said(true), said(false)];
	for (const { log } of [machine, person]) log.fault('sync.room', new Error('no such room'), { doc: 7 });
	expect(machine.lines[0]).not.toContain('\n');
	expect(JSON.parse(machine.lines[0] ?? '')).toMatchObject({
		level: 'error',
		doc: 7,
		stack: expect.stringContaining('log.test.ts') as string
	});
	expect(person.lines[0]).toMatch(/error sync\.room doc=7\nError: no such room\n/);
});
