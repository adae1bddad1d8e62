import type { KeptChange, PausedWhy, Return, SyncState } from '#lib/domain/sync-state.ts';
import { counted, dayOf, shortDay, timeOfDay, timeToTheSecond } from '#lib/domain/words.ts';
import type { DeviceWord } from './device.ts';

/**
 * Where the work is, in words. The only place that writes them: same state, same words, on every screen.
 * “Kept” and “on this device”, never “saved” alone; “synced” only for what the server acknowledged.
 */
export interface SyncClock {
	readonly nowMs: number;
	/** IANA name; without it the device's own zone. */
	readonly zone?: string | undefined;
}

/** How the two dots and the line are drawn: left is this device, right is the team. */
export type GlyphLook = 'together' | 'sending' | 'apart' | 'needs-you';

export interface PillWords {
	readonly look: GlyphLook;
	/** `inverse` is offline alone. `accent` colours the glyph. */
	readonly tone: 'plain' | 'accent' | 'inverse';
	readonly label: string;
	/** Quieter, behind the label. May be empty. */
	readonly detail: string;
}

/** A bold half and a plain half. Either may be empty, never both. */
export interface Sentence {
	readonly title: string;
	readonly body: string;
}

export interface StripWords extends Sentence {
	readonly tone: 'offline' | 'back' | 'warn';
	readonly look: GlyphLook;
}

/** These stop one change, not all of them, so the pill counts what is stuck. */
const REFUSALS: readonly PausedWhy[] = ['too-large', 'malformed'];

/** What the pill says. */
export function pillWords(state: SyncState, clock: SyncClock): PillWords {
	switch (state.is) {
		case 'synced':
			return { look: 'together', tone: 'plain', label: 'Synced', detail: nearTime(state.atMs, clock) };
		case 'syncing': {
			const label = `Syncing ${counted(state.count, 'change')}`;
			return { look: 'sending', tone: 'accent', label, detail: '' };
		}
		case 'offline':
			return { look: 'apart', tone: 'inverse', label: 'Offline', detail: keptHere(state.kept) };
		case 'reconnecting':
			return { look: 'sending', tone: 'accent', label: 'Reconnecting', detail: '' };
		case 'paused': {
			const isRefused = REFUSALS.includes(state.why) && state.kept > 0;
			const label = isRefused ? counted(state.kept, 'change needs you', 'changes need you') : 'Sync paused';
			return { look: 'needs-you', tone: 'plain', label, detail: isRefused ? '' : keptHere(state.kept) };
		}
		case 'refused': {
			const label = counted(state.count, 'change needs you', 'changes need you');
			return { look: 'needs-you', tone: 'plain', label, detail: '' };
		}
		case 'memory':
			return {
				look: 'needs-you',
				tone: 'plain',
				label: 'In this tab only',
				detail: counted(state.count, 'change')
			};
	}
}

/** The whole of it, for the strip, the change list and Home. */
export function longWords(state: SyncState, clock: SyncClock): Sentence {
	switch (state.is) {
		case 'synced':
			return { title: 'Everything is synced.', body: lastSent(state.atMs, clock) };
		case 'syncing':
			return { title: `Syncing ${counted(state.count, 'change')}.`, body: 'Sending now.' };
		case 'offline':
			return offlineWords(state.kept, lastTime(state.lastSyncedAtMs, clock));
		case 'reconnecting':
			return { title: 'Reconnecting.', body: 'Trying every few seconds.' };
		case 'paused':
			return { title: state.sentence || pausedTitles[state.why], body: keptOnDevice(state.kept) };
		case 'refused': {
			const body = `${keptOnDevice(state.count)} You can hand ${state.count === 1 ? 'it' : 'them'} in as a proposal.`;
			return { title: state.sentence, body };
		}
		case 'memory': {
			const are = state.count === 1 ? 'is' : 'are';
			const body = `${counted(state.count, 'change')} ${are} in this tab only. Keep it open.`;
			return { title: state.sentence || 'This device can’t keep changes now.', body };
		}
	}
}

/** What stands under the top bar, if anything does. A return shows until it is read, unless something is wrong. */
export function stripWords(
	state: SyncState,
	back: Return | undefined,
	clock: SyncClock
): StripWords | undefined {
	const { look } = pillWords(state, clock);
	if (state.is === 'offline') return { tone: 'offline', look, ...longWords(state, clock) };
	if (state.is === 'paused' || state.is === 'memory' || state.is === 'refused')
		return { tone: 'warn', look, ...longWords(state, clock) };
	return back ? { tone: 'back', look: 'together', ...returnWords(back) } : undefined;
}

