import ChartLine from '@lucide/svelte/icons/chart-line';
import CircleParking from '@lucide/svelte/icons/circle-parking';
import CircleStop from '@lucide/svelte/icons/circle-stop';
import ListPlus from '@lucide/svelte/icons/list-plus';
import Pause from '@lucide/svelte/icons/pause';
import Play from '@lucide/svelte/icons/play';
import SkipBack from '@lucide/svelte/icons/skip-back';
import SkipForward from '@lucide/svelte/icons/skip-forward';
import Timer from '@lucide/svelte/icons/timer';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import SquarePen from '@lucide/svelte/icons/square-pen';
import type { IconType } from '#lib/ui/icon.ts';
import type { MeetingEntry, MeetingVerbs } from '../page-props.ts';
import type { MeetingRoom } from './room.svelte.ts';
import { ADDED_MINUTES } from './running.ts';

/** The verbs of the page for those outside it. */
export function verbsOf(room: MeetingRoom): MeetingVerbs {
	return {
		insertChart: (kpi) => room.writing.insertChart(kpi),
		focusNotes: () => room.writing.focus(),
		parkSomething: () => room.layers.park(true),
		addItem: () => room.layers.add(true),
		get entries() {
			return room.commands ? [...clockEntries(room), ...writingEntries(room)] : [];
		}
	};
}

const entry = (
	id: string,
	title: string,
	[icon, run, ...keywords]: [IconType, () => void, ...string[]]
): MeetingEntry => ({ id: `meeting.${id}`, title, icon, run, keywords });

function clockEntries({ state, isOn, running }: MeetingRoom): readonly MeetingEntry[] {
	const { first, next, previous } = running;
	if (state === 'ended') return [entry('reopen', 'Reopen the meeting', [Play, () => running.reopen()])];
	if (!isOn) return first ? [entry('start', 'Start the meeting', [Play, () => running.start()])] : [];
	const isPaused = state === 'paused';
	return [
		...(next ? [entry('next', `Next item: ${next.title}`, [SkipForward, () => running.goOn()])] : []),
		entry('more', `Add ${ADDED_MINUTES} minutes`, [Timer, () => running.addMinutes(), 'time', 'extend']),
		entry('pause', isPaused ? 'Resume the clock' : 'Pause the clock', [
			isPaused ? Play : Pause,
			() => running.pauseOrResume(),
			'timer'
		]),
		...(previous
			? [entry('previous', `Back to ${previous.title}`, [SkipBack, () => running.goBack(), 'previous'])]
			: []),
		entry('end', 'End the meeting', [CircleStop, () => running.end(), 'stop', 'close'])
	];
}

function writingEntries({ layers, charts, writing }: MeetingRoom): readonly MeetingEntry[] {
	const insert = async () => {
		const kpi = await charts.ask();
		if (kpi) writing.insertChart(kpi);
	};
	return [
		entry('note', 'Write a note', [SquarePen, () => writing.focus(), 'notes']),
		entry('chart', 'Insert a KPI chart', [ChartLine, () => void insert(), 'graph', 'metric']),
		entry('park', 'Park something', [CircleParking, () => layers.park(true), 'parking lot']),
		entry('item', 'Add an agenda item', [ListPlus, () => layers.add(true), 'topic']),
		entry('when', 'Change when and who', [CalendarClock, () => layers.plan(true), 'schedule', 'facilitator'])
	];
}
