import { expect, test } from 'vitest';
import type { SpaceId } from '#lib/domain/id.ts';
import { ListedAccess } from '../auth/access-listed.ts';
import { createAuthorise } from './authorise.ts';

const ops = 'ops' as SpaceId;
const access = new ListedAccess({
	editor: { space: ops, role: 'editor', scope: 'space' },
	viewer: { space: ops, role: 'viewer', scope: 'space' },
	former: { space: ops, role: 'former', scope: 'space' },
	points: { space: ops, role: 'editor', scope: 'points' },
	elsewhere: { space: 'other' as SpaceId, role: 'editor', scope: 'space' }
});
const authorise = createAuthorise(access);
const asked = (header?: string) =>
	new Request('http://localhost/', header === undefined ? {} : { headers: { authorization: header } });

test('whoever may is told to be who they are', async () => {
	const value = { id: 'editor', name: 'editor', space: ops, role: 'editor', scope: 'space' };
	expect(await authorise(asked('Bearer editor'), 'ops', 'document.write')).toEqual({ ok: true, value });
	expect((await authorise(asked('bearer  editor '), 'ops', 'document.write')).ok).toBe(true);
	expect((await authorise(asked('Bearer points'), 'ops', 'points.write')).ok).toBe(true);
});

test.each([
	['no header', undefined, 'ops', 'access.no-token', 401],
	['another scheme', 'Basic editor', 'ops', 'access.no-token', 401],
	['two tokens', 'Bearer editor viewer', 'ops', 'access.no-token', 401],
	['a token nobody has', 'Bearer nobody', 'ops', 'access.unknown-token', 401],
	['no token and no such space', undefined, 'nowhere', 'access.no-token', 401],
	['no such space', 'Bearer editor', 'nowhere', 'access.no-space', 404],
	['a token of another space', 'Bearer elsewhere', 'ops', 'access.other-space', 403],
	['a role that may not', 'Bearer viewer', 'ops', 'access.not-allowed', 403],
	['somebody who was removed', 'Bearer former', 'ops', 'access.not-allowed', 403],
	['a points token that would write', 'Bearer points', 'ops', 'access.not-allowed', 403]
])('%s', async (_, header, space, type, status) => {
	const result = await authorise(asked(header), space, 'document.write');
	expect(result).toMatchObject({ ok: false, error: { type, status } });
	if (!result.ok) expect(result.error.detail).toMatch(/[.>]$/);
});
