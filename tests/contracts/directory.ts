import { beforeEach, expect, test } from 'vitest';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import type { AccountId, Directory, NewToken, Opening, SpaceRecord } from '../../server/auth/directory.ts';
import { hashOf, newToken } from '../../server/auth/token.ts';
import type { TokenKind } from '#lib/domain/token.ts';

const AT_MS = Date.UTC(2026, 5, 8, 10);
const ops = 'ops-k7f3d' as SpaceId;
const ada = 'p-ada' as PersonId;

const spaceCalled = (id: SpaceId, createdAtMs = AT_MS): SpaceRecord => ({
	id,
	title: 'Engineering Ops',
	timeZone: 'Europe/Berlin',
	createdAtMs
});

/** A token of `kind`, with the secret it was made from. */
function tokenFor(id: string, kind: TokenKind, over: Partial<NewToken> = {}): NewToken & { secret: string } {
	const secret = newToken(kind);
	return {
		id,
		kind,
		space: ops,
		role: 'editor',
		person: undefined,
		label: id,
		createdAtMs: AT_MS,
		expiresAtMs: undefined,
		document: undefined,
		isForOne: undefined,
		hash: hashOf(secret),
		...over,
		secret
	};
}

const opening = (over: Partial<Opening> = {}): Opening => ({
	members: [],
	tokens: [],
	spendsSetup: false,
	atMs: AT_MS,
	...over
});

const owner = { person: ada, name: 'Ada Okafor', role: 'owner', joinedAtMs: AT_MS } as const;

