import { expect, test } from 'vitest';
import * as Y from 'yjs';
import * as decoding from 'lib0/decoding';
import { isRole, mayDo, mayWrite, type Deed, type Scope, type Standing } from '#lib/domain/access.ts';
import { encodeClockQuestion, MESSAGE, readAck, readRefused, SYNC } from '#lib/protocol/messages.ts';
import { kindOfDocument } from '#lib/kinds/registry.ts';
import { cli } from '../../server/cli.ts';
import { systemClock } from '../../server/clock.ts';
import { syncFrame } from '../../server/sync/joining.ts';
import { bare } from '../sync/harness.ts';
import { startFounded, type RunningServer } from './in-process.ts';

// Every route and every message, by everybody, in the right space and in another. The rows are the routes that the server
// itself describes: one that is added is asked about here, or this fails.

interface Holder {
	readonly token: string | undefined;
	readonly standing: Standing | 'nobody';
	readonly scope: Scope;
	readonly isAdmin?: boolean;
}

interface World extends RunningServer {
	readonly space: string;
	readonly other: string;
	readonly holders: Readonly<Record<string, Holder>>;
	/** Lets somebody new in, for what can be done once only. */
	readonly newcomer: (role: string) => Promise<Holder>;
}

async function inhabited(): Promise<World> {
	const server = await startFounded();
	const { space, token: owner } = server.founded;
	const other = await madeByCommand(server.folder, ['space', 'create', 'Another']);
	const at = `/api/v1/spaces/${space}`;
	const post = async (path: string, body?: unknown) =>
		(await server.ask('POST', at + path, { token: owner, body })).body as Record<string, string>;

	const invited = async (role: string) => {
		const { invite } = await post(`/invite?role=${role}`);
		const joined = await server.ask('POST', `${at}/members`, { body: { invite, name: `A ${role}` } });
		return joined.body as Record<string, string>;
	};
	const newcomer = async (role: string): Promise<Holder> => {
		const { token, person } = await invited(role === 'owner' || role === 'former' ? 'editor' : role);
		if (role === 'owner')
			await server.ask('PATCH', `${at}/members/${person}`, { token: owner, body: { role } });
		if (role === 'former') await server.ask('DELETE', `${at}/members/${person}`, { token: owner });
		return { token, standing: role as Standing, scope: 'space' };
	};
	const link = await post('/links', { document: 'm-ops', label: 'Auditor', days: 1 });
	const tool = async (scope: string, standing: Standing, held: Scope): Promise<Holder> => ({
		token: (await post('/tokens', { label: scope, scope }))['token'],
		standing,
		scope: held
	});
	const withdrawn = await post('/tokens', { label: 'withdrawn', scope: 'write' });
	await server.ask('DELETE', `${at}/tokens/${withdrawn['id']}`, { token: owner });
	return {
		...server,
		space,
		other: other['space'] ?? '',
		newcomer,
		holders: {
			admin: { token: owner, standing: 'owner', scope: 'space', isAdmin: true },
			owner: await newcomer('owner'),
			editor: await newcomer('editor'),
			commenter: await newcomer('commenter'),
			viewer: await newcomer('viewer'),
			former: await newcomer('former'),
			guest: { token: link['token'], standing: 'guest', scope: 'space' },
			'a tool that writes': await tool('write', 'editor', 'program'),
			'a tool that reads': await tool('read', 'viewer', 'program'),
			'a feed of points': await tool('points', 'editor', 'points'),
			'a withdrawn token': { token: withdrawn['token'], standing: 'nobody', scope: 'space' },
			'nobody at all': { token: undefined, standing: 'nobody', scope: 'space' }
		}
	};
}

async function madeByCommand(folder: string, args: readonly string[]): Promise<Record<string, string>> {
	let made = '';
	const code = await cli(args, {
		env: { DOWNBEAT_DATA: folder },
		cwd: folder,
		clock: systemClock,
		hostZone: 'UTC',
		out: (line) => void (made += line),
		err: () => undefined
	});
	expect(code).toBe(0);
	return JSON.parse(made) as Record<string, string>;
}

/** Open to everybody, each for a reason. */
const PUBLIC = [
	'GET /api/v1/setup', // Whether there is one, for the first page.
	'POST /api/v1/setup', // Asks for the setup token itself.
	'POST /api/v1/spaces/{space}/members', // Asks for the invite itself.
	'GET /api/v1/sign-in', // By which ways one may.
	'GET /api/v1/time',
	'GET /api/v1/kpi-contract.schema.json', // Says nothing of any space.
	'GET /healthz',
	'GET /readyz',
	'GET /metrics' // For this machine alone, or with a token of its own.
];

interface Route {
	readonly method: string;
	readonly path: string;
	readonly need: string | undefined;
}

async function routesOf(server: RunningServer): Promise<readonly Route[]> {
	const { body } = await server.ask('GET', '/api/openapi.json');
	const paths = body['paths'] as Record<string, Record<string, { 'x-needs'?: string }>>;
	return Object.entries(paths)
		.filter(([path]) => !path.startsWith('/api/auth/')) // Accounts have a list and tests of their own.
		.flatMap(([path, operations]) =>
			Object.entries(operations).map(([method, operation]) => ({
				method: method.toUpperCase(),
				path,
				need: operation['x-needs']
			}))
		);
}

