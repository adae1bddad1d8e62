import { expect, test } from 'vitest';
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { listedProposal, type ListedProposal } from '#lib/domain/proposal.ts';
import { stock, synced, until } from '../sync/harness.ts';
import { startFounded } from './in-process.ts';

async function world() {
	const server = await startFounded();
	const { space, token: owner } = server.founded;
	const at = `/api/v1/spaces/${space}`;
	const made = await server.ask('POST', `${at}/invite?role=viewer`, { token: owner });
	const joined = await server.ask('POST', `${at}/members`, {
		body: { invite: made.body['invite'], name: 'Mei Lin' }
	});
	const mei = joined.body as { person: string; token: string };
	const base64 = (update: Uint8Array) => Buffer.from(update).toString('base64');
	return {
		...server,
		at,
		owner,
		mei,
		send: (update: Uint8Array, over: Record<string, unknown> = {}, token = mei.token) =>
			server.ask('POST', `${at}/documents/m-ops/proposals`, {
				token,
				body: { update: base64(update), ...over }
			}),
		listed: async (token: string, path = ''): Promise<readonly ListedProposal[]> => {
			const { body } = await server.ask('GET', `${at}/proposals${path}`, { token });
			return (body['proposals'] as unknown[]).map((one) => z.parse(listedProposal, one));
		},
		decide: (id: string, isAccepted: boolean, token = owner) =>
			server.ask('POST', `${at}/proposals/${id}`, { token, body: { isAccepted } }),
		reader: async () => {
			const client = stock(`${server.url.replace('http', 'ws')}/sync`, `${space}/m-ops`, { token: owner });
			await synced(client);
			return client;
		}
	};
}

function typed(words: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, words);
	return Y.encodeStateAsUpdate(doc);
}

test('what one may not write is handed in, looked at, accepted, and stands under its author’s name', async () => {
	const { ask, at, owner, mei, send, listed, decide, reader } = await world();
	const client = await reader();
	const sent = await send(typed('from Mei'), { note: 'Written on the train.' });
	expect(sent).toMatchObject({
		status: 201,
		body: { state: 'waiting', name: 'Mei Lin', person: mei.person }
	});
	expect(client.text.toString()).toBe('');
	const [waiting] = await listed(owner);
	expect(waiting).toMatchObject({ document: 'm-ops', reason: 'refused', note: 'Written on the train.' });
	const id = waiting?.id ?? '';
	const looked = await ask('GET', `${at}/proposals/${id}`, { token: owner });
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Buffer.from(String(looked.body['update']), 'base64'));
	expect(copy.getText('t').toString()).toBe('from Mei');

	expect((await decide(id, true)).body).toMatchObject({ state: 'accepted' });
	await until([client.doc], () => client.text.toString() === 'from Mei');
	client.stop();
	const writers = await ask('GET', `${at}/documents/m-ops/writers`, { token: owner });
	expect(writers.body['authors']).toEqual([mei.person]);
	expect(await listed(mei.token, '/mine')).toMatchObject([{ id, state: 'accepted' }]);
	expect((await decide(id, false)).status).toBe(404);
});

test('a declined one changes nothing, and who was removed hands in what they wrote before they heard of it', async () => {
	const { ask, at, owner, mei, send, listed, decide, reader } = await world();
	expect((await ask('DELETE', `${at}/members/${mei.person}`, { token: owner })).status).toBe(204);
	expect((await ask('GET', at, { token: mei.token })).status).toBe(403);
	expect((await send(typed('too late'))).status).toBe(201);
	const [waiting] = await listed(owner);
	expect((await decide(waiting?.id ?? '', false)).body).toMatchObject({ state: 'declined' });
	const client = await reader();
	expect(client.text.toString()).toBe('');
	client.stop();
	expect(await listed(mei.token, '/mine')).toMatchObject([{ state: 'declined' }]);
});

test('what could never be accepted is refused while its author still has it', async () => {
	const { send, listed, owner } = await world();
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'first');
	const before = Y.encodeStateVector(doc);
	doc.getText('t').insert(5, ' second');
	const cases: [string, Uint8Array, number, string][] = [
		['rubbish', Uint8Array.of(9, 9, 9, 9), 400, 'proposal.unreadable'],
		['half of it', Y.encodeStateAsUpdate(doc, before), 409, 'proposal.incomplete'],
		['nothing', Uint8Array.of(0, 0), 409, 'proposal.empty']
	];
	for (const [what, update, status, type] of cases)
		expect(await send(update), what).toMatchObject({ status, body: { type } });
	expect(await send(typed('x'), { note: 'n'.repeat(501) })).toMatchObject({ status: 400 });
	expect(await send(typed('x'), { update: 'not base64!' })).toMatchObject({ status: 400 });
	expect(await listed(owner)).toEqual([]);
	for (let count = 0; count < 50; count++) expect((await send(typed(`${count}`))).status).toBe(201);
	expect((await send(typed('one more'))).body).toMatchObject({ type: 'proposal.too-many' });
});

test('handing in and deciding are in the audit log, without what was written', async () => {
	const { ask, at, owner, send, listed, decide } = await world();
	await send(typed('a secret of the company'));
	const [waiting] = await listed(owner);
	await decide(waiting?.id ?? '', true);
	const { body } = await ask('GET', `${at}/audit`, { token: owner });
	const entries = body['entries'] as { action: string }[];
	expect(entries.map(({ action }) => action)).toEqual([
		'proposal.accepted',
		'proposal.sent',
		'member.joined',
		'invite.replaced'
	]);
	expect(JSON.stringify(body)).not.toContain('secret of the company');
});