/** Every adapter of the port `Directory` passes this. `make` gives an empty one. */
export function directoryContract(make: () => Directory): void {
	let directory: Directory;
	beforeEach(() => void (directory = make()));

	const found = (id: SpaceId, over: Partial<Opening> = {}, createdAtMs = AT_MS) => {
		expect(directory.reserve(spaceCalled(id, createdAtMs)).ok).toBe(true);
		expect(directory.open(id, opening(over)).ok).toBe(true);
	};

	test('a reserved space is not there until it is opened', () => {
		directory.reserve(spaceCalled(ops));
		expect(directory.space(ops)).toBeUndefined();
		expect(directory.spaces()).toEqual([]);
		directory.open(ops, opening());
		expect(directory.space(ops)).toEqual(spaceCalled(ops));
		expect(directory.spaces()).toEqual([spaceCalled(ops)]);
	});

	test('an id is given once, also while it is only reserved', () => {
		directory.reserve(spaceCalled(ops));
		expect(directory.reserve(spaceCalled(ops))).toEqual({ ok: false, error: { code: 'space.taken' } });
	});

	test('opening what was not reserved, or twice, is our own mistake and changes nothing', () => {
		expect(() => directory.open(ops, opening({ spendsSetup: true }))).toThrow(/was not reserved/);
		expect(directory.setup().isUsed).toBe(false);
		found(ops);
		expect(() => directory.open(ops, opening({ tokens: [tokenFor('t-1', 'tool')] }))).toThrow();
		expect(directory.tokens(ops, ['tool'])).toEqual([]);
	});

	test('spaces are listed oldest first', () => {
		found('b' as SpaceId, {}, AT_MS + 1);
		found('c' as SpaceId, {}, AT_MS);
		found('a' as SpaceId, {}, AT_MS + 1);
		expect(directory.spaces().map(({ id }) => id)).toEqual(['c', 'a', 'b']);
	});

	test('a removed space takes its members and tokens along, and its id is free again', () => {
		const token = tokenFor('t-1', 'member', { person: ada });
		found(ops, { members: [owner], tokens: [token] });
		directory.remove(ops);
		expect(directory.space(ops)).toBeUndefined();
		expect(directory.members(ops)).toEqual([]);
		expect(directory.tokenByHash(token.hash)).toBeUndefined();
		found(ops);
		directory.remove('unknown' as SpaceId);
	});

	test('what a crash left reserved can be found', () => {
		directory.reserve(spaceCalled(ops, AT_MS));
		found('open' as SpaceId);
		expect(directory.unopened(AT_MS)).toEqual([]);
		expect(directory.unopened(AT_MS + 1)).toEqual([ops]);
	});

	test('the setup is spent once, and the second space is not opened by it', () => {
		directory.keepSetupToken('shown-at-every-start');
		expect(directory.setup()).toEqual({ isUsed: false, token: 'shown-at-every-start' });
		found(ops, { spendsSetup: true });
		expect(directory.setup()).toEqual({ isUsed: true, token: undefined });

		const second = 'second' as SpaceId;
		directory.reserve(spaceCalled(second));
		const token = tokenFor('t-2', 'tool', { space: second });
		expect(directory.open(second, opening({ spendsSetup: true, tokens: [token] }))).toEqual({
			ok: false,
			error: { code: 'setup.used' }
		});
		expect(directory.space(second)).toBeUndefined();
		expect(directory.tokenByHash(token.hash)).toBeUndefined();
	});

	test('a space may be opened without spending the setup', () => {
		found(ops);
		expect(directory.setup().isUsed).toBe(false);
	});

	test('members keep the order and the number they joined with', () => {
		found(ops, { members: [owner] });
		for (const name of ['Ben', 'Chioma']) {
			const person = `p-${name}` as PersonId;
			directory.join(
				{ space: ops, person, name, role: 'editor', joinedAtMs: AT_MS },
				tokenFor(`t-${name}`, 'member', { person })
			);
		}
		expect(directory.members(ops).map(({ name, index }) => [name, index])).toEqual([
			['Ada Okafor', 0],
			['Ben', 1],
			['Chioma', 2]
		]);
	});

	test('joining again changes the name and nothing else, and the token is one more', () => {
		found(ops, { members: [owner], tokens: [tokenFor('t-1', 'member', { person: ada })] });
		const again = directory.join(
			{ space: ops, person: ada, name: 'Ada Lovelace', role: 'viewer', joinedAtMs: AT_MS + 5 },
			tokenFor('t-2', 'member', { person: ada })
		);
		expect(again).toEqual({
			...owner,
			space: ops,
			name: 'Ada Lovelace',
			index: 0,
			removedAtMs: undefined
		});
		expect(directory.tokens(ops, ['member']).map(({ label }) => label)).toEqual([
			'Ada Lovelace',
			'Ada Lovelace'
		]);
	});

	test('one person may be in two spaces under two names', () => {
		const other = 'leadership' as SpaceId;
		found(ops, { members: [owner] });
		found(other, { members: [{ ...owner, name: 'Ada O.' }] });
		directory.rename(other, ada, 'A.');
		expect(directory.member(ops, ada)?.name).toBe('Ada Okafor');
		expect(directory.member(other, ada)?.name).toBe('A.');
		expect(directory.member(other, 'p-nobody' as PersonId)).toBeUndefined();
	});

	test('a token is found by its hash alone', () => {
		const token = tokenFor('t-1', 'points', { label: 'Prometheus' });
		found(ops, { tokens: [token] });
		const { secret, hash: _hash, ...record } = token;
		expect(directory.tokenByHash(hashOf(secret))).toMatchObject({
			...record,
			revokedAtMs: undefined,
			isFormer: false
		});
		expect(directory.tokenByHash(hashOf(`${secret}x`))).toBeUndefined();
	});

	test('tokens are listed by kind, without the revoked ones', () => {
		const tokens = [
			tokenFor('t-2', 'points', { createdAtMs: AT_MS + 1 }),
			tokenFor('t-1', 'points'),
			tokenFor('t-3', 'tool'),
			tokenFor('t-4', 'invite')
		];
		found(ops, { tokens });
		expect(directory.tokens(ops, ['points', 'tool']).map(({ id }) => id)).toEqual(['t-1', 't-3', 't-2']);
		directory.revoke(ops, 't-1', AT_MS);
		expect(directory.tokens(ops, ['points']).map(({ id }) => id)).toEqual(['t-2']);
	});

	test('a token is revoked once, in its own space only, and stays known', () => {
		const token = tokenFor('t-1', 'tool');
		found(ops, { tokens: [token] });
		expect(directory.revoke('other' as SpaceId, 't-1', AT_MS)).toBe(false);
		expect(directory.revoke(ops, 't-9', AT_MS)).toBe(false);
		expect(directory.revoke(ops, 't-1', AT_MS + 7)).toBe(true);
		expect(directory.revoke(ops, 't-1', AT_MS + 9)).toBe(false);
		expect(directory.tokenByHash(token.hash)?.revokedAtMs).toBe(AT_MS + 7);
	});

	test('whatever changes anybody’s rights moves the mark', () => {
		found(ops, { members: [owner], tokens: [tokenFor('t-1', 'member', { person: ada })] });
		const ben = 'p-ben' as PersonId;
		directory.join({ space: ops, person: ben, name: 'Ben', role: 'owner', joinedAtMs: AT_MS }, undefined);
		const account = 'u-1' as AccountId;
		const changes: (() => unknown)[] = [
			() => directory.revoke(ops, 't-1', AT_MS),
			() => directory.changeRole(ops, ada, 'viewer'),
			() => directory.removeMember(ops, ada, AT_MS),
			() => directory.linkPerson(account, ben, AT_MS),
			() => directory.unlinkAccount(account),
			() => directory.setAdmin(ben, true, AT_MS) && directory.setAdmin(ada, true, AT_MS),
			() => directory.setAdmin(ben, false, AT_MS),
			() => directory.remove(ops)
		];
		for (const [index, change] of changes.entries()) {
			const before = directory.changeMark();
			change();
			if (index !== 5) expect(directory.changeMark(), `change ${index}`).toBeGreaterThan(before);
		}
	});

	test('a new invite is the only one of its role, and the old one counts as revoked', () => {
		const [first, second] = [tokenFor('t-1', 'invite'), tokenFor('t-2', 'invite')];
		const forViewers = tokenFor('t-4', 'invite', { role: 'viewer' });
		const forOne = tokenFor('t-5', 'invite', { isForOne: true });
		found(ops, { tokens: [first, tokenFor('t-3', 'tool'), forViewers, forOne] });
		directory.replaceInvite(second);
		expect(directory.tokens(ops, ['invite']).map(({ id }) => id)).toEqual(['t-2', 't-4', 't-5']);
		expect(directory.tokenByHash(first.hash)?.revokedAtMs).toBe(AT_MS);
		expect(directory.tokens(ops, ['tool'])).toHaveLength(1);
	});

	test('a member’s tokens have the role that the member has now', () => {
		const token = tokenFor('t-1', 'member', { person: ada });
		found(ops, { members: [owner], tokens: [token] });
		const ben = 'p-ben' as PersonId;
		directory.join({ space: ops, person: ben, name: 'Ben', role: 'owner', joinedAtMs: AT_MS }, undefined);
		expect(directory.tokenById('t-1')).toMatchObject({ role: 'owner', isFormer: false });
		directory.changeRole(ops, ada, 'commenter');
		expect(directory.tokenByHash(token.hash)).toMatchObject({ role: 'commenter', isFormer: false });
		directory.removeMember(ops, ada, AT_MS + 3);
		expect(directory.tokenByHash(token.hash)).toMatchObject({ isFormer: true, revokedAtMs: undefined });
		expect(directory.members(ops).map(({ person }) => person)).toEqual([ben]);
		expect(directory.member(ops, ada)?.removedAtMs).toBe(AT_MS + 3);
		expect(directory.tokenById('t-9')).toBeUndefined();
	});

	test('who was removed comes in again with a new role, under the number they had', () => {
		found(ops, { members: [owner] });
		const ben = 'p-ben' as PersonId;
		const asBen = { space: ops, person: ben, name: 'Ben', role: 'editor', joinedAtMs: AT_MS } as const;
		directory.join(asBen, undefined);
		directory.removeMember(ops, ben, AT_MS);
		const chioma = 'p-chioma' as PersonId;
		directory.join({ ...asBen, person: chioma, name: 'Chioma' }, undefined);
		const back = directory.join({ ...asBen, name: 'Benjamin', role: 'viewer' }, undefined);
		expect(back).toMatchObject({ name: 'Benjamin', role: 'viewer', index: 1, removedAtMs: undefined });
		expect(directory.member(ops, chioma)?.index).toBe(2);
	});

	test('a space keeps an owner, and nobody is changed who is not in it', () => {
		found(ops, { members: [owner] });
		const last = { ok: false, error: { code: 'owner.last' } };
		const unknown = { ok: false, error: { code: 'member.unknown' } };
		expect(directory.changeRole(ops, ada, 'editor')).toEqual(last);
		expect(directory.removeMember(ops, ada, AT_MS)).toEqual(last);
		expect(directory.changeRole(ops, ada, 'owner').ok).toBe(true);
		expect(directory.changeRole(ops, 'p-nobody' as PersonId, 'viewer')).toEqual(unknown);
		expect(directory.removeMember(ops, 'p-nobody' as PersonId, AT_MS)).toEqual(unknown);
		expect(directory.member(ops, ada)?.role).toBe('owner');
	});

	test('an account is several people, and a person has one account', () => {
		const [first, second] = ['u-1' as AccountId, 'u-2' as AccountId];
		const ben = 'p-ben' as PersonId;
		found(ops, { members: [owner] });
		directory.linkPerson(first, ben, AT_MS);
		directory.linkPerson(first, ada, AT_MS + 1);
		expect(directory.personsOf(first)).toEqual([ben, ada]);
		expect(directory.membershipsOf(directory.personsOf(first)).map(({ space }) => space)).toEqual([ops]);
		directory.linkPerson(second, ada, AT_MS + 2);
		expect(directory.personsOf(first)).toEqual([ben]);
		expect(directory.accountOf(ada)).toBe(second);
		directory.unlinkAccount(second);
		expect(directory.accountOf(ada)).toBeUndefined();
	});

	test('whoever sets up looks after the instance, and somebody always does', () => {
		found(ops, { members: [owner], spendsSetup: true });
		expect(directory.admins()).toEqual([ada]);
		expect(directory.setAdmin(ada, false, AT_MS)).toEqual({ ok: false, error: { code: 'admin.last' } });
		const ben = 'p-ben' as PersonId;
		expect(directory.setAdmin(ben, true, AT_MS).ok).toBe(true);
		expect(directory.setAdmin(ada, false, AT_MS).ok).toBe(true);
		expect(directory.admins()).toEqual([ben]);
	});

	test('being writable can be asked any number of times', () => {
		directory.checkWritable(AT_MS);
		directory.checkWritable(AT_MS + 1);
		expect(directory.setup()).toEqual({ isUsed: false, token: undefined });
	});
}
