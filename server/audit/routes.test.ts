import { createHash } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import type { MiddlewareHandler } from 'hono';
import { auditPage, type AuditEntry } from '#lib/domain/audit.ts';
import { cellText, csvTable } from '#lib/domain/csv-table.ts';
import { canonicalJson } from '#lib/util/canonical-json.ts';
import { refuse } from '#lib/util/result.ts';
import { ManualClock } from '../clock-manual.ts';
import type { HttpEnv } from '../http/env.ts';
import { answerProblem, invalidInput } from '../http/problem.ts';
import { silentLog } from '../log.ts';
import { MemoryAuditLog, type AuditShelf } from '../storage/memory/audit-log.ts';
import type { AuditEvent, AuditLog } from './audit.ts';
import { checkChain } from './chain.ts';
import { mountAudit } from './routes.ts';

/** Lets `x-who: owner` into spaces, `x-who: admin` to the instance, and nobody else. */
const only =
	(who: string): MiddlewareHandler =>
	async (context, next) => {
		if (context.req.header('x-who') !== who)
			return answerProblem({ type: 'no', title: '', status: 403, detail: '' });
		await next();
		return undefined;
	};

function world(over: Partial<AuditLog> = {}) {
	const clock = new ManualClock();
	const shelf: AuditShelf = { rows: new Map(), head: undefined };
	const log = new MemoryAuditLog(shelf);
	const faults: string[] = [];
	const audit: AuditLog = {
		append: (event) => log.append(event),
		page: (filter, place) => log.page(filter, place),
		entries: (filter, upto) => log.entries(filter, upto),
		verify: () => log.verify(),
		...over
	};
	const app = new OpenAPIHono<HttpEnv>({
		defaultHook: (result) => (result.success ? undefined : answerProblem(invalidInput('query', result.error)))
	});
	app.use(async (context, next) => {
		context.set('requestId', 'r-1');
		await next();
	});
	mountAudit(app, {
		audit,
		requiresSpace: only('owner'),
		requiresAdmin: only('admin'),
		actorOf: (context) => ({ kind: 'person', id: `p-${context.req.header('x-who')}` }),
		nowMs: () => clock.nowMs(),
		log: { ...silentLog, fault: (name) => void faults.push(name) }
	});
	const record = (event: Partial<AuditEvent> = {}) =>
		log.append({
			atMs: clock.nowMs(),
			action: 'member.role-changed',
			actor: { kind: 'person', id: 'p-nadia', name: 'Nadia Okafor' },
			space: 'ops',
			target: 'p-jonas',
			outcome: 'done',
			detail: { from: 'viewer', to: 'editor' },
			...event
		});
	const ask = (path: string, who = 'owner') =>
		app.request(`/api/v1/${path}`, { headers: { 'x-who': who } }, {});
	const page = async (path: string, who?: string) => {
		const response = await ask(path, who);
		const body: unknown = await response.json();
		expect([response.status, body]).toEqual([200, expect.anything()]);
		return auditPage.parse(body);
	};
	const seqs = async (path: string, who?: string) => (await page(path, who)).entries.map(({ seq }) => seq);
	return { app, log, shelf, faults, record, ask, page, seqs, clock };
}

test('a space’s people see entries of that space alone, administrators all', async () => {
	const { record, seqs, page } = world();
	record();
	record({ space: 'hr' });
	record({ space: undefined, action: 'session.refused', outcome: 'refused', actor: { kind: 'stranger' } });
	expect(await seqs('spaces/ops/audit')).toEqual([1]);
	expect(await seqs('spaces/ops/audit?space=hr')).toEqual([1]);
	expect(await seqs('audit', 'admin')).toEqual([3, 2, 1]);
	expect(await seqs('audit?space=hr', 'admin')).toEqual([2]);
	const { entries } = await page('spaces/ops/audit');
	expect(entries[0]).toMatchObject({
		action: 'member.role-changed',
		detail: { from: 'viewer', to: 'editor' }
	});
});

test.each(['spaces/ops/audit', 'spaces/ops/audit/export?format=csv'])(
	'%s is for a space’s people',
	async (path) => {
		const { ask, shelf } = world();
		expect((await ask(path, 'admin')).status).toBe(403);
		expect((await ask(path, 'nobody')).status).toBe(403);
		expect(shelf.rows.size).toBe(0);
	}
);

test.each(['audit', 'audit/export?format=csv'])('%s is for administrators', async (path) => {
	const { ask, shelf } = world();
	expect((await ask(path, 'owner')).status).toBe(403);
	expect(shelf.rows.size).toBe(0);
});

test('every filter of the address is used, and pages go on', async () => {
	const { record, seqs, page, clock } = world();
	const start = new Date(clock.nowMs()).toISOString();
	record();
	clock.advance(1_000);
	const later = new Date(clock.nowMs()).toISOString();
	record({ action: 'token.created', actor: { kind: 'tool', id: 't-1' }, target: 't-2' });
	record({ action: 'token.revoked', outcome: 'refused' });
	const all = 'spaces/ops/audit';
	expect(await seqs(`${all}?action=token.created,token.revoked`)).toEqual([3, 2]);
	expect(await seqs(`${all}?actor=t-1`)).toEqual([2]);
	expect(await seqs(`${all}?outcome=refused`)).toEqual([3]);
	expect(await seqs(`${all}?from=${later}`)).toEqual([3, 2]);
	expect(await seqs(`${all}?from=${start}&to=${later}`)).toEqual([1]);
	expect(await seqs(`${all}?target=JONAS&action=token.revoked`)).toEqual([3]);
	const first = await page(`${all}?limit=2`);
	expect(first.next).toBe(2);
	expect(await page(`${all}?limit=2&before=${first.next}`)).toMatchObject({ entries: [{ seq: 1 }] });
});

