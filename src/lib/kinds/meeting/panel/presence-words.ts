import { timeOfDay } from '#lib/domain/words.ts';
import type { PresentInMeeting } from '../surroundings.ts';

export interface PresenceContext {
	/** The title of an item, empty when it is not on the agenda. */
	titleOf(item: string): string;
	/** The item this person has on their own screen. */
	readonly shown: string | undefined;
	readonly facilitator: string | undefined;
	readonly scribe: string | undefined;
	/** IANA name. */
	readonly zone: string;
}

/** What somebody who has the meeting open is doing: “Facilitating”, “Reading Cost deltas”, “Phone, in SLO”. */
export function doingWords(one: PresentInMeeting, context: PresenceContext): string {
	if (one.state === 'away') return `Offline since ${timeOfDay(one.seenAtMs, context.zone)}, edits will merge`;
	const title = context.titleOf(one.row);
	if (one.state === 'typing') return typingWords(one, title, context);
	if (one.person.id === context.facilitator) return 'Facilitating';
	if (one.device === 'phone') return title ? `Phone, in ${title}` : 'On a phone';
	if (one.person.id === context.scribe) return 'Taking the minutes';
	return title ? `Reading ${title}` : 'In the meeting';
}

/** Where somebody was when they were last seen, on a device that has no connection: “In notes at 10:08”. */
export function lastSeenWords(one: PresentInMeeting, context: PresenceContext): string {
	const at = timeOfDay(one.seenAtMs, context.zone);
	const title = context.titleOf(one.row);
	if (one.state === 'typing' || (one.row !== '' && one.row === context.shown)) return `In notes at ${at}`;
	return title ? `Reading ${title} at ${at}` : `Here at ${at}`;
}

function typingWords({ row, device }: PresentInMeeting, title: string, { shown }: PresenceContext): string {
	const where = row === shown || !title ? 'notes' : title;
	return device === 'phone' ? `Phone, typing in ${where}` : `Typing in ${where}`;
}