/** Something for each part of a path. Nothing of that name exists, so nothing is changed by asking. */
const SAMPLES: Record<string, string> = {
	person: 'p-nobody',
	token: 't-none',
	link: 't-none',
	kpi: 'mttr',
	document: 'm-ops',
	seq: '1',
	proposal: 'nothing',
	source: 'nothing'
};

const addressOf = ({ path }: Route, space: string): string =>
	path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'space' ? space : (SAMPLES[name] ?? name)));

/** What the server has to say about rights: nothing when the caller may. */
function expected({ need, path }: Route, holder: Holder, isRightSpace: boolean): 'may' | 401 | 403 | 404 {
	if (holder.standing === 'nobody') return 401;
	if (need === 'somebody') return 'may';
	if (need === 'admin') return holder.isAdmin ? 'may' : 403;
	expect(path).toContain('{space}');
	if (!isRightSpace) return 403;
	return mayDo(holder.standing, holder.scope, need as Deed) ? 'may' : 403;
}

test('every route, by everybody, in the right space and in another', { timeout: 120_000 }, async () => {
	const world = await inhabited();
	const routes = await routesOf(world);
	const open = routes.filter(({ need }) => need === undefined);
	expect(
		open.map(({ method, path }) => `${method} ${path}`).filter((route) => !PUBLIC.includes(route))
	).toEqual([]);

	let cells = 0;
	const wrong: string[] = [];
	for (const route of routes.filter(({ need }) => need !== undefined)) {
		for (const [who, known] of Object.entries(world.holders)) {
			const isOnce = route.path.endsWith('/leave') && isRole(known.standing) && known.scope === 'space';
			const holder = isOnce ? await world.newcomer(known.standing) : known;
			for (const [where, space] of [
				['here', world.space],
				['elsewhere', world.other],
				['nowhere', 'no-such-space']
			] as const) {
				const { method } = route;
				const answer = await world.ask(method, addressOf(route, space), {
					token: holder.token,
					...(method !== 'GET' && method !== 'DELETE' && { body: {} })
				});
				const { type } = answer.body;
				const said = typeof type === 'string' && type.startsWith('access.') ? answer.status : 'may';
				const want = expected(route, holder, where === 'here');
				const isNowhere = where === 'nowhere' && want === 403 && said === 404;
				cells++;
				if (said !== want && !isNowhere && answer.status !== 429)
					wrong.push(`${who} ${where}: ${method} ${route.path} → ${said}, expected ${want}`);
				if (answer.status >= 500) wrong.push(`${who} ${where}: ${method} ${route.path} → ${answer.status}`);
			}
		}
	}
	expect(wrong).toEqual([]);
	expect(cells).toBeGreaterThan(500);
});

const DOCUMENTS = ['m-ops', 'm-ops.comments', 'c-2026-W47', 'index', 'kpis', 'r-decisions'] as const;

const body = (frame: Uint8Array) => {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	return decoder;
};

function change(): Uint8Array {
	const doc = new Y.Doc();
	doc.getMap('anything').set('key', 'value');
	return syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc));
}

/** What becomes of somebody who comes to a document, asks everything there is to ask, and writes. */
async function visit(world: World, holder: Holder, name: string): Promise<string> {
	const token = holder.token === undefined ? '' : `token=${holder.token}&`;
	const came = await bare(`${world.url.replace('http', 'ws')}/sync/${name}?${token}protocol=2`);
	try {
		const first = await Promise.race([came.heard(MESSAGE.sync), came.closed]);
		if ('code' in first) return `closed ${first.code}`;
		came.send(syncFrame(SYNC.step1, Uint8Array.of(0)));
		came.send(Uint8Array.of(MESSAGE.queryAwareness));
		came.send(encodeClockQuestion(1));
		await came.heard(MESSAGE.clock);
		came.send(change());
		return await Promise.race([
			came.heard(MESSAGE.ack).then((frame) => `wrote ${readAck(body(frame)).count}`),
			came.heard(MESSAGE.refused).then((frame) => `reads ${readRefused(body(frame)).count}`),
			came.closed.then(({ code }) => `closed ${code}`)
		]);
	} finally {
		came.socket.close();
	}
}

function wanted({ standing, scope }: Holder, document: string, isRightSpace: boolean): string {
	if (standing === 'nobody') return 'closed 4401';
	if (!isRightSpace || !mayDo(standing, scope, 'document.read')) return 'closed 4403';
	if (standing === 'guest' && document !== 'm-ops') return 'closed 4403';
	const writing = mayWrite(standing, scope, kindOfDocument(document)?.id);
	// What is written here is nobody's own.
	return writing === 'all' ? 'wrote 1' : 'reads 1';
}

test(
	'every message, by everybody, in every kind of document, here and elsewhere',
	{ timeout: 60_000 },
	async () => {
		const world = await inhabited();
		const wrong: string[] = [];
		for (const [who, holder] of Object.entries(world.holders)) {
			for (const document of DOCUMENTS) {
				for (const space of [world.space, world.other]) {
					const [got, want] = [
						await visit(world, holder, `${space}/${document}`),
						wanted(holder, document, space === world.space)
					];
					if (got !== want) wrong.push(`${who}: ${document} → ${got}, expected ${want}`);
				}
			}
		}
		expect(wrong).toEqual([]);
	}
);
