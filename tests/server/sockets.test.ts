import { expect, onTestFinished, test } from 'vitest';
import { CLOSE } from '#lib/protocol/close.ts';
import { runCommand, startChild } from './child-process.ts';
import { newFolder, startFounded } from './in-process.ts';

/** A websocket to a document, open, and the code it will be closed with. */
async function openSocket(url: string, path: string): Promise<{ closed: Promise<number> }> {
	const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${path}`);
	onTestFinished(() => socket.close());
	const closed = new Promise<number>((resolve) => {
		socket.addEventListener('close', ({ code }) => resolve(code), { once: true });
	});
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', resolve, { once: true });
		socket.addEventListener('error', reject, { once: true });
	});
	return { closed };
}

const spaceMade = async (folder: string) => {
	const { out } = await runCommand(folder, 'space', 'create', 'Weekly Ops');
	return JSON.parse(out) as { space: string; token: string };
};

test('a token withdrawn in another process closes what it has open here', async () => {
	const folder = newFolder();
	const { url } = await startChild({ DOWNBEAT_DATA: folder });
	const { space, token } = await spaceMade(folder);
	const { closed } = await openSocket(url, `${space}/index?token=${token}`);
	const listed = await runCommand(folder, 'token', 'list', space);
	const [{ id } = { id: '' }] = JSON.parse(listed.out) as { id: string }[];
	expect((await runCommand(folder, 'token', 'revoke', space, id)).code).toBe(0);
	expect(await closed).toBe(CLOSE.signedOut);
});

test('a token withdrawn in the settings closes what it has open at once', async () => {
	const { url, ask, founded, folder } = await startFounded();
	const made = await runCommand(folder, 'token', 'create', founded.space, '--label', 'Import');
	const { id, token } = JSON.parse(made.out) as { id: string; token: string };
	const { closed } = await openSocket(url, `${founded.space}/index?token=${token}`);
	const path = `/api/v1/spaces/${founded.space}/tokens/${id}`;
	expect((await ask('DELETE', path, { token: founded.token })).status).toBe(204);
	expect(await closed).toBe(CLOSE.signedOut);
});

test('an invite and a points token open no document', async () => {
	const { url, ask, founded } = await startFounded();
	const made = await ask('POST', `/api/v1/spaces/${founded.space}/tokens`, {
		token: founded.token,
		body: { label: 'Feed' }
	});
	const invite = await openSocket(url, `${founded.space}/index?token=${founded.invite}`);
	expect(await invite.closed).toBe(CLOSE.signedOut);
	const points = await openSocket(url, `${founded.space}/index?token=${String(made.body['token'])}`);
	expect(await points.closed).toBe(CLOSE.forbidden);
});

test('SIGTERM says goodbye to open documents, and ends with 0', async () => {
	const folder = newFolder();
	const server = await startChild({ DOWNBEAT_DATA: folder });
	const { space, token } = await spaceMade(folder);
	const sockets = await Promise.all(
		['index', 'm-1', 'm-2'].map((document) => openSocket(server.url, `${space}/${document}?token=${token}`))
	);
	server.process.kill('SIGTERM');
	for (const { closed } of sockets) expect(await closed).toBe(CLOSE.restart);
	expect((await server.ended).code).toBe(0);
});