/** “Back online. Merged 3 changes from 2 people.” and “Your 7 changes are synced.” */
export function returnWords({ sent, missed }: Return): Sentence {
	const merged = missed.length > 0 ? ` Merged ${counted(missed.length, 'change')}${fromWhom(missed)}.` : '';
	const mine = sent === 1 ? 'Your change is synced.' : `Your ${counted(sent, 'change')} are synced.`;
	const body = [sent > 0 ? mine : '', twiceWords(missed)].filter(Boolean).join(' ');
	return { title: `Back online.${merged}`, body };
}

/** “One due date was changed twice.”: what wants a choice. */
function twiceWords(missed: Return['missed']): string {
	const both = missed.filter(({ clash }) => clash?.is === 'value' || clash?.is === 'removed');
	const [only] = both;
	if (!only) return '';
	if (both.length > 1) return `${both.length} things were changed twice.`;
	if (only.clash?.is === 'removed') return 'One was deleted on one side and edited on the other.';
	const what = only.what.replace(/ (changed|edited)$/, '').toLowerCase();
	return `One ${what} was changed twice.`;
}

function fromWhom(missed: Return['missed']): string {
	const people = new Set(missed.map((change) => change.personId ?? change.who).filter(Boolean));
	return people.size > 0 ? ` from ${counted(people.size, 'person', 'people')}` : '';
}

/** Whether it is safe to close the tab, and what happens next. “Safe” only when every change is on disk. */
export function safetyWords(changes: readonly KeptChange[], device: DeviceWord): Sentence {
	const pending = changes.filter((change) => !change.isOnDisk).length;
	if (pending > 0) {
		const body = 'Keep this tab open until they are.';
		return { title: `${counted(pending, 'change')} not yet kept on this ${device}.`, body };
	}
	const they = changes.length === 1 ? 'This change syncs' : 'These changes sync';
	return {
		title: `Safe on this ${device}.`,
		body: `You can close the tab or restart. ${they} the next time Downbeat is online.`
	};
}

/** “All synced at 10:14:22.”, and who has them. */
export function sentWords(back: Return, clock: SyncClock): Sentence {
	const title = back.sent === 1 ? 'Synced' : 'All synced';
	const them = back.sent === 1 ? 'it' : 'them';
	return {
		title: `${title} at ${timeToTheSecond(back.atMs, clock.zone)}.`,
		body: `Everyone here has ${them}.`
	};
}

/** How long a return stays without being read: 30 s with something to read, 6 s without; a choice waits. */
export function returnStaysMs({ missed }: Return): number {
	if (missed.some(({ clash }) => clash)) return Infinity;
	return missed.length > 0 ? 30_000 : 6_000;
}

const pausedTitles: Readonly<Record<PausedWhy, string>> = {
	'signed-out': 'Sign in again.',
	forbidden: 'You can read this space but not change it.',
	gone: 'This space is no longer on the server.',
	'app-old': 'Downbeat needs to update before it can sync.',
	'too-large': 'One change is too large to sync.',
	malformed: 'The server could not read one change.'
};

function offlineWords(kept: number, last: string): Sentence {
	if (kept === 0) {
		const body = last
			? `Everything you have is synced up to ${last}.`
			: 'What you write is kept on this device.';
		return { title: 'You’re offline.', body };
	}
	const they = kept === 1 ? 'it’ll' : 'they’ll';
	const since = last ? ` Last synced ${last}.` : '';
	return {
		title: `You’re offline. ${counted(kept, 'change')} kept on this device.`,
		body: `Keep working: ${they} sync when the connection returns.${since}`
	};
}

const keptHere = (kept: number): string => (kept > 0 ? `${kept} kept here` : '');

const keptOnDevice = (kept: number): string =>
	kept > 0 ? `${counted(kept, 'change')} ${kept === 1 ? 'is' : 'are'} kept on this device.` : '';

const isToday = (atMs: number, { nowMs, zone }: SyncClock): boolean =>
	dayOf(atMs, zone) === dayOf(nowMs, zone);

/** “10:14”, or the day when it was another one: an old time alone would look like today's. */
function nearTime(atMs: number | undefined, clock: SyncClock): string {
	if (atMs === undefined) return '';
	return isToday(atMs, clock) ? timeOfDay(atMs, clock.zone) : shortDay(dayOf(atMs, clock.zone));
}

function lastTime(atMs: number | undefined, clock: SyncClock): string {
	if (atMs === undefined) return '';
	const time = timeOfDay(atMs, clock.zone);
	return isToday(atMs, clock) ? time : `${shortDay(dayOf(atMs, clock.zone))}, ${time}`;
}

function lastSent(atMs: number | undefined, clock: SyncClock): string {
	if (atMs === undefined) return '';
	const time = timeToTheSecond(atMs, clock.zone);
	return `Last change sent ${isToday(atMs, clock) ? time : `${shortDay(dayOf(atMs, clock.zone))}, ${time}`}`;
}
