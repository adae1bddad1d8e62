/**
 * Where a person's changes are, as the pill says it. Counts are changes a person would recognise, not
 * operations. One member per state, each with exactly what its words need.
 */
export type SyncState =
	/** The server acknowledged everything. `atMs` is when it last did; absent before the first time. */
	| { readonly is: 'synced'; readonly atMs: number | undefined }
	/** Changes are under way and the connection answers. */
	| { readonly is: 'syncing'; readonly count: number }
	/** No connection for over 3 s. */
	| { readonly is: 'offline'; readonly kept: number; readonly lastSyncedAtMs: number | undefined }
	/** No connection yet, or not for long; trying. */
	| { readonly is: 'reconnecting'; readonly kept: number }
	/** The server will not talk to this device until the person does something. */
	| { readonly is: 'paused'; readonly kept: number; readonly why: PausedWhy; readonly sentence: string }
	/** The server does not take `count` of what is kept here, because of a role or of what is sealed. */
	| { readonly is: 'refused'; readonly kept: number; readonly count: number; readonly sentence: string }
	/** This device cannot keep changes and the server does not have them: they are in memory alone. */
	| { readonly is: 'memory'; readonly count: number; readonly sentence: string };

/** `signed-out`: the link or token opens nothing. `forbidden`: not this space. `gone`: no such space.
 * `app-old`: this app must be updated. `too-large`: a change or document over its limit. */
export type PausedWhy = 'signed-out' | 'forbidden' | 'gone' | 'app-old' | 'too-large' | 'malformed';

/** One change that only this device holds. */
export interface KeptChange {
	readonly key: string;
	/** Epoch milliseconds of the latest edit of it. */
	readonly atMs: number;
	/** “Note added”. */
	readonly what: string;
	/** “SLO & reliability signals”. May be empty. */
	readonly where: string;
	/** Whether the device itself has it on disk yet. */
	readonly isOnDisk: boolean;
}

/** What somebody else changed while this device was away. */
export interface MissedChange {
	readonly key: string;
	/** Empty when nobody can be named. */
	readonly who: string;
	readonly personId: string | undefined;
	readonly atMs: number;
	readonly what: string;
	readonly where: string;
	/** What both did to one thing, until the person chose. */
	readonly clash?: MissedClash | undefined;
	/** What the person chose: “10 Jun is used.” */
	readonly chosen?: string | undefined;
}

/** One thing that this person and somebody else both changed while apart. */
export type MissedClash =
	/** One value: the document holds one of the two. */
	| {
			readonly is: 'value';
			readonly mine: SideOf;
			readonly theirs: SideOf;
			readonly shows: 'mine' | 'theirs';
	  }
	/** A record that one removed while the other edited it. */
	| { readonly is: 'removed'; readonly by: 'me' | 'them' }
	/** A passage that both wrote in: it holds both. */
	| { readonly is: 'text'; readonly mine: string; readonly merged: string }
	/** A rule that holds no longer now that both changes are in. */
	| { readonly is: 'rule'; readonly message: string };

/**
 * What the person chose. `mine`, `theirs`: that is to stand. `restore`: the record comes back. `keep`: all stays as the
 * merge left it.
 */
export type ClashChoice = 'mine' | 'theirs' | 'restore' | 'keep';

/** One of two values: as it stands in the document, and in words. Undefined is an empty field. */
export interface SideOf {
	readonly value?: unknown;
	readonly words: string;
}

/** What came of a reconnection, until it is read. */
export interface Return {
	readonly atMs: number;
	/** How many of this device's changes went to the server. */
	readonly sent: number;
	readonly missed: readonly MissedChange[];
}
