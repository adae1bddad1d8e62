import { addDays, daysBetween, mondayOf, weekdayOf, type IsoDate } from '#lib/domain/calendar.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { dayOf } from '#lib/domain/words.ts';
import { fold } from '#lib/ui/palette/match.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import { numberWord } from '../cells.ts';
import { isOpen } from '../schema.ts';
import { isOverdue, type Standing } from '../standing.ts';

/** The chips above the list: which actions it shows. */
export const CHIPS = ['open', 'mine', 'overdue', 'unchecked', 'done'] as const;
export type Chip = (typeof CHIPS)[number];

export const CHIP_WORDS: Record<Chip, string> = {
	open: 'All open',
	mine: 'Mine',
	overdue: 'Overdue',
	unchecked: 'No check',
	done: 'Done'
};

export type GroupId =
	'overdue' | 'week' | 'later' | 'undated' | 'blocked' | 'lately' | 'earlier' | 'cancelled';

export const GROUP_WORDS: Record<GroupId, string> = {
	overdue: 'Overdue',
	week: 'This week',
	later: 'Later',
	undated: 'No date',
	blocked: 'Blocked',
	lately: 'Done lately',
	earlier: 'Done earlier',
	cancelled: 'Cancelled'
};

export interface Group {
	readonly id: GroupId;
	readonly rows: readonly Standing[];
}

export interface View {
	readonly chip: Chip;
	/** What is typed into the filter. */
	readonly text: string;
	readonly me: PersonId;
	readonly today: IsoDate;
	readonly zone?: string | undefined;
	readonly nameOf: (person: PersonId) => string | undefined;
}

/** “Done lately”: since the meeting before the last. */
const LATELY_DAYS = 14;

const IS_SHOWN: Record<Chip, (standing: Standing, view: View) => boolean> = {
	open: ({ action }) => isOpen(action),
	mine: ({ action }, { me }) => isOpen(action) && action.owner === me,
	overdue: (standing, { today }) => isOverdue(standing, today),
	unchecked: ({ action }) => isOpen(action) && !action.closedWhen?.trim(),
	done: ({ action }) => !isOpen(action)
};

/** How many actions each chip stands for. */
export function chipCounts(standings: readonly Standing[], view: View): Record<Chip, number> {
	const counts: Record<Chip, number> = { open: 0, mine: 0, overdue: 0, unchecked: 0, done: 0 };
	for (const standing of standings) {
		for (const chip of CHIPS) if (IS_SHOWN[chip](standing, view)) counts[chip]++;
	}
	return counts;
}

/** The actions of a view in their groups, what is due first at the top. Groups without any are left out. */
export function groupsOf(standings: readonly Standing[], view: View): readonly Group[] {
	const words = fold(view.text).split(/\s+/).filter(Boolean);
	const shown = standings.filter((one) => isInView(one, view) && isFound(one, words, view));
	const byGroup = Map.groupBy(shown, (one) => groupOf(one, view));
	return (Object.keys(GROUP_WORDS) as GroupId[]).flatMap((id) => {
		const rows = byGroup.get(id);
		return rows
			? [{ id, rows: rows.toSorted(id === 'lately' || id === 'earlier' ? lastClosedFirst : dueFirst) }]
			: [];
	});
}

/** What was done lately stands below what is open: a meeting begins with it. */
const isInView = (standing: Standing, view: View): boolean =>
	IS_SHOWN[view.chip](standing, view) ||
	(view.chip === 'open' && standing.action.status === 'done' && groupOf(standing, view) === 'lately');

export function groupOf({ action, due }: Standing, { today, zone }: Pick<View, 'today' | 'zone'>): GroupId {
	if (action.status === 'cancelled') return 'cancelled';
	if (action.status === 'done') {
		const on = action.closedAt && dayOf(Date.parse(action.closedAt), zone);
		return on && daysBetween(on, today) <= LATELY_DAYS ? 'lately' : 'earlier';
	}
	if (action.status === 'blocked') return 'blocked';
	if (due === undefined) return 'undated';
	if (due < today) return 'overdue';
	return due <= addDays(mondayOf(today), 6) ? 'week' : 'later';
}

/** What a new action of a group begins with; undefined where none is added. */
export function dueIn(group: GroupId, today: IsoDate): { readonly due?: IsoDate } | undefined {
	const friday = addDays(mondayOf(today), 4);
	if (group === 'undated') return {};
	if (group === 'week') return { due: weekdayOf(today) > 5 ? today : friday };
	return group === 'later' ? { due: addDays(friday, 7) } : undefined;
}

function isFound({ action, evidence }: Standing, words: readonly string[], { nameOf }: View): boolean {
	if (words.length === 0) return true;
	const owner = action.owner ? (nameOf(action.owner) ?? '') : '';
	const text = fold(
		[
			action.title,
			owner,
			action.closedWhen ?? '',
			action.blockedWhy ?? '',
			numberWord(action),
			...evidence.map((one) => one.text)
		].join(' ')
	);
	return words.every((word) => text.includes(word));
}

const dueFirst = (a: Standing, b: Standing): number => byCodeUnit(a.due ?? '9', b.due ?? '9');
const lastClosedFirst = (a: Standing, b: Standing): number =>
	byCodeUnit(b.action.closedAt ?? '', a.action.closedAt ?? '');

/** Where the list is cut: the first `count` rows of all groups together. */
export function firstRows(groups: readonly Group[], count: number): readonly Group[] {
	let left = count;
	return groups.flatMap((group) => {
		const rows = group.rows.slice(0, Math.max(0, left));
		left -= group.rows.length;
		return rows.length > 0 ? [{ ...group, rows }] : [];
	});
}
