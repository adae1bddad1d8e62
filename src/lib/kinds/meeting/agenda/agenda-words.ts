import { minutesWord, timeOfDay, timerDigits } from '#lib/domain/words.ts';
import { allottedMsOf, itemStateOf, usedMsOf, type MeetingClock, type MeetingState } from '../clock.ts';
import type { AgendaItem } from '../schema.ts';

const MINUTE_MS = 60_000;

/** The agenda against the time there is for it. */
export interface SlotWords {
	/** “45 min”, or “50 of 45 min” when the two differ. */
	readonly text: string;
	/** What to do when it does not fit; empty when it does. */
	readonly advice: string;
}

/** `planned` and `slot` in minutes; without a slot there is nothing to fit into. */
export function slotWords(planned: number, slot: number | undefined): SlotWords {
	if (slot === undefined || slot === planned) return { text: minutesWord(planned), advice: '' };
	const [own, whole] = [minutesWord(planned), minutesWord(slot)];
	const isShort = own.endsWith(' min') && whole.endsWith(' min');
	const over = planned - slot;
	return {
		text: `${isShort ? own.slice(0, -' min'.length) : own} of ${whole}`,
		advice: over > 0 ? `${minutesWord(over)} over. Shorten or park an item.` : ''
	};
}

/** The time of one item, behind its owner: “10 min”, “10 + 2 min”, “4:10 of 5:00” once it was on. */
export function itemTime(clock: MeetingClock, item: AgendaItem): string {
	const usedMs = usedMsOf(clock, item.id, clock.endedAtMs ?? 0);
	const isOn = itemStateOf(clock, item) === 'current';
	if (!isOn && usedMs > 0) return `${timerDigits(usedMs)} of ${timerDigits(allottedMsOf(clock, item))}`;
	const extra = clock.extraMinutes.get(item.id) ?? 0;
	return extra > 0 ? `${item.minutes} + ${extra} min` : minutesWord(item.minutes);
}

/** One sentence about when the meeting is over, its time apart because it is drawn in bold. */
export interface EndWords {
	readonly before: string;
	readonly time: string;
	readonly after: string;
}

export interface EndFacts {
	readonly state: MeetingState;
	/** Epoch milliseconds, like all below. When everything that is left takes its timebox. */
	readonly projectedMs: number | undefined;
	readonly endedMs: number | undefined;
	readonly startsMs: number | undefined;
	/** Minutes on the agenda, and in the slot. */
	readonly planned: number;
	readonly slot: number | undefined;
	/** IANA name. */
	readonly zone: string;
}

/** “On pace to end at 10:44, one minute early.” Undefined when there is nothing to say. */
export function endWords(facts: EndFacts): EndWords | undefined {
	const { state, startsMs, planned, slot, zone } = facts;
	const scheduledMs = startsMs === undefined ? undefined : startsMs + (slot ?? planned) * MINUTE_MS;
	const words = (before: string, atMs: number): EndWords => ({
		before,
		time: timeOfDay(atMs, zone),
		after: state !== 'draft' || slot !== undefined ? earlyOrLate(atMs, scheduledMs) : '.'
	});
	if (state === 'ended' && facts.endedMs !== undefined) return words('Ended at', facts.endedMs);
	if (facts.projectedMs !== undefined) return words('On pace to end at', facts.projectedMs);
	if (planned === 0) return undefined;
	if (startsMs === undefined)
		return { before: `Takes ${minutesWord(planned)} from its start.`, time: '', after: '' };
	return words('Planned to end at', startsMs + planned * MINUTE_MS);
}

/** A meeting held on another day is neither early nor late. */
const COMPARED_MINUTES_MAX = 8 * 60;

/** Compares what the clock on the wall shows: nobody is early by seconds. */
function earlyOrLate(atMs: number, scheduledMs: number | undefined): string {
	if (scheduledMs === undefined) return '.';
	const minutes = Math.floor(atMs / MINUTE_MS) - Math.floor(scheduledMs / MINUTE_MS);
	if (minutes === 0 || Math.abs(minutes) > COMPARED_MINUTES_MAX) return '.';
	const length = Math.abs(minutes) === 1 ? 'one minute' : minutesWord(Math.abs(minutes));
	return `, ${length} ${minutes < 0 ? 'early' : 'late'}.`;
}
