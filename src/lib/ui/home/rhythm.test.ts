import { expect, test } from 'vitest';
import {
	blockAside,
	rangeAround,
	rangeWords,
	scoreColumns,
	scoreRows,
	stepRange,
	thirteenWeeks,
	weekWords,
	type RhythmEvent
} from './rhythm.ts';
import { nextPlace, placesOf } from './score-keys.ts';

const today = '2026-06-08';
const event = (id: string, over: Partial<RhythmEvent> = {}): RhythmEvent => ({
	id,
	title: id,
	cadence: 'weekly',
	on: today,
	time: '10:00',
	state: 'planned',
	...over
});
const columns = (range: 'week' | 'month' | 'quarter', events: readonly RhythmEvent[] = []) =>
	scoreColumns('2026-06-10', range, { today, events });

test('a range is its week, its calendar month, or thirteen weeks', () => {
	expect(rangeAround('2026-06-10', 'week')).toEqual({ from: '2026-06-08', to: '2026-06-14' });
	expect(rangeAround('2026-02-10', 'month')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
	expect(rangeAround('2026-06-10', 'quarter')).toEqual({ from: '2026-06-08', to: '2026-09-06' });
});

test('stepping a month from its last day skips none', () => {
	expect(stepRange('2026-01-31', 'month', 1)).toBe('2026-02-01');
	expect(stepRange('2026-03-01', 'month', -1)).toBe('2026-02-28');
	expect(stepRange(today, 'week', -1)).toBe('2026-06-01');
});

test('a range is named by its days and its weeks', () => {
	expect(rangeWords(today, 'week')).toEqual({ title: '8–12 June', detail: 'Week 24' });
	expect(rangeWords(today, 'month')).toEqual({ title: 'June 2026', detail: 'Weeks 23–27' });
});

test('a week has its working days, and the weekend only when something is on it', () => {
	expect(columns('week').map(({ label }) => label)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']);
	expect(columns('week', [event('offsite', { on: '2026-06-14' })])).toHaveLength(7);
	expect(
		columns('week')
			.filter(({ isNow }) => isNow)
			.map(({ detail }) => detail)
	).toEqual(['8']);
});

test('month and quarter have weeks', () => {
	expect(columns('month').map(({ label }) => label)).toEqual(['W23', 'W24', 'W25', 'W26', 'W27']);
	expect(columns('quarter')).toHaveLength(13);
	expect(columns('month').findIndex(({ isNow }) => isNow)).toBe(1);
});

test('each event stands in its row and column, by time', () => {
	const events = [event('late', { time: '14:00' }), event('early'), event('gone', { on: '2026-06-01' })];
	const rows = scoreRows(columns('week'), events);
	expect(rows.map(({ cadence }) => cadence)).toEqual([
		'daily',
		'weekly',
		'bi-weekly',
		'monthly',
		'quarterly'
	]);
	expect(rows[1]?.cells[0]?.map(({ id }) => id)).toEqual(['early', 'late']);
	expect(rows.flatMap(({ cells }) => cells.flat())).toHaveLength(2);
});

test('events of one series in one week are one block that shows what is still to come', () => {
	const standups = ['08', '09', '10'].map((day) =>
		event(`s${day}`, {
			title: 'Standup',
			cadence: 'daily',
			on: `2026-06-${day}`,
			state: day === '08' ? 'done' : 'planned'
		})
	);
	const [block] = scoreRows(columns('month'), standups)[0]?.cells[1] ?? [];
	expect(block).toMatchObject({ count: 3, event: { id: 's09' } });
});

test('a block says its day and state to those who cannot see its column', () => {
	const aside = (over: Partial<RhythmEvent>, count = 1) =>
		blockAside({ id: 'a', count, event: event('a', over) });
	expect(aside({ state: 'next' })).toBe(', Mon 8 Jun, next');
	expect(aside({ state: 'planned' }, 5)).toBe(', Mon 8 Jun, 5 times in this week, planned');
});

test('thirteen weeks carry the weight of their meetings and name the heaviest', () => {
	const weeks = thirteenWeeks(
		[
			event('Ops'),
			event('Exec', { cadence: 'monthly', on: '2026-06-29' }),
			event('QBR', { cadence: 'quarterly', on: '2026-06-30' }),
			event('OKR due', { cadence: 'quarterly', on: today, time: undefined })
		],
		today
	);
	expect(weeks.map(({ week }) => week)).toEqual([24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36]);
	expect(weeks[0]).toMatchObject({ isNow: true, cadences: ['weekly'], named: undefined });
	expect(weeks[3]).toMatchObject({
		cadences: ['monthly', 'quarterly'],
		named: { title: 'QBR', on: '2026-06-30' }
	});
	expect(weeks[3] && weekWords(weeks[3])).toBe('Week 27, from 29 Jun: monthly, quarterly. QBR on 30 Jun');
	expect(weeks[1] && weekWords(weeks[1])).toBe('Week 25, from 15 Jun: nothing');
});

test('arrows follow rows, and go up and down to the nearest that holds something', () => {
	const rows = scoreRows(columns('week'), [
		event('mon'),
		event('wed', { on: '2026-06-10' }),
		event('fri', { cadence: 'bi-weekly', on: '2026-06-12' }),
		event('quarter', { cadence: 'quarterly', on: '2026-06-09' })
	]);
	const [mon, wed, fri, quarter] = placesOf(rows);
	if (!mon || !wed || !fri || !quarter) throw new Error('the score is empty');
	expect(nextPlace(rows, mon, 'ArrowRight')).toEqual(wed);
	expect(nextPlace(rows, mon, 'ArrowLeft')).toBeUndefined();
	expect(nextPlace(rows, wed, 'ArrowRight')).toBeUndefined();
	expect(nextPlace(rows, mon, 'ArrowDown')).toEqual(fri);
	expect(nextPlace(rows, fri, 'ArrowDown')).toEqual(quarter);
	expect(nextPlace(rows, fri, 'ArrowUp')).toEqual(wed);
	expect(nextPlace(rows, mon, 'ArrowUp')).toBeUndefined();
	expect(nextPlace(rows, mon, 'End')).toEqual(quarter);
	expect(nextPlace(rows, mon, 'x')).toBeUndefined();
});

test('an empty score has no places', () => {
	expect(placesOf(scoreRows(columns('quarter'), []))).toEqual([]);
});
