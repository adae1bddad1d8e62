import { newPersonId, type PersonId, type SpaceId } from '#lib/domain/id.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Clock } from '../clock.ts';
import type { Directory, NewToken, Opening } from './directory.ts';
import { isReserved, newSpaceId } from './space-id.ts';
import { hashOf, newToken, newTokenId } from './token.ts';

/** What the first documents of a space are made from. */
export interface Founding {
	readonly space: SpaceId;
	readonly title: string;
	/** An IANA name. */
	readonly timeZone: string;
	/** Ids of the meeting templates to keep, in the order they were chosen. */
	readonly series: readonly string[];
	/** Whether to fill the space with an example that can be looked at and written in. */
	readonly sample: boolean;
	/** Absent when a tool made the space. */
	readonly person: Founder | undefined;
}

export interface Founder {
	readonly id: PersonId;
	readonly name: string;
}

export interface FoundPorts {
	readonly directory: Directory;
	readonly clock: Clock;
	/** Writes the first documents. When it throws, `erase` is called and nothing of the space remains. */
	readonly found: (founding: Founding) => Promise<void>;
	/** Removes every document and point of a space that never opened. */
	readonly erase: (space: SpaceId) => Promise<void>;
}

/** The wish cannot be granted as it is. The message is a sentence for whoever wished. Thrown by `found`. */
export class FoundingRefused extends Error {
	override readonly name = 'FoundingRefused';
}

export type SpaceWish = Pick<Founding, 'title' | 'timeZone' | 'series' | 'sample'>;

/** The first space: `name` becomes its owner. Spends the setup; a second one at the same time loses and leaves nothing. */
export async function setUpSpace(
	wish: SpaceWish & { readonly name: string },
	ports: FoundPorts
): Promise<Result<SetUp, { readonly code: 'setup.used' }>> {
	const founder: Founder = { id: newPersonId(), name: wish.name };
	const atMs = ports.clock.nowMs();
	const invite = newToken('invite');
	const token = newToken('member');
	const founded = await foundAndOpen({ ...wish, person: founder }, ports, (space) => ({
		members: [{ person: founder.id, name: founder.name, role: 'owner', joinedAtMs: atMs }],
		tokens: [
			newRecord({
				secret: token,
				kind: 'member',
				space,
				role: 'owner',
				label: founder.name,
				atMs,
				person: founder.id
			}),
			newRecord({ secret: invite, kind: 'invite', space, role: 'editor', label: 'Invite link', atMs })
		],
		spendsSetup: true,
		atMs
	}));
	return founded.ok ? ok({ space: founded.value, person: founder.id, token, invite }) : founded;
}

export interface SetUp {
	readonly space: SpaceId;
	readonly person: PersonId;
	readonly token: string;
	readonly invite: string;
}

/** A space for tools and automation: nobody is in it yet, and the token opens it as an editor. */
export async function createToolSpace(
	wish: SpaceWish & { readonly label: string },
	ports: FoundPorts
): Promise<{ readonly space: SpaceId; readonly token: string }> {
	const token = newToken('tool');
	const atMs = ports.clock.nowMs();
	const founded = await foundAndOpen({ ...wish, person: undefined }, ports, (space) => ({
		members: [],
		tokens: [newRecord({ secret: token, kind: 'tool', space, role: 'editor', label: wish.label, atMs })],
		spendsSetup: false,
		atMs
	}));
	if (!founded.ok) throw new Error(`a space without setup was refused: ${founded.error.code}`);
	return { space: founded.value, token };
}

/** How old a reserved space is before it counts as left behind by a crash: founding takes seconds. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

/** Clears what a crash in the middle of a founding left. For the start of the server. */
export async function clearLeftBehind({ directory, clock, erase }: FoundPorts): Promise<number> {
	const spaces = directory.unopened(clock.nowMs() - LEFT_BEHIND_MS);
	for (const space of spaces) {
		await erase(space);
		directory.remove(space);
	}
	return spaces.length;
}

/** Reserve, found, open: the space is there for others only after the last step, which is one transaction. */
async function foundAndOpen(
	wish: Omit<Founding, 'space'>,
	ports: FoundPorts,
	openingOf: (space: SpaceId) => Opening
): Promise<Result<SpaceId, { readonly code: 'setup.used' }>> {
	const space = reserve(wish, ports);
	try {
		const { title, timeZone, series, sample, person } = wish;
		await ports.found({ space, title, timeZone, series, sample, person });
		const opened = ports.directory.open(space, openingOf(space));
		if (opened.ok) return ok(space);
		await giveUp(space, ports);
		return refuse(opened.error);
	} catch (error) {
		// When even this does not work, the space stays reserved and invisible, and a later start clears it.
		await giveUp(space, ports).catch(() => undefined);
		throw error;
	}
}

function reserve({ title, timeZone }: Omit<Founding, 'space'>, { directory, clock }: FoundPorts): SpaceId {
	for (;;) {
		const id = newSpaceId(title);
		if (!isReserved(id) && directory.reserve({ id, title, timeZone, createdAtMs: clock.nowMs() }).ok)
			return id;
	}
}

async function giveUp(space: SpaceId, { directory, erase }: FoundPorts): Promise<void> {
	await erase(space);
	directory.remove(space);
}

interface TokenWish extends Omit<NewToken, 'id' | 'hash' | 'createdAtMs' | 'person'> {
	readonly secret: string;
	readonly atMs: number;
	readonly person?: PersonId;
}

/** What is kept of a token that was just made. */
export const newRecord = ({ secret, atMs, person, ...rest }: TokenWish): NewToken => ({
	...rest,
	id: newTokenId(),
	person,
	createdAtMs: atMs,
	hash: hashOf(secret)
});
