import { expect, test } from 'vitest';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { ManualClock } from '../clock-manual.ts';
import { silentLog } from '../log.ts';
import { MemoryDirectory } from '../storage/memory/directory.ts';
import { clearLeftBehind, createToolSpace, setUpSpace, type FoundPorts } from './create-space.ts';
import { DirectoryAccess, noSessions } from './directory-access.ts';
import {
	createToken,
	join as joinSpace,
	MEMBERS_MAX,
	replaceInvite,
	revokeToken,
	type JoinWish,
	type MembershipPorts
} from './membership.ts';
import { Setup } from './setup.ts';
import { hashOf, newToken } from './token.ts';

const wish = { title: 'Engineering Ops', timeZone: 'Europe/Berlin', series: ['ops-review'], sample: true };

function world() {
	const directory = new MemoryDirectory();
	const clock = new ManualClock();
	const access = new DirectoryAccess({ directory, sessions: noSessions, clock, log: silentLog });
	let told = 0;
	access.onChange(() => void told++);
	const whoIs = async (token: string) => {
		const credential = await access.identify({ token, cookie: undefined });
		return credential && access.principalIn('space' in credential ? credential.space : '', credential);
	};
	const documents = new Set<string>();
	const founding: FoundPorts = {
		directory,
		clock,
		found: ({ space }) => Promise.resolve(void documents.add(space)),
		erase: (space) => Promise.resolve(void documents.delete(space))
	};
	const membership: MembershipPorts = {
		directory,
		clock,
		onChange: () => access.look(),
		onJoined: ({ name }) => void joined.push(name)
	};
	const joined: string[] = [];
	return { directory, clock, access, whoIs, told: () => told, joined, documents, founding, membership };
}

/** Without an account, as a device does that has none. */
const join = (wish: Omit<JoinWish, 'account'>, ports: MembershipPorts) =>
	joinSpace({ account: undefined, ...wish }, ports);

async function spaceSetUp() {
	const it = world();
	const result = await setUpSpace({ ...wish, name: 'Ada Okafor' }, it.founding);
	if (!result.ok) throw new Error(result.error.code);
	return { ...it, ...result.value };
}

test('whoever sets up owns the space, and the invite lets others join but opens nothing', async () => {
	const { whoIs, membership, documents, space, person, token, invite } = await spaceSetUp();
	expect(await whoIs(token)).toMatchObject({
		space,
		person,
		role: 'owner',
		scope: 'space',
		name: 'Ada Okafor'
	});
	expect(await whoIs(invite)).toBeUndefined();
	expect(documents).toEqual(new Set([space]));

	const joined = join({ space, invite, name: 'Ben', person: undefined, held: undefined }, membership);
	expect(joined).toMatchObject({ ok: true, value: { title: 'Engineering Ops' } });
	expect(await whoIs(joined.ok ? (joined.value.token ?? '') : '')).toMatchObject({
		role: 'editor',
		name: 'Ben'
	});
});

test('two setups at once: one wins, the other leaves nothing behind', async () => {
	const { directory, documents, founding } = world();
	const results = await Promise.all([
		setUpSpace({ ...wish, name: 'Ada' }, founding),
		setUpSpace({ ...wish, name: 'Ben' }, founding)
	]);
	expect(results.filter(({ ok }) => ok)).toHaveLength(1);
	expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'setup.used' } });
	expect(directory.spaces()).toHaveLength(1);
	expect([...documents]).toEqual(directory.spaces().map(({ id }) => id));
	expect(directory.unopened(Infinity)).toEqual([]);
});

test('a founding that fails leaves nothing, and the setup stays open', async () => {
	const { directory, documents, founding } = world();
	const found: FoundPorts['found'] = async (space) => {
		await founding.found(space);
		throw new Error('the disk is full');
	};
	await expect(setUpSpace({ ...wish, name: 'Ada' }, { ...founding, found })).rejects.toThrow(
		'the disk is full'
	);
	expect(documents.size).toBe(0);
	expect(directory.unopened(Infinity)).toEqual([]);
	expect(directory.setup().isUsed).toBe(false);
});

test('what a crash left half founded is cleared once it is surely nobody’s work any more', async () => {
	const { directory, clock, documents, founding } = world();
	const never = new Promise<void>(() => {});
	void createToolSpace(
		{ ...wish, label: 'cli' },
		{ ...founding, found: (it) => founding.found(it).then(() => never) }
	);
	expect(documents.size).toBe(1);
	expect(await clearLeftBehind(founding)).toBe(0);
	clock.advance(60 * 60 * 1000 + 1);
	expect(await clearLeftBehind(founding)).toBe(1);
	expect(documents.size).toBe(0);
	expect(directory.unopened(Infinity)).toEqual([]);
});

test('a tool opens its space as an editor without being a person, and leaves the setup open', async () => {
	const { whoIs, directory, founding } = world();
	const { space, token } = await createToolSpace({ ...wish, label: 'cli' }, founding);
	expect(await whoIs(token)).toEqual({
		id: expect.stringMatching(/^t-/) as string,
		space,
		role: 'editor',
		scope: 'program',
		name: 'cli'
	});
	expect(directory.setup().isUsed).toBe(false);
});

test('a device that is in keeps its person and its token when it joins again', async () => {
	const { directory, membership, space, person, token, invite } = await spaceSetUp();
	const again = join({ space, invite, name: 'Ada Lovelace', person, held: token }, membership);
	expect(again).toEqual({
		ok: true,
		value: { person, role: 'owner', token, title: 'Engineering Ops', isNew: false }
	});
	expect(directory.members(space).map(({ name, role }) => [name, role])).toEqual([['Ada Lovelace', 'owner']]);
});

