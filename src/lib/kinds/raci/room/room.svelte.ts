import { createContext, tick } from 'svelte';
import type { Reading } from '#lib/docs/binding.ts';
import type { Finding } from '#lib/domain/finding.ts';
import type { RowId } from '#lib/domain/id.ts';
import type { RaciCommands } from '../doc.ts';
import { lettersWords, type Letter, type Letters } from '../letters.ts';
import { changesSince } from '../published.ts';
import { rowsToFix } from '../rules.ts';
import { cellKey, lettersAt, type Activity, type CellKey, type Raci, type Role } from '../schema.ts';
import type { PresentInMatrix, RaciSurroundings } from '../surroundings.ts';
import { tallyOf } from '../tally.ts';

import { activityTitle, cellLabel, holderName, roleTitle } from '../words.ts';
import { Cursor } from './cursor.svelte.ts';
import { RowVerbs } from './row-verbs.ts';
import { keyOf } from './spot.ts';

/** Where the room gets what it shows: the page's props, read anew whenever they are asked for. */
export interface RoomSource {
	reading(): Reading<Raci>;
	commands(): RaciCommands | undefined;
	surroundings(): RaciSurroundings;
	findings(): readonly Finding[];
}

/** From so many roles on the heads are turned by themselves. DESIGN.md, RACI header. */
const TURNED_FROM = 10;

/** No note has it in it: blanks and signs are all that people type. */
export const BETWEEN = '\u0001';

const NOTHING: readonly Finding[] = [];

/** The matrix as its page shows it, handed to every part of the page. */
export class MatrixRoom {
	readonly #source: RoomSource;
	readonly cursor: Cursor;
	readonly rows: RowVerbs;
	#screen: { show(): void } | undefined;

	constructor(source: RoomSource) {
		this.#source = source;
		this.cursor = new Cursor(() => ({ rows: this.activities, columns: this.roles }));
		this.rows = new RowVerbs(this);
	}

