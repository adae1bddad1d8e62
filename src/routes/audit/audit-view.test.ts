import { expect, test } from 'vitest';
import type { AuditEntry, AuditPage } from '#lib/domain/audit.ts';
import { ok, refuse } from '#lib/util/result.ts';
import { AuditView, type AuditSource } from './audit-view.svelte.ts';

const entry = (seq: number) => ({ seq }) as AuditEntry;
const seqsOf = (view: AuditView) => view.entries.map(({ seq }) => seq);

/** Answers with the page that belongs to `before`. */
function sourceOf(pages: ReadonlyMap<number | undefined, AuditPage>): AuditSource {
	return {
		page: (_query, before) => Promise.resolve(ok(pages.get(before) ?? { entries: [] })),
		file: () => Promise.resolve(refuse({ code: 'offline', sentence: 'Nobody answers.' }))
	};
}

test('empty pages on the way are passed over, and the end is the end', async () => {
	const view = new AuditView(
		sourceOf(
			new Map([
				[undefined, { entries: [], next: 90 }],
				[90, { entries: [entry(42)], next: 40 }],
				[40, { entries: [] }]
			])
		)
	);
	await view.choose({});
	expect(seqsOf(view)).toEqual([42]);
	expect(view.hasOlder).toBe(false);
	expect(view.isLoading).toBe(false);
});

test('older ones come when asked for, after those that are there', async () => {
	const many = Array.from({ length: 50 }, (_, index) => entry(100 - index));
	const view = new AuditView(
		sourceOf(
			new Map([
				[undefined, { entries: many, next: 51 }],
				[51, { entries: [entry(50)] }]
			])
		)
	);
	await view.choose({});
	expect(view.entries).toHaveLength(50);
	expect(view.hasOlder).toBe(true);
	await view.older();
	expect(seqsOf(view).at(-1)).toBe(50);
	expect(view.hasOlder).toBe(false);
});

test('an answer to an earlier choice does not stand under a later one', async () => {
	const answers: ((page: AuditPage) => void)[] = [];
	const view = new AuditView({
		page: () => new Promise((resolve) => answers.push((page) => resolve(ok(page)))),
		file: () => Promise.resolve(refuse({ code: 'offline', sentence: '' }))
	});
	const [first, second] = [view.choose({}), view.choose({ outcome: 'refused' })];
	answers[1]?.({ entries: [entry(2)] });
	answers[0]?.({ entries: [entry(1)] });
	await Promise.all([first, second]);
	expect(seqsOf(view)).toEqual([2]);
});

test('why there is no file is said', async () => {
	const view = new AuditView(sourceOf(new Map()));
	expect(await view.file('csv')).toBeUndefined();
	expect(view.trouble).toEqual({ isOffline: true, sentence: 'Nobody answers.' });
});
