import { createContext } from 'svelte';
import type { Reading } from '#lib/docs/binding.ts';
import type { BlockKind } from '#lib/editor/blocks.ts';
import { tasksOf } from '#lib/docs/prose-text.ts';
import type { Finding } from '#lib/domain/finding.ts';
import type { PersonId, RowId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import { Viewport } from '#lib/ui/shell/viewport.svelte.ts';
import { typeAhead } from '#lib/ui/type-ahead.ts';
import { clockOf, itemStateOf, plannedMinutes, projectedEndMs, type MeetingState } from '../clock.ts';
import type { MeetingCommands } from '../doc.ts';
import {
	isWaiting,
	type AgendaItem,
	type ClockFact,
	type Meeting,
	type MeetingFields,
	type ParkedThing
} from '../schema.ts';
import type { MeetingSurroundings, PresentInMeeting } from '../surroundings.ts';
import { AgendaVerbs } from './agenda-verbs.ts';
import { Ask, COMMENTARY_QUESTION, type KpiAsk, type PickAsk } from './ask.svelte.ts';
import { Follow } from './follow.svelte.ts';
import { Layers } from './layers.svelte.ts';
import { ParkingVerbs } from './parking-verbs.ts';
import { Running } from './running.ts';
import { steady, steadyRows } from './steady.ts';
import { Writing } from './writing.ts';

/** Longest that a new record's field is waited for. */
const FIELD_COMES_MS = 5_000;

/** Where the fields of a record are, and of the questions that come before it is made. */
const RECORD_FIELDS = '[data-block-body], [role=dialog]';

/** Where the room gets what it shows: the page's props, read anew whenever they are asked for. */
export interface RoomSource {
	reading(): Reading<Meeting>;
	commands(): MeetingCommands | undefined;
	surroundings(): MeetingSurroundings;
	findings(): readonly Finding[];
}

/**
 * The meeting as its page shows it, handed to every part of the page.
 *
 * Each getter gives the same object as long as it says the same, however often the document is read anew: a letter
 * typed into the notes moves nothing in the agenda or the dock.
 */
export class MeetingRoom {
	readonly #source: RoomSource;
	readonly viewport = new Viewport();
	readonly layers = new Layers(() =>
		this.viewport.isPhone ? 'phone' : this.viewport.isWide ? 'wide' : 'narrow'
	);
	readonly writing = new Writing();
	/** Which KPI a new block is about, and other questions of the kind. */
	readonly charts: KpiAsk = new Ask();
	readonly picks: PickAsk = new Ask();
	readonly follow: Follow;
	readonly running: Running;
	readonly agendaVerbs: AgendaVerbs;
	readonly parkingVerbs: ParkingVerbs;

	constructor(source: RoomSource) {
		this.#source = source;
		this.follow = new Follow({
			addressed: () => this.here.item,
			current: () => this.clock.current,
			items: () => this.agenda.map(({ id }) => id),
			show: (item) => this.here.showItem(item)
		});
		this.running = new Running(this);
		this.agendaVerbs = new AgendaVerbs(this);
		this.parkingVerbs = new ParkingVerbs(this);
	}

	/** The app around the page. */
	get here(): MeetingSurroundings {
		return this.#source.surroundings();
	}

	/** Absent when this person may only read. */
	get commands(): MeetingCommands | undefined {
		return this.#source.commands();
	}

	get #meeting(): Meeting {
		return this.#source.reading().value;
	}

	readonly #keepAgenda = steadyRows<AgendaItem>();
	readonly #keepParking = steadyRows<ParkedThing>();
	readonly #keepClock = steady<readonly ClockFact[]>();
	readonly #keepFields = steady<Partial<MeetingFields>>();
	readonly #keepPresent = steady<readonly PresentInMeeting[]>();
	readonly #keepTasks = steady<{ readonly open: number; readonly all: number }>();
	readonly #keepRejected = steady<Reading<Meeting>['rejected']>();
	readonly #keepFindings = steady<readonly Finding[]>();

	/** All items in order, parked ones too. */
	readonly agenda = $derived.by(() => this.#keepAgenda(this.#meeting.agenda));
	/** What waits in the parking lot, in order. */
	readonly parking = $derived.by(() => this.#keepParking(this.#meeting.parking.filter(isWaiting)));
	readonly #facts = $derived.by(() => this.#keepClock(this.#meeting.clock));
	readonly clock = $derived.by(() => clockOf(this.#facts));
	readonly fields = $derived.by(() => this.#keepFields(this.#meeting.fields));
	readonly rejected = $derived.by(() => this.#keepRejected(this.#source.reading().rejected));
	readonly findings = $derived.by(() => this.#keepFindings(this.#source.findings()));

	/** The tasks in all notes. */
	readonly tasks = $derived.by(() => {
		const all = Object.values(this.#meeting.notes).flatMap((blocks) => tasksOf(blocks));
		return this.#keepTasks({ open: all.filter(({ isDone }) => !isDone).length, all: all.length });
	});

	/** The records that stand in the notes as blocks, by row; one text for each set, so that typing changes nothing. */
	readonly #shownRows = $derived.by(() =>
		Object.values(this.#meeting.notes)
			.flat()
			.flatMap((block) => (block.is === 'block' ? rowOfBlock(block.data) : []))
			.join(' ')
	);

	/** What earlier meetings promised, nobody has closed, and these notes do not hold yet. */
	readonly actionsFromEarlier = $derived.by(() => {
		const shown = new Set(this.#shownRows.split(' '));
		return this.here.actionsFromEarlier.filter(({ ref }) => !shown.has(ref.row));
	});

	readonly #byId = $derived.by(() => new Map(this.agenda.map((item) => [item.id, item])));
	readonly #numbers = $derived.by(() => new Map(this.agenda.map(({ id }, index) => [id, index + 1])));

	itemOf(id: RowId | undefined): AgendaItem | undefined {
		return id && this.#byId.get(id);
	}

	/** An item as it was before somebody deleted it. Only for those who may bring it back. */
	removedItem(id: RowId): AgendaItem | undefined {
		if (this.#byId.has(id)) return undefined;
		return this.commands?.removedItems().find((item) => item.id === id);
	}

	/** From 1. */
	numberOf(id: RowId): number | undefined {
		return this.#numbers.get(id);
	}

	/** The kinds of records that can be put into the notes of an item. */
	recordBlocks(item: RowId): readonly BlockKind[] {
		return this.here.recordBlocks({
			item,
			askKpi: () => this.charts.ask(COMMENTARY_QUESTION),
			pick: (question) => this.picks.ask(question)
		});
	}

	/** Makes a record and puts its block where the person writes: a decision, an action. What is typed goes into it. */
	async insertRecord(type: string): Promise<void> {
		const item = this.follow.shown;
		const kind = item && this.recordBlocks(item).find((block) => block.type === type);
		if (!kind) return;
		const made = Promise.resolve(kind.create()).then((data) => {
			if (data) this.writing.insertBlock(type, data);
			return data !== undefined;
		});
		await typeAhead(made, {
			isMeant: (field) => field.closest(RECORD_FIELDS) !== null,
			atMostMs: FIELD_COMES_MS
		});
		await made;
	}

	titleOf(id: string): string {
		const item = this.#byId.get(id as RowId);
		return item ? item.title || UNTITLED : '';
	}

	get state(): MeetingState {
		return this.clock.state;
	}

	/** It has begun and is not over. */
	get isOn(): boolean {
		return this.state === 'live' || this.state === 'paused';
	}

	/** The item the meeting is at. */
	readonly current = $derived.by(() => this.itemOf(this.clock.current));

	/** The item on this person's screen, if it is on the agenda. */
	readonly shown = $derived.by(() => this.itemOf(this.follow.shown));

	readonly done = $derived.by(
		() => this.agenda.filter((item) => itemStateOf(this.clock, item) === 'done').length
	);

	/** Minutes of everything that is not parked. */
	readonly planned = $derived.by(() => plannedMinutes(this.agenda));

	/** Epoch milliseconds; turns every second while the clock runs, every minute otherwise. */
	get nowMs(): number {
		return this.state === 'live' ? this.here.secondMs : this.here.nowMs();
	}

	/** Epoch milliseconds, to the minute: what people read on a wall. Undefined unless it is on. */
	readonly projectedMs = $derived.by(() => {
		const endMs = projectedEndMs(this.clock, this.agenda, this.nowMs);
		return endMs === undefined ? undefined : Math.floor(endMs / MINUTE_MS) * MINUTE_MS;
	});

	/** Who has it open, I first. When somebody was last seen matters only once they are gone. */
	readonly present = $derived.by(() => {
		const { present, isOffline } = this.here;
		const isLate = (one: PresentInMeeting) => isOffline || one.state === 'away';
		return this.#keepPresent(present.map((one) => (isLate(one) ? one : { ...one, seenAtMs: 0 })));
	});

	personOf(id: PersonId | undefined): Person | undefined {
		return id && this.here.people.find((person) => person.id === id);
	}
}

const rowOfBlock = ({ row }: Readonly<Record<string, unknown>>): readonly string[] =>
	typeof row === 'string' ? [row] : [];

const MINUTE_MS = 60_000;

/** Stands where a title is missing. */
export const UNTITLED = 'Untitled item';

export const [roomInUse, provideRoom] = createContext<MeetingRoom>();
