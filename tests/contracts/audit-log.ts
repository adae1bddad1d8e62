import { beforeEach, describe, expect, test } from 'vitest';
import {
	AUDIT_DETAILS_MAX,
	AUDIT_ID_LENGTH_MAX,
	AUDIT_VALUE_LENGTH_MAX,
	type AuditEntry
} from '#lib/domain/audit.ts';
import { canonicalJson } from '#lib/util/canonical-json.ts';
import type { AuditEvent, AuditFilter, AuditLog } from '../../server/audit/audit.ts';
import { sealed } from '../../server/audit/chain.ts';
import { newToken } from '../../server/auth/token.ts';

const AT_MS = Date.UTC(2026, 5, 8, 10);
const all = { beforeSeq: Number.MAX_SAFE_INTEGER, limit: 100 };

const event = (over: Partial<AuditEvent> = {}): AuditEvent => ({
	atMs: AT_MS,
	action: 'member.role-changed',
	actor: { kind: 'person', id: 'p-nadia' },
	space: 'ops',
	target: 'p-jonas',
	outcome: 'done',
	detail: { from: 'viewer', to: 'editor' },
	...over
});

/** A log, and what somebody does who can write where it is kept. */
export interface AuditWorld {
	readonly log: AuditLog;
	/** Another log over the same place, as of another process. */
	readonly again: AuditLog;
	/** Looks through `scanMax` entries for a page. */
	readonly hasty: (scanMax: number) => AuditLog;
	/** Puts `text` in the place of an entry; takes it out when there is none. */
	readonly tamper: (seq: number, text: string | undefined) => void;
	/** What is stored of an entry. */
	readonly textOf: (seq: number) => string;
	/** Takes the record of the end away. */
	readonly forgetHead: () => void;
}

