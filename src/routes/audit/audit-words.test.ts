import { expect, test } from 'vitest';
import type { AuditEntry } from '#lib/domain/audit.ts';
import { actorWords, detailWords, targetWords } from './audit-words.ts';

const entry = (fields: Partial<AuditEntry>): AuditEntry => ({
	seq: 1,
	at: '2026-06-08T10:00:00.000Z',
	action: 'member.role-changed',
	actor: { kind: 'person', id: 'p-1' },
	outcome: 'done',
	detail: {},
	prev: '',
	hash: '',
	...fields
});
const nameOf = (id: string) => ({ 'p-1': 'Nadia Okafor', kpis: 'KPIs' })[id] ?? '';

test('people are called by their present name, else by the one they had, else by what they are', () => {
	expect(actorWords(entry({ actor: { kind: 'person', id: 'p-1', name: 'Nadia' } }), nameOf)).toBe(
		'Nadia Okafor'
	);
	expect(actorWords(entry({ actor: { kind: 'person', id: 'p-9', name: 'Jonas Weber' } }), nameOf)).toBe(
		'Jonas Weber'
	);
	expect(actorWords(entry({ actor: { kind: 'person', id: 'p-9' } }), nameOf)).toBe('p-9');
	expect(actorWords(entry({ actor: { kind: 'stranger' } }), nameOf)).toBe('A stranger');
	expect(targetWords(entry({ target: 'p-1' }), nameOf)).toBe('Nadia Okafor');
	expect(targetWords(entry({ target: 't-5' }), nameOf)).toBe('t-5');
	expect(targetWords(entry({}), nameOf)).toBe('');
});

test('what was said besides is put into words, and what is not known stays as it is', () => {
	expect(detailWords(entry({ detail: { from: 'viewer', to: 'editor' } }), nameOf)).toBe('Viewer → Editor');
	expect(detailWords(entry({ detail: { document: 'kpis', days: 1 } }), nameOf)).toBe('KPIs, 1 day');
	expect(detailWords(entry({ detail: { scope: 'points', days: 30 } }), nameOf)).toBe('sends points, 30 days');
	expect(detailWords(entry({ detail: { from: '2026-06-01T00:00:00Z', format: 'csv' } }), nameOf)).toBe(
		'from: 2026-06-01T00:00:00Z, format: csv'
	);
	expect(detailWords(entry({}), nameOf)).toBe('');
});
