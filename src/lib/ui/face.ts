import type { PresenceSlot } from '#lib/domain/person.ts';

/** As much of somebody as their avatar needs. A name without a slot is drawn in slate. */
export interface Face {
	readonly name: string;
	readonly slot?: PresenceSlot | undefined;
	/** You are ultramarine on your own screen, whatever your slot. */
	readonly isMe?: boolean | undefined;
}

/** `live`: here now, in colour. `named`: meant, not here, grey. `offline`: dashed. */
export type FaceState = 'live' | 'named' | 'offline';

/** Somebody among others. */
export interface StackedFace extends Face {
	readonly id: string;
	readonly state?: FaceState | undefined;
}
