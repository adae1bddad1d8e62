import * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import { givenName, NAME_LENGTH_MAX, type Person, type PresenceSlot } from '#lib/domain/person.ts';

// Who else is in a text, as the awareness says it. Anybody may write anything there: what is no caret is no caret.

/** Somebody else's selection. */
export interface RemoteCaret {
	/** The Yjs client: one per tab. */
	readonly client: number;
	/** What stands on the flag: the given name, or “You, other tab”. */
	readonly label: string;
	/** Undefined for oneself in another tab, who is drawn in the accent colour. */
	readonly slot: PresenceSlot | undefined;
	readonly anchor: Y.RelativePosition;
	readonly head: Y.RelativePosition;
}

export function remoteCarets(
	awareness: Awareness,
	me: Person,
	people: readonly Person[]
): readonly RemoteCaret[] {
	return [...awareness.getStates()].flatMap(([client, state]): readonly RemoteCaret[] => {
		if (client === awareness.clientID) return [];
		const cursor = recordOf(state['cursor']);
		const [anchor, head] = [placeFrom(cursor['anchor']), placeFrom(cursor['head'])];
		return anchor && head ? [{ client, anchor, head, ...whoIs(state['user'], me, people) }] : [];
	});
}

/** Whom a Yjs client is, when it says so and is somebody else. */
export function personOfClient(
	awareness: Awareness,
	client: number,
	{ me, people }: { me: Person; people: readonly Person[] }
): { readonly label: string; readonly slot: PresenceSlot | undefined } | undefined {
	const state = awareness.getStates().get(client);
	return state && client !== awareness.clientID ? whoIs(state['user'], me, people) : undefined;
}

function whoIs(
	user: unknown,
	me: Person,
	people: readonly Person[]
): { label: string; slot: PresenceSlot | undefined } {
	const { id, name, slot } = recordOf(user);
	if (id === me.id) return { label: 'You, other tab', slot: undefined };
	const known = people.find((person) => person.id === id);
	const said = typeof name === 'string' ? name.slice(0, NAME_LENGTH_MAX) : '';
	return { label: givenName(known?.name ?? (said || 'Somebody')), slot: known?.slot ?? slotFrom(slot) };
}

const slotFrom = (value: unknown): PresenceSlot => {
	const isSlot = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 8;
	return isSlot ? (value as PresenceSlot) : 6;
};

function placeFrom(json: unknown): Y.RelativePosition | undefined {
	const { type, tname, item, assoc } = recordOf(json);
	const isWhole = [type, item].every((id) => id === null || id === undefined || isId(id));
	if (!isWhole || (!type && !item && typeof tname !== 'string')) return undefined;
	return Y.createRelativePositionFromJSON({
		type,
		tname,
		item,
		assoc: typeof assoc === 'number' ? assoc : 0
	});
}

function isId(value: unknown): boolean {
	const { client, clock } = recordOf(value);
	return Number.isSafeInteger(client) && Number.isSafeInteger(clock) && Number(clock) >= 0;
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null ? { ...value } : {};