test.each([
	['action=token.eaten', /no such action/],
	['action=', /no such action/],
	['outcome=maybe', /outcome/],
	['from=yesterday', /Write from as an instant with its zone/],
	['to=2026-06-08', /Write to as an instant with its zone/],
	['limit=201', /limit/],
	['limit=0', /limit/],
	['before=-1', /before/],
	[`target=${'x'.repeat(201)}`, /target/],
	['target=a&target=b', /target/]
])('?%s is refused in a sentence', async (query, sentence) => {
	const { ask } = world();
	const response = await ask(`spaces/ops/audit?${query}`);
	expect(response.status).toBe(400);
	expect(((await response.json()) as { detail: string }).detail).toMatch(sentence);
});

test('a file of everything proves its chain, and ends with who took it', async () => {
	const { record, ask } = world();
	for (let index = 0; index < 1_234; index++)
		record({ target: `p-${index}`, space: index % 2 ? 'hr' : 'ops' });
	const response = await ask('audit/export?format=jsonl', 'admin');
	expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
	expect(response.headers.get('content-disposition')).toMatch(
		/^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"$/
	);
	const text = await response.text();
	expect(text.endsWith('\n')).toBe(true);
	const lines = text.slice(0, -1).split('\n');
	const rows = lines.map((line, index) => ({ seq: index + 1, text: line }));
	const last = JSON.parse(lines.at(-1) ?? '') as AuditEntry;
	expect(checkChain(rows, { seq: 1_235, hash: last.hash })).toMatchObject({ ok: true });
	const { hash, ...rest } = last;
	expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(hash);
	expect(rest).toMatchObject({
		action: 'audit.exported',
		actor: { kind: 'person', id: 'p-admin' },
		outcome: 'done',
		detail: { format: 'jsonl' },
		request: 'r-1'
	});
	expect(Object.keys(rest)).not.toContain('space');
});

test('a file of a space holds what the filter lets through, and what was asked for is recorded', async () => {
	const { record, ask, log } = world();
	record();
	record({ action: 'token.created', space: 'hr' });
	record({ action: 'token.created' });
	const query = 'format=jsonl&action=token.created,audit.exported&secret=no';
	const text = await (await ask(`spaces/ops/audit/export?${query}`)).text();
	expect(
		text
			.trim()
			.split('\n')
			.map((line) => (JSON.parse(line) as AuditEntry).seq)
	).toEqual([3, 4]);
	const { entries } = log.page({ actions: ['audit.exported'] }, { beforeSeq: 99, limit: 9 });
	expect(entries).toMatchObject([
		{ space: 'ops', detail: { format: 'jsonl', action: 'token.created,audit.exported' } }
	]);
	expect(entries[0]?.detail).not.toHaveProperty('secret');
});

test('a spreadsheet of it runs nothing, whatever somebody called themselves', async () => {
	const { record, ask } = world();
	const name = '=HYPERLINK("https://evil.example","x")';
	record({ actor: { kind: 'person', id: '+p', name }, target: '@sum', detail: { note: '=1', days: -3 } });
	const response = await ask('spaces/ops/audit/export?format=csv');
	expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
	expect(response.headers.get('content-disposition')).toMatch(/filename="audit-ops-.*\.csv"$/);
	const text = await response.text();
	expect(text.split('\r\n')).toHaveLength(4);
	const { columns, rows } = csvTable(text);
	const cells = rows[0]?.cells ?? [];
	expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
	const said = Object.fromEntries(columns.map((column, index) => [column, cellText(cells[index] ?? '')]));
	expect(said).toMatchObject({
		seq: '1',
		'actor id': '+p',
		'actor name': name,
		target: '@sum',
		detail: '{"days":-3,"note":"=1"}'
	});
});

test('what cannot be recorded is not exported', async () => {
	const cause = new Error('database or disk is full');
	const { ask, faults } = world({ append: () => refuse({ code: 'audit.not-kept', cause }) });
	const response = await ask('spaces/ops/audit/export?format=jsonl');
	expect([response.status, response.headers.get('content-type')]).toEqual([507, 'application/problem+json']);
	expect(faults).toEqual(['audit.not-kept']);
});

test('a reader who leaves stops the reading', async () => {
	const read: number[] = [];
	let isDone = false;
	const { record, ask, log } = world({
		*entries(filter, upto) {
			try {
				for (const entry of log.entries(filter, upto)) {
					read.push(entry.seq);
					yield entry;
				}
			} finally {
				isDone = true;
			}
		}
	});
	for (let index = 0; index < 3_000; index++) record();
	const reader = (await ask('spaces/ops/audit/export?format=jsonl')).body?.getReader();
	await reader?.read();
	await reader?.cancel();
	expect(isDone).toBe(true);
	expect(read.length).toBeLessThan(2_000);
});

test('the description of the API says how to choose, in words that any client reads', () => {
	const { app } = world();
	const { paths = {} } = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '0' } });
	expect(Object.keys(paths)).toEqual([
		'/api/v1/spaces/{space}/audit',
		'/api/v1/audit',
		'/api/v1/spaces/{space}/audit/export',
		'/api/v1/audit/export'
	]);
	const parameters = paths['/api/v1/audit/export']?.get?.parameters ?? [];
	const types = parameters.map((one) => ('schema' in one ? [one.name, one.schema] : []));
	expect(types).toContainEqual(['action', expect.objectContaining({ type: 'string' })]);
	expect(types).toContainEqual(['from', expect.objectContaining({ type: 'string', format: 'date-time' })]);
	expect(types).toContainEqual(['format', { type: 'string', enum: ['jsonl', 'csv'] }]);
	expect(types.map(([name]) => name)).toContain('space');
});
