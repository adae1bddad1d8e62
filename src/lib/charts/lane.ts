import type { MarkerKind } from '#lib/domain/kpi.ts';
import type { PlacedMarker } from './figure.ts';

// The lane above the plot: each marker is a pill whose glyph stands over its moment. Pills never cover one
// another; what has no room becomes a glyph alone, and what has none for that becomes "3 events".

/** One pill, in CSS pixels. */
export interface Pill {
	readonly kind: MarkerKind | 'events';
	/** Empty when only the glyph has room. */
	readonly label: string;
	readonly left: number;
	readonly width: number;
	/** Centre of the glyph. */
	readonly glyphX: number;
	readonly isTextLeft: boolean;
	readonly members: readonly PlacedMarker[];
}

export interface LaneOptions {
	readonly xOf: (marker: PlacedMarker) => number;
	readonly widthOf: (text: string) => number;
	/** Pills stay between these. */
	readonly left: number;
	readonly right: number;
	/** Words are left out: there is no room for them, or they stand elsewhere. */
	readonly hasGlyphsOnly: boolean;
}

/** Half a glyph's circle. */
const RADIUS = 9;
/** From the glyph's centre to its text, and from the text to the pill's end. */
const TEXT_OFFSET = 11;
const TEXT_PAD = 10;
const PILL_GAP = 3;
/** Closer than this, two markers are split left and right of their moments. */
const SPLIT_BELOW = 24;
/** This many on one day are told as one. */
const SAME_DAY_MAX = 2;

interface Entry {
	readonly x: number;
	readonly kind: Pill['kind'];
	readonly text: string;
	readonly members: readonly PlacedMarker[];
}

/** Places `markers`, which are in order of time and all in view. */
export function placePills(markers: readonly PlacedMarker[], options: LaneOptions): readonly Pill[] {
	let entries = gathered(markers, options);
	for (;;) {
		const { pills, crowdedAt } = tryPlacing(entries, options);
		if (crowdedAt === undefined) return pills;
		entries = mergeInto(entries, crowdedAt);
	}
}

/** One entry per marker; markers of a day that has too many, and runs that stand on each other, are one. */
function gathered(markers: readonly PlacedMarker[], { xOf }: LaneOptions): readonly Entry[] {
	const days = Map.groupBy(markers, ({ day }) => day);
	const groups: PlacedMarker[][] = [];
	for (const ofDay of days.values()) {
		if (ofDay.length > SAME_DAY_MAX) groups.push(ofDay);
		else groups.push(...ofDay.map((marker) => [marker]));
	}
	return groups.map((members) => entryOf(members, mean(members.map(xOf)))).sort((a, b) => a.x - b.x);
}

function entryOf(members: readonly PlacedMarker[], x: number): Entry {
	const [only] = members;
	return members.length === 1 && only
		? { x, kind: only.kind, text: only.label, members }
		: { x, kind: 'events', text: `${members.length} events`, members };
}

function tryPlacing(
	entries: readonly Entry[],
	options: LaneOptions
): { pills: readonly Pill[]; crowdedAt: number | undefined } {
	const pills: Pill[] = [];
	let free = options.left;
	for (const [index, entry] of entries.entries()) {
		const pill = fit(entry, { free, before: entries[index - 1], after: entries[index + 1], options });
		if (!pill) return { pills, crowdedAt: index };
		pills.push(pill);
		free = pill.left + pill.width + PILL_GAP;
	}
	return { pills, crowdedAt: undefined };
}

interface Room {
	readonly free: number;
	readonly before: Entry | undefined;
	readonly after: Entry | undefined;
	readonly options: LaneOptions;
}

function fit(entry: Entry, room: Room): Pill | undefined {
	const { free, before, after, options } = room;
	const glyphX = glyphCentre(entry, { before, after });
	const textWidth = options.widthOf(entry.text);
	const width = RADIUS + TEXT_OFFSET + textWidth + TEXT_PAD;
	const end = after ? glyphCentre(after, { before: entry, after: undefined }) - RADIUS - PILL_GAP : Infinity;
	const base = { kind: entry.kind, glyphX, members: entry.members };
	const isGroup = entry.kind === 'events';

	if (!options.hasGlyphsOnly || isGroup) {
		const toRight = { ...base, label: entry.text, left: glyphX - RADIUS, width, isTextLeft: false };
		const toLeft = { ...toRight, left: glyphX + RADIUS - width, isTextLeft: true };
		const fits = ({ left }: Pill) => left >= free && left + width <= Math.min(options.right, end);
		const isSplit = after !== undefined && after.x - entry.x < SPLIT_BELOW;
		const chosen = (isSplit ? [toLeft, toRight] : [toRight, toLeft]).find(fits);
		if (chosen) return chosen;
	}
	const left = Math.min(Math.max(glyphX - RADIUS, options.left), options.right - 2 * RADIUS);
	if (left < free) return undefined;
	return { ...base, label: '', left, width: 2 * RADIUS, glyphX: left + RADIUS, isTextLeft: false };
}

/** Two glyphs that would touch stand a little aside, one left and one right of their moments. */
function glyphCentre({ x }: Entry, near: { before: Entry | undefined; after: Entry | undefined }): number {
	const touching = 2 * RADIUS + PILL_GAP;
	const { before, after } = near;
	if (after && after.x - x < touching) return (x + after.x) / 2 - touching / 2;
	if (before && x - before.x < touching) return (x + before.x) / 2 + touching / 2;
	return x;
}

function mergeInto(entries: readonly Entry[], index: number): readonly Entry[] {
	const [first, second] = index > 0 ? [index - 1, index] : [0, 1];
	const members = [...(entries[first]?.members ?? []), ...(entries[second]?.members ?? [])];
	const x = mean([entries[first]?.x ?? 0, entries[second]?.x ?? entries[first]?.x ?? 0]);
	return [...entries.slice(0, first), entryOf(members, x), ...entries.slice(second + 1)];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
