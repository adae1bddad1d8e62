import CircleParking from '@lucide/svelte/icons/circle-parking';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Milestone from '@lucide/svelte/icons/milestone';
import type { DueLine } from '#lib/app/commentary-due.svelte.ts';
import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { DocumentId } from '#lib/domain/id.ts';
import { periodNearWords } from '#lib/domain/period.ts';
import { quantityText } from '#lib/domain/quantity.ts';
import type { RecordLine } from '#lib/domain/record.ts';
import { statusWord } from '#lib/domain/status.ts';
import { nearDay, dayOf } from '#lib/domain/words.ts';
import type { OpenEntry } from '#lib/kinds/contract.ts';
import type { ListRow } from '#lib/ui/home/list.ts';
import { hrefOf } from './places.ts';

/** The KPIs that wait for an explanation, those of this person first. */
export function commentaryRows(space: SpaceSession, due: readonly DueLine[]): readonly ListRow[] {
	const isMine = ({ line }: DueLine) => line.contract.owner === space.me.id;
	return due
		.toSorted((a, b) => Number(isMine(b)) - Number(isMine(a)))
		.map((one) => {
			const { document, period, line } = one;
			const { contract, segment, standing, last, row } = line;
			const owner = space.people.find(({ id }) => id === contract.owner);
			const state = standing.state === 'draft' ? 'Draft, not marked complete' : 'Not started';
			const whose = isMine(one) ? '' : (owner?.name ?? 'No owner');
			return {
				id: `${document} ${row}`,
				title: [contract.name, segment].filter(Boolean).join(', '),
				details: [
					[
						`${statusWord(standing.status, last?.value)} ${periodNearWords(period, space.today)}`,
						state,
						whose
					]
						.filter(Boolean)
						.join('. ')
				],
				glyph: standing.status,
				trailing: last ? quantityText(last.value, contract) : '',
				isValue: true,
				href: `${hrefOf(space.id, { kind: 'commentary', document })}?item=${row}`
			};
		});
}

/** The open actions of this person, the first due first. */
export function actionRows(space: SpaceSession): readonly ListRow[] {
	const mine = space.records.of('actions').filter(({ isOpen, owner }) => isOpen && owner === space.me.id);
	return mine.toSorted(byDue).map((action) => ({
		id: action.ref.row,
		title: action.title || 'Untitled action',
		details: [[action.number, action.state].filter(Boolean).join(', ')],
		glyph: ListChecks,
		trailing: action.due ? nearDay(action.due, space.today) : '',
		href: hrefOf(space.id, { kind: 'actions', document: action.ref.row })
	}));
}

/** The decisions that wait, and those that are to be looked at again; those that this person decides stand first. */
export function decisionRows(space: SpaceSession): readonly ListRow[] {
	const isMine = ({ owner }: RecordLine) => owner === space.me.id;
	const reviews = new Map(
		space.records.openIn('decisions').flatMap(({ ref, detail }) => (ref.row ? [[ref.row, detail]] : []))
	);
	const waiting = space.records.of('decisions').filter(({ isOpen, ref }) => isOpen || reviews.has(ref.row));
	return waiting
		.toSorted((a, b) => Number(isMine(b)) - Number(isMine(a)) || byDue(a, b))
		.map((decision) => {
			const decider = space.people.find(({ id }) => id === decision.owner);
			const who = isMine(decision)
				? 'You decide'
				: decider
					? `${decider.name} decides`
					: 'Nobody decides yet';
			return {
				id: decision.ref.row,
				title: decision.title || 'Untitled decision',
				details: [decision.isOpen ? `${decision.state}. ${who}` : (reviews.get(decision.ref.row) ?? '')],
				glyph: Milestone,
				trailing: decision.due ? nearDay(decision.due, space.today) : '',
				href: hrefOf(space.id, { kind: 'decisions', document: decision.ref.row })
			};
		});
}

/** What has no day comes last. */
function byDue({ due: a }: RecordLine, { due: b }: RecordLine): number {
	if (a === b) return 0;
	if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
	return a < b ? -1 : 1;
}

/** A task that names people, and not this person. */
function isForOthers({ people, me }: SpaceSession, { group, what }: OpenEntry): boolean {
	if (group !== 'task') return false;
	const named = people.filter(({ name }) => what.includes(`@${name}`));
	return named.length > 0 && !named.some(({ id }) => id === me.id);
}

/** What is still open in the meetings on this device, the latest meeting first. */
export function openRows(space: SpaceSession, group: OpenEntry['group']): readonly ListRow[] {
	const meetings = space.index.reading.value.documents
		.filter(({ kind, archivedAt }) => kind === 'meeting' && !archivedAt)
		.toSorted((a, b) => ((a.startsAt ?? '') < (b.startsAt ?? '') ? 1 : -1));
	return meetings.flatMap((entry) => {
		const said = space.summaries.of(entry.id as string as DocumentId);
		const when = entry.startsAt && nearDay(dayOf(Date.parse(entry.startsAt), space.timeZone), space.today);
		return (said?.open ?? [])
			.filter((open) => open.group === group && !isForOthers(space, open))
			.map((open, number) => ({
				id: `${entry.id} ${group} ${number}`,
				title: open.what,
				details: [open.detail, entry.title].filter(Boolean),
				glyph: group === 'task' ? ListChecks : CircleParking,
				trailing: when ?? '',
				href: `${hrefOf(space.id, { kind: 'meeting', document: entry.id })}${group === 'task' && open.ref.row ? `?item=${open.ref.row}` : ''}`
			}));
	});
}