	/** What draws the grid says how to put the focus where the cursor is. Gives the way to take that back. */
	hold(screen: { show(): void }): () => void {
		this.#screen = screen;
		return () => (this.#screen = undefined);
	}

	/** Puts the focus where the cursor is, as soon as it is drawn. */
	async show(): Promise<void> {
		await tick();
		this.#screen?.show();
	}

	/** The app around the page. */
	get here(): RaciSurroundings {
		return this.#source.surroundings();
	}

	/** Absent when this person may only read. */
	get commands(): RaciCommands | undefined {
		return this.#source.commands();
	}

	readonly raci = $derived.by(() => this.#source.reading().value);
	readonly rejected = $derived.by(() => this.#source.reading().rejected);

	readonly #keepActivities = keeper<Activity>();
	readonly #keepRoles = keeper<Role>();
	/** The same list as long as the same rows are in it: a letter typed draws no row anew. */
	readonly activities = $derived.by(() => this.#keepActivities(this.raci.activities));
	readonly roles = $derived.by(() => this.#keepRoles(this.raci.roles));

	readonly tally = $derived.by(() => tallyOf(this.raci));
	readonly toFix = $derived.by(() => rowsToFix(this.raci));

	readonly #keepFound = findingsKeeper();
	readonly #found = $derived.by(() => this.#keepFound(this.#source.findings()));

	/** What was noticed of a row or a column; `undefined` is the matrix as a whole. */
	findingsOf(row: RowId | undefined): readonly Finding[] {
		return this.#found.get(row) ?? NOTHING;
	}

	/** What was noticed of columns and of the whole. */
	readonly across = $derived.by(() => [
		...this.findingsOf(undefined),
		...this.roles.flatMap(({ id }) => this.findingsOf(id))
	]);

	readonly isTurned = $derived.by(() => this.raci.fields.hasTurnedHeads ?? this.roles.length >= TURNED_FROM);

	readonly published = $derived.by(() => this.raci.fields.published);
	readonly changes = $derived.by(() => (this.published ? changesSince(this.published, this.raci) : []));

	/** The letters of a row in the order of the columns, as one text: equal as long as nothing in it changes. */
	lineOf(activity: RowId): string {
		return this.roles.map((role) => lettersAt(this.raci, activity, role.id)).join('|');
	}

	/** The notes of a row's cells, in the order of the columns, as one text; empty without any. */
	notesOf(activity: RowId): string {
		if (!this.#hasNotes) return '';
		return this.roles.map((role) => this.raci.notes[cellKey(activity, role.id)] ?? '').join(BETWEEN);
	}

	readonly #hasNotes = $derived.by(() => Object.keys(this.raci.notes).length > 0);

	readonly #others = $derived.by(() =>
		Map.groupBy(
			this.here.present.filter(({ isMe, state, row }) => !isMe && state !== 'away' && row !== ''),
			({ row }) => row
		)
	);

	/** Who else is at a cell at this moment. */
	peopleAt(cell: CellKey): readonly PresentInMatrix[] {
		return this.#others.get(cell) ?? [];
	}

	/** Somebody else is in this row. */
	isVisited(activity: RowId): boolean {
		return [...this.#others.keys()].some((row) => row.startsWith(`${activity}/`));
	}

	/** The cell as it is told to those who cannot see it. */
	labelOf(
		activity: Activity,
		role: Role,
		{ letters, note, isPending }: { letters: Letters; note?: string | undefined; isPending: boolean }
	): string {
		return cellLabel({
			activity: activityTitle(activity),
			role: this.roleWords(role),
			letters,
			note,
			people: this.peopleAt(cellKey(activity.id, role.id)).map(({ person }) => person.name),
			isPending
		});
	}

	/** The role, and who holds it where the head does not show the name. */
	roleWords(role: Role): string {
		const holder = this.isTurned ? holderName(role, this.here.people) : '';
		return holder ? `${roleTitle(role)} (${holder})` : roleTitle(role);
	}

	type(letter: Letter): void {
		this.#write((commands, cells) => commands.type(cells, letter));
	}

	toggle(letter: Letter): void {
		this.#write((commands, cells) => commands.toggle(cells, letter));
	}

	clear(): void {
		this.#write((commands, cells) => commands.clear(cells));
	}

	/** The first row of the range goes into all of it; a single cell takes what is above it. */
	fillDown(): void {
		const { cursor, commands } = this;
		const pairs = cursor.fillPairs();
		if (!commands || pairs.length === 0) return;
		commands.fill(pairs);
		this.here.say(pairs.length === 1 ? this.#wordsHere() : `${pairs.length} cells filled`);
	}

	#write(change: (commands: RaciCommands, cells: readonly CellKey[]) => void): void {
		const cells = this.cursor.cells;
		if (!this.commands || cells.length === 0) return;
		change(this.commands, cells);
		this.here.say(cells.length === 1 ? this.#wordsHere() : `${cells.length} cells changed`);
	}

	#wordsHere(): string {
		const [row, column] = keyOf(this.cursor.spot).split('/');
		return lettersWords(lettersAt(this.#source.reading().value, row ?? '', column ?? '')) || 'Empty';
	}
}

/** Hands on the former list as long as it holds the same objects. */
function keeper<Row>(): (next: readonly Row[]) => readonly Row[] {
	let last: readonly Row[] = [];
	return (next) => {
		const isSame = next.length === last.length && next.every((row, index) => row === last[index]);
		if (!isSame) last = next;
		return last;
	};
}

/** Sorts findings by their row; what is said of a row stays the same list as long as it says the same. */
function findingsKeeper(): (next: readonly Finding[]) => ReadonlyMap<RowId | undefined, readonly Finding[]> {
	let last: ReadonlyMap<RowId | undefined, readonly Finding[]> = new Map();
	return (next) => {
		const found = Map.groupBy(next, ({ row }) => row);
		const kept = [...found].map(([row, now]): [RowId | undefined, readonly Finding[]] => {
			const before = last.get(row);
			const isSame =
				before?.length === now.length &&
				now.every(({ message }, index) => message === before[index]?.message);
			return [row, isSame && before ? before : now];
		});
		last = new Map(kept);
		return last;
	};
}

export const [roomInUse, provideRoom] = createContext<MatrixRoom>();