/** Every adapter of the port `AuditLog` passes this. `open` gives an empty one. */
export function describeAuditLog(name: string, open: () => AuditWorld): void {
	describe(`audit log ${name}`, () => {
		let world: AuditWorld;
		beforeEach(() => void (world = open()));

		const append = (over: Partial<AuditEvent> = {}, log = world.log): AuditEntry => {
			const appended = log.append(event(over));
			if (!appended.ok) throw appended.error.cause;
			return appended.value;
		};
		const many = (count: number, over: (index: number) => Partial<AuditEvent> = () => ({})) =>
			Array.from({ length: count }, (_, index) => append(over(index)));
		const seqs = (filter: AuditFilter = {}, place: Partial<typeof all> = {}) =>
			world.log.page(filter, { ...all, ...place }).entries.map(({ seq }) => seq);
		const broken = () => {
			const checked = world.log.verify();
			return checked.ok ? 'whole' : checked.error;
		};

		test('an event becomes an entry that follows the one before, and is read back as it was answered', () => {
			const first = append({ address: '192.0.2.7', request: 'r-1' });
			expect(first).toEqual({
				seq: 1,
				at: '2026-06-08T10:00:00.000Z',
				action: 'member.role-changed',
				actor: { kind: 'person', id: 'p-nadia' },
				space: 'ops',
				target: 'p-jonas',
				outcome: 'done',
				detail: { from: 'viewer', to: 'editor' },
				address: '192.0.2.7',
				request: 'r-1',
				prev: '0'.repeat(64),
				hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string
			});
			const second = append({ actor: { kind: 'server' }, space: undefined, target: '', detail: undefined });
			expect(second).toMatchObject({ seq: 2, prev: first.hash, detail: {} });
			expect(Object.keys(second)).not.toContain('space');
			expect(Object.keys(second)).not.toContain('target');
			expect(world.log.page({}, all)).toEqual({ entries: [second, first] });
			expect(world.log.verify()).toEqual({ ok: true, value: { seq: 2, hash: second.hash } });
		});

		test('an empty log is whole', () => {
			expect(world.log.verify()).toEqual({ ok: true, value: { seq: 0, hash: '0'.repeat(64) } });
			expect(world.log.page({}, all)).toEqual({ entries: [] });
			expect([...world.log.entries({}, all.beforeSeq)]).toEqual([]);
		});

		test.each<[string, AuditFilter, number[]]>([
			['nothing', {}, [6, 5, 4, 3, 2, 1]],
			['an action', { actions: ['session.refused'] }, [6, 4]],
			['one of several actions', { actions: ['session.refused', 'token.created'] }, [6, 5, 4]],
			['no action at all', { actions: [] }, []],
			['an actor', { actor: 'p-jonas' }, [5, 2]],
			['a space', { space: 'hr' }, [3]],
			['a space and an actor', { space: 'ops', actor: 'p-jonas' }, [2]],
			['an outcome', { outcome: 'refused' }, [6, 4]],
			['from an instant on', { fromMs: AT_MS + 4_000 }, [6, 5]],
			['before an instant', { toMs: AT_MS + 1_000 }, [1]],
			['between two', { fromMs: AT_MS + 1_000, toMs: AT_MS + 3_000 }, [3, 2]],
			['all of time', { fromMs: -8.64e15, toMs: 8.64e15 }, [6, 5, 4, 3, 2, 1]],
			['some of the target', { target: 'JON' }, [2, 1]],
			['a wildcard, which is a letter as others', { target: '%' }, [5]],
			['all of it', { actions: ['token.created'], actor: 'p-jonas', target: '%', outcome: 'done' }, [5]]
		])('filter by %s', (_, filter, expected) => {
			const events: Partial<AuditEvent>[] = [
				{},
				{ actor: { kind: 'person', id: 'p-jonas' } },
				{ space: 'hr', target: undefined },
				{ action: 'session.refused', outcome: 'refused', target: undefined, space: undefined },
				{
					action: 'token.created',
					actor: { kind: 'tool', id: 'p-jonas' },
					target: '100%',
					space: undefined
				},
				{ action: 'session.refused', outcome: 'refused', target: 'p-mei', actor: { kind: 'stranger' } }
			];
			for (const [index, over] of events.entries()) append({ ...over, atMs: AT_MS + index * 1_000 });
			expect(seqs(filter)).toEqual(expected);
			const exported = [...world.log.entries(filter, all.beforeSeq)].map(({ seq }) => seq);
			expect(exported).toEqual(expected.toReversed());
		});

		test('pages go on where the one before ended, and the last one says that it is', () => {
			many(5, (index) => ({ space: index % 2 ? 'hr' : 'ops' }));
			const first = world.log.page({}, { ...all, limit: 2 });
			append(); // What comes meanwhile moves nothing.
			const second = world.log.page({}, { beforeSeq: first.next ?? 0, limit: 3 });
			expect([first, second].map((page) => page.entries.map(({ seq }) => seq))).toEqual([
				[5, 4],
				[3, 2, 1]
			]);
			expect(second.next).toBeUndefined();
			expect(world.log.page({ space: 'ops' }, { ...all, limit: 1 })).toMatchObject({ next: 6 });
		});

		test('a page looks through so many entries and no more, and says where to go on', () => {
			many(7, (index) => ({ target: index === 0 ? 'needle' : 'hay', space: index === 6 ? 'hr' : 'ops' }));
			const hasty = world.hasty(3);
			const found: number[] = [];
			let [beforeSeq, calls] = [all.beforeSeq, 0];
			for (let next: number | undefined = beforeSeq; next !== undefined; calls++) {
				const page = hasty.page({ target: 'needle', space: 'ops' }, { beforeSeq, limit: 10 });
				found.push(...page.entries.map(({ seq }) => seq));
				next = page.next;
				beforeSeq = next ?? beforeSeq;
			}
			expect([found, calls]).toEqual([[1], 2]);
		});

		test('an export ends where it was told to, however long it takes and whatever comes meanwhile', () => {
			many(1_100);
			const read: number[] = [];
			for (const { seq } of world.log.entries({}, 1_050)) {
				if (seq % 500 === 0) append();
				read.push(seq);
			}
			expect(read).toEqual(Array.from({ length: 1_050 }, (_, index) => index + 1));
		});

		test('two processes append in turn, and the chain is one', () => {
			for (let index = 0; index < 20; index++) append({}, index % 3 ? world.log : world.again);
			expect(world.again.verify()).toMatchObject({ ok: true, value: { seq: 20 } });
		});

		test('an entry that was changed is named', () => {
			many(4);
			world.tamper(3, world.textOf(3).replace('"to":"editor"', '"to":"owner"'));
			expect(broken()).toEqual({ code: 'audit.altered', seq: 3 });
		});

		test('an entry that says a thing twice, once for us and once for the database, is named', () => {
			many(2);
			world.tamper(1, world.textOf(1).replace('{', '{"action":"member.left",'));
			expect(broken()).toEqual({ code: 'audit.altered', seq: 1 });
		});

		test.each([2, 3])(
			'entry %d written anew, with a hash that fits it, is noticed by what follows',
			(seq) => {
				many(3);
				const { hash: _hash, ...entry } = JSON.parse(world.textOf(seq)) as AuditEntry;
				const head = { seq: seq - 1, hash: entry.prev };
				world.tamper(seq, canonicalJson(sealed({ ...entry, detail: { to: 'owner' } }, head)));
				expect(broken()).toEqual(
					seq === 2 ? { code: 'audit.unlinked', seq: 3 } : { code: 'audit.head', seq: 3 }
				);
			}
		);

		test('entries that were taken out are named', () => {
			many(6);
			world.tamper(3, undefined);
			world.tamper(4, undefined);
			expect(broken()).toEqual({ code: 'audit.missing', seq: 3, upto: 4 });
			world.tamper(1, undefined);
			expect(broken()).toEqual({ code: 'audit.missing', seq: 1, upto: 1 });
		});

		test('two entries that changed places are noticed', () => {
			many(4);
			const [second, third] = [world.textOf(2), world.textOf(3)];
			world.tamper(2, third);
			world.tamper(3, second);
			expect(broken()).toEqual({ code: 'audit.altered', seq: 2 });
		});

		test('a log that was cut off is noticed, also after it went on', () => {
			many(5);
			world.tamper(4, undefined);
			world.tamper(5, undefined);
			expect(broken()).toEqual({ code: 'audit.cut-off', seq: 4, upto: 5 });
			expect(append().seq).toBe(6);
			expect(broken()).toEqual({ code: 'audit.missing', seq: 4, upto: 5 });
		});

		test('a log that was emptied is noticed', () => {
			many(2);
			world.tamper(1, undefined);
			world.tamper(2, undefined);
			expect(broken()).toEqual({ code: 'audit.cut-off', seq: 1, upto: 2 });
		});

		test('without the record of its end the log is not taken for whole', () => {
			many(2);
			world.forgetHead();
			expect(broken()).toEqual({ code: 'audit.head', seq: 2 });
		});

		test('what is no entry any more breaks no page', () => {
			many(3);
			world.tamper(2, '{"seq":2}');
			expect(seqs()).toEqual([3, 1]);
			expect(broken()).toEqual({ code: 'audit.altered', seq: 2 });
		});

		test('long and unseemly texts are cut to one line, and no token of ours is kept', () => {
			const secret = newToken('member');
			const detail = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`d${index}`, index]));
			const { actor, target, ...entry } = append({
				actor: { kind: 'person', id: 'p-nadia', name: `Nadia\r\n\u202eOkafor ${'😀'.repeat(500)}` },
				target: 'x'.repeat(AUDIT_ID_LENGTH_MAX),
				detail: { tried: `${secret} at ${secret}`, half: '\ud83d', rate: Infinity, ...detail },
				address: 'x'.repeat(1_000_000)
			});
			expect(actor.name).toMatch(/^Nadia Okafor 😀+…$/u);
			expect(actor.name?.length).toBeLessThanOrEqual(AUDIT_ID_LENGTH_MAX);
			expect(target).toHaveLength(AUDIT_ID_LENGTH_MAX);
			expect(entry.address).toHaveLength(AUDIT_ID_LENGTH_MAX);
			expect(Object.keys(entry.detail)).toHaveLength(AUDIT_DETAILS_MAX);
			expect(entry.detail).toMatchObject({ tried: '[token] at [token]', half: '\ufffd', rate: 'Infinity' });
			expect(world.textOf(1)).not.toContain(secret.slice(4));
			const longest = { note: 'x'.repeat(AUDIT_VALUE_LENGTH_MAX) };
			expect(append({ detail: longest }).detail).toEqual(longest);
			const { note } = append({ detail: { note: `${longest.note}x` } }).detail;
			expect(note).toBe(`${'x'.repeat(AUDIT_VALUE_LENGTH_MAX - 1)}…`);
			expect(broken()).toBe('whole');
		});

		test('what is no event is refused without a throw, and leaves nothing', () => {
			expect(world.log.append(event({ atMs: NaN }))).toMatchObject({ error: { code: 'audit.not-kept' } });
			const nobody = { kind: 'nobody' } as unknown as AuditEvent['actor'];
			expect(world.log.append(event({ actor: nobody }))).toMatchObject({
				error: { code: 'audit.not-kept' }
			});
			expect(append().seq).toBe(1);
		});
	});
}
