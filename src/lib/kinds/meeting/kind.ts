import { tasksOf } from '#lib/docs/prose-text.ts';
import { counted } from '#lib/domain/words.ts';
import { defineKind, type OpenEntry, type PresentState, type Summary } from '../contract.ts';
import { clockOf, itemStateOf } from './clock.ts';
import { describePlace } from './describe.ts';
import { meetingDoc } from './doc.ts';
import { empty, typical } from './fixtures.ts';
import { minutesExport } from './minutes.ts';
import { itemsHaveOwners, itemsHaveTitles } from './rules.ts';
import { isWaiting, type Meeting } from './schema.ts';

export const meetingKind = defineKind({
	id: 'meeting',
	label: { one: 'Meeting', many: 'Meetings' },
	prefix: 'm-',
	frame: { isCompact: true, isTabless: true, scrolls: 'inside' },
	doc: meetingDoc,
	rules: [itemsHaveTitles, itemsHaveOwners],
	exports: [minutesExport],
	summarise,
	stateOf,
	describe: describePlace,
	fixtures: { empty, typical }
});

/** What is still open in a meeting: unchecked tasks of its notes, and what waits in the parking lot. */
function summarise(meeting: Meeting): Summary {
	const { agenda, parking, notes } = meeting;
	const clock = clockOf(meeting.clock);
	const done = agenda.filter((item) => itemStateOf(clock, item) === 'done').length;
	const tasks = agenda.flatMap((item): readonly OpenEntry[] =>
		tasksOf(notes[item.id] ?? [])
			.filter(({ isDone, text }) => !isDone && text.trim())
			.map(({ text }) => ({ group: 'task', what: text.trim(), detail: item.title, ref: { row: item.id } }))
	);
	const parked = parking.filter(isWaiting).map(({ id, text, state }): OpenEntry => {
		const detail = state === 'next' ? 'For the next meeting' : 'In the parking lot';
		return { group: 'parked', what: text, detail, ref: { row: id } };
	});
	return {
		headline: `${done} of ${counted(agenda.length, 'item')} done.`,
		tone: 'none',
		open: [...tasks, ...parked]
	};
}

const STATE_WORDS = { draft: '', live: 'Live', paused: 'Paused', ended: 'Ended' } as const;

function stateOf({ clock }: Meeting): PresentState {
	const { state } = clockOf(clock);
	return { words: STATE_WORDS[state], isOn: state === 'live' };
}
