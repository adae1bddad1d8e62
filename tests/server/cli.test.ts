import { expect, test } from 'vitest';
import { runCommand, startChild } from './child-process.ts';
import { newFolder } from './in-process.ts';

const spaceMade = async (folder: string) => {
	const { code, out } = await runCommand(folder, 'space', 'create', 'Weekly Ops');
	expect(code).toBe(0);
	return JSON.parse(out) as { space: string; token: string };
};

test('space create prints one line with the space and its token, and makes the folder', async () => {
	const { code, out, err } = await runCommand(newFolder(), 'space', 'create', 'Weekly Ops');
	expect([code, err]).toEqual([0, '']);
	expect(out).toMatch(/^\{"space":"weekly-ops-[a-z0-9]{5}","token":"dbt_[\w-]{43}"\}\n$/);
});

test('a space made while the server runs is there at once, for an editor', async () => {
	const folder = newFolder();
	const { url } = await startChild({ DOWNBEAT_DATA: folder });
	const { space, token } = await spaceMade(folder);
	const answer = await fetch(`${url}/api/v1/spaces/${space}`, {
		headers: { authorization: `Bearer ${token}` }
	});
	expect(answer.status).toBe(200);
	expect(await answer.json()).toMatchObject({
		space,
		title: 'Weekly Ops',
		timeZone: 'Europe/Berlin',
		role: 'editor'
	});
});

test('a space made while the server is stopped is there when it starts', async () => {
	const folder = newFolder();
	const { space, token } = await spaceMade(folder);
	const { url } = await startChild({ DOWNBEAT_DATA: folder });
	const answer = await fetch(`${url}/api/v1/spaces/${space}`, {
		headers: { authorization: `Bearer ${token}` }
	});
	expect(answer.status).toBe(200);
});

test('four at once make four spaces', async () => {
	const folder = newFolder();
	const made = await Promise.all(Array.from({ length: 4 }, () => spaceMade(folder)));
	const { out } = await runCommand(folder, 'space', 'list');
	const listed = (JSON.parse(out) as { space: string }[]).map(({ space }) => space);
	expect(listed.toSorted()).toEqual(made.map(({ space }) => space).toSorted());
});

test('a token made on the command line opens the space until it is revoked there', async () => {
	const folder = newFolder();
	const { url } = await startChild({ DOWNBEAT_DATA: folder });
	const { space } = await spaceMade(folder);
	const made = await runCommand(folder, 'token', 'create', space, '--label', 'Nightly import');
	const { id, token } = JSON.parse(made.out) as { id: string; token: string };
	const open = async () =>
		(await fetch(`${url}/api/v1/spaces/${space}`, { headers: { authorization: `Bearer ${token}` } })).status;
	expect(await open()).toBe(200);
	const listed = await runCommand(folder, 'token', 'list', space);
	expect(JSON.parse(listed.out)).toContainEqual({ id, kind: 'tool', label: 'Nightly import', space });
	expect(listed.out).not.toContain(token);
	expect((await runCommand(folder, 'token', 'revoke', space, id)).code).toBe(0);
	expect(await open()).toBe(401);
	expect(await runCommand(folder, 'token', 'revoke', space, id)).toMatchObject({
		code: 1,
		err: `${space} has no token ${id}. See: downbeat token list\n`
	});
});

test('an invite from the command line lets people in', async () => {
	const folder = newFolder();
	const { url } = await startChild({ DOWNBEAT_DATA: folder });
	const { space } = await spaceMade(folder);
	const { out } = await runCommand(folder, 'space', 'invite', space);
	const { invite } = JSON.parse(out) as { invite: string };
	const joined = await fetch(`${url}/api/v1/spaces/${space}/members`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ invite, name: 'Ada' })
	});
	expect(joined.status).toBe(201);
});

test.each([
	[['space'], /^There is no command “space”/],
	[['space', 'crate', 'x'], /^There is no command “space crate”/],
	[['space', 'create'], /^Write: downbeat space create "<title>"/],
	[['space', 'create', 'a', 'b'], /^Write: downbeat space create "<title>"/],
	[['space', 'create', ' '], /^Give the space a title\./],
	[['space', 'create', 'x'.repeat(81)], /^Keep the space a title|^Keep/],
	[['space', 'create', 'x', '--time-zone', 'Mars/Base'], /^Name a time zone of the IANA list/],
	[['space', 'create', 'x', '--label', 'y'], /^“space create” has no option --label/],
	[['space', 'list', '--colour'], /^Unknown option '--colour'/],
	[['space', 'invite', '../x'], /^A space's id has/],
	[['token', 'create', 'x'], /^Give the token a label\./]
])('downbeat %j is refused in a sentence', async (args, sentence) => {
	const { code, out, err } = await runCommand(newFolder(), ...args);
	expect([code, out]).toEqual([2, '']);
	expect(err).toMatch(sentence);
	expect(err.trim().split('\n')).toHaveLength(1);
});

test('an unknown space is no misuse, and is said', async () => {
	const { code, out, err } = await runCommand(newFolder(), 'space', 'invite', 'nowhere');
	expect([code, out]).toEqual([1, '']);
	expect(err).toMatch(/^There is no space called nowhere in .* See: downbeat space list\n$/);
});

test.each([[['help']], [['--help']], [[]]])('downbeat %j helps', async (args) => {
	const { code, out } = await runCommand(newFolder(), ...args);
	expect(code).toBe(0);
	expect(out).toMatch(/space create "<title>"/);
});

test('whoever lost the last owner’s device comes in again, and the operator changes who may do what', async () => {
	const folder = newFolder();
	const { url } = await startChild({ DOWNBEAT_DATA: folder });
	const { space } = await spaceMade(folder);
	const run = async (...args: string[]) => JSON.parse((await runCommand(folder, ...args)).out) as unknown;
	const join = async (invite: string, name: string) => {
		const answer = await fetch(`${url}/api/v1/spaces/${space}/members`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ invite, name })
		});
		return { status: answer.status, ...((await answer.json()) as { person: string; role: string }) };
	};
	const { invite } = (await run('space', 'invite', space, '--role', 'owner')) as { invite: string };
	const ada = await join(invite, 'Ada');
	expect(ada.role).toBe('owner');
	expect((await join(invite, 'Eve')).status).toBe(403);

	expect(await run('member', 'list', space)).toEqual([{ person: ada.person, name: 'Ada', role: 'owner' }]);
	const last = await runCommand(folder, 'member', 'role', space, ada.person, 'viewer');
	expect(last).toMatchObject({ code: 1, err: expect.stringMatching(/needs an owner/) as string });
	expect(await run('admin', 'add', ada.person)).toEqual({ person: ada.person, isAdmin: true });
	expect(await run('admin', 'list')).toEqual([{ person: ada.person, name: 'Ada' }]);
	expect((await runCommand(folder, 'admin', 'remove', ada.person)).err).toMatch(/has to look after/);
	expect((await runCommand(folder, 'member', 'role', space, ada.person, 'king')).err).toMatch(/four roles/);
	const { out } = await runCommand(folder, 'audit', 'export', '--space', space);
	expect(out.match(/"kind":"operator"/g)?.length).toBeGreaterThanOrEqual(2);
});