test('an id that is free is kept; one that somebody has is not given to who only knows it', async () => {
	const { whoIs, membership, space, person, invite } = await spaceSetUp();
	const free = 'p-from-another-space' as PersonId;
	const asked = { space, invite, name: 'Ben', held: undefined };
	expect(join({ ...asked, person: free }, membership)).toMatchObject({ value: { person: free } });

	const thief = join({ ...asked, name: 'Ada Okafor', person }, membership);
	expect(thief.ok && thief.value.person).not.toBe(person);
	expect((await whoIs(thief.ok ? (thief.value.token ?? '') : ''))?.role).toBe('editor');
});

test('a token of another space, or one withdrawn, proves nothing', async () => {
	const { membership, founding, directory, space, person, token, invite } = await spaceSetUp();
	const elsewhere = await createToolSpace({ ...wish, label: 'cli' }, founding);
	const foreign = join({ space, invite, name: 'Eve', person, held: elsewhere.token }, membership);
	expect(foreign.ok && foreign.value.person).not.toBe(person);

	revokeToken(space, directory.tokenByHash(hashOf(token))?.id ?? '', membership);
	const withdrawn = join({ space, invite, name: 'Eve', person, held: token }, membership);
	expect(withdrawn.ok && withdrawn.value.person).not.toBe(person);
});

test.each(['', 'dbi_short', newToken('invite'), newToken('member')])(
	'invite %j joins nobody',
	async (invite) => {
		const { membership, directory, space } = await spaceSetUp();
		const refused = join({ space, invite, name: 'Eve', person: undefined, held: undefined }, membership);
		expect(refused).toEqual({ ok: false, error: { code: 'invite.unknown' } });
		expect(directory.members(space)).toHaveLength(1);
	}
);

test('a space holds so many people and not one more', async () => {
	const { membership, space, invite, person, token } = await spaceSetUp();
	const asked = { space, invite, name: 'Ben', person: undefined, held: undefined };
	for (let count = 1; count < MEMBERS_MAX; count++) expect(join(asked, membership).ok).toBe(true);
	expect(join(asked, membership)).toEqual({ ok: false, error: { code: 'space.full' } });
	expect(join({ ...asked, person, held: token }, membership).ok).toBe(true);
});

test('an invite joins its own space only, and a replaced one none', async () => {
	const { membership, founding, space, invite } = await spaceSetUp();
	const other = await createToolSpace({ ...wish, label: 'cli' }, founding);
	const asked = { name: 'Eve', person: undefined, held: undefined };
	expect(join({ ...asked, space: other.space, invite }, membership).ok).toBe(false);
	const next = replaceInvite(space, 'editor', membership);
	expect(join({ ...asked, space, invite }, membership).ok).toBe(false);
	expect(join({ ...asked, space, invite: next }, membership).ok).toBe(true);
});

test('a withdrawn token opens nothing, and everybody who asked is told at once', async () => {
	const { whoIs, membership, told, space } = await spaceSetUp();
	const { secret, record } = createToken({ space, kind: 'points', label: 'Prometheus' }, membership);
	expect(await whoIs(secret)).toMatchObject({ scope: 'points', name: 'Prometheus' });
	const before = told();
	expect(revokeToken('elsewhere' as SpaceId, record.id, membership)).toBe(false);
	expect(told()).toBe(before);
	expect(revokeToken(space, record.id, membership)).toBe(true);
	expect(await whoIs(secret)).toBeUndefined();
	expect(told()).toBe(before + 1);
	expect(revokeToken(space, record.id, membership)).toBe(false);
});

test('a token that ran out opens nothing', async () => {
	const { whoIs, membership, clock, space } = await spaceSetUp();
	const wish = { space, kind: 'tool', label: 'cli', expiresAtMs: clock.nowMs() + 1_000 } as const;
	const { secret } = createToken(wish, membership);
	expect(await whoIs(secret)).toMatchObject({ untilMs: wish.expiresAtMs });
	clock.advance(1_000);
	expect(await whoIs(secret)).toBeUndefined();
});

test('what another process withdraws is noticed within a second, once', async () => {
	const { access, clock, directory, membership, told, space } = await spaceSetUp();
	const { record } = createToken({ space, kind: 'tool', label: 'cli' }, membership);
	await access.start();
	directory.revoke(space, record.id, clock.nowMs()); // As the command line does, on its own connection.
	expect(told()).toBe(0);
	clock.advance(1_000);
	expect(told()).toBe(1);
	await access.drain();
	directory.rename(space, directory.members(space)[0]?.person as PersonId, 'Ada L.');
	clock.advance(5_000);
	expect(told()).toBe(1);
});

test('the setup link stays the same until it is used, then there is none', async () => {
	const { directory, founding } = world();
	const first = new Setup(directory, undefined).token();
	const setup = new Setup(directory, undefined);
	expect(setup.token()).toBe(first);
	expect(setup.isToken(first ?? '')).toBe(true);
	expect(setup.isToken(`${first}x`)).toBe(false);
	await setUpSpace({ ...wish, name: 'Ada' }, founding);
	expect(setup.isOpen).toBe(false);
	expect(setup.token()).toBeUndefined();
	expect(setup.isToken(first ?? '')).toBe(false);
});

test('a fixed setup token counts instead of a random one, and is not kept', () => {
	const { directory } = world();
	const setup = new Setup(directory, 'automated-install');
	expect(setup.token()).toBe('automated-install');
	expect(setup.isToken('automated-install')).toBe(true);
	expect(directory.setup().token).toBeUndefined();
});
