import { isPressed, isTyping, type Combo, type Platform } from '#lib/ui/keys.ts';
import type { MeetingRoom } from './room.svelte.ts';

/** The page's shortcuts. One place: what is shown on buttons and what is listened for are the same. */
export const KEYS = {
	pause: 'space',
	more: '+',
	park: 'p',
	next: 'n',
	decision: 'd',
	action: 't',
	previous: 'shift+n',
	agenda: 'a',
	panel: 'i',
	nextWhileTyping: 'mod+enter',
	undo: 'mod+z',
	redo: 'shift+mod+z'
} as const satisfies Record<string, Combo>;

/** What a button or a link does by itself, Space must not do otherwise. */
const OPERATED =
	'button, a[href], summary, label, [role="button"], [role="slider"], [role="option"], [role="tab"]';

/** Whatever floats over the page has keys of its own. */
const FLOATING = '[role="dialog"], [role="menu"], [role="listbox"], [data-floating]';

/** What the pressed key does in the meeting; undefined when it is none of the meeting's. */
export function verbOf(
	event: KeyboardEvent,
	room: MeetingRoom,
	platform: Platform
): (() => void) | undefined {
	const target = event.target instanceof Element ? event.target : undefined;
	if (event.defaultPrevented || event.repeat || target?.closest(FLOATING)) return undefined;
	const is = (combo: Combo) => isPressed(event, combo, platform);
	const { here } = room;
	if (isTyping(event)) return undefined;
	if (is(KEYS.undo)) return () => here.undo();
	if (is(KEYS.redo)) return () => here.redo();
	if (!here.hasLetterKeys) return undefined;
	// A letter that comes before the field it is meant for must not start anything else.
	return letterVerb(is, room, target);
}

/**
 * On to the next item, from wherever somebody is: to be asked before the key reaches the notes, which take every Enter
 * for themselves. Who was typing goes on typing there.
 */
export function stepOf(
	event: KeyboardEvent,
	room: MeetingRoom,
	platform: Platform
): (() => void) | undefined {
	const target = event.target instanceof Element ? event.target : undefined;
	const isStep = isPressed(event, KEYS.nextWhileTyping, platform) && !event.repeat && !event.isComposing;
	if (!isStep || target?.closest(FLOATING) || !room.isOn || !room.commands) return undefined;
	const { running, writing } = room;
	const wasTyping = isTyping(event);
	return () => {
		running.goOn();
		if (!wasTyping || !room.isOn) return;
		writing.leave();
		writing.focus();
	};
}

function letterVerb(
	is: (combo: Combo) => boolean,
	room: MeetingRoom,
	target: Element | undefined
): (() => void) | undefined {
	const { running, layers } = room;
	const canRun = room.commands !== undefined && room.isOn;
	const turn = (side: 'agenda' | 'panel') => () => layers.turn(layers.side === side ? undefined : side);
	if (is(KEYS.pause)) return canRun && !target?.closest(OPERATED) ? () => running.pauseOrResume() : undefined;
	if (is(KEYS.more)) return canRun ? () => running.addMinutes() : undefined;
	if (is(KEYS.next)) return canRun ? () => running.goOn() : undefined;
	if (is(KEYS.previous)) return canRun ? () => running.goBack() : undefined;
	if (is(KEYS.decision))
		return room.commands && room.shown ? () => void room.insertRecord('decision') : undefined;
	if (is(KEYS.action))
		return room.commands && room.shown ? () => void room.insertRecord('action') : undefined;
	if (is(KEYS.park)) return room.commands ? () => layers.park(true) : undefined;
	if (layers.room !== 'narrow') return undefined;
	if (is(KEYS.agenda)) return turn('agenda');
	return is(KEYS.panel) ? turn('panel') : undefined;
}
