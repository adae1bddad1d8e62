import ChartLine from '@lucide/svelte/icons/chart-line';
import CircleParking from '@lucide/svelte/icons/circle-parking';
import CircleStop from '@lucide/svelte/icons/circle-stop';
import Download from '@lucide/svelte/icons/download';
import ListPlus from '@lucide/svelte/icons/list-plus';
import Plus from '@lucide/svelte/icons/plus';
import Pause from '@lucide/svelte/icons/pause';
import Play from '@lucide/svelte/icons/play';
import SkipBack from '@lucide/svelte/icons/skip-back';
import SkipForward from '@lucide/svelte/icons/skip-forward';
import Timer from '@lucide/svelte/icons/timer';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import SquarePen from '@lucide/svelte/icons/square-pen';
import type { IconType } from '#lib/ui/icon.ts';
import type { KpiId } from '#lib/domain/id.ts';
import type { PageCommand, PageVerbs } from '../../views.ts';
import type { MeetingRoom } from './room.svelte.ts';
import { CHART_QUESTION } from './ask.svelte.ts';
import { ADDED_MINUTES } from './running.ts';

/** The verbs of the page for those outside it. */
export function verbsOf(room: MeetingRoom): PageVerbs {
	return {
		get commands() {
			return room.commands ? [...clockVerbs(room), ...writingVerbs(room)] : [];
		},
		get insertChart() {
			return room.commands && room.shown ? (kpi: KpiId) => room.writing.insertChart(kpi) : undefined;
		}
	};
}

const verb = (
	id: string,
	title: string,
	[icon, run, ...keywords]: [IconType, () => void, ...string[]]
): PageCommand => ({ id: `meeting.${id}`, title, icon, run, keywords });

function clockVerbs({ state, isOn, running }: MeetingRoom): readonly PageCommand[] {
	const { first, next, previous } = running;
	if (state === 'ended') return [verb('reopen', 'Reopen the meeting', [Play, () => running.reopen()])];
	if (!isOn) return first ? [verb('start', 'Start the meeting', [Play, () => running.start()])] : [];
	const isPaused = state === 'paused';
	return [
		...(next ? [verb('next', `Next item: ${next.title}`, [SkipForward, () => running.goOn()])] : []),
		verb('more', `Add ${ADDED_MINUTES} minutes`, [Timer, () => running.addMinutes(), 'time', 'extend']),
		verb('pause', isPaused ? 'Resume the clock' : 'Pause the clock', [
			isPaused ? Play : Pause,
			() => running.pauseOrResume(),
			'timer'
		]),
		...(previous
			? [verb('previous', `Back to ${previous.title}`, [SkipBack, () => running.goBack(), 'previous'])]
			: []),
		verb('end', 'End the meeting', [CircleStop, () => running.end(), 'stop', 'close'])
	];
}

function writingVerbs(room: MeetingRoom): readonly PageCommand[] {
	const { layers, charts, writing, here } = room;
	const records = room.shown ? room.recordBlocks(room.shown.id) : [];
	const insert = async () => {
		const kpi = await charts.ask(CHART_QUESTION);
		if (kpi) writing.insertChart(kpi);
	};
	return [
		verb('note', 'Write a note', [SquarePen, () => writing.focus(), 'notes']),
		verb('chart', 'Insert a KPI chart', [ChartLine, () => void insert(), 'graph', 'metric']),
		...records.map(({ type, slash: { title, icon = Plus, keywords } }) =>
			verb(type, `Add: ${title.toLowerCase()}`, [icon, () => void room.insertRecord(type), ...keywords])
		),
		verb('park', 'Park something', [CircleParking, () => layers.park(true), 'parking lot']),
		verb('item', 'Add an agenda item', [ListPlus, () => layers.add(true), 'topic']),
		verb('when', 'Change when and who', [CalendarClock, () => layers.plan(true), 'schedule', 'facilitator']),
		verb('save', 'Save the minutes as Markdown', [Download, () => here.saveCopy(), 'export', 'file', 'copy'])
	];
}
