import { expect, test } from 'vitest';
import type { RowId } from '#lib/domain/id.ts';
import { clockOf } from '../clock.ts';
import type { AgendaItem, ClockFact } from '../schema.ts';
import { endWords, itemTime, slotWords, type EndFacts } from './agenda-words.ts';

const id = (text: string) => text as RowId;
const TEN = Date.parse('2026-06-08T10:00:00Z');
const MINUTE = 60_000;
const slo: AgendaItem = { id: id('slo'), order: 'a0', title: 'SLO', minutes: 10 };
const cost: AgendaItem = { id: id('cost'), order: 'a1', title: 'Cost', minutes: 5 };
const fact = (minutes: number, rest: Omit<ClockFact, 'id' | 'atMs'>): ClockFact => ({
	id: id(`f${minutes}-${rest.is}`),
	atMs: TEN + minutes * MINUTE,
	...rest
});

test('an agenda that fills its slot says its length once', () => {
	expect(slotWords(45, 45)).toEqual({ text: '45 min', advice: '' });
	expect(slotWords(45, undefined)).toEqual({ text: '45 min', advice: '' });
	expect(slotWords(0, undefined).text).toBe('0 min');
});

test('an agenda that does not fit says by how much, and what to do', () => {
	expect(slotWords(50, 45)).toEqual({ text: '50 of 45 min', advice: '5 min over. Shorten or park an item.' });
	expect(slotWords(40, 45)).toEqual({ text: '40 of 45 min', advice: '' });
	expect(slotWords(150, 120).text).toBe('2 h 30 of 2 h');
});

test('an item says its timebox, then what it took', () => {
	const start = fact(0, { is: 'start', item: slo.id });
	expect(itemTime(clockOf([]), slo)).toBe('10 min');
	expect(itemTime(clockOf([start]), slo)).toBe('10 min');
	const longer = [start, fact(1, { is: 'extend', item: slo.id, minutes: 2 })];
	expect(itemTime(clockOf(longer), slo)).toBe('10 + 2 min');
	const over = [...longer, fact(4, { is: 'step', from: slo.id, item: cost.id })];
	expect(itemTime(clockOf(over), slo)).toBe('4:00 of 12:00');
	expect(itemTime(clockOf([...over, fact(6, { is: 'end' })]), cost)).toBe('2:00 of 5:00');
});

const facts: EndFacts = {
	state: 'live',
	projectedMs: TEN + 44.7 * MINUTE,
	endedMs: undefined,
	startsMs: TEN,
	planned: 45,
	slot: 45,
	zone: 'UTC'
};
const said = (some: Partial<EndFacts>) => {
	const words = endWords({ ...facts, ...some });
	return words && `${words.before}${words.time ? ` ${words.time}` : ''}${words.after}`;
};

test('a running meeting says when it will end, against the clock on the wall', () => {
	expect(said({})).toBe('On pace to end at 10:44, one minute early.');
	expect(said({ projectedMs: TEN + 45.9 * MINUTE })).toBe('On pace to end at 10:45.');
	expect(said({ projectedMs: TEN + 48 * MINUTE })).toBe('On pace to end at 10:48, 3 min late.');
	expect(said({ startsMs: undefined })).toBe('On pace to end at 10:44.');
	expect(said({ startsMs: TEN + 2 * 24 * 60 * MINUTE })).toBe('On pace to end at 10:44.');
});

test('before the start the plan is said, afterwards what came of it', () => {
	const draft = { state: 'draft', projectedMs: undefined } as const;
	expect(said(draft)).toBe('Planned to end at 10:45.');
	expect(said({ ...draft, planned: 50 })).toBe('Planned to end at 10:50, 5 min late.');
	expect(said({ ...draft, planned: 50, slot: undefined })).toBe('Planned to end at 10:50.');
	expect(said({ ...draft, startsMs: undefined })).toBe('Takes 45 min from its start.');
	expect(said({ ...draft, planned: 0 })).toBeUndefined();
	const ended = { state: 'ended', projectedMs: undefined, endedMs: TEN + 46 * MINUTE } as const;
	expect(said(ended)).toBe('Ended at 10:46, one minute late.');
});
