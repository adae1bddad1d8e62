import { expect, test } from 'vitest';
import type { SpaceId } from '#lib/domain/id.ts';
import type { Access, Principal } from '../auth/access.ts';
import { createAuthorise } from './authorise.ts';

const principal: Principal = {
	id: 't-1',
	space: 'ops' as SpaceId,
	role: 'editor',
	scope: 'space',
	name: 'cli'
};
const holders: Record<string, Principal> = {
	editor: principal,
	viewer: { ...principal, role: 'viewer' },
	points: { ...principal, scope: 'points' },
	elsewhere: { ...principal, space: 'other' as SpaceId }
};
const access: Access = {
	principalOf: (token) => holders[token ?? ''],
	hasSpace: (space) => space === 'ops' || space === 'other',
	onRevoked: () => () => undefined
};
const authorise = createAuthorise(access);
const asked = (header?: string) =>
	new Request('http://localhost/', header === undefined ? {} : { headers: { authorization: header } });

test('whoever may is told to be who they are', () => {
	expect(authorise(asked('Bearer editor'), 'ops', 'document.write')).toEqual({ ok: true, value: principal });
	expect(authorise(asked('bearer  editor '), 'ops', 'document.write').ok).toBe(true);
	expect(authorise(asked('Bearer points'), 'ops', 'points.write').ok).toBe(true);
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
	['a points token that would write', 'Bearer points', 'ops', 'access.not-allowed', 403]
])('%s', (_, header, space, type, status) => {
	const result = authorise(asked(header), space, 'document.write');
	expect(result).toMatchObject({ ok: false, error: { type, status } });
	if (!result.ok) expect(result.error.detail).toMatch(/[.>]$/);
});
